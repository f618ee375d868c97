"""
Calendars of the clocks, one for each project and one of all, for the diary on anybody's phone (RFC 5545).

Each clock is an event on its last day, or at its minute where the law ends it at one; a hearing is an event at its hour
and place. What has not changed keeps its
number and its time of change, so that a calendar whose clocks stand still has the same bytes.
"""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from icalendar import Calendar, Event

from ledger.models import Entry
from lifecycle.clocks import Clock, clocks
from publishing.locks import CALENDARS, writing
from publishing.output import file_of, write
from publishing.pages.acts import place
from publishing.pages.wording import article, day, moment
from publishing.texts.case import published_name
from statutes.rules import Confidence
from tenders.models import Hearing, Project

ALL = "/feeds/all.ics"
CHANGES_OF_FORM = ("DTSTAMP", "LAST-MODIFIED", "SEQUENCE")  # they say that an event has changed, not what
BEGIN, END = b"BEGIN:VEVENT\r\n", b"END:VCALENDAR\r\n"


def address_of(project: Project) -> str:
    return f"/feeds/projects/{project.number}.ics"


def write_calendar(project: Project, *, at: datetime) -> bytes:
    """Write the calendar of a project as its clocks stand, and put it into that of all. Return its bytes."""
    address = address_of(project)
    content = calendar_of(project, at=at, before=_events_in(address))
    if write(address, content) or not file_of(ALL).is_file():
        write_calendar_of_all()
    return content


def write_calendar_of_all() -> None:
    """Join the calendars of all projects as they lie there: no clock is counted again."""
    files = [file_of(address_of(project)) for project in Project.objects.public()]
    contents = [file.read_bytes() for file in files if file.is_file()]
    frame = frame_of("阳光工程公开平台：全部期限").to_ical()
    write(ALL, frame.removesuffix(END) + b"".join(_events(content) for content in contents) + END)


def write_every_calendar(*, at: datetime) -> None:
    """Write the calendars of all projects, and that of all, even if there is none yet."""
    for project in Project.objects.public():
        with writing(CALENDARS):
            write_calendar(project, at=at)
    write_calendar_of_all()


def calendar_of(project: Project, *, at: datetime, before: dict[str, Event]) -> bytes:
    """Return a project's calendar. ``before`` are the events as published last, by their UID."""
    with translation.override("zh-hans"):
        newest = Entry.objects.about(project.path).order_by("-seq").only("seq", "recorded_at").first()
        if newest is None:
            raise ValueError(f"nothing is on record of {project}")
        name = published_name(project)
        calendar = frame_of(f"{name}：期限")
        for clock in sorted(clocks(project, at=at), key=lambda clock: (clock.due_on, uid(clock))):
            calendar.add_component(_dated(_event(project, name, clock), before, newest))
        for hearing in Hearing.objects.filter(consultation__project=project).exclude(announced_at=None):
            calendar.add_component(_dated(_hearing_event(project, name, hearing), before, newest))
        return calendar.to_ical()


def uid(clock: Clock) -> str:
    """Name a clock for ever, by what it runs of and by its rule: its days may move."""
    return named(f"{clock.subject}-{clock.rule.id}")


def named(path: str) -> str:
    """Name an event for ever, by what it is of."""
    return f"{path.replace('/', '-')}@{settings.LEDGER_ORIGIN.partition('/')[0]}"


def _hearing_event(project: Project, name: str, hearing: Hearing) -> Event:
    """Return a hearing as an event: at its hour, at its place. Whoever likes may come and listen."""
    event = Event()
    event.add("UID", named(hearing.path))
    if hearing.starts_at:
        event.add("DTSTART", hearing.starts_at.astimezone(UTC))
    event.add("SUMMARY", f"听证会：{name}")
    event.add("LOCATION", hearing.place)
    event.add("DESCRIPTION", f"{hearing.matter}\n公开举行，可以旁听。")
    event.add("URL", f"{settings.SITE_URL}/projects/{project.number}/hearings/{hearing.number}/")
    event.add("CATEGORIES", ["听证会"])
    takes_place = hearing.cancelled_at is None and project.standing == Project.Standing.ACTIVE
    event.add("STATUS", "CONFIRMED" if takes_place or hearing.held_at else "CANCELLED")
    return event


