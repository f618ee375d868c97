"""What a witness remembers: its key, the logs that it watches, and every head that it has confirmed."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from ledger.files import write_atomically
from ledger.notes import SigningKey, VerifierKey
from ledger.proofs import TreeHead

PATIENCE = 5.0  # seconds that a request waits for the one before it

TABLES = """
CREATE TABLE log_key (vkey TEXT PRIMARY KEY, origin TEXT NOT NULL);
CREATE TABLE head (
  origin TEXT NOT NULL, size INTEGER NOT NULL, root BLOB NOT NULL, note TEXT NOT NULL, seconds INTEGER NOT NULL,
  PRIMARY KEY (origin, size)
);
"""


class Confirmed(NamedTuple):
    """A head, its note with the signatures of log and witness, and when it was confirmed (seconds since 1970)."""

    head: TreeHead
    note: str
    seconds: int


class Store:
    """A folder with the witness's key, an SQLite file, and evidence. It is made once, by :meth:`create`."""

    def __init__(self, folder: Path) -> None:
        """:raises FileNotFoundError: if the folder holds no witness"""
        self.folder = folder
        if not self.database.exists():
            raise FileNotFoundError(f"{folder} holds no witness: run init first")

    @classmethod
    def create(cls, folder: Path, name: str) -> "Store":
        """
        Make a witness.

        :raises FileExistsError: if there is one. Whoever lost its memory must not go on under the old name
        """
        if (folder / "witness.key").exists():
            raise FileExistsError(f"{folder} holds a witness already")
        key = SigningKey.generate(name)
        write_atomically(folder / "witness.key", f"{key.encoded()}\n".encode(), mode=0o600)
        write_atomically(folder / "vkey", f"{key.verifier.cosigner}\n".encode())
        with closing(sqlite3.connect(folder / "witness.db")) as connection:
            connection.executescript(TABLES)
        return cls(folder)

    @property
    def database(self) -> Path:
        return self.folder / "witness.db"

    def key(self) -> SigningKey:
        return SigningKey.parse((self.folder / "witness.key").read_text(encoding="utf-8").strip())

    def trust(self, log: VerifierKey) -> None:
        """Believe a key of a log. Its name is the log's origin; a log may have several keys."""
        with self.writing() as connection:
            connection.execute("INSERT OR IGNORE INTO log_key VALUES (?, ?)", (str(log), log.name))

    def keys_of(self, origin: str) -> list[VerifierKey]:
        with self.reading() as connection:
            rows = connection.execute("SELECT vkey FROM log_key WHERE origin = ?", (origin,)).fetchall()
        return [VerifierKey.parse(vkey) for (vkey,) in rows]

    def origins(self) -> list[str]:
        with self.reading() as connection:
            return [origin for (origin,) in connection.execute("SELECT DISTINCT origin FROM log_key ORDER BY origin")]

    def latest(self, origin: str) -> Confirmed | None:
        with self.reading() as connection:
            return latest(connection, origin)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self.database, timeout=PATIENCE, isolation_level=None)) as connection:
            connection.execute("PRAGMA synchronous = FULL")  # what is confirmed must not be forgotten in a power cut
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Be alone from the first look to the commit: no other request can confirm anything in between."""
        with self.reading() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")


def latest(connection: sqlite3.Connection, origin: str) -> Confirmed | None:
    """Return what was confirmed last of a log."""
    query = "SELECT size, root, note, seconds FROM head WHERE origin = ? ORDER BY size DESC LIMIT 1"
    row = connection.execute(query, (origin,)).fetchone()
    return Confirmed(TreeHead(origin, row[0], row[1]), row[2], row[3]) if row else None


def root_at(connection: sqlite3.Connection, origin: str, size: int) -> bytes | None:
    """Return the root that was confirmed for a size, if that very size was."""
    row = connection.execute("SELECT root FROM head WHERE origin = ? AND size = ?", (origin, size)).fetchone()
    return row[0] if row else None


def last_moment(connection: sqlite3.Connection) -> int:
    """Return when anything was confirmed last, in seconds since 1970."""
    return connection.execute("SELECT coalesce(max(seconds), 0) FROM head").fetchone()[0]


def keep(connection: sqlite3.Connection, confirmed: Confirmed) -> None:
    """Remember a head. Of one that is confirmed again, the newer note."""
    head, note, seconds = confirmed
    connection.execute(
        "INSERT OR REPLACE INTO head VALUES (?, ?, ?, ?, ?)", (head.origin, head.size, head.root, note, seconds)
    )
