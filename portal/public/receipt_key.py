"""
The key with which the web server signs receipts: at once, before there is a checkpoint. It is not the log's key.

Its public half stands in ``/ledger/receipt-vkey``, one line for each key there has been, the newest last. To rotate,
move the private file away and restart: the next receipt is signed with a new one, and old receipts stay good.
"""

import logging
import os
from functools import cache
from pathlib import Path

from django.conf import settings

from ledger.files import UNFINISHED, write_atomically
from ledger.models import Entry
from ledger.notes import SigningKey, sign_note
from tenders.receipts import receipt_text

logger = logging.getLogger(__name__)


def sign_receipt(entry: Entry, commitment: str) -> str:
    """Return a signed note: this log's bureau has received, at that time, what the commitment binds."""
    return sign(receipt_text(settings.LEDGER_ORIGIN, entry.content, commitment))


def sign(text: str) -> str:
    """Return the signed note of what a receipt says."""
    return sign_note(text, _key(Path(settings.RECEIPT_KEY_FILE), settings.LEDGER_ORIGIN))


@cache
def _key(path: Path, origin: str) -> SigningKey:
    """Return the key in a file, made at its first use. Two processes that make it at once get the same."""
    if not path.exists():
        _make(path, SigningKey.generate(f"{origin}/receipts"))
    key = SigningKey.parse(path.read_text(encoding="utf-8").strip())
    _publish(Path(settings.PUBLIC_ROOT) / "ledger" / "receipt-vkey", f"{key.verifier}\n")
    return key


def _make(path: Path, key: SigningKey) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{UNFINISHED}{key.verifier.key_id.hex()}")
    write_atomically(unfinished, f"{key.encoded()}\n".encode(), mode=0o600)
    try:
        os.link(unfinished, path)
    except FileExistsError:  # another process was first: its key counts
        logger.info("The key of receipts is there already")
    finally:
        unfinished.unlink()


def _publish(path: Path, line: str) -> None:
    """Add a public key to those published. Without the right to write there, receipts are signed all the same."""
    known = path.read_text(encoding="utf-8") if path.is_file() else ""
    if line in known.splitlines(keepends=True):
        return
    try:
        write_atomically(path, f"{known}{line}".encode())
    except OSError:
        logger.warning("The public key of receipts, %s, could not be published", line.strip(), exc_info=True)
