"""What can be wrong with a sealed bid. The words for people belong to the rooms that show them."""

from enum import StrEnum


class Fault(StrEnum):
    # seen from outside, before anything is opened
    HEAD = "head"  # the head is not in the format
    TENDER = "tender"  # it is sealed for another tender
    KEYS = "keys"  # it is not sealed to the announced keys, or not for every pair
    ENVELOPE = "envelope"  # payload or wrap is no age file for exactly one X25519 key
    SIZE = "size"  # the payload has not the size that the head states, or none of the padded ones
    DIGEST = "digest"  # the payload is not the one of the head
    # seen while opening
    LOCKED = "locked"  # the key does not open it
    BID_KEY = "bid-key"  # what came out of the wrap is not the committed bid key
    PADDING = "padding"  # the content is not padded as it must be
    CONTENT = "content"  # the content is not in the format
    OTHER_TENDER = "other-tender"  # the content names another tender than the head
    OTHER_BIDDER = "other-bidder"  # the content names another bidder than who delivered it


class SealBroken(ValueError):  # noqa: N818, an outcome
    """Raised if a sealed bid is not what it must be. The message is for engineers: it never quotes the content."""

    def __init__(self, fault: Fault, message: str = "") -> None:
        super().__init__(message or fault.value)
        self.fault = fault
