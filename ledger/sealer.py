"""
Turns new entries into files and a signed checkpoint (sequencing is over at commit; this is integration and publishing).

The order of writes makes a death at any line harmless: files of entries and hashes, then the row of the checkpoint,
then the one file that makes all the others count. A normal run and a recovery are the same function.
"""

import logging
from datetime import timedelta
from pathlib import Path

from django.db import transaction

from ledger import merkle
from ledger.clock import real_now
from ledger.files import FileChangedError, sweep
from ledger.keys import publish_verifier
from ledger.locks import SEALER, alone
from ledger.models import Checkpoint, Entry
from ledger.notes import SigningKey, sign_note
from ledger.operations import FollowUp, follow_up, last_by_subject
from ledger.proofs import TreeHead, read_head
from ledger.publication import publish, publish_keys
from ledger.rotation import KeyPeriod, held_by, key_periods, period_of
from ledger.tiles import Log

BATCH = 5000  # entries in one checkpoint at most
CLOCK_TOLERANCE = timedelta(seconds=2)
STRAY_AFTER = 3600.0  # seconds

logger = logging.getLogger(__name__)


class SealRefused(Exception):  # noqa: N818, it is the sealer's verdict
    """Raised if signing would vouch for a record that is not what was signed before. A person has to look at it."""


def seal(folder: Path, *keys: SigningKey, seen: int = 0) -> Checkpoint | None:
    """
    Publish a signed checkpoint over all entries. Return it, or None if there is nothing new.

    ``folder`` is what is served as ``/ledger/``. Of the log's ``keys`` the record says which one signs. ``seen`` is the
    largest size that a witness has confirmed. Only one sealer works at a time; another does nothing.

    1. Take the last checkpoint, check it against the folder, and write again what of it is missing or old there.
    2. Check what is new, write its files, and check that the new tree extends the signed one.
    3. Sign: the row and the work that follows, in one transaction. This is the point of no return.
    4. Publish: the file ``checkpoint``. If we die before, the next run does it in step 1.

    :raises SealRefused: if the entries, the files and the last checkpoint don't agree, or the clock went back
    :raises KeyLost: if the key that is to sign is not among those given
    """
    with alone(SEALER) as is_alone:
        if not is_alone:
            return None
        last = Checkpoint.objects.order_by("size").last()
        check_not_behind(folder, last, seen)
        log = signed_log(folder, last)
        entries = list(Entry.objects.filter(seq__gte=log.size).in_order()[:BATCH])
        periods = key_periods(keys[0].verifier)
        period = period_of(log.size + 1, periods)
        key = held_by(keys, period)
        announce(folder, periods, period, key)
        if last:
            publish(folder, last, key)
        if not entries:
            return None
        entries = up_to(period, entries)
        check_entries(entries, log.size)
        check_clock(entries, last)
        checkpoint = sign(extend(log, entries), entries, key)
        publish(folder, checkpoint, key)
        return checkpoint


def up_to(period: KeyPeriod, entries: list[Entry]) -> list[Entry]:
    """Return the entries that a key still signs: the last one is the act which names the next key."""
    return [entry for entry in entries if period.until is None or entry.seq < period.until]


def announce(folder: Path, periods: list[KeyPeriod], period: KeyPeriod, key: SigningKey) -> None:
    """
    Publish the key that signs now, and all that have signed or will.

    :raises KeyLost: if the published one was never a key of this log
    """
    publish_verifier(folder, key, [earlier.key for earlier in periods[: periods.index(period)]])
    publish_keys(folder, periods)


