"""Who evaluates is secret until the result, and what they find until it is published: on every page, for every role."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from ledger.models import Entry
from lifecycle.demo.cemetery import COMMITTEE
from lifecycle.demo.drafts import fill
from portal.staff.drafts import DRAFTS
from portal.staff.registers import REGISTERS
from tenders.models import Package
from tests.api.conftest import ApiClient
from tests.api.routes import all_addresses
from tests.factories import cemetery_on
from tests.publishing.reading import every_file, publish

pytestmark = pytest.mark.django_db

NAMES = [person.name for person in COMMITTEE] + [person.employer for person in COMMITTEE[:4]]
FOUND = ["埋着的评标情况", "埋着的资格", "埋着的澄清", "93.60", "88.10"]
HANDS = {User.Role.MANAGER, User.Role.CLERK}


@pytest.fixture
def scene(settings):
    """The report is in, candidates are not published."""
    settings.DEMO = True
    scene = cemetery_on("07-07 16:00")
    fill(scene.package.evaluation, summary=FOUND[0], clarifications=FOUND[2])
    scene.package.bids.accepted().update(eligibility=FOUND[1])
    publish(scene.at)
    return scene


def everybody(scene):
    bidder = User.objects.create(username="bidder", role=User.Role.BIDDER)
    return {person.role: person for person in [bidder, *scene.people.everyone()]}


def desk_addresses(scene):
    """Every address of the desk at which something of the package can stand, readable or not."""
    number, package = scene.project.number, scene.package
    shelves = [reverse("desk-register", args=[number, name, package.pk]) for name in REGISTERS]
    things = {"evaluation": package.evaluation}
    drafts = [reverse("desk-draft", args=[number, name, things.get(name, package).pk]) for name in DRAFTS]
    steps = [reverse("desk-step", args=[number, name, package.pk]) for name in ("publish_candidates", "award")]
    kept = [reverse("desk-kept", args=[number, "evaluation-report", package.pk])]
    return ["/desk/", reverse("desk-project", args=[number]), *shelves, *drafts, *steps, *kept]


def said_to(person, addresses):
    client = Client(raise_request_exception=False)
    client.force_login(person)
    answers = [(address, client.get(address)) for address in addresses]
    return {address: answer.content.decode(errors="replace") for address, answer in answers if answer.status_code < 400}


def holding(said, *planted):
    return {(where, word) for where, text in said.items() for word in planted if word in text}


@pytest.mark.rule("EM-03", "EM-04", "EV-12")
def test_the_public_the_api_and_the_record_say_nothing_of_it(scene):
    files = {name: content.decode(errors="replace") for name, content in every_file().items()}
    assert holding(files, *NAMES, *FOUND) == set()
    bodies = {entry.seq: bytes(entry.body).decode() for entry in Entry.objects.all()}
    assert holding(bodies, *NAMES, *FOUND) == set()
    clients = [ApiClient(), *(ApiClient(person) for person in everybody(scene).values())]
    for client in clients:
        said = {address: client.get(address).content.decode() for address in all_addresses(scene.project)}
        assert holding(said, *NAMES, *FOUND) == set()


@pytest.mark.rule("EM-03", "EM-04", "EV-12")
def test_at_the_desk_only_who_leads_the_tender_reads_it(scene):
    register = reverse("desk-register", args=[scene.project.number, "committee", scene.package.pk])
    draft = reverse("desk-draft", args=[scene.project.number, "evaluation", scene.package.evaluation.pk])
    for role, person in everybody(scene).items():
        said = said_to(person, desk_addresses(scene))
        names = {where for where, _name in holding(said, *NAMES)}
        assert names == ({register} if role in HANDS else set()), role
        assert (draft in said) is (role in HANDS), role
        if role not in HANDS:
            assert holding(said, *FOUND) == set(), role


@pytest.mark.rule("EM-03", "EV-12")
def test_the_candidates_are_told_and_the_names_of_the_committee_not_until_the_award(settings):
    settings.DEMO = True
    scene = cemetery_on("07-13 16:00")
    assert (scene.package.state, scene.package.awarded_at) == (Package.State.CANDIDATES, None)
    publish(scene.at)
    files = {name: content.decode(errors="replace") for name, content in every_file().items()}
    assert holding(files, "评分无畸高畸低") != set(), "what was found is public"
    assert holding(files, *NAMES) == set()
    bodies = {entry.seq: bytes(entry.body).decode() for entry in Entry.objects.all()}
    assert holding(bodies, *NAMES) == set()
    register = reverse("desk-register", args=[scene.project.number, "committee", scene.package.pk])
    for role, person in everybody(scene).items():
        client = ApiClient(person)
        said = {address: client.get(address).content.decode() for address in all_addresses(scene.project)}
        names = {where for where, _name in holding(said | said_to(person, desk_addresses(scene)), *NAMES)}
        assert names == ({register} if role in HANDS else set()), role


@pytest.mark.rule("EM-03")
def test_after_the_award_of_works_the_names_stay_with_the_bureau(settings):
    settings.DEMO = True
    scene = cemetery_on("07-14 09:00")
    publish(scene.at)
    files = {name: content.decode(errors="replace") for name, content in every_file().items()}
    assert holding(files, *NAMES) == set()
    assert holding(files, "评分无畸高畸低") != set()
