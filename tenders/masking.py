"""
Masking: passages of a text are replaced by signs, and nothing else is changed (政府信息公开条例 37).

Pure Python. Which passages is for people to decide; what the detectors find is suggested.
"""

import re
from collections.abc import Collection

from tenders.personal import mask, personal_data

BLOCK = "█"
SIGN = re.compile(rf"[{BLOCK}*]+|〔…〕")


def hides(masked: str, text: str) -> bool:
    """
    Say whether ``masked`` is ``text`` with one passage or several replaced by signs, and otherwise the same.

    A sign stands for at least one character, however long it is itself.
    """
    if masked == text:
        return False
    first, *between = SIGN.split(masked)
    if not between or not text.startswith(first):
        return False
    last = between.pop()
    place = len(first)
    for kept in between:
        place = text.find(kept, place + 1)
        if place < 0:
            return False
        place += len(kept)
    return len(text) - len(last) > place and text.endswith(last)


def characters_hidden(masked: str, text: str) -> int:
    """Return how many characters of ``text`` are no longer to be read. Requires ``hides(masked, text)``."""
    return len(text) - sum(len(kept) for kept in SIGN.split(masked))


def hides_most(masked: str, text: str, allowed: Collection[str] = ()) -> bool:
    """
    Say whether of what the detectors pass over less than half is left to read. Requires ``hides(masked, text)``.

    Then masking is as good as withholding, and needs what a withholding needs.
    """
    detected = sum(found.end - found.start for found in personal_data(text, allowed))
    by_hand = characters_hidden(masked, text) - detected
    return 2 * by_hand > len(text) - detected


def suggestion(text: str, allowed: Collection[str] = ()) -> str:
    """Return the text with everything masked that the detectors find: a proposal, for a person to go on from."""
    for found in reversed(personal_data(text, allowed)):
        written = text[found.start : found.end]
        shown = mask(found.kind, written)
        sign = shown if hides(shown, written) else BLOCK * len(written)
        text = f"{text[: found.start]}{sign}{text[found.end :]}"
    return text
