"""Every proof of a record, and as many broken ones as are wanted, each as a question that other programs answer."""

import random
from base64 import b64encode
from dataclasses import dataclass, replace

from ledger import merkle


@dataclass(frozen=True)
class Inclusion:
    index: int
    size: int
    leaf: bytes
    root: bytes
    hashes: tuple[bytes, ...]


@dataclass(frozen=True)
class Consistency:
    old: int
    size: int
    old_root: bytes
    root: bytes
    hashes: tuple[bytes, ...]


def inclusions(leaves, sizes):
    """Return the proof of every entry at each of these sizes."""
    read = merkle.reader(leaves)
    return [
        Inclusion(i, size, leaves[i], merkle.root_at(size, read), tuple(merkle.inclusion_proof(i, size, read)))
        for size in sizes
        for i in range(size)
    ]


def consistencies(leaves, sizes):
    """Return the proof from every smaller size to each of these."""
    read = merkle.reader(leaves)
    roots = [merkle.root_at(size, read) for size in range(len(leaves) + 1)]
    return [
        Consistency(old, size, roots[old], roots[size], tuple(merkle.consistency_proof(old, size, read)))
        for size in sizes
        for old in range(1, size + 1)
    ]


def broken(proofs, number, seed):
    """Return that many proofs, each with one thing in it changed."""
    chance = random.Random(seed)
    found = []
    while len(found) < number:
        proof = chance.choice(proofs)
        changed = chance.choice(CHANGES)(proof, chance)
        if changed != proof:
            found.append(changed)
    return found


def other(hash_, chance):
    """Return a hash with one bit changed."""
    place = chance.randrange(8 * len(hash_))
    return (int.from_bytes(hash_, "big") ^ 1 << place).to_bytes(len(hash_), "big")


def _bit(proof, chance):
    hashes = list(proof.hashes)
    if hashes:
        place = chance.randrange(len(hashes))
        hashes[place] = other(hashes[place], chance)
    return replace(proof, hashes=tuple(hashes))


def _missing(proof, chance):
    place = chance.randrange(len(proof.hashes) + 1)
    return replace(proof, hashes=proof.hashes[:place] + proof.hashes[place + 1 :])


def _added(proof, chance):
    place = chance.randrange(len(proof.hashes) + 1)
    return replace(proof, hashes=(*proof.hashes[:place], chance.randbytes(32), *proof.hashes[place:]))


def _swapped(proof, chance):
    hashes = list(proof.hashes)
    chance.shuffle(hashes)
    return replace(proof, hashes=tuple(hashes))


def _root(proof, chance):
    return replace(proof, root=other(proof.root, chance))


def _start(proof, chance):
    if isinstance(proof, Consistency):
        return replace(proof, old_root=other(proof.old_root, chance))
    return replace(proof, leaf=other(proof.leaf, chance))


def _moved(proof, chance):
    if isinstance(proof, Consistency):
        return proof
    return replace(proof, index=chance.randrange(proof.size))


CHANGES = (_bit, _missing, _added, _swapped, _root, _start, _moved)


def as_json(proof):
    """Return a proof in the words of the Go program."""

    def text(value):
        return b64encode(value).decode()

    common = {"Size": proof.size, "Root": text(proof.root), "Hashes": [text(hash_) for hash_ in proof.hashes]}
    if isinstance(proof, Inclusion):
        return {"Kind": "inclusion", "Index": proof.index, "Leaf": text(proof.leaf), **common}
    return {"Kind": "consistency", "Old": proof.old, "OldRoot": text(proof.old_root), **common}
