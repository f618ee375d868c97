"""What a channel is, and how it writes down what went out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from ledger.clock import real_now
from publishing.models import Delivery, Notice


@dataclass(frozen=True)
class Channel:
    """One way to the public."""

    name: str
    title: Any  # lazily translated
    within: timedelta  # from the act on; published later than this, it is late
    # Sends a notice and writes down a delivery. None where a person does that by hand, and reports it.
    deliver: Callable[[Notice], None] | None = None

    @property
    def is_automatic(self) -> bool:
        return self.deliver is not None


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
    now = real_now()
    found = {
        "state": Delivery.State.SENT if carried == notice.sha256 else Delivery.State.DIFFERS,
        "sha256": carried,
        "payload_sha256": digest(payload),
        "recipients": recipients,
        "receipt": receipt,
        "checked_at": now,
    }
    delivery, _created = Delivery.objects.update_or_create(
        notice=notice,
        channel=channel,
        place=place,
        defaults=found,
        create_defaults={**found, "sent_at": sent_at or now},
    )
    return delivery


def digest(content: bytes) -> str:
    return sha256(content).hexdigest()
