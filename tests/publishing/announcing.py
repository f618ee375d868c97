"""Sending notices out as the workers do."""

from ledger import outbox
from ledger.models import Entry, Task
from publishing.handlers import HANDLERS
from publishing.models import Delivery, Notice


def send_out(*queues: str) -> None:
    """Do all that is due: first what is written, then what is sent. Papers take long, and have tests of their own."""
    Task.objects.filter(name="document").delete()
    for queue in queues or ("render", "deliver"):
        outbox.drain(queue, HANDLERS)


def notice_of(kind: str) -> Notice:
    """Return the newest notice of a kind of act."""
    return Notice.objects.filter(entry__kind=kind).order_by("-pk")[0]


def delivery_of(notice: Notice, channel: str) -> Delivery:
    return Delivery.objects.get(notice=notice, channel=channel)


def alarms() -> list[tuple[str, str]]:
    """Return the alarms on record, each by its kind and its channel."""
    found = Entry.objects.filter(kind__startswith="publication.").in_order()
    return [(entry.kind, entry.facts["channel"]) for entry in found]
