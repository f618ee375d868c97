"""Opening a sealed bid: the observer peels, the bureau or the escrow finishes, the server checks and reads."""

from hashlib import sha256

from tenders.sealing.content import Content
from tenders.sealing.envelopes import identity_in, recipient_of, unlock
from tenders.sealing.faults import Fault, SealBroken
from tenders.sealing.head import Head
from tenders.sealing.padding import unpad


def peel(wrap: bytes, secret: str) -> bytes:
    """
    Take the observer's layer off a wrap. What remains is an age file for the inner holder.

    :raises SealBroken: if the key is not the outer holder's
    """
    return unlock(wrap, secret)


def finish(peeled: bytes, secret: str, bid_key: str) -> str:
    """
    Return the secret bid key out of a peeled wrap.

    :raises SealBroken: ``LOCKED`` if the key is not the inner holder's, ``BID_KEY`` if the wrap held another key than
        the bidder has committed himself to
    """
    return checked_secret(unlock(peeled, secret).decode(errors="replace"), bid_key)


def checked_secret(text: str, bid_key: str) -> str:
    """
    Return the secret key in ``text``, if it is that of ``bid_key``.

    :raises SealBroken: if it is not
    """
    try:
        secret = identity_in(text)
        matches = recipient_of(secret) == bid_key
    except SealBroken as e:
        raise SealBroken(Fault.BID_KEY, "no secret key in the wrap") from e
    if not matches:
        raise SealBroken(Fault.BID_KEY, "another key than the committed one")
    return secret


def open_payload(head: Head, payload: bytes, secret: str, *, bidder: str) -> Content:
    """
    Return the content of a bid, after the checks that can be made on one bid alone.

    ``bidder`` is the credit code of who delivered it. That no other bid has the same payload or nonce is for the caller
    to check, who has them all.

    :raises SealBroken: ``DIGEST`` is our fault (the payload is not the one that was receipted), the rest the bidder's
    """
    if sha256(payload).hexdigest() != head.payload_sha256:
        raise SealBroken(Fault.DIGEST)
    checked_secret(secret, head.bid_key)
    content = Content.parse(unpad(unlock(payload, secret)))
    if content.tender != head.tender:
        raise SealBroken(Fault.OTHER_TENDER)
    if content.bidder != bidder:
        raise SealBroken(Fault.OTHER_BIDDER)
    return content
