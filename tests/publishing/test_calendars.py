"""The calendar of the clocks: each on its last day or at its minute, under a name that stays, changed only if it is."""

from datetime import UTC, date, datetime

import pytest
from icalendar import Calendar

from lifecycle.operations import take
from lifecycle.steps import STEPS
from publishing import site
from publishing.calendars import write_calendar
from publishing.models import Notice
from tenders.models import Project
from tenders.operations.clarifications import publish_clarification
from tests.factories import cemetery_on, courtyard_on, hall_on, moment
from tests.publishing.announcing import delivery_of, send_out
from tests.publishing.reading import path_of

pytestmark = pytest.mark.django_db
ADDRESS = "/feeds/projects/2026-001.ics"


def told(scene):
    """Write the calendar as it stands at the scene's moment."""
    write_calendar(scene.acts.project, at=scene.at)
    return scene


def events(address=ADDRESS):
    """Return the events by the rule of their clock."""
    calendar = Calendar.from_ical(path_of(address).read_bytes())
    return {_rule_of(event): event for event in calendar.walk("VEVENT")}


def _rule_of(event):
    return "-".join(str(event["UID"]).partition("@")[0].split("-")[-2:])


def test_a_window_is_an_event_on_its_last_day_with_its_article():
    told(hall_on("07-20 12:00"))

    event = events()["PD-03"]
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2026, 8, 31), date(2026, 9, 1))
    assert event["SUMMARY"] == "征求意见截止：殡仪服务中心告别厅修缮工程"
    assert "依据：《重大行政决策程序暂行条例》第十五条" in event["DESCRIPTION"]
    assert "2026年8月31日（星期一）24时止" in event["DESCRIPTION"]
    assert (event["STATUS"], event["TRANSP"]) == ("CONFIRMED", "TRANSPARENT")


def test_a_clock_that_ends_at_a_minute_is_an_event_at_that_minute():
    told(courtyard_on())

    event = events()["TB-05"]
    assert event["DTSTART"].dt == datetime(2026, 8, 18, 1, 30, tzinfo=UTC)
    assert "DTEND" not in event


def test_every_event_has_one_name_whatever_the_language(settings):
    told(cemetery_on("08-10 10:00"))

    calendar = Calendar.from_ical(path_of(ADDRESS).read_bytes())
    names = [str(event["UID"]) for event in calendar.walk("VEVENT")]
    assert len(names) == len(set(names)) >= 9
    assert f"project-2026-001-package-1-AW-07@{settings.LEDGER_ORIGIN.partition('/')[0]}" in names


def test_a_clock_that_moves_keeps_its_name_and_counts_up():
    scene = told(courtyard_on())
    before = events()
    package = scene.package
    publish_clarification(
        package.pk, text="推迟开标", affects_bids=True, new_due_at=moment("09-03 09:30"), actor=scene.people.manager,
        at=scene.at,
    )  # fmt: skip
    told(scene)

    after = events()
    assert after["TB-05"]["UID"] == before["TB-05"]["UID"]
    assert after["TB-05"]["SEQUENCE"] > before["TB-05"]["SEQUENCE"]
    assert after["TB-05"]["DTSTART"].dt.day == 3
    assert after["FO-01"]["SEQUENCE"] == before["FO-01"]["SEQUENCE"]
    assert after["FO-01"]["LAST-MODIFIED"] == before["FO-01"]["LAST-MODIFIED"]


def test_what_has_not_changed_has_the_same_bytes():
    scene = told(hall_on("07-20 12:00"))
    before = path_of(ADDRESS).read_bytes(), path_of("/feeds/all.ics").read_bytes()

    write_calendar(scene.project, at=moment("07-25 12:00"))

    assert (path_of(ADDRESS).read_bytes(), path_of("/feeds/all.ics").read_bytes()) == before


def test_a_file_that_was_lost_counts_up_all_the_same():
    scene = told(hall_on("07-20 12:00"))
    before = events()["PD-03"]["SEQUENCE"]
    path_of(ADDRESS).unlink()

    write_calendar(scene.project, at=scene.at)

    assert events()["PD-03"]["SEQUENCE"] >= before


@pytest.mark.parametrize("name", ["suspend", "cancel"])
def test_open_clocks_of_a_project_that_stands_still_are_cancelled(name):
    scene = told(hall_on("07-20 12:00"))
    take(STEPS[name], scene.project.pk, actor=scene.people.leader, at=scene.at, reason="规划调整")
    told(scene)

    event = events()["PD-03"]
    assert event["STATUS"] == "CANCELLED"
    assert "期限不再计算" in event["DESCRIPTION"]


def test_a_resumed_project_has_its_clocks_back():
    scene = told(hall_on("07-20 12:00"))
    for name in ("suspend", "resume"):
        take(STEPS[name], scene.project.pk, actor=scene.people.leader, at=scene.at, reason="规划调整")
        told(scene)

    assert events()["PD-03"]["STATUS"] == "CONFIRMED"


def test_the_calendar_of_all_holds_the_events_of_each_project():
    scene = hall_on("07-20 12:00")
    courtyard_on("08-12 10:00", scene.people)
    for project in Project.objects.all():
        write_calendar(project, at=moment("08-12 10:00"))

    whole = Calendar.from_ical(path_of("/feeds/all.ics").read_bytes())
    subjects = {str(event["UID"]).split("-")[2] for event in whole.walk("VEVENT")}
    assert subjects == {"001", "002"}


def test_an_empty_site_has_a_calendar_without_events():
    site.rebuild()

    assert Calendar.from_ical(path_of("/feeds/all.ics").read_bytes()).walk("VEVENT") == []


def test_a_calendar_that_somebody_broke_is_written_anew():
    scene = told(hall_on("07-20 12:00"))
    path_of(ADDRESS).write_bytes(b"no calendar")

    write_calendar(scene.project, at=scene.at)

    assert "PD-03" in events()


def test_a_calendar_carries_no_notice_and_says_so():
    hall_on("07-20 12:00")
    send_out()

    delivery = delivery_of(Notice.objects.first(), "calendar")
    assert (delivery.state, delivery.sha256) == ("sent", "")
    assert len(delivery.payload_sha256) == 64


def test_the_queries_of_a_calendar_do_not_grow_with_its_clocks(django_assert_max_num_queries):
    scene = told(cemetery_on("08-10 10:00"))

    with django_assert_max_num_queries(21):
        write_calendar(scene.project, at=scene.at)