def check_not_behind(folder: Path, last: Checkpoint | None, seen: int = 0) -> None:
    """
    Refuse to fork the log after a restore from an old backup: what others have seen must not be signed otherwise.

    :raises SealRefused: if the published checkpoint, or a witness, knows more entries than the database has signed
    """
    signed = last.size if last else 0
    if seen > signed:
        raise SealRefused(
            f"a witness has confirmed {seen} entries, the database has signed {signed}: restore a newer backup; if "
            "there is none, begin a new log under another LEDGER_ORIGIN and say so in public (deploy/README.md)"
        )
    path = folder / "checkpoint"
    if not path.exists():
        return
    try:
        published = read_head(path.read_text(encoding="utf-8"))
    except ValueError as e:
        raise SealRefused(f"the published checkpoint is damaged: {e}") from e
    if published.size > signed:
        raise SealRefused(f"the public has seen {published.size} entries, the database has signed fewer")


def signed_log(folder: Path, last: Checkpoint | None) -> Log:
    """
    Return the log as it was signed last. Files that are missing, as after the loss of a disk, are written again.

    :raises SealRefused: if the files or the entries don't lead to the signed root
    """
    if last is None:
        return Log(folder, 0)
    log = Log(folder, last.size)
    try:
        log.read_edge()
    except FileNotFoundError:
        logger.warning("Files of the ledger are missing in %s; writing them again from the entries", folder)
        log = _rebuilt(folder)
    except ValueError as e:
        raise SealRefused(f"a file of the ledger is damaged: {e}") from e
    if log.root != last.root:
        raise SealRefused(f"the files do not lead to the root that was signed at {last.size} entries")
    return log


def check_entries(entries: list[Entry], first: int) -> None:
    """:raises SealRefused: if an entry is missing, or is not what its leaf hash says"""
    for seq, entry in enumerate(entries, start=first):
        if entry.seq != seq:
            raise SealRefused(f"entry {seq} is missing, the next is {entry.seq}")
        if entry.leaf != merkle.leaf_hash(bytes(entry.body)):
            raise SealRefused(f"entry {seq} is not what its leaf hash says")


def check_clock(entries: list[Entry], last: Checkpoint | None) -> None:
    """:raises SealRefused: if the clock shows less than what has been recorded or signed already"""
    latest = max([entry.recorded_at for entry in entries] + ([last.sealed_at] if last else []))
    if (now := real_now()) < latest - CLOCK_TOLERANCE:
        raise SealRefused(f"the clock shows {now}, before {latest} of the record")


def extend(log: Log, entries: list[Entry]) -> Log:
    """
    Write the files of the log with new entries.

    :raises SealRefused: if files are there already and say otherwise, or the new tree does not extend the old
    """
    try:
        new = log.extended([bytes(entry.body) for entry in entries])
        merkle.verify_consistency(log.size, new.size, log.root, new.root, new.consistency_proof(log.size))
    except (FileChangedError, ValueError) as e:
        raise SealRefused(str(e)) from e
    return new


@transaction.atomic
def sign(log: Log, entries: list[Entry], key: SigningKey) -> Checkpoint:
    """Store the signed checkpoint, and have the pages of everything that it covers published anew with their proofs."""
    note = sign_note(str(TreeHead(key.name, log.size, log.root)), key)
    checkpoint = Checkpoint.objects.create(size=log.size, root=log.root, note=note)
    for subject, entry in last_by_subject(entries).items():
        # The size tells this work from that of the entry itself: same subject, another occasion.
        follow_up(entry, [FollowUp("publish", {"subject": subject, "size": log.size})])
    return checkpoint


def clean(folder: Path) -> None:
    """Delete what sealers that died left half written."""
    if stray := sweep(folder, STRAY_AFTER):
        logger.info("Deleted %s unfinished files in %s", stray, folder)


def _rebuilt(folder: Path) -> Log:
    """Replay all checkpoints, so that every file that was ever published is there again."""
    log = Log(folder, 0)
    for size in Checkpoint.objects.order_by("size").values_list("size", flat=True):
        entries = list(Entry.objects.filter(seq__gte=log.size, seq__lt=size).in_order())
        check_entries(entries, log.size)
        log = extend(log, entries)
    return log
