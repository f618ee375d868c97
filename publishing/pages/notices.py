"""The page of a notice: its text, and where it stands published; and the list of all notices."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from contracts.models import Document
from ledger.models import Entry
from publishing.models import Delivery, Notice, TakeDown
from publishing.pages import acts
from publishing.texts import titles
from tenders.law import calendar

if TYPE_CHECKING:  # a channel writes this page, and therefore imports it
    from publishing.channels.channel import Channel

NEWEST = 100  # on the list; older ones are found by the search


@dataclass(frozen=True)
class Standing:
    """How a notice stands on one channel, in one place of it; ``delivery`` is None as long as it has not gone out."""

    channel: str
    title: str
    delivery: Delivery | None
    due_at: datetime | None  # until when it had to be out; None where nobody says that it has to be
    is_automatic: bool
    has_text: bool
    is_late: bool

    @property
    def is_out(self) -> bool:
        return self.delivery is not None and self.delivery.state == Delivery.State.SENT

    @property
    def is_compared(self) -> bool:
        """Whether the text that it carries was compared with the notice's; what others have printed may not be."""
        return bool(self.delivery and self.delivery.sha256)

    @property
    def is_wrong(self) -> bool:
        return self.delivery is not None and self.delivery.state != Delivery.State.SENT

    @property
    def is_problem(self) -> bool:
        """Whether somebody has to do something: it is not out in time, or not as it should be."""
        return self.is_wrong or (self.delivery is None and self.is_late)


def standings(
    notice: Notice,
    deliveries: Iterable[Delivery],
    channels: Iterable["Channel"],
    *,
    late: Iterable[str] = (),
    now: datetime | None = None,
    at: datetime | None = None,
) -> list[Standing]:
    """
    Return how a notice stands on each channel, and in each place of a channel with several.

    ``late`` are the channels that the record says are late. ``now``, by the database's clock, and ``at``, by the
    calendar's, are given where the page is made for this moment: what is not out by then is late as well.
    """
    found: dict[str, list[Delivery | None]] = defaultdict(list)
    for delivery in deliveries:
        found[delivery.channel].append(delivery)
    late, days = set(late), cache(calendar)
    return [
        _standing(
            notice,
            channel,
            delivery,
            due_at=channel.due_at(notice, days),
            on_record=channel.name in late,
            by=now if channel.is_automatic else at,
        )
        for channel in channels
        for delivery in found[channel.name] or [None]
    ]


def _standing(
    notice: Notice,
    channel: "Channel",
    delivery: Delivery | None,
    *,
    due_at: datetime,
    on_record: bool,
    by: datetime | None,
) -> Standing:
    out_at = delivery.sent_at if delivery else by if channel.is_due(notice) else None
    return Standing(
        channel=channel.name,
        title=str(channel.title),
        delivery=delivery,
        due_at=due_at if channel.is_due(notice) else None,
        is_automatic=channel.is_automatic,
        has_text=channel.has_text,
        is_late=(out_at is not None and out_at > due_at) or (on_record and delivery is None),
    )


def notice_page(notice: Notice, channels: Iterable["Channel"]) -> dict[str, Any]:
    """Return what the page of a notice says. Four queries, whatever its channels; five with a term by days."""
    alarms = _alarms_about(notice)
    late = [entry.facts["channel"] for entry in alarms if entry.kind == "publication.late"]
    lead = f"{notice.title}\n\n"
    return {
        "notice": notice,
        "project": notice.project,
        "lead": lead if notice.body.startswith(lead) else "",
        "rest": notice.body.removeprefix(lead),
        "papers": Document.objects.filter(caused_by=notice.entry).exclude(sha256__in=TakeDown.objects.digests()),
        "standings": standings(notice, notice.deliveries.all(), channels, late=late),
        "alarms": [(entry, acts.detail(entry)) for entry in alarms],
    }


def _alarms_about(notice: Notice) -> list[Entry]:
    later = Entry.objects.filter(seq__gt=notice.pk, kind__in=acts.ALARMS, subject=notice.entry.subject)
    return [entry for entry in later.in_order() if entry.facts["of"] == notice.pk]


def all_notices() -> QuerySet[Notice]:
    """Return all notices as a list shows them, newest first, without their texts."""
    return Notice.objects.select_related("project", "entry").defer("body", "entry__body").order_by("-pk")


def notices_page() -> dict[str, Any]:
    """Return what the list of notices says as a file: the newest, and the form of the search. Two queries."""
    found = all_notices()
    notices = list(found[: NEWEST + 1])
    return {"notices": notices[:NEWEST], "has_more": len(notices) > NEWEST, "kinds": kinds(), "asked": {}}


def kinds() -> list[tuple[str, str]]:
    """Return the kinds of notices with their names, in the order of a project's path."""
    return list(titles().items())
