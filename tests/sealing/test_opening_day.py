import json
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from tenders.sealing.envelopes import lock, new_identity
from tenders.sealing.exchange import KeysFile, PeeledFile, WrappedBid, WrapsFile
from tenders.sealing.faults import Fault
from tenders.sealing.head import PAIRS
from tenders.sealing.holding import TooEarly, finish_all, peel_all
from tenders.sealing.opening import open_payload
from tenders.sealing.seal import seal
from tests.sealing.making import TENDER, make_content

DUE = datetime(2026, 6, 1, 9, 30, tzinfo=timezone(timedelta(hours=8)))
AFTER = [("own", DUE + timedelta(minutes=1))]


@pytest.fixture(scope="module")
def bids(ring):
    return {n: seal(make_content(bidder=f"9133000000000000{n}X", price_fen=n), ring.keys) for n in (1, 2)}


@pytest.fixture(scope="module")
def wraps(bids):
    wrapped = (WrappedBid(number, bid.head.bid_key, bid.head.wraps) for number, bid in bids.items())
    return WrapsFile(TENDER, DUE, "", tuple(wrapped))


@pytest.mark.parametrize(("outer", "inner"), PAIRS)
def test_each_pair_finishes_every_bid_by_files(ring, bids, wraps, outer, inner):
    peeled = peel_all(WrapsFile.parse(wraps.dump()), ring.secrets[outer], AFTER)
    keys = finish_all(PeeledFile.parse(peeled.dump()), ring.secrets[inner])

    for key in KeysFile.parse(keys.dump()).keys:
        bid = bids[key.number]
        content = open_payload(bid.head, bid.payload, key.secret, bidder=f"9133000000000000{key.number}X")
        assert content.reading.price_fen == key.number
    assert len(keys.keys) == 2
    assert not keys.failed


@pytest.mark.parametrize("early", [timedelta(seconds=-1), timedelta(days=-1)])
def test_nothing_is_peeled_before_the_deadline_by_any_clock(ring, wraps, early):
    for clocks in ([("own", DUE + early)], [*AFTER, ("witness", DUE + early)]):
        with pytest.raises(TooEarly):
            peel_all(wraps, ring.secrets["observer"], clocks)


def test_the_minute_of_the_deadline_is_late_enough(ring, wraps):
    assert peel_all(wraps, ring.secrets["observer"], [("own", DUE)]).peeled


def test_who_is_not_the_observer_peels_nothing(ring, wraps):
    for secret in (ring.secrets["bureau"], ring.secrets["escrow"], new_identity()):
        assert not peel_all(wraps, secret, AFTER).peeled


def test_a_peeled_file_is_of_no_use_to_whom_it_is_not_for(ring, wraps):
    peeled = peel_all(wraps, ring.secrets["observer-spare"], AFTER)
    assert not finish_all(peeled, ring.secrets["escrow"]).keys
    assert not finish_all(peeled, ring.secrets["observer"]).keys


def test_a_bidder_who_wrapped_wrongly_is_named_and_the_others_open(ring, bids, wraps):
    first, second = wraps.bids
    broken = lock(lock(new_identity().encode(), ring.keys["bureau"]), ring.keys["observer"])
    noise = replace(first.wraps[2], data=lock(b"x", ring.keys["bureau"]))
    spoilt = replace(first, wraps=(replace(first.wraps[0], data=broken), first.wraps[1], noise))
    peeled = peel_all(replace(wraps, bids=(spoilt, second)), ring.secrets["observer"], AFTER)

    keys = finish_all(peeled, ring.secrets["bureau"])
    assert [key.number for key in keys.keys] == [2]
    assert [(one.number, one.pair, one.fault) for one in keys.failed] == [(1, "observer+bureau", Fault.BID_KEY)]
    assert [key.number for key in finish_all(peeled, ring.secrets["escrow"]).keys] == [1, 2]


def test_a_printed_key_shows_no_secret(ring, wraps):
    keys = finish_all(peel_all(wraps, ring.secrets["observer"], AFTER), ring.secrets["bureau"])
    assert "SECRET" not in repr(keys)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda said: {**said, "v": 2},
        lambda said: {**said, "kind": "sealed-bids/peeled"},
        lambda said: {**said, "due_at": "2026-06-01T09:30:00"},
        lambda said: {**said, "due_at": 5},
        lambda said: {**said, "tender": 5},
        lambda said: {**said, "more": 5},
        lambda said: {**said, "bids": {}},
        lambda said: {**said, "bids": [{**said["bids"][0], "number": 0}]},
        lambda said: {**said, "bids": [{**said["bids"][0], "number": True}]},
        lambda said: {**said, "bids": [{**said["bids"][0], "bid_key": "age1"}]},
        lambda said: {**said, "bids": [{**said["bids"][0], "wraps": [{"pair": "bureau+escrow"}]}]},
        lambda said: [],
        lambda said: 5,
    ],
)
def test_a_file_not_in_the_format_is_refused(wraps, spoil):
    with pytest.raises(ValueError, match="not in the format"):
        WrapsFile.parse(json.dumps(spoil(json.loads(wraps.dump()))))


def test_a_bid_is_named_once(ring, wraps):
    peeled = peel_all(wraps, ring.secrets["observer"], AFTER)
    twice = replace(peeled, peeled=peeled.peeled * 2)
    keys = finish_all(peeled, ring.secrets["bureau"])
    for file in (twice, replace(keys, keys=keys.keys * 2)):
        with pytest.raises(ValueError, match="twice"):
            type(file).parse(file.dump())
