import json
from dataclasses import replace
from hashlib import sha256

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyrage import x25519

from tenders.sealing.content import Content, File
from tenders.sealing.envelopes import inner_size, is_recipient, lock, new_identity, recipient_of, unlock
from tenders.sealing.faults import Fault, SealBroken
from tenders.sealing.head import PAIRS, Head, check_head, check_payload, pair_name
from tenders.sealing.opening import finish, open_payload, peel
from tenders.sealing.padding import STEPS, pad, unpad
from tenders.sealing.seal import seal
from tests.sealing.making import BIDDER, TENDER, make_content


@pytest.fixture(scope="module")
def sealed(ring):
    return seal(make_content(), ring.keys)


def fault_of(act, *arguments, **named):
    with pytest.raises(SealBroken) as caught:
        act(*arguments, **named)
    return caught.value.fault


def outside(head, payload):
    return check_payload(head, beginning=payload[:2048], size=len(payload), sha256=sha256(payload).hexdigest())


@pytest.mark.parametrize(("outer", "inner"), PAIRS)
def test_each_pair_opens_a_bid(ring, sealed, outer, inner):
    peeled = peel(sealed.head.wrap(pair_name(outer, inner)).data, ring.secrets[outer])
    secret = finish(peeled, ring.secrets[inner], sealed.head.bid_key)

    assert open_payload(sealed.head, sealed.payload, secret, bidder=BIDDER) == make_content()


@pytest.mark.parametrize("holder", ["bureau", "escrow"])
def test_bureau_and_escrow_together_open_nothing(ring, sealed, holder):
    for wrap in sealed.head.wraps:
        assert fault_of(peel, wrap.data, ring.secrets[holder]) == Fault.LOCKED


def test_the_observer_alone_gets_no_further_than_a_sealed_wrap(ring, sealed):
    for holder in ("observer", "observer-spare"):
        for outer, inner in PAIRS:
            if outer != holder:
                continue
            peeled = peel(sealed.head.wrap(pair_name(outer, inner)).data, ring.secrets[holder])
            assert fault_of(unlock, peeled, ring.secrets[holder]) == Fault.LOCKED
            assert inner_size(peeled, len(peeled)) == len(sealed.secret)


def test_the_recovery_key_of_the_bidder_opens_his_bid(sealed):
    assert open_payload(sealed.head, sealed.payload, sealed.secret, bidder=BIDDER).bidder == BIDDER


def test_what_is_well_sealed_passes_from_outside_and_shows_nothing(ring, sealed):
    check_head(Head.parse(sealed.head.to_bytes()), tender=TENDER, keys=ring.keys)
    outside(sealed.head, sealed.payload)

    seen = sealed.head.to_bytes() + sealed.payload
    assert not any(word.encode() in seen for word in (BIDDER, "123456789", "赵工"))


def test_bids_of_one_step_have_one_size_inside(ring):
    small, larger = (
        seal(make_content(files=[File("a.pdf", "application/pdf", b"x" * n)]), ring.keys) for n in (1, 2000)
    )

    sizes = {inner_size(bid.payload[:2048], len(bid.payload)) for bid in (small, larger)}
    assert sizes == {STEPS[0]}


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"tender": "project/2026-001/package/2"}, Fault.TENDER),
        ({"wraps": ()}, Fault.KEYS),
    ],
)
def test_a_head_for_another_tender_or_without_a_wrap_is_refused(ring, sealed, change, fault):
    assert fault_of(check_head, replace(sealed.head, **change), tender=TENDER, keys=ring.keys) == fault


def test_wraps_of_a_pair_without_the_observer_are_refused(ring, sealed):
    stranger = recipient_of(new_identity())
    data = lock(lock(sealed.secret.encode(), ring.keys["escrow"]), ring.keys["bureau"])
    first, *others = sealed.head.wraps
    for wrong in (
        replace(first, pair="bureau+escrow", outer=ring.keys["bureau"], inner=ring.keys["escrow"], data=data),
        replace(first, outer=stranger),
        replace(first, inner=stranger),
    ):
        head = replace(sealed.head, wraps=(wrong, *others))
        assert fault_of(check_head, head, tender=TENDER, keys=ring.keys) == Fault.KEYS


