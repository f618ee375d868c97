"""
The entries of the record as files: a page, and the bytes that were hashed. The proofs are :mod:`publishing.proofs`.

Each is written when the entry is recorded and again when a checkpoint covers it. After that nothing about it changes,
so the files are written at the pace of the acts, however long the record is. An upgrade writes them all anew, a few at
a time.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from ledger.models import Checkpoint, Entry
from publishing.marks import Told, held, mark, newest, told
from publishing.output import form, write_forever, write_page
from publishing.pages.entries import entry_page

ENTRIES = "/ledger/entries/"
IN_ONE_GO = 100  # while so many are written, new acts wait for their pages


def publish_new(needed: Told) -> None:
    """Write the files of the entries that have none yet, and of those that a checkpoint covers since."""
    while not told(ENTRIES).has_acts_of(needed):
        with held(ENTRIES):
            known, now = told(ENTRIES), newest()
            sealed_since = range(known.size, min(now.size, known.seq + 1))
            due = [*sealed_since, *range(known.seq + 1, now.seq + 1)][:IN_ONE_GO]
            if not due:  # what is needed lies in a future that this database does not know
                return
            write_entries(due)
            size = max(known.size, min(now.size, due[-1] + 1))
            mark(ENTRIES, Told(max(known.seq, due[-1]), size, form=known.form or form()))


def batches(telling: Told) -> Iterator[range]:
    """Yield all entries that pages can tell of, a few at a time."""
    for first in range(0, telling.seq + 1, IN_ONE_GO):
        yield range(first, min(first + IN_ONE_GO, telling.seq + 1))


def publish_batch(seqs: Sequence[int]) -> None:
    """Write the files of these entries anew."""
    with held(ENTRIES):
        write_entries(seqs)


def mark_all(telling: Told) -> None:
    """Note that all entries which ``telling`` names have been written in the form of this release."""
    with held(ENTRIES):
        known = told(ENTRIES)
        mark(ENTRIES, Told(max(known.seq, telling.seq), max(known.size, telling.size), form=form()))


def write_entries(seqs: Sequence[int]) -> None:
    """Write the files of these entries, each with the first checkpoint that covers it."""
    checkpoints = list(Checkpoint.objects.filter(size__gt=seqs[0]).order_by("size")[: seqs[-1] - seqs[0] + 1])
    for entry in Entry.objects.filter(seq__in=seqs).in_order():
        write_entry(entry, _covering(entry, checkpoints))


def write_entry(entry: Entry, checkpoint: Checkpoint | None) -> None:
    address = f"{ENTRIES}{entry.seq}"
    write_forever(f"{address}.json", bytes(entry.body))
    write_page(f"{address}/", "public/entry.html", partial(entry_page, entry, checkpoint))


def _covering(entry: Entry, checkpoints: Iterable[Checkpoint]) -> Checkpoint | None:
    return next((checkpoint for checkpoint in checkpoints if checkpoint.size > entry.seq), None)
