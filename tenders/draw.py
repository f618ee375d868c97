"""
The public draw of participants: anybody can repeat it with a pocket calculator for SHA-256.

Each number is written below the seed, and hashed; those with the smallest hashes are drawn. The seed comes into the
world after the last application, from a source that the announcement has named: nobody can choose it, and nobody can
choose a number to suit it.
"""

from collections.abc import Iterable
from hashlib import sha256


def lot(number: int, seed: str) -> str:
    """Return the lot of an application: the smaller, the sooner drawn."""
    return sha256(f"{seed}\n{number}".encode()).hexdigest()


def drawn(numbers: Iterable[int], seats: int, seed: str) -> list[int]:
    """Return who is drawn for so many seats, in the order of their numbers."""
    return sorted(sorted(numbers, key=lambda number: lot(number, seed))[:seats])
