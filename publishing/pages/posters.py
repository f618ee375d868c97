"""Posters as pages tell of them: beside which notices there are some, and whether they are still right."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ledger.models import Entry
from publishing.models import Notice
from publishing.output import file_of
from publishing.pages.record import Record

# What each size is for, the largest first
USES: dict[str, str | Promise] = {
    "a0": _("A0（841×1189毫米）街头"),
    "a1": _("A1（594×841毫米）街头、橱窗"),
    "a3": _("A3（297×420毫米）公开栏"),
    "a4": _("A4（210×297毫米）告示"),
}

# Acts after which nobody is to be called any more
ENDS = ("step.close_comments", "consultation.superseded")


@dataclass(frozen=True)
class Sheet:
    size: str
    use: str
    address: str
    kilobytes: int


@dataclass(frozen=True)
class Posters:
    """The sheets beside one notice. ``newer`` is the notice whose sheets have taken their place, if there is one."""

    notice: int
    sheets: list[Sheet]
    newer: int | None


def tells_a_plan(entry: Entry) -> bool:
    """Whether an act has published a whole plan with its period."""
    return "opens_on" in entry.facts and "project" in entry.facts


def has_posters(entry: Entry) -> bool:
    """Whether what hangs in the street has to be another one from this act on: the plan is new, or its period."""
    return "renderings" in entry.facts or entry.kind.startswith("period.")


def poster_address(notice: int, size: str) -> str:
    return f"/notices/{notice}/poster-{size}.pdf"


def newest_posters(record: Record) -> Posters | None:
    """Return the sheets that may be printed now, or None if there are none yet, or nobody may comment any more."""
    telling = [entry for entry in record.entries if has_posters(entry) or entry.kind in ENDS]
    return posters_of(telling[-1], ()) if telling and has_posters(telling[-1]) else None


def posters_beside(notice: Notice) -> Posters | None:
    """Return the sheets beside a notice, with what has taken their place."""
    if notice.is_taken_down or not has_posters(notice.entry):
        return None
    later = Entry.objects.about(notice.project.path).filter(seq__gt=notice.pk).in_order()
    return posters_of(notice.entry, [entry for entry in later if has_posters(entry)])


def posters_of(cause: Entry, causes: Iterable[Entry]) -> Posters | None:
    sheets = [
        Sheet(size, str(use), address, file_of(address).stat().st_size // 1000)
        for size, use in USES.items()
        if file_of(address := poster_address(cause.seq, size)).is_file()
    ]
    newer = max((entry.seq for entry in causes if entry.seq > cause.seq), default=None)
    return Posters(cause.seq, sheets, newer) if sheets else None
