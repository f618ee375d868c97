"""
When a witness confirms a head, and when not. https://c2sp.org/tlog-witness says most of it.

Ours also refuses to speak while its clock shows less than it has confirmed before, or much less than the log has signed
with, and keeps every head that the log has signed and that does not fit to what was confirmed.
"""

import sqlite3
import time
from collections.abc import Callable
from hashlib import sha256
from typing import NamedTuple

from ledger.files import write_atomically
from ledger.merkle import EMPTY_ROOT, verify_consistency
from ledger.notes import COSIGNATURE, Note, Signature, VerifierKey, open_note
from ledger.proofs import TreeHead
from witness.requests import AddCheckpoint
from witness.store import Confirmed, Store, keep, last_moment, latest, root_at

SETTLING = 2  # seconds by which a clock may be set back while it is adjusted
AHEAD = 300  # seconds by which the log's clock may be ahead of ours

TEXT = "text/plain; charset=utf-8"
SIZE = "text/x.tlog.size"


class Answer(NamedTuple):
    status: int
    text: str
    content_type: str = TEXT


class RefusedError(Exception):
    """Raised if a head is not confirmed. ``answer`` is what the log is told."""

    def __init__(self, status: int, reason: str, content_type: str = TEXT) -> None:
        super().__init__(reason)
        self.answer = Answer(status, f"{reason}\n", content_type)


class DoubtfulError(RefusedError):
    """Raised if the log has signed what does not fit to what was confirmed: the request is evidence."""


def add_checkpoint(store: Store, body: bytes, clock: Callable[[], float] = time.time) -> Answer:
    """Confirm the checkpoint in a request, or answer why not. What is confirmed is on the disk before that."""
    try:
        request = parsed(body)
        authenticate(store, request)
        return confirm(store, request, clock)
    except RefusedError as refusal:
        return refusal.answer


def parsed(body: bytes) -> AddCheckpoint:
    """:raises RefusedError: if the request is malformed"""
    try:
        return AddCheckpoint.parse(body)
    except ValueError as e:
        raise RefusedError(400, str(e)) from e


def authenticate(store: Store, request: AddCheckpoint) -> None:
    """:raises RefusedError: if the log is unknown, or did not sign the checkpoint"""
    keys = store.keys_of(request.head.origin)
    if not keys:
        raise RefusedError(404, f"the log {request.head.origin} is not known here")
    try:
        _, signers = open_note(str(request.note), [*keys, *(key.cosigner for key in keys)])
    except ValueError as e:
        raise RefusedError(403, str(e)) from e
    if all(signer.kind == COSIGNATURE for signer in signers):
        raise RefusedError(403, "the log has not signed the checkpoint itself")
    if request.old_size > request.head.size:
        raise RefusedError(400, f"a checkpoint of {request.head.size} entries cannot extend {request.old_size}")


def confirm(store: Store, request: AddCheckpoint, clock: Callable[[], float]) -> Answer:
    """
    Compare a checkpoint that the log has signed with the last one, confirm it, and remember it, all or nothing.

    :raises RefusedError: if it does not extend what was confirmed, or a clock is wrong
    """
    known = None
    try:
        with store.writing() as connection:
            known = latest(connection, request.head.origin)
            now = settled(connection, request, store.keys_of(request.head.origin), clock)
            compare(connection, request, known)
            signature = store.key().cosign(request.note.text, now)
            keep(connection, Confirmed(request.head, cosigned(store, request, signature), now))
    except DoubtfulError as doubt:
        keep_evidence(store, request, known, str(doubt), int(clock()))
        raise
    return Answer(200, str(signature))


def settled(
    connection: sqlite3.Connection, request: AddCheckpoint, keys: list[VerifierKey], clock: Callable[[], float]
) -> int:
    """
    Return the moment of the confirmation, never before that of an earlier one.

    :raises RefusedError: if our clock was set back, or the log has signed with a time that has not come yet
    """
    now, last = int(clock()), last_moment(connection)
    if now < last - SETTLING:
        raise RefusedError(503, f"the clock of the witness shows {now}, before {last}: it has to be set right")
    own = [s.seconds for s in request.note.signatures if any(key.cosigner.signed(s) for key in keys)]
    if max(own, default=0) > now + AHEAD:
        raise RefusedError(503, f"the log has signed with the time {max(own)}, here it is {now}: one clock is wrong")
    return max(now, last)


def compare(connection: sqlite3.Connection, request: AddCheckpoint, known: Confirmed | None) -> None:
    """
    Check that a head extends what was confirmed last.

    :raises RefusedError: if it was made from another size, as after a race or a lost answer
    :raises DoubtfulError: if it is not proven to extend it
    """
    old_size, proof, _, head = request
    known_size, known_root = (known.head.size, known.head.root) if known else (0, EMPTY_ROOT)
    if old_size != known_size:
        conflict = RefusedError if fits(connection, head, known_size) else DoubtfulError
        raise conflict(409, str(known_size), SIZE)
    if head.size == 0 and head.root != EMPTY_ROOT:
        raise DoubtfulError(422, "an empty log has the hash of nothing as its root")
    try:
        verify_consistency(old_size, head.size, known_root, head.root, proof)
    except ValueError as e:
        raise DoubtfulError(422, str(e)) from e


def fits(connection: sqlite3.Connection, head: TreeHead, known_size: int) -> bool:
    """Whether a head that was made from another size may be honest: it is newer, empty, or was confirmed itself."""
    if head.size == 0:
        return head.root == EMPTY_ROOT
    confirmed = root_at(connection, head.origin, head.size)
    return confirmed == head.root or (confirmed is None and head.size > known_size)


def cosigned(store: Store, request: AddCheckpoint, signature: Signature) -> str:
    """Return the note with the signatures of the log, which were verified, and ours."""
    keys = store.keys_of(request.head.origin)
    verified = [s for s in request.note.signatures if any(k.signed(s) or k.cosigner.signed(s) for k in keys)]
    return str(Note(request.note.text, (*verified, signature)))


def keep_evidence(store: Store, request: AddCheckpoint, known: Confirmed | None, reason: str, seconds: int) -> None:
    """Keep what the log has signed beside what was confirmed before. The same head is kept once."""
    origin = sha256(request.head.origin.encode()).hexdigest()[:8]
    path = store.folder / "evidence" / f"{origin}-{request.head.size}-{request.head.root.hex()[:16]}.txt"
    if path.exists():
        return
    moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))
    hashes = "".join(f"{hash_.hex()}\n" for hash_ in request.proof)
    parts = (
        f"{moment} refused: {reason}",
        f"The log has signed this, offered as an extension of {request.old_size} entries:",
        str(request.note),
        f"with this proof (hexadecimal):\n{hashes}",
        "What this witness had confirmed before:",
        known.note if known else "nothing\n",
    )
    write_atomically(path, "\n".join(parts).encode())