def _event(project: Project, name: str, clock: Clock) -> Event:
    event = Event()
    event.add("UID", uid(clock))
    for key, value in _times(clock).items():
        event.add(key, value)
    event.add("SUMMARY", f"{_called(clock)}：{name}{place(clock.subject)}")
    event.add("DESCRIPTION", _description(project, clock))
    event.add("URL", f"{settings.SITE_URL}/projects/{project.number}/")
    event.add("CATEGORIES", ["公众期限" if clock.is_window else "办理时限"])
    stands = project.standing == Project.Standing.ACTIVE or clock.done
    event.add("STATUS", "CONFIRMED" if stands else "CANCELLED")
    event.add("TRANSP", "TRANSPARENT")
    return event


def _times(clock: Clock) -> dict[str, Any]:
    """Return when the clock ends: at a minute of its last day, else the whole day, of which 24:00 is the end."""
    if clock.ends_at and timezone.localtime(clock.ends_at).time() != time():
        return {"DTSTART": clock.ends_at.astimezone(UTC)}
    return {"DTSTART": clock.due_on, "DTEND": clock.due_on + timedelta(days=1)}


def _called(clock: Clock) -> str:
    if clock.is_window:
        return f"{clock.title}截止"
    return f"{clock.title}（已办）" if clock.done else f"最迟{clock.title}"


def _description(project: Project, clock: Clock) -> str:
    end = moment(clock.ends_at) if "DTEND" not in _times(clock) else f"{day(clock.due_on)}24时"
    lines = [
        f"{day(clock.starts_on)}起算，{end}止。" if clock.is_window else f"{day(clock.starts_on)}起算，最迟{end}。",
        "" if clock.rule.confidence is Confidence.UNSURE else f"依据：{article(clock.rule)}",
        "当年放假安排还没有公布，这个日期是暂定的。" if clock.provisional else "",
        "" if project.standing == Project.Standing.ACTIVE else f"项目{project.get_standing_display()}，期限不再计算。",
        f"{settings.SITE_URL}/projects/{project.number}/",
    ]
    return "\n".join(filter(None, lines))


def _dated(event: Event, before: dict[str, Event], newest: Entry) -> Event:
    """Say when an event last changed: as before if it says the same, else by the project's newest entry."""
    known = before.get(str(event["UID"]))
    if known is not None and _said(known) == _said(event):
        return known
    event.add("SEQUENCE", newest.seq)  # it only ever grows, even if the file was lost
    event.add("DTSTAMP", newest.recorded_at)
    event.add("LAST-MODIFIED", newest.recorded_at)
    return event


def _said(event: Event) -> dict[str, Any]:
    return {k: event[k].to_ical() for k in event if k not in CHANGES_OF_FORM}


def _events_in(address: str) -> dict[str, Event]:
    """Return the events of a calendar as it was published, by their UID; none of what is no calendar."""
    file = file_of(address)
    try:
        calendar = Calendar.from_ical(file.read_bytes())
    except (OSError, ValueError):
        return {}
    return {str(e["UID"]): e for e in calendar.walk("VEVENT") if isinstance(e, Event) and "UID" in e}


def _events(content: bytes) -> bytes:
    """Cut the events out of a calendar's bytes."""
    begin = content.find(BEGIN)
    return b"" if begin < 0 else content[begin:].removesuffix(END)


def frame_of(name: str) -> Calendar:
    """Return an empty calendar with its heading."""
    calendar = Calendar()
    for key, value in {
        "PRODID": "-//tracker//clocks//ZH",
        "VERSION": "2.0",
        "METHOD": "PUBLISH",
        "NAME": name,
        "X-WR-CALNAME": name,
        "X-WR-TIMEZONE": "Asia/Shanghai",
    }.items():
        calendar.add(key, value)
    calendar.add("REFRESH-INTERVAL", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    return calendar
