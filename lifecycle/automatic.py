"""Steps that need no hand: whose moment the law or the notice has fixed, as that of the end of a period at 24:00."""

import logging
from datetime import datetime

from ledger.operations import LedgerBusy
from lifecycle.operations import take
from lifecycle.steps import TABLE, Step
from statutes.refusal import ActRefused

logger = logging.getLogger(__name__)


def take_due(*, at: datetime) -> int:
    """
    Take every step whose moment has come, each in its own transaction. Return how many were taken.

    Any number of workers may do so at once: who comes second is refused. What its gates refuse waits on the desk.
    """
    waiting = [
        (step, pk)
        for step in TABLE
        if step.due is not None
        for pk in step.due(at).order_by("pk").values_list("pk", flat=True)
    ]
    return sum(_take(step, pk, at) for step, pk in waiting)


def _take(step: Step, pk: int, at: datetime) -> bool:
    try:
        take(step, pk, actor=None, at=at)
    except (ActRefused, LedgerBusy) as e:
        logger.debug("%s of %s is not taken by the clock: %s", step.name, pk, e)
        return False
    return True
