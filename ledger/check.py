"""
The whole-record check: every entry, every public file and every checkpoint, against each other.

It finds what the sealer cannot see: a changed row or file far behind the edge of the log, and names it where it can.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

from ledger import canonical, merkle
from ledger.clock import real_now
from ledger.models import Checkpoint, Cosignature, Entry
from ledger.notes import Note, Signature, VerifierKey, newest_signature
from ledger.proofs import open_checkpoint
from ledger.publication import published_at
from ledger.rotation import KeyPeriod, is_of_lost_key, key_periods
from ledger.tiles import ENTRIES, HEIGHT, WIDTH, Log, Tile, tiles_of
from ledger.witnesses import configured

MISSING = bytes(merkle.HASH_SIZE)  # stands for the leaf of an entry that is not there

WORDS = {
    "gap": ("第 {seq} 条缺失", "Entry {seq} is missing"),
    "leaf": ("第 {seq} 条的叶哈希与内容不符", "The leaf hash of entry {seq} is not that of its body"),
    "form": ("第 {seq} 条的内容不是规范 JSON：{error}", "The body of entry {seq} is not canonical JSON: {error}"),
    "column": ("第 {seq} 条的 {column} 列与内容不符", "The column {column} of entry {seq} is not what its body says"),
    "text": ("第 {seq} 条与公开的原文不符（{path}）", "Entry {seq} is not what is published in {path}"),
    "hash": ("第 {seq} 条与公开的哈希不符（{path}）", "The hash of entry {seq} is not the published one in {path}"),
    "file": ("公开文件 {path} 缺失或损坏：{error}", "The public file {path} is missing or damaged: {error}"),
    "tile": ("公开文件 {path} 与条目不符", "The public file {path} does not follow from the entries"),
    "root": (
        "自 {size} 条的检查点起，{count} 个检查点与条目不符：改动在第 {first} 至 {last} 条之间",
        "From size {size} on, {count} checkpoints do not follow from the entries: look between {first} and {last}",
    ),
    "note": ("{size} 条的检查点无效：{error}", "The checkpoint of size {size} is not valid: {error}"),
    "columns": ("{size} 条的检查点与其签名文本不符", "The checkpoint of size {size} is not what its note says"),
    "clock": ("{size} 条的检查点早于前一个", "The checkpoint of size {size} is older than the one before"),
    "key": (
        "第 {seq} 条更换了账本密钥，却没有旧密钥对它的签署",
        "Entry {seq} names a new key, but the old key has not signed a checkpoint over it",
    ),
    "cosignature": (
        "{witness} 在 {size} 条的检查点上的见证签名不符",
        "The cosignature of {witness} under the checkpoint of size {size} is not of that checkpoint",
    ),
    "stale": (
        "公开的检查点已超过 {seconds} 秒没有续签时间",
        "The published checkpoint has not been signed with the time for more than {seconds} seconds",
    ),
    "published": ("公开的检查点不是最近签署的", "The published checkpoint is not the one that was signed last"),
    "late": (
        "第 {seq} 条已超过 {seconds} 秒仍未封存",
        "Entry {seq} is not sealed after more than {seconds} seconds",
    ),
}


@dataclass(frozen=True)
class Problem:
    code: str
    zh: str
    en: str


@dataclass(frozen=True)
class Report:
    size: int  # sealed entries
    root: bytes
    unsealed: int  # entries newer than the last checkpoint
    checkpoints: int
    problems: list[Problem]


def check_ledger(
    folder: Path,
    origin: str,
    keys: Iterable[VerifierKey],
    unsealed_for: timedelta,
    published_within: timedelta | None = None,
) -> Report:
    """
    Check everything. Changes nothing.

    ``keys``: what the caller believes in; if the record says that one of them followed or was followed by others, each
    checkpoint must be signed by the one that was in use. ``unsealed_for``: how long an entry may wait for its
    checkpoint. ``published_within``: how old the time under the published checkpoint may be; None does not ask.

    Entries and files may be added meanwhile: what is newer than the last checkpoint at the beginning is only counted.
    """
    published = _published_note(folder)
    checkpoints = list(Checkpoint.objects.order_by("size"))
    size = checkpoints[-1].size if checkpoints else 0
    log, leaves, now = Log(folder, size), [MISSING] * size, real_now()
    periods = believed_periods(list(keys))
    problems = [
        *entry_problems(log, leaves),
        *gap_problems(leaves),
        *tile_problems(log, leaves),
        *checkpoint_problems(checkpoints, origin, periods, merkle.reader(leaves)),
        *rotation_problems(periods, {checkpoint.size for checkpoint in checkpoints}),
        *cosignature_problems(),
        *published_problems(published, checkpoints, now - unsealed_for),
        *freshness_problems(folder, size, periods, now, published_within),
        *backlog_problems(size, now, unsealed_for),
    ]
    unsealed = Entry.objects.filter(seq__gte=size).count()
    return Report(size, merkle.root(leaves), unsealed, len(checkpoints), problems)


def believed_periods(keys: list[VerifierKey]) -> list[KeyPeriod]:
    """Return when each key was in use, as the record says, if that leads to a believed key; else those are for ever."""
    periods = key_periods(keys[0]) if keys else []
    if any(period.key in keys for period in periods):
        return periods
    return [KeyPeriod(key) for key in keys]


def entry_problems(log: Log, leaves: list[bytes]) -> Iterator[Problem]:
    """Check every entry by itself and the sealed ones against the files. Put the leaf hashes into ``leaves``."""
    for bundle, group in groupby(Entry.objects.in_order().iterator(), lambda entry: entry.seq // WIDTH):
        entries = list(group)
        for entry in entries:
            yield from _own_problems(entry)
        sealed = [entry for entry in entries if 0 <= entry.seq < log.size]
        for entry in sealed:
            leaves[entry.seq] = merkle.leaf_hash(bytes(entry.body))
        if sealed:
            yield from _bundle_problems(log, bundle, sealed)


def gap_problems(leaves: list[bytes]) -> Iterator[Problem]:
    return (_problem("gap", seq=seq) for seq, leaf in enumerate(leaves) if leaf == MISSING)


def tile_problems(log: Log, leaves: list[bytes]) -> Iterator[Problem]:
    """Compare every published hash with what follows from the entries; on the lowest level, entry by entry."""
    levels = merkle.complete_levels(leaves)
    for tile in tiles_of(log.size):
        expected = levels[HEIGHT * int(tile.level)][tile.index * WIDTH :][: tile.width]
        found, problems = _read(tile, log.hashes, int(tile.level), tile.index)
        yield from problems
        wrong = [i for i, hash_ in enumerate(found) if hash_ != expected[i]]
        if wrong and tile.level:
            yield _problem("tile", path=tile.path)
        elif wrong:
            yield from (_problem("hash", seq=tile.index * WIDTH + i, path=tile.path) for i in wrong)


def checkpoint_problems(
    checkpoints: list[Checkpoint], origin: str, periods: list[KeyPeriod], read: merkle.Reader
) -> Iterator[Problem]:
    """Check signature and columns of each checkpoint, and whether its root is that of the entries."""
    wrong = []
    for checkpoint in checkpoints:
        keys = [period.key for period in periods if period.covers(checkpoint.size)]
        yield from _note_problems(checkpoint, origin, keys)
        if merkle.root_at(checkpoint.size, read) != checkpoint.root:
            wrong.append(checkpoint.size)
    for earlier, later in pairwise(checkpoints):
        if later.sealed_at < earlier.sealed_at:
            yield _problem("clock", size=later.size)
    if wrong:
        # All roots are made of the same leaves: the first wrong one tells after which right one something changed.
        first = max((checkpoint.size for checkpoint in checkpoints if checkpoint.size < wrong[0]), default=0)
        yield _problem("root", size=wrong[0], count=len(wrong), first=first, last=wrong[0] - 1)


def rotation_problems(periods: list[KeyPeriod], sizes: set[int]) -> Iterator[Problem]:
    """Find acts that name a new key and are sealed, but not first of all by the old key."""
    for period in periods:
        act = period.named_by
        if act and not is_of_lost_key(act) and act.seq < max(sizes, default=0) and period.after not in sizes:
            yield _problem("key", seq=act.seq)


def cosignature_problems() -> Iterator[Problem]:
    """Find cosignatures of the configured witnesses that were changed, or whose checkpoint was."""
    keys = {witness.name: witness.key for witness in configured()}
    given = Cosignature.objects.filter(witness__in=keys).select_related("checkpoint")
    for cosignature in given:
        if not _is_right(cosignature, keys[cosignature.witness]):
            yield _problem("cosignature", witness=cosignature.witness, size=cosignature.checkpoint_id)


def freshness_problems(
    folder: Path, size: int, periods: list[KeyPeriod], now: datetime, within: timedelta | None
) -> Iterator[Problem]:
    """Complain if the log does not put the time under its newest checkpoint any more."""
    if within is None or not size:
        return
    at = published_at(folder, [period.key for period in periods])
    if at is None or at < now - within:
        yield _problem("stale", seconds=int(within.total_seconds()))


def published_problems(note: str, checkpoints: list[Checkpoint], settled: datetime) -> Iterator[Problem]:
    """
    Compare the published checkpoint with the last one; with the one before if the last is newer than ``settled``.

    Under the note there may stand more signatures than are stored: the time, and what witnesses signed since.
    """
    fresh = bool(checkpoints) and checkpoints[-1].sealed_at > settled
    expected = [checkpoint.note for checkpoint in checkpoints[-2 if fresh else -1 :]] or [""]
    if len(checkpoints) == 1 and fresh:
        expected.append("")
    if not any(_extends(note, old) for old in expected):
        yield _problem("published")


def backlog_problems(size: int, now: datetime, unsealed_for: timedelta) -> Iterator[Problem]:
    """Report the first entry without a checkpoint if it waits too long, and gaps behind the last checkpoint."""
    waiting = Entry.objects.filter(seq__gte=size).in_order().values_list("seq", "recorded_at")
    for expected, (seq, recorded_at) in enumerate(waiting.iterator(), start=size):
        if seq != expected:
            yield _problem("gap", seq=expected)
            return
        if seq == size and recorded_at < now - unsealed_for:
            yield _problem("late", seq=seq, seconds=int(unsealed_for.total_seconds()))


def _own_problems(entry: Entry) -> Iterator[Problem]:
    body = bytes(entry.body)
    if entry.leaf != merkle.leaf_hash(body):
        yield _problem("leaf", seq=entry.seq)
    try:
        said = _said(body)
    except ValueError as e:
        yield _problem("form", seq=entry.seq, error=e)
        return
    columns = {
        "seq": entry.seq,
        "kind": entry.kind,
        "subject": entry.subject,
        "at": canonical.timestamp(entry.at),
        "recorded_at": canonical.timestamp(entry.recorded_at),
    }
    yield from (_problem("column", seq=entry.seq, column=name) for name in columns if said.get(name) != columns[name])


def _said(body: bytes) -> dict[str, Any]:
    said = canonical.parse(body)
    if canonical.canonical_bytes(said) != body:
        raise ValueError("another spelling")
    return said


def _bundle_problems(log: Log, bundle: int, entries: list[Entry]) -> Iterator[Problem]:
    tile = log.tile(ENTRIES, bundle)
    published, problems = _read(tile, log.entries, bundle)
    yield from problems
    if published:
        for entry in entries:
            if published[entry.seq % WIDTH] != bytes(entry.body):
                yield _problem("text", seq=entry.seq, path=tile.path)


def _note_problems(checkpoint: Checkpoint, origin: str, keys: list[VerifierKey]) -> Iterator[Problem]:
    try:
        head, _ = open_checkpoint(checkpoint.note, origin, keys)
    except ValueError as e:
        yield _problem("note", size=checkpoint.size, error=e)
        return
    if (head.size, head.root) != (checkpoint.size, checkpoint.root):
        yield _problem("columns", size=checkpoint.size)


def _extends(note: str, old: str) -> bool:
    """Whether a note is an old one, perhaps with more signatures."""
    if not old or not note.startswith(old):
        return note == old
    try:
        return bool(Note.parse(note))
    except ValueError:
        return False


def _is_right(cosignature: Cosignature, key: VerifierKey) -> bool:
    try:
        signature = Signature.parse(cosignature.line)
        text = Note.parse(cosignature.checkpoint.note).text
    except ValueError:
        return False
    seconds = int(cosignature.witnessed_at.timestamp())
    return newest_signature([signature], text, key) == signature and signature.seconds == seconds


def _read(tile: Tile, read: Callable[..., list[bytes]], *place: int) -> tuple[list[bytes], list[Problem]]:
    """Return what a file holds, or the problem that it has."""
    try:
        return read(*place), []
    except (OSError, ValueError) as e:
        return [], [_problem("file", path=tile.path, error=e)]


def _published_note(folder: Path) -> str:
    path = folder / "checkpoint"
    return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""


def _problem(code: str, **figures: object) -> Problem:
    zh, en = WORDS[code]
    return Problem(code, zh.format(**figures), en.format(**figures))
