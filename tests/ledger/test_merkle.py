import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import merkle

# The reference data of RFC 6962's own implementation, certificate-transparency.
REFERENCE_ENTRIES = [
    bytes.fromhex(entry)
    for entry in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
REFERENCE_ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
REFERENCE_LEAVES = [merkle.leaf_hash(entry) for entry in REFERENCE_ENTRIES]

LEAVES = [merkle.leaf_hash(str(i).encode()) for i in range(258)]
READ = merkle.reader(LEAVES)
SIZES = [*range(1, 71), 255, 256, 257]

sizes = st.sampled_from(SIZES)
trees = sizes.flatmap(lambda size: st.tuples(st.integers(0, size - 1), st.just(size)))
pairs = st.tuples(sizes, sizes).map(lambda pair: (min(pair), max(pair)))


def root_by_definition(leaves):
    """MTH of RFC 6962, 2.1, word by word."""
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return merkle.node_hash(root_by_definition(leaves[:k]), root_by_definition(leaves[k:]))


def hexes(hashes):
    return [hash_.hex() for hash_ in hashes]


def test_the_empty_tree_has_the_hash_of_nothing():
    assert merkle.root([]).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.parametrize(("size", "root"), list(enumerate(REFERENCE_ROOTS, start=1)))
def test_roots_are_those_of_the_reference(size, root):
    assert merkle.root(REFERENCE_LEAVES[:size]).hex() == root


def test_an_inclusion_proof_is_that_of_the_reference():
    proof = merkle.inclusion_proof(5, 8, merkle.reader(REFERENCE_LEAVES))

    assert hexes(proof) == [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]


@pytest.mark.parametrize(
    ("old", "new", "proof"),
    [
        (1, 1, []),
        (
            1,
            8,
            [
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
            ],
        ),
        (
            6,
            8,
            [
                "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ],
        ),
        (
            2,
            5,
            [
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            ],
        ),
    ],
)
def test_consistency_proofs_are_those_of_the_reference(old, new, proof):
    assert hexes(merkle.consistency_proof(old, new, merkle.reader(REFERENCE_LEAVES))) == proof


@given(sizes)
def test_the_root_is_that_of_the_definition(size):
    assert merkle.root(LEAVES[:size]) == merkle.root_at(size, READ) == root_by_definition(LEAVES[:size])


@pytest.mark.parametrize("size", SIZES)
def test_every_leaf_is_proven_to_be_where_it_is(size):
    root = merkle.root_at(size, READ)
    for index in range(size):
        merkle.verify_inclusion(index, size, LEAVES[index], merkle.inclusion_proof(index, size, READ), root)


@pytest.mark.parametrize("size", SIZES)
def test_every_tree_is_proven_to_extend_the_smaller_ones(size):
    root = merkle.root_at(size, READ)
    for old in range(size + 1):
        proof = merkle.consistency_proof(old, size, READ)
        merkle.verify_consistency(old, size, merkle.root_at(old, READ), root, proof)


@given(trees, st.data())
def test_a_changed_inclusion_proof_is_refused(tree, data):
    index, size = tree
    proof = merkle.inclusion_proof(index, size, READ)
    changed = data.draw(mutations(proof))

    with pytest.raises(ValueError, match="proof"):
        merkle.verify_inclusion(index, size, LEAVES[index], changed, merkle.root_at(size, READ))


@given(trees, sizes)
def test_an_inclusion_proof_proves_no_other_place(tree, other):
    index, size = tree
    proof, root = merkle.inclusion_proof(index, size, READ), merkle.root_at(size, READ)

    with pytest.raises(ValueError, match=r"leaf|proof"):
        merkle.verify_inclusion((index + other) % (size + other), size, LEAVES[index], proof, root)


@given(pairs, st.data())
def test_a_changed_consistency_proof_is_refused(pair, data):
    old, new = pair
    changed = data.draw(mutations(merkle.consistency_proof(old, new, READ)))

    with pytest.raises(ValueError, match=r"proof|proven"):
        merkle.verify_consistency(old, new, merkle.root_at(old, READ), merkle.root_at(new, READ), changed)


@given(pairs, st.booleans())
def test_a_consistency_proof_proves_no_other_root(pair, spoil_old):
    old, new = pair
    roots = [merkle.root_at(old, READ), merkle.root_at(new, READ)]
    roots[0 if spoil_old else 1] = LEAVES[200]

    with pytest.raises(ValueError, match="not proven"):
        merkle.verify_consistency(old, new, *roots, merkle.consistency_proof(old, new, READ))


def test_what_is_not_in_the_tree_has_no_proof():
    with pytest.raises(ValueError, match="has no leaf 7"):
        merkle.inclusion_proof(7, 7, READ)
    with pytest.raises(ValueError, match="has no leaf -1"):
        merkle.verify_inclusion(-1, 7, LEAVES[0], [], LEAVES[0])


def test_a_log_never_shrinks():
    with pytest.raises(ValueError, match="cannot extend"):
        merkle.consistency_proof(8, 7, READ)
    with pytest.raises(ValueError, match="cannot extend"):
        merkle.verify_consistency(8, 7, LEAVES[0], LEAVES[0], [])


def mutations(proof):
    """A bit changed, a hash more, a hash less, two hashes exchanged: never the proof itself."""
    longer = st.integers(0, len(proof)).map(lambda i: [*proof[:i], LEAVES[3], *proof[i:]])
    if not proof:
        return longer
    places = st.integers(0, len(proof) - 1)
    changed = st.tuples(places, st.integers(0, 255)).map(lambda p: replaced(proof, p[0], flipped(proof[p[0]], p[1])))
    shorter = places.map(lambda i: proof[:i] + proof[i + 1 :])
    exchanged = places.map(lambda i: replaced(replaced(proof, i, proof[0]), 0, proof[i])).filter(lambda p: p != proof)
    return st.one_of(longer, changed, shorter, *([exchanged] if len(set(proof)) > 1 else []))


def replaced(proof, place, hash_):
    return [*proof[:place], hash_, *proof[place + 1 :]]


def flipped(hash_, bit):
    return (int.from_bytes(hash_) ^ (1 << bit)).to_bytes(32)
