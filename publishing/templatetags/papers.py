"""What became of a notice, for its page: corrected, withdrawn, taken down, put up on walls."""

from dataclasses import dataclass

from django import template

from ledger.models import Entry
from publishing.models import Amendment, Notice
from publishing.pages.placements import Placed, Tombstone, tombstone_of
from publishing.pages.placements import placements_on as placed_on
from publishing.pages.posters import Posters, posters_beside

register = template.Library()


@dataclass(frozen=True)
class State:
    """``earlier``: what this notice has done to another; ``later``: what was done to it; ``newest`` ends the chain."""

    earlier: Amendment | None
    later: Amendment | None
    newest: int


@register.simple_tag
def state_of(notice: Notice) -> State:
    later = Amendment.objects.select_related("entry").filter(notice=notice).first()
    return State(Amendment.objects.filter(pk=notice.pk).first(), later, newest_of(notice.pk))


def newest_of(seq: int) -> int:
    """Return the number of the notice that now stands in place of one. A query for each correction on the way."""
    while following := Amendment.objects.filter(notice=seq).values_list("pk", flat=True).first():
        seq = following
    return seq


@register.simple_tag
def tombstone_of_notice(notice: Notice) -> Tombstone | None:
    """Return what is told of a notice that was taken down."""
    entries = Entry.objects.filter(kind="content.taken-down", subject__startswith=f"{notice.project.path}/")
    return next((tombstone_of(e) for e in entries if e.facts["of"] == notice.published_by_id), None)


@register.simple_tag
def placements_on(notice: Notice) -> list[Placed]:
    return placed_on(notice)


@register.simple_tag
def posters_on(notice: Notice) -> Posters | None:
    return posters_beside(notice)