def test_a_wrap_for_two_keys_or_none_is_refused(ring, sealed):
    both = [x25519.Recipient.from_str(ring.keys[name]) for name in ("observer", "bureau")]
    first, *others = sealed.head.wraps
    for data in (
        pyrage.encrypt(b"x", both),
        first.data.replace(b"-> X25519 ", b"-> scrypt "),
        b"",
        first.data[: first.data.index(b"\n--- ") + 60],  # ends within the nonce, however long the header is
        b"age-encryption.org/v1\n" + first.data,
        b"x" * 6000,
    ):
        head = replace(sealed.head, wraps=(replace(first, data=data), *others))
        assert fault_of(check_head, head, tender=TENDER, keys=ring.keys) == Fault.ENVELOPE


def test_a_payload_of_another_size_or_digest_is_refused(sealed):
    cut = sealed.payload[:-1]
    assert fault_of(outside, sealed.head, cut) == Fault.SIZE
    assert fault_of(outside, replace(sealed.head, size=len(cut)), cut) == Fault.SIZE
    changed = sealed.payload[:-1] + bytes([sealed.payload[-1] ^ 1])
    assert fault_of(outside, sealed.head, changed) == Fault.DIGEST


def test_an_unpadded_payload_is_refused_from_outside(ring):
    secret = new_identity()
    payload = lock(b"x" * 5000, recipient_of(secret))
    head = replace(seal(make_content(), ring.keys).head, size=len(payload), payload_sha256=sha256(payload).hexdigest())
    assert fault_of(outside, head, payload) == Fault.SIZE


@pytest.mark.parametrize(
    "spoil",
    [
        lambda head: {**head, "v": 2},
        lambda head: {**head, "more": 1},
        lambda head: {**head, "size": "7"},
        lambda head: {**head, "size": True},
        lambda head: {**head, "bid_key": head["bid_key"].upper()},
        lambda head: {**head, "payload_sha256": "x" * 64},
        lambda head: {**head, "wraps": [1]},
        lambda head: {**head, "wraps": [{**head["wraps"][0], "data": "?"}]},
        lambda head: {name: value for name, value in head.items() if name != "tender"},
        lambda head: [head],
        lambda head: {**head, "tender": "x" * 40_000},
    ],
)
def test_a_head_not_in_the_format_is_refused(sealed, spoil):
    raw = json.dumps(spoil(json.loads(sealed.head.to_bytes())), separators=(",", ":"), sort_keys=True).encode()
    assert fault_of(Head.parse, raw) == Fault.HEAD


def test_a_head_written_in_another_way_is_refused(sealed):
    assert fault_of(Head.parse, b" " + sealed.head.to_bytes()) == Fault.HEAD
    assert fault_of(Head.parse, b"[" * 20_000) == Fault.HEAD
    assert Head.parse(sealed.head.to_bytes()) == sealed.head


# -- opening -----------------------------------------------------------------------------------------------------------


def test_a_wrap_that_holds_another_key_is_the_bidders_fault(ring, sealed):
    for content in (new_identity(), "no key", sealed.secret + "\n" + new_identity()):
        peeled = lock(content.encode(), ring.keys["bureau"])
        assert fault_of(finish, peeled, ring.secrets["bureau"], sealed.head.bid_key) == Fault.BID_KEY


def test_an_envelope_copied_from_a_rival_opens_for_nobody_else(ring, sealed):
    assert fault_of(open_payload, sealed.head, sealed.payload, sealed.secret, bidder="91330000000000002X") == (
        Fault.OTHER_BIDDER
    )
    head = replace(sealed.head, tender="project/2026-001/package/2")
    assert fault_of(open_payload, head, sealed.payload, sealed.secret, bidder=BIDDER) == Fault.OTHER_TENDER


