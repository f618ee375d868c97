"""Where a word could lie that nobody may read yet, and in which forms: for tests that look for it everywhere."""

import gzip
import os
import subprocess
import tarfile
import tempfile
from base64 import b64encode
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit

import redis
from django.conf import settings
from django.db import connection
from psycopg import sql

from database import server_programs, server_user
from tests.launcher.observing import ROOT

WAL_PAGE, LONG_HEADER, SHORT_HEADER = 8192, 40, 24  # bytes: the first page of a file says more of itself
FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


# -- in which forms


def forms(word):
    """Return how a word, or the beginning of one, may stand in bytes. base64 is told wherever in a text it begins."""
    if isinstance(word, bytes):
        return [word]
    plain, escaped = word.encode(), word.encode("ascii", "backslashreplace")
    groups = [b64encode(bytes(before) + plain)[4 * (before > 0) : -4] for before in range(3)]
    coded = [word.encode(code) for code in ("gb18030", "utf-16-le", "utf-16-be")]
    wide = word.translate(FULL_WIDTH).encode()
    hexadecimal = plain.hex().encode()
    lettered = [hexadecimal, hexadecimal.upper(), *groups, quote(word).encode(), escaped]
    return list(dict.fromkeys([plain, wide, *coded, *lettered]))


def as_numbers(number):
    """Return a number as eight bytes, as databases and protocols hold it, without the one that differs most."""
    return [number.to_bytes(8, "little")[1:], number.to_bytes(8, "big")[:-1]]


def found(words, *haystacks):
    """Return which of the words stand in any of the haystacks, in whatever form."""
    return [word for word in words for form in forms(word) if any(form in hay for hay in haystacks)]


# -- in which places


def tables(role):
    """Return what a dump holds of each table, as a role of the database reads it: it may read them all."""
    with role, connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            with cursor.copy(sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(table))) as rows:
                yield b"".join(rows)


def files_in(*roots):
    """Return what lies in the files of folders; packed ones are unpacked as well."""
    for root in roots:
        for path in Path(root).rglob("*"):
            if path.is_file():
                content = path.read_bytes()
                yield content
                if path.suffix == ".gz":
                    yield gzip.decompress(content)


@contextmanager
def kept_log():
    """
    Give the place in the write-ahead log that is the next to be written, and have the server keep the log from there.

    Without a slot any checkpoint, of another test as well, deletes the files that no recovery needs any more.
    """
    slot = f"kept_for_{os.getpid()}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_create_physical_replication_slot(%s, true)", [slot])
        cursor.execute("SELECT pg_current_wal_lsn()")
        (since,) = cursor.fetchone()
    try:
        yield since
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_drop_replication_slot(%s)", [slot])


def files_of_tables():
    """
    Return the files in which the server keeps tables and indexes, after it has written what it holds in memory.

    It reads them for us, since they may belong to another user.
    """
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute(
            "SELECT pg_read_binary_file(pg_relation_filepath(oid), 0, 1 << 29, true) FROM pg_class"
            " WHERE pg_relation_filenode(oid) IS NOT NULL AND relkind IN ('r', 'i', 't', 'S', 'm')"
        )
        yield from (bytes(content) for (content,) in cursor.fetchall() if content)


def write_ahead_log(since):
    """Return the files of the log that the server has written ``since`` a place, without what divides their pages."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_read_binary_file('pg_wal/' || name, 0, 1 << 29, true) FROM pg_ls_waldir()"
            " WHERE name BETWEEN pg_walfile_name(%s) AND pg_walfile_name(pg_current_wal_lsn())",
            [since],
        )
        yield from (without_headers(bytes(content)) for (content,) in cursor.fetchall() if content)


def without_headers(segment):
    """Return the records of a file of the write-ahead log, where a header may cut a word in two at each page."""
    pages = [segment[at : at + WAL_PAGE] for at in range(0, len(segment), WAL_PAGE)]
    return b"".join(page[LONG_HEADER if n == 0 else SHORT_HEADER :] for n, page in enumerate(pages))


def backup(folder):
    """Make a backup as an instance does every night. Return its dump as text, and the files in it."""
    (folder / "backups").mkdir()
    told, programs = connection.settings_dict, server_programs(server_user())
    environment = {
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "DATABASE_URL": "postgresql://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**told),
        "DATA": str(Path(settings.MEDIA_ROOT).parent),
        "BACKUPS": str(folder / "backups"),
    }
    made = _run(environment, str(ROOT / "deploy" / "backup.sh")).decode().strip()
    yield _run(environment, "pg_restore", "--file=-", f"{made}/database.dump")
    with tempfile.TemporaryDirectory(dir=folder) as place:
        with tarfile.open(f"{made}/files.tar.gz") as files:
            files.extractall(place, filter="data")
        yield from files_in(place)


def _run(environment, *command):
    return subprocess.run(command, env=environment, capture_output=True, check=True).stdout


def broker_and_cache():
    """Return what the server of messages and of the cache holds, in memory and in its files."""
    address = urlsplit(settings.CACHES["default"]["LOCATION"])
    with redis.Redis.from_url(address.geturl()) as server:
        databases, folder = (server.config_get(name)[name] for name in ("databases", "dir"))
    for number in range(int(databases)):
        with redis.Redis.from_url(address._replace(path=f"/{number}").geturl()) as database:
            for name in database.scan_iter(count=1000):
                yield name + b"\n" + (database.dump(name) or b"")
    yield from files_in(folder)


def logs():
    """Return what the servers of this run have logged so far."""
    return files_in(Path(os.environ["TEST_TMP"]) / "logs")
