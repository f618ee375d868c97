"""The stage for the tests of the pages: people, and a project in the state that a page shows."""

import time
from datetime import timedelta

import time_machine

from accounts.models import Organisation, User
from integrity.models import Invitation
from ledger.clock import now
from portal.public.limits import new_token
from tenders.law import day
from tenders.models import Consultation, Opening, Package, Project


def make_organisation(name="县民政局", kind=Organisation.Kind.BUREAU):
    return Organisation.objects.get_or_create(name=name, defaults={"kind": kind})[0]


def make_user(role, username=None, organisation=None):
    organisation = organisation or make_organisation()
    return User.objects.create(
        username=username or f"{role}-{User.objects.count()}", name="李四", role=role, organisation=organisation
    )


def make_observer(username="observer", institution="市纪委"):
    return make_user(User.Role.OBSERVER, username, make_organisation(institution, kind=Organisation.Kind.DISCIPLINE))


def make_project(number="2026-001", *, manager=None, stage=Project.Stage.CONSULTATION, **fields):
    return Project.objects.create(
        **{"number": number, "name": "陵园公园改扩建", "site": "城东", "contact_phone": "0000-1234567"} | fields,
        stage=stage,
        owner=make_organisation(),
        manager=manager or make_user(User.Role.MANAGER),
    )


def make_consultation(project=None, *, days_left=29, state=Consultation.State.OPEN, **fields):
    today = day(now())
    return Consultation.objects.create(
        project=project or make_project(),
        state=state,
        opens_on=today - timedelta(days=30 - days_left),
        closes_on=today + timedelta(days=days_left),
        **fields,
    )


def make_package(project=None, *, due_in=timedelta(hours=1), state=Package.State.ANNOUNCED, **fields):
    project = project or make_project(stage=Project.Stage.DECIDED)
    package = Package.objects.create(
        project=project, name="施工标段", bids_due_at=now() + due_in, opening_place="三楼会议室", state=state, **fields
    )
    Opening.objects.create(package=package, chair="王主任")
    return package


def begin_opening(package):
    """Let the bids of a package be opened, as the step does."""
    Package.objects.filter(pk=package.pk).update(state=Package.State.OPENING, opened_at=now())


def make_invitation(observer, package=None):
    package = package or make_package()
    return Invitation.objects.create(
        package=package,
        number=package.invitations.count() + 1,
        institution=observer.organisation,
        sent_at=now() - timedelta(days=3),
    )


def token_of_age(seconds):
    """Return the token of a comment form that was given out so many seconds ago."""
    with time_machine.travel(time.time() - seconds):
        return new_token()


def typed(**fields):
    """Return what a resident sends after checking it."""
    return {
        "text": "希望多留几个停车位。",
        "stance": "support",
        "topics": ["traffic"],
        "name": "",
        "contact": "",
        "homepage": "",
        "token": token_of_age(60),
        "go": "send",
    } | fields
