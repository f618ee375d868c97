"""Padding of what is sealed, so that the size of a bid says nothing of what lies in it."""

from tenders.sealing.faults import Fault, SealBroken

KIB = 1024
STEPS = (4 * KIB, 64 * KIB, KIB * KIB, 4 * KIB * KIB, 16 * KIB * KIB, 64 * KIB * KIB)  # bytes
PREFIX = 8  # bytes that state the length, big-endian
MAX_CONTENT = STEPS[-1] - PREFIX


def step_for(length: int) -> int:
    """
    Return how many bytes a content of ``length`` bytes has once padded.

    :raises SealBroken: if it is too long for the largest step
    """
    for step in STEPS:
        if PREFIX + length <= step:
            return step
    raise SealBroken(Fault.SIZE, f"a bid may have {MAX_CONTENT} bytes, this one has {length}")


def pad(content: bytes) -> bytes:
    step = step_for(len(content))
    return (len(content).to_bytes(PREFIX, "big") + content).ljust(step, b"\x00")


def unpad(padded: bytes) -> bytes:
    """
    Return what was padded.

    :raises SealBroken: if it was not padded by ``pad``: one content has one padding, and nothing hides in it
    """
    length = int.from_bytes(padded[:PREFIX], "big")
    content = padded[PREFIX : PREFIX + length]
    if len(padded) not in STEPS or len(content) != length or pad(content) != padded:
        raise SealBroken(Fault.PADDING)
    return content
