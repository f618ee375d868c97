"""What a receipt of a comment says, and the file that its author keeps."""

import json
from dataclasses import dataclass
from typing import Any

from ledger.canonical import commitment, parse

FORMAT = "receipt/v1"
LABEL = "comment-v1"  # of the commitment to a comment's text
TEXTS = ("label", "salt", "text", "commitment", "receipt", "entry")


def receipt_text(origin: str, entry: dict[str, Any], commitment: str) -> str:
    """Return what the bureau signs at once: the log ``origin`` received, at that time, what the commitment binds."""
    return (
        f"{FORMAT}\norigin {origin}\nentry {entry['seq']}\ncommitment {commitment}\n"
        f"recorded_at {entry['recorded_at']}\n"
    )


@dataclass(frozen=True)
class ReceiptFile:
    """A receipt as it was saved. Nothing in it is to be believed before it was checked."""

    label: str
    salt: str  # hexadecimal
    text: str
    commitment: str
    receipt: str  # the signed note
    entry: str  # the body of the entry
    proof: str  # the proof file; empty in a receipt that was saved in the first minute
    code: str

    @classmethod
    def parse(cls, content: bytes) -> "ReceiptFile":
        """:raises ValueError: if something is missing in the file, or it is none of our receipts"""
        told = parse(content)
        texts = {name: told.get(name) for name in (*TEXTS, "proof", "code")}
        if not all(isinstance(texts[name], str) for name in TEXTS):
            raise ValueError("this is no complete receipt")
        return cls(**{name: value if isinstance(value, str) else "" for name, value in texts.items()})

    @property
    def opens(self) -> bool:
        """Whether the commitment is to this very text."""
        try:
            return commitment(self.label, bytes.fromhex(self.salt), self.text) == self.commitment
        except ValueError:
            return False

    @property
    def said(self) -> dict[str, Any]:
        """
        What the entry says.

        :raises ValueError: if it is not the entry of a comment that was received
        """
        said: dict[str, Any] = json.loads(self.entry)
        try:
            is_comment = said["kind"] == "comment.received" and said["facts"]["commitment"] == self.commitment
            known = isinstance(said["seq"], int) and isinstance(said["recorded_at"], str) and said["subject"]
        except (KeyError, TypeError) as e:
            raise ValueError("the entry in the receipt is incomplete") from e
        if not (is_comment and known):
            raise ValueError("the entry in the receipt is another one")
        return said
