"""Two texts side by side, line by line, with what was taken out and what was put in."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from publishing.amending import editable_text
from publishing.models import Amendment, Notice

ALIKE = 0.3  # lines less alike than this are set apart as wholes: marks between them would only confuse


@dataclass(frozen=True)
class Piece:
    text: str
    is_changed: bool


@dataclass(frozen=True)
class Pair:
    """A line of the old text beside that of the new one; None where there is no such line."""

    old: list[Piece] | None
    new: list[Piece] | None

    @property
    def is_changed(self) -> bool:
        return self.old is None or self.new is None or any(piece.is_changed for piece in self.old + self.new)


def compare(old: str, new: str) -> list[Pair]:
    """Return the lines of two texts in pairs."""
    before, after = old.splitlines(), new.splitlines()
    pairs: list[Pair] = []
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            pairs += [Pair([Piece(line, False)], [Piece(line, False)]) for line in before[i:j]]
        else:
            pairs += _replaced(before[i:j], after[k:m])
    return pairs


def _replaced(before: Sequence[str], after: Sequence[str]) -> list[Pair]:
    both = min(len(before), len(after))
    pairs = [_marked(old, new) for old, new in zip(before, after, strict=False)]
    pairs += [Pair([Piece(line, True)], None) for line in before[both:]]
    return pairs + [Pair(None, [Piece(line, True)]) for line in after[both:]]


def _marked(old: str, new: str) -> Pair:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < ALIKE:
        return Pair([Piece(old, True)], [Piece(new, True)])
    codes = matcher.get_opcodes()
    left = [Piece(old[i:j], tag != "equal") for tag, i, j, _k, _m in codes if j > i]
    right = [Piece(new[k:m], tag != "equal") for tag, _i, _j, k, m in codes if m > k]
    return Pair(left, right)


def comparison_page(amendment: Amendment) -> dict[str, Any]:
    """Return what the page of a correction says. If one of the texts was taken down, neither is shown."""
    old, new = amendment.notice, Notice.objects.filter(pk=amendment.pk).first()
    hidden = old.is_taken_down or (new is not None and new.is_taken_down)
    return {
        "amendment": amendment,
        "old": old,
        "new": new,
        "facts": amendment.entry.facts,
        "pairs": [] if hidden else compare(editable_text(old), amendment.text),
        "hidden": hidden,
    }
