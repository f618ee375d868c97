"""
What leaves the house by hand: posters, the press, platforms with a form of their own.

Nothing is sent from here. A person puts it up or hands it in, and enters that as a placement with its evidence.
"""

from datetime import timedelta

from django.db.models import QuerySet

from publishing.channels.board import NAME as BOARD_NAME
from publishing.channels.channel import Channel
from publishing.models import Delivery, Notice
from tenders.models import Placement

BY_HAND = tuple(
    Channel(kind.value, kind.label, timedelta(days=20)) for kind in Placement.Kind if kind.value != BOARD_NAME
)


def note_placement(notice: Notice, placement: Placement) -> Delivery:
    """
    Write down that a notice hangs or stands somewhere, by the attestation of who entered it.

    Only what was printed by us has the notice's digest: what a newspaper has set, nobody here can hash.
    """
    found = {
        "state": Delivery.State.SENT,
        "sha256": notice.sha256 if placement.own_print else "",
        "receipt": placement.receipt,
        "sent_at": placement.posted_at,
    }
    delivery, _created = Delivery.objects.update_or_create(
        notice=notice, channel=placement.kind, place=placement.place, defaults=found
    )
    return delivery


def placements_of(notice: Notice) -> QuerySet[Placement]:
    """Return where a notice was put up, with the photos."""
    return Placement.objects.filter(announced=notice.pk).prefetch_related("photos")
