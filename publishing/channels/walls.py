"""
What leaves the house by hand: posters, the press, platforms with a form of their own.

Nothing is sent from here. A person puts it up or hands it in, and enters that as a placement with its evidence.
"""

from datetime import datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from lifecycle.clock import Days
from publishing.channels.board import NAME as BOARD_NAME
from publishing.channels.channel import Channel
from publishing.models import Delivery, Notice
from statutes.year import ONE_DAY
from tenders.law import day
from tenders.models import Placement

PLATFORM = Placement.Kind.PLATFORM
# What goes to a designated medium, which is a platform outside: announcements (TB-01, GP-01), at the time at which
# they stand here (TB-02). The law gives no number; people have until the end of the next working day, as the medium
# itself has for what it was given (GP-26, FO-14).
DESIGNATED = frozenset({"step.announce_tender", "step.publish_prequalification"})
WORKING_DAYS = 1


def goes_to_a_designated_medium(notice: Notice) -> bool:
    return notice.entry.kind in DESIGNATED


def end_of_term(notice: Notice, days: Days) -> datetime:
    """Return the midnight that ends the last day for having an announcement on a designated medium."""
    last = days().add_working_days(day(notice.entry.at), WORKING_DAYS)
    return timezone.make_aware(datetime.combine(last + ONE_DAY, time.min)) - timedelta(seconds=1)


def _by_hand(kind: Placement.Kind) -> Channel:
    within = timedelta(days=20)
    if kind != PLATFORM:
        return Channel(kind.value, kind.label, within)
    return Channel(kind.value, kind.label, within, expects=goes_to_a_designated_medium, term=end_of_term)


BY_HAND = tuple(_by_hand(kind) for kind in Placement.Kind if kind.value != BOARD_NAME)


def note_placement(notice: Notice, placement: Placement) -> Delivery:
    """
    Write down that a notice hangs or stands somewhere, by the attestation of who entered it.

    It has the notice's digest if it was printed by us, or if the text that stands there was compared and is the same;
    what a newspaper has set, nobody here can hash.
    """
    differs = placement.comparison == Placement.Comparison.DIFFERS
    is_same = placement.own_print or placement.comparison == Placement.Comparison.SAME
    found = {
        "state": Delivery.State.DIFFERS if differs else Delivery.State.SENT,
        "sha256": placement.carried_sha256 if differs else notice.sha256 if is_same else "",
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
