"""
What the record holds of the bids of a tender before its opening: hashes that bind, and tell nothing.

Every few minutes one tick for each tender: ``sha256(nonce || tick before || JCS(sorted digests))``, also when nothing
came. The opening publishes the secret of which the nonces are made, and when each digest came and went; with them
anybody computes every tick again. Pure functions on bytes, so that an observer can copy the file and check us.
"""

import hmac
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

import rfc8785

SECRET_SIZE = 32  # bytes
FIRST = bytes(32)  # what stands in the place of the tick before the first


@dataclass(frozen=True)
class Lying:
    """How long something lay among the bids: from which tick on, and from which on no longer (None: to the end)."""

    digest: str  # hexadecimal
    since: int
    until: int | None = None

    def lies_in(self, number: int) -> bool:
        return self.since <= number and (self.until is None or number < self.until)


def nonce(secret: bytes, number: int) -> bytes:
    """Return the nonce of the tick with a number, from 1 on: without the secret nobody can try digests out."""
    return hmac.digest(secret, number.to_bytes(8, "big"), "sha256")


def tick(nonce: bytes, before: bytes, digests: Iterable[str]) -> bytes:
    return sha256(nonce + before + rfc8785.dumps(sorted(digests))).digest()


def spans(ticks: Iterable[Iterable[str]]) -> list[Lying]:
    """Return how long each digest lay there, from what the ticks 1, 2, … hold. One that came back has two spans."""
    since: dict[str, int] = {}
    found = []
    for number, digests in enumerate(ticks, 1):
        held = set(digests)
        found += [Lying(gone, since.pop(gone), number) for gone in sorted(since.keys() - held)]
        since |= dict.fromkeys(sorted(held - since.keys()), number)
    return sorted((*found, *(Lying(*still) for still in since.items())), key=lambda one: (one.since, one.digest))


def replay(secret: bytes, last: int, lying: Iterable[Lying]) -> Iterator[bytes]:
    """Yield the ticks 1 to ``last`` as they must be if the digests came and went as stated."""
    lying, before = list(lying), FIRST
    for number in range(1, last + 1):
        before = tick(nonce(secret, number), before, (one.digest for one in lying if one.lies_in(number)))
        yield before
