"""What the holders of keys do on the day of the opening: the observer peels, the bureau or the escrow finishes."""

from collections.abc import Iterable
from datetime import datetime

from tenders.sealing.envelopes import recipient_of
from tenders.sealing.exchange import BidKey, Failed, KeysFile, Peeled, PeeledFile, WrapsFile
from tenders.sealing.faults import SealBroken
from tenders.sealing.opening import finish, peel


class TooEarly(Exception):  # noqa: N818, an outcome
    """Raised if bids would be opened before their deadline, by one of the clocks that are asked."""

    def __init__(self, clock: str, now: datetime, due_at: datetime) -> None:
        super().__init__(f"by the clock of {clock} it is {now}, and the deadline is {due_at}")
        self.clock, self.now, self.due_at = clock, now, due_at


def peel_all(file: WrapsFile, secret: str, clocks: Iterable[tuple[str, datetime]]) -> PeeledFile:
    """
    Take the outer layer off every wrap that is locked for the holder of ``secret``.

    ``clocks`` are whose time it is, and which: the holder's own machine, and the witness's last cosignature. A wrap
    that his key does not open is passed over: it is missing in the result, and with it the bidder's fault shows.

    :raises TooEarly: if one of the clocks does not show that the deadline has passed
    :raises SealBroken: if it is no secret key
    """
    for clock, now in clocks:
        if now < file.due_at:
            raise TooEarly(clock, now, file.due_at)
    own = recipient_of(secret)
    peeled = []
    for bid in file.bids:
        for wrap in bid.wraps:
            if wrap.outer != own:
                continue
            try:
                peeled.append(Peeled(bid.number, wrap.pair, wrap.inner, bid.bid_key, peel(wrap.data, secret)))
            except SealBroken:
                continue
    return PeeledFile(file.tender, tuple(peeled))


def finish_all(file: PeeledFile, secret: str) -> KeysFile:
    """
    Take the bid keys out of all peeled wraps that are locked for the holder of ``secret``.

    A bid that comes twice, by two pairs, fails only if both fail.

    :raises SealBroken: if it is no secret key
    """
    own, keys, failed = recipient_of(secret), {}, []
    for one in file.peeled:
        if one.inner != own or one.number in keys:
            continue
        try:
            keys[one.number] = BidKey(one.number, one.bid_key, finish(one.data, secret, one.bid_key))
        except SealBroken as e:
            failed.append(Failed(one.number, one.pair, e.fault.value))
    return KeysFile(file.tender, tuple(keys.values()), tuple(one for one in failed if one.number not in keys))
