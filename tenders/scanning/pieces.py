"""What a file holds, piece by piece, and how much of it is read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from time import monotonic


class Where(StrEnum):
    """In what part of a file a piece stands."""

    BODY = "body"  # ``at`` numbers the page, or names the sheet and the cell
    PROPERTIES = "properties"  # author, title, keywords, whatever the program wrote beside the content
    COMMENT = "comment"  # comments, annotations
    INSERTED = "inserted"  # tracked changes
    DELETED = "deleted"
    HIDDEN = "hidden"  # hidden sheets, hidden text, form fields
    ATTACHED = "attached"  # a file in the file
    PICTURE = "picture"  # what a camera wrote into a picture
    SCRIPT = "script"
    NOTHING_READ = "nothing-read"  # damaged, encrypted, too large, no kind that is known


class Trace(StrEnum):
    """What a file betrays beside the kinds of ``tenders.personal``."""

    AUTHOR = "author"
    POSITION = "position"
    UNSEEN = "unseen"  # comments, tracked changes, hidden sheets, attachments, what a camera wrote
    SCRIPT = "script"
    UNREAD = "unread"


# What a reader doesn't see where it stands is worth a look, whatever it says.
UNSEEN = frozenset(
    {Where.COMMENT, Where.INSERTED, Where.DELETED, Where.HIDDEN, Where.ATTACHED, Where.SCRIPT, Where.NOTHING_READ}
)


@dataclass(frozen=True)
class Piece:
    where: Where
    text: str = ""
    at: str = ""  # page, cell, name of the property or of the file in the file
    is_person: bool = False  # names somebody: the author, who changed it last
    is_position: bool = False  # where on earth a picture was taken


class TooMuch(Exception):  # noqa: N818, it is an outcome, not an error
    """Raised if a file holds more than is read of one."""


@dataclass
class Budget:
    """How much of a file is read, in characters, unpacked bytes and seconds."""

    characters: int = 2_000_000
    unpacked: int = 300_000_000
    until: float = 0.0

    def lasting(self, seconds: float) -> "Budget":
        """Return it with so much time from now on."""
        self.until = monotonic() + seconds
        return self

    def spend(self, *, characters: int = 0, unpacked: int = 0) -> None:
        """
        Note what was read.

        :raises TooMuch: if that was more than there is to spend
        """
        self.characters -= characters
        self.unpacked -= unpacked
        if self.characters < 0 or self.unpacked < 0 or monotonic() > self.until:
            raise TooMuch


def spending(budget: Budget, pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Pass pieces on and count their characters."""
    for piece in pieces:
        budget.spend(characters=len(piece.text) + 1)
        yield piece
