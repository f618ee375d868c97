import os

import pytest

from ledger.files import FileChangedError, sweep, write_atomically, write_once


def test_a_file_is_replaced_as_a_whole_and_nothing_else_stays(tmp_path):
    path = tmp_path / "a" / "b" / "file"
    write_atomically(path, b"old")
    write_atomically(path, b"new")

    assert path.read_bytes() == b"new"
    assert list(path.parent.iterdir()) == [path]


def test_a_secret_file_is_never_readable_by_others(tmp_path):
    write_atomically(tmp_path / "key", b"secret", mode=0o600)

    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600


def test_a_disk_that_is_full_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "file"
    write_atomically(path, b"old")

    def fail(descriptor):
        raise OSError("No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="No space left"):
        write_atomically(path, b"new")

    assert path.read_bytes() == b"old"


def test_writing_once_more_with_the_same_content_changes_nothing(tmp_path):
    path = tmp_path / "file"
    write_once(path, b"content")
    before = path.stat().st_mtime_ns

    write_once(path, b"content")

    assert path.stat().st_mtime_ns == before
    with pytest.raises(FileChangedError):
        write_once(path, b"other content")


def test_only_old_unfinished_files_are_swept(tmp_path):
    old, young, other = (tmp_path / name for name in (".unfinished-old", ".unfinished-young", "tile"))
    for path in (old, young, other):
        path.write_bytes(b"")
        os.utime(path, (1, 1))
    os.utime(young)

    assert sweep(tmp_path, older_than=3600) == 1
    assert sorted(tmp_path.iterdir()) == [young, other]
