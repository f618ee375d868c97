"""What a channel is, and how it writes down what went out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from ledger.clock import real_now
from lifecycle.clock import Days
from publishing.models import Delivery, Notice
from tenders.law import calendar


@dataclass(frozen=True)
class Copy:
    """What a channel carries of a notice: its text, and all the bytes in which it goes out."""

    text: str
    payload: bytes


@dataclass(frozen=True)
class Channel:
    """One way to the public."""

    name: str
    title: Any  # lazily translated
    within: timedelta  # from the act on; published later than this, it is late
    # Sends a notice and writes down a delivery. None where a person does that by hand, and reports it.
    deliver: Callable[[Notice], None] | None = None
    # Reads back what stands there now of each notice, by its key: None if nothing does, no key if it need not be there
    # any more. None where nothing can be read back.
    read: Callable[[Sequence[Notice]], Mapping[int, Copy | None]] | None = None
    # Whether a notice has to go out here. None: each, on an automatic channel; by hand, only where somebody reports it.
    expects: Callable[[Notice], bool] | None = None
    # Until when a notice that has to go out has to be there, where the time is not of one length, by the calendar.
    term: Callable[[Notice, Days], datetime] | None = None
    has_text: bool = True  # whether it carries the notice's text, to be compared

    @property
    def is_automatic(self) -> bool:
        return self.deliver is not None

    def is_due(self, notice: Notice) -> bool:
        """Whether the notice has to go out here at all."""
        return self.expects(notice) if self.expects else self.is_automatic

    @property
    def is_watched(self) -> bool:
        """Whether anything is missed here that does not go out."""
        return self.is_automatic or self.expects is not None

    def due_at(self, notice: Notice, days: Days = calendar) -> datetime:
        """
        Return until when a notice has to be out, by the clock that counts for this channel.

        Machines are measured by the database's clock, from the record of the act on; people by the calendar's.
        ``days`` spares reading the calendar for each notice.
        """
        if self.term and self.is_due(notice):
            return self.term(notice, days)
        return (notice.entry.recorded_at if self.is_automatic else notice.entry.at) + self.within


# By name. The package fills it in, so that a channel can tell of the others.
CHANNELS: dict[str, Channel] = {}


def note_down(
    notice: Notice,
    channel: str,
    *,
    text: str,
    payload: bytes,
    place: str = "",
    recipients: int = 1,
    receipt: str = "",
    sent_at: datetime | None = None,
) -> Delivery:
    """
    Write down that a channel carries ``text`` as the notice's, within the bytes ``payload``.

    It is compared here with what the notice says: a difference is an alarm. The first time of sending is kept.
    """
    carried = digest(text.encode())
    found = {
        "state": Delivery.State.SENT if carried == notice.sha256 else Delivery.State.DIFFERS,
        "sha256": carried,
        "payload_sha256": digest(payload),
        "recipients": recipients,
        "receipt": receipt,
    }
    return _keep(notice, channel, place, found, sent_at)


def note_sent(notice: Notice, channel: str, *, payload: bytes) -> Delivery:
    """Write down that a channel which carries no text of notices has gone out after this one."""
    return _keep(notice, channel, "", {"state": Delivery.State.SENT, "payload_sha256": digest(payload)}, None)


def note_missing(notice: Notice, channel: str) -> Delivery:
    """Write down that nothing of a notice stands on a channel where it has to stand."""
    return _keep(notice, channel, "", {"state": Delivery.State.FAILED, "sha256": "", "payload_sha256": ""}, None)


def _keep(notice: Notice, channel: str, place: str, found: dict[str, Any], sent_at: datetime | None) -> Delivery:
    """Write down what was found on a channel. When it was first sent stands, once it is known."""
    now = real_now()
    found = {**found, "checked_at": now}
    is_out = found["state"] != Delivery.State.FAILED
    delivery, _created = Delivery.objects.update_or_create(
        notice=notice,
        channel=channel,
        place=place,
        defaults=found,
        create_defaults={**found, "sent_at": (sent_at or now) if is_out else None},
    )
    if is_out and delivery.sent_at is None:
        delivery.sent_at = sent_at or now
        delivery.save(update_fields=["sent_at"])
    return delivery


def digest(content: bytes) -> str:
    return sha256(content).hexdigest()
