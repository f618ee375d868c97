"""What hangs on walls and stands in newspapers: entered with evidence, never before its act, once for each place."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from ledger.models import Entry, Task
from portal.staff.attachments import keep
from tenders.gates.placement import Photo
from tenders.models import Placement
from tenders.operations.placements import end_placement, record_placement
from tests.factories import hall_on, moment
from tests.portal.desks import picture
from tests.racing import race
from tests.refusing import refuses

pytestmark = pytest.mark.django_db

ANNOUNCED = moment("07-20 09:00")


def photo(size=(40, 30)):
    kept = keep(picture(size=size), ".jpg")
    return Photo(kept.file, kept.sha256)


def draft(scene, **changes):
    details = {
        "announced": Entry.objects.get(kind="step.publish_plan"),
        "kind": Placement.Kind.BOARD,
        "place": "文化路公开栏",
        "posted_at": ANNOUNCED,
        "photo_alt": "公开栏里的公告",
    }
    return Placement(project=scene.project, **details | changes)


def put_up(scene, photos=None, actor=None, at=None, **changes):
    photos = [photo()] if photos is None else photos
    return record_placement(draft(scene, **changes), photos, actor=actor or scene.people.clerk, at=at or scene.at)


def test_a_placement_stands_in_the_record_with_the_digest_of_its_photo_and_the_act_that_it_carries():
    scene = hall_on()

    placement = put_up(scene, until=moment("08-31 00:00").date(), own_print=True)

    (entry,) = scene.entries("placement.recorded")
    assert entry.subject == "project/2026-001/placement/1"
    assert entry.facts["of"] == Entry.objects.get(kind="step.publish_plan").seq
    assert entry.facts["photos"] == [{"sha256": placement.photos.get().sha256, "alt": "公开栏里的公告"}]
    assert entry.facts["entered_later"] is True
    assert (entry.facts["posted_at"], entry.facts["until"]) == ("2026-07-20T09:00:00+08:00", "2026-08-31")
    assert Task.objects.filter(entry=entry, name="placement", arguments={"pk": placement.pk}).exists()


def test_what_is_entered_on_its_day_is_not_called_late():
    scene = hall_on()
    put_up(scene, posted_at=scene.at)
    assert scene.entries("placement.recorded")[0].facts["entered_later"] is False


def test_nothing_hangs_before_its_act_or_tomorrow():
    scene = hall_on()
    with refuses("FO-17") as refused:
        put_up(scene, posted_at=ANNOUNCED - timedelta(seconds=1))
    assert "2026年7月20日 9:00" in refused.value.refusals[0].message
    with refuses("future"):
        put_up(scene, posted_at=scene.at + timedelta(seconds=1))
    put_up(scene, posted_at=ANNOUNCED)
    put_up(scene, posted_at=scene.at, place="村委会公开栏")


@pytest.mark.parametrize(
    ("kind", "photos", "receipt", "enough"),
    [
        ("board", 0, "", False),
        ("board", 0, "第1号", False),
        ("board", 1, "", True),
        ("poster", 0, "", False),
        ("poster", 3, "", True),
        ("poster", 4, "", False),
        ("newspaper", 0, "", False),
        ("newspaper", 0, "2026年7月21日第3版", True),
        ("newspaper", 1, "", True),
        ("radio", 0, "", False),
        ("television", 0, "7月21日晚间新闻", True),
        ("platform", 1, "", False),
        ("platform", 0, "A-2026-77", True),
        ("government-site", 1, "", True),
    ],
)
def test_each_kind_of_place_has_its_evidence(kind, photos, receipt, enough):
    scene = hall_on()
    evidence = [photo((40 + n, 30)) for n in range(photos)]
    if enough:
        assert put_up(scene, evidence, kind=kind, receipt=receipt).photos.count() == photos
    else:
        with refuses("evidence"):
            put_up(scene, evidence, kind=kind, receipt=receipt)


def test_a_photo_is_told_in_words():
    scene = hall_on()
    with refuses("alt"):
        put_up(scene, photo_alt="")


def test_an_act_of_another_project_is_refused():
    scene = hall_on()
    other = Entry(seq=10**6, subject="project/2026-0010/consultation/1", at=ANNOUNCED)
    with refuses("announced"):
        put_up(scene, announced=other)


def test_it_stays_until_its_day_or_a_later_one():
    scene = hall_on()
    with refuses("until"):
        put_up(scene, until=(ANNOUNCED - timedelta(days=1)).date())
    put_up(scene, until=ANNOUNCED.date())


def test_one_place_carries_an_act_once_until_it_is_taken_down():
    scene = hall_on()
    first = put_up(scene)
    with refuses("duplicate"):
        put_up(scene)
    end_placement(first.pk, ended_at=scene.at, reason="大风刮落", actor=scene.people.clerk, at=scene.at)
    assert put_up(scene).number == 2


def test_all_reasons_are_told_at_once():
    scene = hall_on()
    with refuses("future", "evidence", "until"):
        put_up(scene, [], posted_at=scene.at + timedelta(days=1), until=scene.at.date())


@pytest.mark.parametrize("role", ["leader", "reviewer", "discipline", "administrator"])
def test_only_manager_and_clerk_enter_and_end_placements(role):
    scene = hall_on()
    hung = put_up(scene)
    before = Entry.objects.count()
    with pytest.raises(PermissionDenied):
        put_up(scene, actor=getattr(scene.people, role), place="别处")
    with pytest.raises(PermissionDenied):
        end_placement(hung.pk, ended_at=scene.at, reason="到期", actor=getattr(scene.people, role), at=scene.at)
    assert Entry.objects.count() == before


def test_taking_down_is_an_act_with_a_reason_between_its_posting_and_now():
    scene = hall_on()
    hung = put_up(scene)
    for wrong in (ANNOUNCED - timedelta(seconds=1), scene.at + timedelta(seconds=1)):
        with refuses("ended-at"):
            end_placement(hung.pk, ended_at=wrong, reason="到期", actor=scene.people.manager, at=scene.at)
    with refuses("text"):
        end_placement(hung.pk, ended_at=scene.at, reason=" ", actor=scene.people.manager, at=scene.at)
    end_placement(hung.pk, ended_at=ANNOUNCED, reason="到期", actor=scene.people.manager, at=scene.at)
    with refuses("wrong-state"):
        end_placement(hung.pk, ended_at=scene.at, reason="到期", actor=scene.people.manager, at=scene.at)
    assert [e.facts["reason"] for e in scene.entries("placement.ended")] == ["到期"]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_enter_the_same_placement_at_once_one_is_refused():
    scene = hall_on()
    assert race(lambda: put_up(scene)) == ["ActRefused", "done"]
    assert Placement.objects.count() == 1
    hung = Placement.objects.get()
    act = {"ended_at": scene.at, "reason": "到期", "actor": scene.people.clerk, "at": scene.at}
    assert race(lambda: end_placement(hung.pk, **act)) == ["ActRefused", "done"]
    assert len(scene.entries("placement.ended")) == 1
