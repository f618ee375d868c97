"""
A log kept as a folder of files that any static host can serve: https://c2sp.org/tlog-tiles.

``tile/<level>/<index>`` holds up to 256 hashes, ``tile/entries/<index>`` up to 256 entries. A file is written once and
never changes; a tile that is not full has its width in its name and is followed by a wider one.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ledger import merkle
from ledger.files import write_once

HEIGHT = 8  # levels of the tree in one tile
WIDTH = 1 << HEIGHT  # hashes or entries in a full tile
ENTRIES = "entries"
MAX_ENTRY = 0xFFFF  # bytes, for the length prefix has two


@dataclass(frozen=True)
class Tile:
    """The name of a tile or, if its level is ``"entries"``, of an entry bundle."""

    level: int | str
    index: int
    width: int  # 1 to 256

    @property
    def path(self) -> str:
        """
        The path below the log's folder, as in ``tile/0/x001/x234/067.p/5``.

        Requires 0 <= index and 0 < width <= 256.
        """
        thousands, last = divmod(self.index, 1000)
        elements = [f"{last:03}"]
        while thousands:
            thousands, element = divmod(thousands, 1000)
            elements.insert(0, f"x{element:03}")
        suffix = "" if self.width == WIDTH else f".p/{self.width}"
        return f"tile/{self.level}/{'/'.join(elements)}{suffix}"


def tiles_between(level: int | str, old: int, new: int) -> Iterator[Tile]:
    """Yield the tiles to write when a level grows from ``old`` to ``new`` hashes. With ``old`` 0, all of the level."""
    for index in range(old // WIDTH, -(-new // WIDTH)):
        yield Tile(level, index, min(WIDTH, new - index * WIDTH))


def tiles_of(size: int) -> Iterator[Tile]:
    """Yield the name of every tile of hashes in a log of ``size`` entries."""
    level = 0
    while count := size >> (HEIGHT * level):
        yield from tiles_between(level, 0, count)
        level += 1


def pack_entries(entries: Sequence[bytes]) -> bytes:
    """
    Return the content of an entry bundle.

    :raises ValueError: if an entry has more than 65,535 bytes
    """
    if longest := max((len(entry) for entry in entries if len(entry) > MAX_ENTRY), default=0):
        raise ValueError(f"an entry of {longest} bytes is too long for a bundle")
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def unpack_entries(bundle: bytes) -> list[bytes]:
    """
    Return the entries of a bundle.

    :raises ValueError: if it ends in the middle of an entry
    """
    entries, begin = [], 0
    while begin < len(bundle):
        end = begin + 2 + int.from_bytes(bundle[begin : begin + 2], "big")
        if end > len(bundle):
            raise ValueError("an entry bundle is cut off")
        entries.append(bundle[begin + 2 : end])
        begin = end
    return entries


class Log:
    """
    The log in a folder as it was at one size. Files are read when they are needed and kept in memory.

    :raises FileNotFoundError: by every method, if a file of that size is missing
    :raises ValueError: by every method, if a file has not the length that its name says
    """

    def __init__(self, folder: Path, size: int) -> None:
        self.folder = folder
        self.size = size
        self._tiles: dict[Tile, list[list[bytes]]] = {}

    def extended(self, entries: Sequence[bytes]) -> "Log":
        """
        Write the files of this log with ``entries`` appended. On return they are on the disk.

        Entry bundles come first, then the levels from below. Doing it again, or doing it after dying half-way, is
        harmless.

        :raises FileChangedError: if a file is there already and says otherwise
        """
        new = Log(self.folder, self.size + len(entries))
        for tile in tiles_between(ENTRIES, self.size, new.size):
            write_once(self.folder / tile.path, pack_entries(_grown(tile, self.size, self.entries, entries)))
        hashes, level = [merkle.leaf_hash(entry) for entry in entries], 0
        while hashes:
            hashes = self._extend_level(level, new.size, hashes)
            level += 1
        return new

    @cached_property
    def root(self) -> bytes:
        return merkle.root_at(self.size, self._subtree)

    def read_edge(self) -> None:
        """Read the files that the next extension builds on, to know now whether they are there and whole."""
        _ = self.root
        if self.size % WIDTH:
            self.entries(self.size // WIDTH)

    def leaf(self, index: int) -> bytes:
        """Return a leaf hash. Requires 0 <= index < size."""
        return self._subtree(0, index)

    def inclusion_proof(self, index: int) -> list[bytes]:
        """See :func:`ledger.merkle.inclusion_proof`."""
        return merkle.inclusion_proof(index, self.size, self._subtree)

    def consistency_proof(self, old_size: int) -> list[bytes]:
        """See :func:`ledger.merkle.consistency_proof`."""
        return merkle.consistency_proof(old_size, self.size, self._subtree)

    def entries(self, bundle: int) -> list[bytes]:
        """Return the entries in a bundle. Requires 0 <= bundle * 256 < size."""
        tile = self.tile(ENTRIES, bundle)
        entries = unpack_entries((self.folder / tile.path).read_bytes())
        if len(entries) != tile.width:
            raise ValueError(f"{tile.path} holds {len(entries)} entries")
        return entries

    def hashes(self, level: int, index: int) -> list[bytes]:
        """Return the hashes in a tile. Requires that the tree has it."""
        return self._levels(self.tile(level, index))[0]

    def tile(self, level: int | str, index: int) -> Tile:
        """Return the name that a tile has at this size. Requires that the log has it."""
        count = self.size if isinstance(level, str) else self.size >> (HEIGHT * level)
        return Tile(level, index, min(WIDTH, count - index * WIDTH))

    def _extend_level(self, level: int, new_size: int, hashes: list[bytes]) -> list[bytes]:
        """Write the tiles that get new hashes. Return the roots of the full ones: the next level's hashes."""
        old, new = self.size >> (HEIGHT * level), new_size >> (HEIGHT * level)
        full = []
        for tile in tiles_between(level, old, new):
            content = _grown(tile, old, lambda index: self.hashes(level, index), hashes)
            write_once(self.folder / tile.path, b"".join(content))
            if tile.width == WIDTH:
                full.append(merkle.root(content))
        return full

    def _subtree(self, level: int, index: int) -> bytes:
        """A :data:`ledger.merkle.Reader` over the files."""
        tile_level, level_in_tile = divmod(level, HEIGHT)
        tile_index, place = divmod(index << level_in_tile, WIDTH)
        return self._levels(self.tile(tile_level, tile_index))[level_in_tile][place >> level_in_tile]

    def _levels(self, tile: Tile) -> list[list[bytes]]:
        if tile not in self._tiles:
            content = (self.folder / tile.path).read_bytes()
            if len(content) != tile.width * merkle.HASH_SIZE:
                raise ValueError(f"{tile.path} has {len(content)} bytes")
            hashes = [content[i : i + merkle.HASH_SIZE] for i in range(0, len(content), merkle.HASH_SIZE)]
            self._tiles[tile] = merkle.complete_levels(hashes)
        return self._tiles[tile]


def _grown(tile: Tile, old: int, read: Callable[[int], list[bytes]], new: Sequence[bytes]) -> list[bytes]:
    """Return a tile's content: what its narrower predecessor held, then its part of ``new``, which begin at ``old``."""
    begin = tile.index * WIDTH
    kept = read(tile.index) if begin < old else []
    return kept + list(new[begin + len(kept) - old : begin + tile.width - old])
