"""The demo comes out to the day: the timeline of the reference, line by line."""

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from ledger.models import Entry
from lifecycle.clocks import clocks
from lifecycle.demo import courtyard
from tenders.models import Consultation, Package, Project, SealedBid
from tenders.sealing.envelopes import identity_in, recipient_of
from tenders.sealing.opening import finish, peel
from tests.factories import cemetery_on, moment

DAYS = {
    "review.recorded": "2026-03-02",
    "step.publish_plan": "2026-03-09",
    "step.open_comments": "2026-03-09",
    "step.close_comments": "2026-04-09",
    "step.decide": "2026-04-24",
    "step.announce_tender": "2026-06-15",
    "objection.received": "2026-06-26",
    "step.open_bids": "2026-07-06",
    "step.conclude_opening": "2026-07-06",
    "step.evaluate": "2026-07-07",
    "step.publish_candidates": "2026-07-08",
    "step.award": "2026-07-14",
    "step.sign_contracts": "2026-07-24",
    "bonds.returned": "2026-07-29",
    "step.start_works": "2026-08-10",
}


@pytest.mark.django_db
def test_the_cemetery_park_keeps_the_days_of_the_law():
    scene = cemetery_on("08-10 08:30")
    first = {}
    for entry in Entry.objects.in_order():
        first.setdefault(entry.kind, entry.content["at"][:10])
    assert {kind: first[kind] for kind in DAYS} == DAYS
    assert scene.entries("step.open_bids")[0].content["at"] == "2026-07-06T09:30:00+08:00"


@pytest.mark.django_db
def test_the_clocks_of_the_cemetery_park_end_on_the_days_of_the_law():
    scene = cemetery_on("08-10 08:30")
    ends = {clock.rule.id: clock.due_on.isoformat() for clock in clocks(scene.project, at=scene.at)}
    expected = {
        "PD-03": "2026-04-08",
        "TB-05": "2026-07-06",
        "AW-01": "2026-07-10",
        "AW-02": "2026-07-13",
        "AW-07": "2026-08-13",
        "AW-10": "2026-07-29",
        "AW-14": "2026-08-21",
    }
    assert {rule: ends[rule] for rule in expected} == expected
    assert not any(clock.overdue(scene.at.date()) for clock in clocks(scene.project, at=scene.at))


@pytest.mark.django_db
def test_two_institutions_watched_and_the_third_gave_its_reason():
    scene = cemetery_on("07-06 09:30")
    invitations = scene.package.invitations.order_by("institution__kind")
    assert [(i.institution.kind, i.mode, i.reason) for i in invitations] == [
        ("discipline", "present", ""),
        ("procuratorate", "absent", "当日有出庭任务，已书面请假"),
        ("procurement-centre", "present", ""),
    ]


@pytest.mark.django_db(transaction=True)
def test_the_demo_fills_an_empty_instance_once(settings, tmp_path):
    settings.DEMO, settings.DATA = True, tmp_path
    settings.LEDGER_KEY_FILE = tmp_path / "ledger.key"
    call_command("demo")
    assert [p.stage for p in Project.objects.order_by("number")] == ["construction", "decided", "consultation"]
    assert Consultation.objects.get(project__number="2026-003").state == Consultation.State.OPEN
    assert Package.objects.get(project__number="2026-002").state == Package.State.ANNOUNCED
    call_command("seal", once=True)
    call_command("check_ledger")  # fails the test with its problems, if there are any
    sealed = SealedBid.objects.standing()
    assert [recipient_of(opened(bid, tmp_path / "demo-keys")) == bid.bid_key for bid in sealed] == [True, True]
    before = Entry.objects.count()
    call_command("demo", if_empty=True)
    assert Entry.objects.count() == before
    with pytest.raises(CommandError):
        call_command("demo")


def opened(sealed, folder):
    """The key of a bid, as the observer and the bureau get it out with the files that the demo has left them."""
    observer, bureau = (identity_in((folder / f"key-{holder}.txt").read_text()) for holder in ("observer", "bureau"))
    return finish(peel(sealed.parsed_head().wrap("observer+bureau").data, observer), bureau, sealed.bid_key)


@pytest.mark.django_db
def test_the_demo_refuses_a_real_instance(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="演示实例"):
        call_command("demo")


@pytest.mark.django_db(transaction=True)
def test_a_demo_that_dies_half_way_leaves_an_empty_instance_for_the_next_start(settings, monkeypatch, tmp_path):
    settings.DEMO, settings.DATA = True, tmp_path

    def dying(people):
        yield moment("04-09 09:00")
        raise SystemExit("killed")

    with monkeypatch.context() as patch:
        patch.setattr(courtyard, "story", dying)
        with pytest.raises(SystemExit, match="killed"):
            call_command("demo", if_empty=True)
    assert not Entry.objects.exists()
    assert not User.objects.exists()

    call_command("demo", if_empty=True)

    assert Project.objects.count() == 3
