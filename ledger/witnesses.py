"""Asks witnesses to confirm a checkpoint, as https://c2sp.org/tlog-witness says. It needs no database."""

import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import urllib3
from django.conf import settings

from ledger.notes import COSIGNATURE, Note, Signature, VerifierKey, newest_signature
from ledger.proofs import read_head
from ledger.tiles import Log

CONNECT_SECONDS = 1.0
ANSWER_SECONDS = 3.0
LONGEST_ANSWER = 100_000  # bytes

# A witness is asked directly; retries are the sealer's own affair, and nothing is to be followed elsewhere.
_pool = urllib3.PoolManager(
    timeout=urllib3.Timeout(connect=CONNECT_SECONDS, read=ANSWER_SECONDS), retries=False, maxsize=4
)


class WitnessTrouble(Exception):  # noqa: N818, it passes
    """Raised if a witness does not answer, or not as agreed. Sealing goes on without it."""


class WitnessRefused(Exception):  # noqa: N818, it is the witness's verdict
    """Raised if a witness says that the checkpoint does not extend what it confirmed before. A person has to look."""


class OtherSize(Exception):  # noqa: N818, it is the witness's answer
    """Raised if a witness has confirmed another size last than it was asked from."""

    def __init__(self, size: int) -> None:
        super().__init__(f"confirmed {size} entries")
        self.size = size


@dataclass(frozen=True)
class Witness:
    """Who confirms: a name for people, the key of its signatures, and where it answers."""

    name: str
    key: VerifierKey
    url: str

    @classmethod
    def parse(cls, line: str) -> "Witness":
        """:raises ValueError: if it is not ``<name> <vkey> <url>`` with the key of a witness"""
        words = line.split()
        if len(words) != 3 or words[0] == "none" or not re.match("https?://", words[2]):
            raise ValueError(f"a witness is named as in “<name> <vkey> <url>”, not {line!r}")
        key = VerifierKey.parse(words[1])
        if key.kind != COSIGNATURE:
            raise ValueError(f"the key of {words[0]} is not of the kind that signs with a time")
        return cls(words[0], key, words[2].rstrip("/"))


def configured() -> list[Witness]:
    """
    Return the witnesses that the settings name, one a line or between semicolons.

    :raises ValueError: if one is not well-formed, or is named twice
    """
    witnesses = [Witness.parse(line) for line in re.split("[;\n]", settings.WITNESSES) if line.strip()]
    for part in ("name", "key"):
        if len({getattr(witness, part) for witness in witnesses}) < len(witnesses):
            raise ValueError(f"two witnesses have the same {part}")
    return witnesses


def quorum() -> int:
    """Return how many witnesses must have confirmed an entry before pages say so. Without witnesses 0."""
    return min(settings.WITNESS_QUORUM, len(configured()))


def cosign(witness: Witness, folder: Path, note: str, known: int) -> Signature:
    """
    Have a checkpoint confirmed that extends the ``known`` size, or the size that the witness then names.

    :raises OtherSize: if the witness has confirmed more than the checkpoint covers
    :raises WitnessRefused: if it says that the checkpoint is not consistent
    :raises WitnessTrouble: if there is no good answer
    """
    head = read_head(note)
    log = Log(folder, head.size)
    known = min(known, head.size)
    try:
        return add_checkpoint(witness, known, log.consistency_proof(known), note)
    except OtherSize as answer:
        if answer.size > head.size or answer.size == known:
            raise
        return add_checkpoint(witness, answer.size, log.consistency_proof(answer.size), note)


def add_checkpoint(witness: Witness, old_size: int, proof: Sequence[bytes], note: str) -> Signature:
    """Ask once. Raises as :func:`cosign`."""
    hashes = "".join(f"{b64encode(hash_).decode()}\n" for hash_ in proof)
    status, answer = _post(f"{witness.url}/add-checkpoint", f"old {old_size}\n{hashes}\n{note}".encode())
    if status == 409 and re.fullmatch("(0|[1-9][0-9]{0,18})\n", answer):
        raise OtherSize(int(answer))
    if status == 422:
        raise WitnessRefused(answer.strip()[:500])
    if status != 200:
        raise WitnessTrouble(f"it answered {status}: {answer.strip()[:200]}")
    return _signature_of(witness, note, answer)


def _signature_of(witness: Witness, note: str, answer: str) -> Signature:
    text = Note.parse(note).text
    try:
        lines = [Signature.parse(line) for line in answer.splitlines(keepends=True)]
    except ValueError as e:
        raise WitnessTrouble(f"its answer is malformed: {e}") from e
    signature = newest_signature(lines, text, witness.key)
    if signature is None:
        raise WitnessTrouble("its answer has no right signature of its key")
    return signature


def _post(url: str, body: bytes) -> tuple[int, str]:
    try:
        response = _pool.request("POST", url, body=body, redirect=False, preload_content=False)
        try:
            content = response.read(LONGEST_ANSWER)
        finally:
            response.release_conn()
    except (urllib3.exceptions.HTTPError, OSError, ValueError) as e:
        raise WitnessTrouble(f"it does not answer: {type(e).__name__}") from e
    return response.status, content.decode(errors="replace")
