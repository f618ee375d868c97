import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import merkle
from ledger.files import FileChangedError
from ledger.tiles import ENTRIES, Log, Tile, pack_entries, tiles_of, unpack_entries


def entries(begin, end):
    return [f"entry {i}".encode() for i in range(begin, end)]


def leaves(size):
    return [merkle.leaf_hash(entry) for entry in entries(0, size)]


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (Tile(0, 0, 256), "tile/0/000"),
        (Tile(0, 999, 256), "tile/0/999"),
        (Tile(1, 1000, 5), "tile/1/x001/000.p/5"),
        (Tile(0, 1234067, 256), "tile/0/x001/x234/067"),
        (Tile(ENTRIES, 42, 1), "tile/entries/042.p/1"),
    ],
)
def test_paths_are_those_of_the_specification(tile, path):
    assert tile.path == path


def test_a_log_of_70000_entries_has_the_tiles_of_the_specification():
    tiles = list(tiles_of(70_000))

    assert [tile for tile in tiles if tile.level == 0][:273] == [Tile(0, i, 256) for i in range(273)]
    assert tiles[273:] == [Tile(0, 273, 112), Tile(1, 0, 256), Tile(1, 1, 17), Tile(2, 0, 1)]


def test_a_log_of_256_entries_has_one_full_tile_and_one_hash_above():
    assert list(tiles_of(256)) == [Tile(0, 0, 256), Tile(1, 0, 1)]


@given(st.lists(st.binary(max_size=300), max_size=20))
def test_a_bundle_gives_back_its_entries(items):
    assert unpack_entries(pack_entries(items)) == items


def test_a_bundle_takes_entries_of_up_to_65535_bytes():
    assert unpack_entries(pack_entries([b"a" * 65_535])) == [b"a" * 65_535]
    with pytest.raises(ValueError, match="65536 bytes is too long"):
        pack_entries([b"a" * 65_536])


def test_a_bundle_that_was_cut_off_is_refused():
    with pytest.raises(ValueError, match="cut off"):
        unpack_entries(pack_entries([b"whole", b"not whole"])[:-1])


@pytest.mark.parametrize("steps", [[600], [255, 256, 257], [1, 2, 3, 70, 512, 513], [256, 512]])
def test_a_log_that_grew_in_steps_is_the_log_that_grew_at_once(tmp_path, steps):
    log = Log(tmp_path, 0)
    for size in steps:
        log = log.extended(entries(log.size, size))

        assert log.root == merkle.root(leaves(size))
        assert Log(tmp_path, size).root == log.root

    once = Log(tmp_path / "once", 0).extended(entries(0, log.size))
    assert [log.hashes(tile.level, tile.index) for tile in tiles_of(log.size)] == [
        once.hashes(tile.level, tile.index) for tile in tiles_of(log.size)
    ]
    assert [log.entries(i) for i in range(log.size // 256)] == [
        entries(i * 256, (i + 1) * 256) for i in range(log.size // 256)
    ]


def test_a_log_of_three_levels_proves_every_kind_of_place(tmp_path):
    size = 65_540
    log = Log(tmp_path, 0).extended(entries(0, 65_535)).extended(entries(65_535, size))
    read = merkle.reader(leaves(size))

    assert log.root == merkle.root_at(size, read)
    for index in (0, 255, 256, 65_535, 65_536, size - 1):
        assert log.leaf(index) == read(0, index)
        assert log.inclusion_proof(index) == merkle.inclusion_proof(index, size, read)
    for old in (1, 256, 65_535, 65_536, 65_537):
        assert log.consistency_proof(old) == merkle.consistency_proof(old, size, read)


def test_older_sizes_stay_readable(tmp_path):
    Log(tmp_path, 0).extended(entries(0, 300)).extended(entries(300, 700))

    assert Log(tmp_path, 300).root == merkle.root(leaves(300))


def test_extending_again_after_dying_half_way_is_harmless(tmp_path):
    log = Log(tmp_path, 0).extended(entries(0, 250))
    log.extended(entries(250, 260))

    again = Log(tmp_path, 250).extended(entries(250, 270))

    assert again.root == merkle.root(leaves(270))


def test_a_published_file_is_never_overwritten(tmp_path):
    Log(tmp_path, 0).extended(entries(0, 10))

    with pytest.raises(FileChangedError, match="with other content"):
        Log(tmp_path, 0).extended(entries(5, 15))

    assert Log(tmp_path, 10).root == merkle.root(leaves(10))


def test_a_file_of_the_wrong_length_is_refused(tmp_path):
    log = Log(tmp_path, 0).extended(entries(0, 10))
    path = tmp_path / "tile/0/000.p/10"
    path.write_bytes(path.read_bytes()[:-1])

    with pytest.raises(ValueError, match="has 319 bytes"):
        _ = Log(tmp_path, 10).root
    assert log.size == 10
