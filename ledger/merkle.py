"""
The Merkle tree of RFC 6962, as pure functions on bytes.

A tree is a sequence of leaf hashes; its shape follows from its size alone. Proofs are made with a :data:`Reader`, which
gives the hashes of complete subtrees, so that a log need not be in memory. Verification follows the algorithms of
RFC 9162 and shares no code with the making of proofs. There is nothing of Django here: an observer can copy this file
and check the log without us.
"""

from collections.abc import Callable, Sequence
from hashlib import sha256

HASH_SIZE = 32  # bytes of SHA-256

# The root of a tree without leaves.
EMPTY_ROOT = sha256(b"").digest()

# (level, index) -> root of the complete subtree over the leaves index * 2**level up to (index + 1) * 2**level.
Reader = Callable[[int, int], bytes]


def leaf_hash(entry: bytes) -> bytes:
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def complete_levels(leaves: Sequence[bytes]) -> list[list[bytes]]:
    """Return the roots of all complete subtrees over leaf hashes: the leaves, the pairs, the fours and so on."""
    levels = [list(leaves)]
    while len(levels[-1]) > 1:
        below = levels[-1]
        levels.append([node_hash(below[i], below[i + 1]) for i in range(0, len(below) - 1, 2)])
    return levels


def reader(leaves: Sequence[bytes]) -> Reader:
    """Return a reader over leaf hashes that are in memory."""
    levels = complete_levels(leaves)
    return lambda level, index: levels[level][index]


def root(leaves: Sequence[bytes]) -> bytes:
    """Return the root over leaf hashes that are in memory."""
    return root_at(len(leaves), reader(leaves))


def root_at(size: int, read: Reader) -> bytes:
    """Return the root of the tree of the first ``size`` leaves. Requires 0 <= size."""
    return _range_root(0, size, read) if size else EMPTY_ROOT


def inclusion_proof(index: int, size: int, read: Reader) -> list[bytes]:
    """
    Return the hashes that lead from a leaf to the root of the tree of ``size`` leaves, the leaf's sibling first.

    Requires 0 <= index < size.

    :raises ValueError: if there is no such leaf
    """
    if not 0 <= index < size:
        raise ValueError(f"a tree of {size} leaves has no leaf {index}")
    return _path(index, 0, size, read)


def consistency_proof(old_size: int, new_size: int, read: Reader) -> list[bytes]:
    """
    Return the hashes which prove that the first ``old_size`` leaves of a tree are still what they were.

    Requires 0 <= old_size <= new_size. Against the empty tree and against itself nothing needs proof.

    :raises ValueError: if the tree would have shrunk
    """
    if not 0 <= old_size <= new_size:
        raise ValueError(f"a tree of {new_size} leaves cannot extend one of {old_size}")
    if old_size in (0, new_size):
        return []
    return _subproof(old_size, 0, new_size, True, read)


def verify_inclusion(index: int, size: int, leaf: bytes, proof: Sequence[bytes], root: bytes) -> None:
    """
    Check that ``leaf``, a leaf hash, has the place ``index`` in the tree of ``size`` leaves with that root.

    Requires 0 <= index < size.

    :raises ValueError: if it is not proven
    """
    if not 0 <= index < size:
        raise ValueError(f"a tree of {size} leaves has no leaf {index}")
    if _climb(index, size - 1, leaf, proof) != root:
        raise ValueError(f"the proof does not lead from leaf {index} to the root")


def verify_consistency(old_size: int, new_size: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> None:
    """
    Check that the tree of ``new_size`` leaves begins with the tree of ``old_size`` leaves.

    Requires 0 <= old_size <= new_size.

    :raises ValueError: if it is not proven
    """
    if not 0 <= old_size <= new_size:
        raise ValueError(f"a tree of {new_size} leaves cannot extend one of {old_size}")
    if old_size in (0, new_size):
        expected = EMPTY_ROOT if old_size == 0 else new_root
        proven = not proof and old_root == expected
    else:
        proven = _both_roots(old_size, new_size, old_root, proof) == (old_root, new_root)
    if not proven:
        raise ValueError(f"the tree of {new_size} leaves is not proven to extend that of {old_size}")


def _split(count: int) -> int:
    """Return how many of ``count`` > 1 leaves go left: the largest power of two smaller than it."""
    return 1 << (count - 1).bit_length() - 1


def _range_root(begin: int, end: int, read: Reader) -> bytes:
    """Return the root over the leaves from ``begin`` to before ``end``, a range that occurs in the tree."""
    count = end - begin
    if count & (count - 1) == 0:
        return read(count.bit_length() - 1, begin // count)
    middle = begin + _split(count)
    return node_hash(_range_root(begin, middle, read), _range_root(middle, end, read))


def _path(index: int, begin: int, end: int, read: Reader) -> list[bytes]:
    """PATH of RFC 6962, 2.1.1."""
    if end - begin == 1:
        return []
    middle = begin + _split(end - begin)
    if index < middle:
        return [*_path(index, begin, middle, read), _range_root(middle, end, read)]
    return [*_path(index, middle, end, read), _range_root(begin, middle, read)]


def _subproof(size: int, begin: int, end: int, known: bool, read: Reader) -> list[bytes]:
    """SUBPROOF of RFC 6962, 2.1.2. ``known``: the verifier has the root of this range, it is the old root."""
    count = end - begin
    if size == count:
        return [] if known else [_range_root(begin, end, read)]
    middle = begin + _split(count)
    if size <= middle - begin:
        return [*_subproof(size, begin, middle, known, read), _range_root(middle, end, read)]
    return [*_subproof(size - (middle - begin), middle, end, False, read), _range_root(begin, middle, read)]


def _climb(place: int, last: int, leaf: bytes, proof: Sequence[bytes]) -> bytes:
    """Return the root that ``proof`` implies. RFC 9162, 2.1.3.2."""
    result = leaf
    for hash_ in proof:
        if last == 0:
            raise ValueError("the proof has more hashes than the tree has levels")
        if place & 1 or place == last:
            result = node_hash(hash_, result)
            place, last = _skip_missing(place, last)
        else:
            result = node_hash(result, hash_)
        place, last = place >> 1, last >> 1
    if last:
        raise ValueError("the proof has fewer hashes than the tree has levels")
    return result


def _both_roots(old_size: int, new_size: int, old_root: bytes, proof: Sequence[bytes]) -> tuple[bytes, bytes]:
    """Return the old and the new root that ``proof`` implies. Requires 0 < old_size < new_size. RFC 9162, 2.1.4.2."""
    place, last = old_size - 1, new_size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    # If the old tree is complete then its root is where the proof begins, and is not repeated in it.
    hashes = list(proof) if old_size & (old_size - 1) else [old_root, *proof]
    old = new = hashes[0] if hashes else b""
    for hash_ in hashes[1:]:
        if last == 0:
            raise ValueError("the proof has more hashes than the tree has levels")
        if place & 1 or place == last:
            old, new = node_hash(hash_, old), node_hash(hash_, new)
            place, last = _skip_missing(place, last)
        else:
            new = node_hash(new, hash_)
        place, last = place >> 1, last >> 1
    if last:
        raise ValueError("the proof has fewer hashes than the tree has levels")
    return old, new


def _skip_missing(place: int, last: int) -> tuple[int, int]:
    """Climb the levels on which a node at the right edge of the tree has no sibling."""
    while place and not place & 1:
        place, last = place >> 1, last >> 1
    return place, last
