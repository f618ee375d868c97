"""The calendar file of an invitation: the opening in the diary of whoever is asked to watch it (RFC 5545)."""

from datetime import UTC, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from icalendar import Alarm, Event

from integrity.models import Invitation
from ledger.models import Entry
from publishing.calendars import frame_of, named
from publishing.documents.contexts.tender import full_name
from tenders.models import Package

LASTS = timedelta(hours=2)
CALLED_OFF = (Package.State.FAILED,)


def calendar_of(invitation: Invitation) -> bytes:
    """Return the calendar of an opening. A later one with a higher number takes the place of an earlier one."""
    package = invitation.package
    with translation.override("zh-hans"):
        calendar = frame_of(f"开标监督：{full_name(package)}")
        event = Event()
        newest = Entry.objects.about(package.path).order_by("-seq").only("seq", "recorded_at").first()
        event.add("UID", named(invitation.path))
        event.add("SEQUENCE", newest.seq if newest else 0)
        event.add("DTSTAMP", newest.recorded_at if newest else invitation.sent_at)
        event.add("SUMMARY", f"开标监督：{full_name(package)}")
        if package.bids_due_at:
            event.add("DTSTART", package.bids_due_at.astimezone(UTC))
            event.add("DTEND", (package.bids_due_at + LASTS).astimezone(UTC))
        event.add("LOCATION", package.opening_place)
        event.add("DESCRIPTION", f"{invitation.label}\n开标前两小时起签到，签到码在开标室屏幕上。")
        event.add("URL", f"{settings.SITE_URL}{reverse('observe')}")
        event.add("STATUS", "CANCELLED" if package.state in CALLED_OFF else "CONFIRMED")
        event.add_component(_alarm())
        calendar.add_component(event)
        return calendar.to_ical()


def _alarm() -> Alarm:
    alarm = Alarm()
    alarm.add("ACTION", "DISPLAY")
    alarm.add("DESCRIPTION", "明天开标监督")
    alarm.add("TRIGGER", timedelta(days=-1))
    return alarm
