"""
Keeps the witnesses informed beside the sealing, which never waits for them.

Each witness has one question under way at most, in a thread that knows files and the network only. Answers are taken in
between two looks at the ledger: the first signature under a checkpoint is stored, later ones renew the public file.
"""

import logging
import time
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from ledger.merkle import EMPTY_ROOT
from ledger.models import Checkpoint, Cosignature, Entry
from ledger.notes import Signature, SigningKey, sign_note
from ledger.operations import FollowUp, follow_up, last_by_subject
from ledger.proofs import TreeHead, read_head
from ledger.publication import RENEWED_AFTER, publish
from ledger.results import publish_states
from ledger.witnesses import (
    OtherSize,
    Witness,
    WitnessRefused,
    WitnessTrouble,
    add_checkpoint,
    configured,
    cosign,
    quorum,
)

PATIENCE = 5.0  # seconds: longer than the slowest answer that is waited for
ASKED_AGAIN_AFTER = 5.0  # seconds, if there was trouble

logger = logging.getLogger(__name__)


@dataclass
class State:
    """What is known of a witness, and the question that is under way."""

    witness: Witness
    size: int = 0  # that it has confirmed, as far as we know
    signature: Signature | None = None  # the newest
    problem: str = ""
    is_grave: bool = False  # the record itself is in doubt, not only the line to the witness
    due: float = 0.0  # when to ask again, by the monotonic clock
    note: str = ""  # that is or was asked about
    question: Future[Signature] | None = None


class Witnessing:
    """The sealer's dealings with all witnesses. ``folder`` is what is served as ``/ledger/``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.states = [State(witness) for witness in configured()]
        self.threads = ThreadPoolExecutor(max(1, len(self.states)), thread_name_prefix="witness")

    @property
    def seen(self) -> int:
        """The largest size that any witness has confirmed, as far as we know."""
        return max((state.size for state in self.states), default=0)

    def ask_sizes(self, key: SigningKey) -> None:
        """
        Ask all at once what they have confirmed. Who does not answer soon is asked again later.

        The question is a signed head of the empty tree: it is consistent with every tree, and whoever has seen more
        answers with the size.
        """
        note = sign_note(str(TreeHead(key.name, 0, EMPTY_ROOT)), key)
        questions = [self.threads.submit(add_checkpoint, state.witness, 0, [], note) for state in self.states]
        wait(questions, PATIENCE)
        for state, question in zip(self.states, questions, strict=True):
            error = question.exception() if question.done() else WitnessTrouble("it does not answer in time")
            if isinstance(error, OtherSize):
                state.size = error.size
            elif error:
                self._trouble(state, str(error))
        self._tell()

    def tend(self, key: SigningKey) -> None:
        """Take in the answers that have come, and ask whoever is to be asked. Does not wait."""
        checkpoint = Checkpoint.objects.order_by("size").last()
        if checkpoint is None:
            return
        answered = [state for state in self.states if state.question and state.question.done()]
        for state in answered:
            self._take_in(state)
        if answered:
            fresh = [state.signature for state in self.states if state.signature]
            publish(self.folder, Checkpoint.objects.latest(), key, fresh)
            self._tell()
        for state in self.states:
            self._ask(state, checkpoint)

    def settle(self, key: SigningKey) -> None:
        """Ask everybody once more, and wait for the answers as long as for a slow one."""
        for state in self.states:
            state.due = 0.0
        self.tend(key)
        wait([state.question for state in self.states if state.question], PATIENCE)
        self.tend(key)

    def close(self) -> None:
        self.threads.shutdown(wait=False, cancel_futures=True)

    def _ask(self, state: State, checkpoint: Checkpoint) -> None:
        is_new = not state.problem and read_size(state.note) != checkpoint.size
        is_due = is_new or time.monotonic() >= state.due
        if state.question or not is_due:
            return
        state.note = (self.folder / "checkpoint").read_text(encoding="utf-8")
        state.question = self.threads.submit(cosign, state.witness, self.folder, state.note, state.size)

    def _take_in(self, state: State) -> None:
        question, state.question = state.question, None
        try:
            state.signature = question.result() if question else None
        except OtherSize as answer:
            state.size = answer.size
            self._trouble(state, f"it has confirmed {answer.size} entries, more than were signed here", is_grave=True)
        except WitnessRefused as refusal:
            self._trouble(state, f"it says that the record is not what it confirmed before: {refusal}", is_grave=True)
        except (WitnessTrouble, OSError, ValueError) as e:
            self._trouble(state, str(e))
        else:
            state.size, state.problem, state.is_grave = read_size(state.note), "", False
            state.due = time.monotonic() + RENEWED_AFTER
            if state.signature:
                store(state.witness, state.size, state.signature)

    def _trouble(self, state: State, problem: str, *, is_grave: bool = False) -> None:
        if problem != state.problem:
            logger.error("Witness %s: %s", state.witness.name, problem)
        state.problem, state.is_grave = problem, is_grave
        state.due = time.monotonic() + ASKED_AGAIN_AFTER

    def _tell(self) -> None:
        """Publish for people how it stands with each witness."""
        publish_states(self.folder, [_told(state) for state in self.states])


def store(witness: Witness, size: int, signature: Signature) -> None:
    """Keep the first signature of a witness under a checkpoint, and have the pages of what it confirms say so."""
    when = datetime.fromtimestamp(signature.seconds, UTC)
    with transaction.atomic():
        before = Cosignature.objects.witnessed_size(quorum())
        _, is_new = Cosignature.objects.get_or_create(
            checkpoint_id=size, witness=witness.name, defaults={"line": str(signature), "witnessed_at": when}
        )
        after = Cosignature.objects.witnessed_size(quorum())
        if is_new and after > before:
            confirmed = Entry.objects.filter(seq__gte=before, seq__lt=after).in_order().defer("body")
            for subject, entry in last_by_subject(confirmed).items():
                follow_up(entry, [FollowUp("publish", {"subject": subject, "witnessed": after})])


def read_size(note: str) -> int:
    return read_head(note).size if note else -1


def _told(state: State) -> dict[str, Any]:
    return {
        "name": state.witness.name,
        "key": str(state.witness.key),
        "size": state.size,
        "problem": state.problem,
        "grave": state.is_grave,
    }
