"""
The files by which the public sees the log: its newest checkpoint, its keys, and its policy.

The signature of a head that does not change never changes either. So the log also signs it with the time, anew every
minute at least: who serves an old copy cannot say that it is today's.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from ledger.clock import real_now
from ledger.files import write_atomically
from ledger.models import Checkpoint
from ledger.notes import Note, Signature, SigningKey, VerifierKey, newest_signature
from ledger.rotation import KeyPeriod, is_of_lost_key
from ledger.witnesses import Witness, configured, quorum

RENEWED_AFTER = 45  # seconds: with a pause of the sealer and a slow disk it is a minute at most


def publish(folder: Path, checkpoint: Checkpoint, key: SigningKey, fresh: Iterable[Signature] = ()) -> None:
    """
    Write the file that makes all others count, unless it says the same and is not old.

    Under the note stand: the signature of ``key`` if another signed the note, the time by ``key``, and of each witness
    the newest right signature among those that are stored, are in the file, or are ``fresh``.
    """
    note = Note.parse(checkpoint.note)
    there = signatures_in(folder, checkpoint.note)
    now = int(real_now().timestamp())
    time = newest_signature(there, note.text, key.verifier.cosigner)
    if time is None or now - time.seconds >= RENEWED_AFTER:
        time = key.cosign(note.text, now)
    lines = [*_countersigned(note, key), time, *_cosignatures(checkpoint, note.text, [*there, *fresh])]
    content = (checkpoint.note + "".join(map(str, lines))).encode()
    path = folder / "checkpoint"
    if not path.exists() or path.read_bytes() != content:
        write_atomically(path, content)


def signatures_in(folder: Path, note: str) -> list[Signature]:
    """Return what stands under a note in the published file; nothing if that is damaged or of another head."""
    try:
        published = Note.parse((folder / "checkpoint").read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return []
    return list(published.signatures) if published.text == Note.parse(note).text else []


def published_at(folder: Path, keys: Iterable[VerifierKey]) -> datetime | None:
    """Return the time that one of the log's keys has put under the published checkpoint, None if none has."""
    try:
        published = Note.parse((folder / "checkpoint").read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    found = [newest_signature(published.signatures, published.text, key.cosigner) for key in keys]
    return max((datetime.fromtimestamp(time.seconds, UTC) for time in found if time), default=None)


def publish_keys(folder: Path, periods: list[KeyPeriod]) -> None:
    """Write all keys that the log has had, and what a verifier of a proof is to demand."""
    for name, text in (
        ("vkeys", "".join(f"{period.key}\n" for period in periods)),
        ("policy", policy(periods, configured())),
    ):
        path = folder / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            write_atomically(path, text.encode())


def policy(periods: list[KeyPeriod], witnesses: list[Witness]) -> str:
    """Return the policy: https://c2sp.org/tlog-policy. Keys that are no longer used stay in it, for old proofs."""
    lines = [f"# {settings.LEDGER_ORIGIN}"]
    for period in periods:
        lines += [f"# {_validity(period)}", f"log {period.key} {settings.SITE_URL}/ledger/"]
    lines += [f"witness {witness.name} {witness.key} {witness.url}" for witness in witnesses]
    if len(witnesses) > 1:
        lines.append(f"group witnesses {quorum()} {' '.join(witness.name for witness in witnesses)}")
    confirming = {0: "none", 1: witnesses[0].name if witnesses else ""}.get(len(witnesses), "witnesses")
    return "".join(f"{line}\n" for line in [*lines, f"quorum {confirming if quorum() else 'none'}"])


def _validity(period: KeyPeriod) -> str:
    until = "" if period.until is None else f" up to {period.until}"
    lost = ", named because the one before was lost" if period.named_by and is_of_lost_key(period.named_by) else ""
    return f"checkpoints of more than {period.after}{until} entries{lost}"


def _countersigned(note: Note, key: SigningKey) -> list[Signature]:
    return [] if any(key.verifier.signed(signature) for signature in note.signatures) else [key.sign(note.text)]


def _cosignatures(checkpoint: Checkpoint, text: str, candidates: list[Signature]) -> list[Signature]:
    """Return the newest signature of each witness. Of those that are no longer asked, what they signed once."""
    stored = [Signature.parse(cosignature.line) for cosignature in checkpoint.cosignatures.all()]
    asked = [witness.key for witness in configured()]
    found = [newest_signature([*stored, *candidates], text, key) for key in asked]
    former = [signature for signature in stored if not any(key.signed(signature) for key in asked)]
    return [signature for signature in [*found, *former] if signature]