def test_a_payload_exchanged_later_is_our_fault(ring, sealed):
    other = seal(make_content(price_fen=1), ring.keys)
    assert fault_of(open_payload, sealed.head, other.payload, sealed.secret, bidder=BIDDER) == Fault.DIGEST
    head = replace(sealed.head, payload_sha256=other.head.payload_sha256)
    assert fault_of(open_payload, head, other.payload, sealed.secret, bidder=BIDDER) == Fault.LOCKED


@pytest.mark.parametrize(
    "spoil",
    [
        lambda said: {**said, "v": 2},
        lambda said: {**said, "bidder": None},
        lambda said: {**said, "nonce": "0f"},
        lambda said: {**said, "files": {}},
        lambda said: {**said, "files": said["files"] * 41},
        lambda said: {**said, "files": [{**said["files"][0], "name": "../../etc/passwd"}]},
        lambda said: {**said, "files": [{**said["files"][0], "sha256": "0" * 64}]},
        lambda said: {**said, "files": [{**said["files"][0], "data": "*"}]},
        lambda said: {**said, "reading": {**said["reading"], "price_fen": 0}},
        lambda said: {**said, "reading": {**said["reading"], "price_fen": -1}},
        lambda said: {**said, "reading": {**said["reading"], "price_fen": 1.5}},
        lambda said: {**said, "reading": {**said["reading"], "price_fen": True}},
        lambda said: {**said, "reading": {**said["reading"], "price_fen": 2**53}},
        lambda said: {**said, "reading": {**said["reading"], "quality": "好" * 101}},
        lambda said: {**said, "reading": {**said["reading"], "quality": "a\u202eb"}},
        lambda said: {**said, "reading": {**said["reading"], "more": 1}},
        lambda said: {**said, "reading": []},
        lambda said: [],
    ],
)
def test_content_not_in_the_format_is_refused(spoil):
    raw = json.dumps(spoil(json.loads(make_content().to_bytes()))).encode()
    assert fault_of(Content.parse, raw) == Fault.CONTENT


def test_content_that_is_no_json_is_refused():
    for raw in (b"", b"\xff", b"[" * 100_000, b'{"v": NaN}'):
        assert fault_of(Content.parse, raw) == Fault.CONTENT


@given(st.binary(max_size=9000))
def test_padding_comes_off_again(content):
    assert unpad(pad(content)) == content
    assert len(pad(content)) in STEPS


def test_there_is_one_padding_for_one_content():
    padded = pad(b"bid")
    for wrong in (
        padded[:-1] + b"x",
        pad(b"x" * 5000)[: STEPS[0]],
        padded.ljust(STEPS[1], b"\0"),
        b"",
        b"\xff" * STEPS[0],
    ):
        assert fault_of(unpad, wrong) == Fault.PADDING


def test_the_largest_step_is_the_end():
    assert len(pad(b"x" * (STEPS[0] - 8))) == STEPS[0]
    assert len(pad(b"x" * (STEPS[0] - 7))) == STEPS[1]
    assert fault_of(pad, bytes(STEPS[-1] - 7)) == Fault.SIZE


@given(st.sampled_from([0, 1, 65_535, 65_536, 65_537, 131_072, 200_000]))
def test_the_size_inside_is_seen_from_outside(size):
    file = lock(bytes(size), recipient_of(new_identity()))
    assert inner_size(file[:2048], len(file)) == size


def test_only_recipients_of_age_are_recipients():
    key = recipient_of(new_identity())
    assert is_recipient(key)
    for wrong in ("", key[:-1], key + "q", key.upper(), key[:-1] + ("q" if key[-1] != "q" else "p"), "age1pq1" + key):
        assert not is_recipient(wrong)
