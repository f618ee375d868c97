"""The log: appending and proving at growing sizes, beside pymerkle and the bare hashing."""

import random
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from statistics import median

from django.conf import settings
from pymerkle import InmemoryTree

from benchmarks.measuring import Row, seconds, show
from ledger import merkle
from ledger.tiles import Log

SIZES = (10_000, 100_000)
LARGEST = 1_000_000
PEER_UP_TO = 100_000  # pymerkle keeps all in memory
BATCH = 5_000  # entries in one append, each batch on the disk before the next
PROOFS = 100


def run() -> None:
    for size in SIZES:
        _measure(size)


def run_largest() -> None:
    _measure(LARGEST)


def _measure(size: int) -> None:
    show(f"Log of {size:,} entries of 100 bytes", list(_rows(size)))


def _rows(size: int) -> Iterator[Row]:
    entries = [b"%0100d" % n for n in range(size)]
    leaves: list[bytes] = []
    yield Row("append: two hashes an entry (limit)", size / seconds(lambda: _hash(entries, leaves)))
    folder = settings.DATA / "benchmark-log"
    shutil.rmtree(folder, ignore_errors=True)
    yield Row("append: our tiles, durable", size / seconds(partial(_append, folder, entries)))
    tree = InmemoryTree(algorithm="sha256")
    if size <= PEER_UP_TO:
        yield Row("append: pymerkle in memory", size / seconds(lambda: [tree.append_entry(e) for e in entries]))
    else:
        yield Row("append: pymerkle in memory", None, note=f"not above {PEER_UP_TO:,}")
    yield from _proofs(folder, size, tree if size <= PEER_UP_TO else None)
    shutil.rmtree(folder)


def _hash(entries: list[bytes], leaves: list[bytes]) -> None:
    leaves += [merkle.leaf_hash(entry) for entry in entries]
    level = leaves
    while len(level) > 1:
        level = [merkle.node_hash(left, right) for left, right in zip(level[::2], level[1::2], strict=False)]


def _append(folder: Path, entries: list[bytes]) -> None:
    log = Log(folder, 0)
    for first in range(0, len(entries), BATCH):
        log = log.extended(entries[first : first + BATCH])


def _proofs(folder: Path, size: int, tree: InmemoryTree | None) -> Iterator[Row]:
    """Each proof of ours reads its tiles anew."""
    chosen = random.Random(size).sample(range(1, size), PROOFS)
    root = Log(folder, size).root

    def include(index: int) -> None:
        log = Log(folder, size)
        merkle.verify_inclusion(index, size, log.leaf(index), log.inclusion_proof(index), root)

    def extend(old: int) -> None:
        Log(folder, size).consistency_proof(old)

    yield Row("inclusion proof from files, made and verified", _milliseconds(include, chosen), "ms")
    yield Row("consistency proof from files, made", _milliseconds(extend, chosen), "ms")
    if tree:
        tree.prove_inclusion(1, size)
        yield Row("inclusion proof by pymerkle, from memory", _milliseconds(tree.prove_inclusion, chosen), "ms")
        yield Row("consistency proof by pymerkle, from memory", _milliseconds(tree.prove_consistency, chosen), "ms")


def _milliseconds(act, arguments: list[int]) -> float:
    return median(seconds(partial(act, argument)) for argument in arguments) * 1000
