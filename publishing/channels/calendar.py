"""Calendars of the clocks. They carry no text of notices, and are kept out of the comparison: an act moves clocks."""

from django.utils.translation import gettext_lazy as _

from ledger import clock
from publishing.calendars import address_of, write_calendar
from publishing.channels.channel import Channel, note_sent
from publishing.channels.files import WITHIN, clear
from publishing.locks import CALENDARS, writing
from publishing.models import Notice
from publishing.output import file_of

NAME = "calendar"


def publish(notice: Notice) -> None:
    """Write the calendar of a notice's project, and write down what stands there now."""
    project = notice.project
    with writing(CALENDARS):
        clear(address_of(project))
        project.refresh_from_db()
        write_calendar(project, at=clock.now())
    note_sent(notice, NAME, payload=file_of(address_of(project)).read_bytes())


CALENDAR = Channel(NAME, _("期限日历"), WITHIN, publish, has_text=False)
