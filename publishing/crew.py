"""Does many independent pieces of work, in this process or by a crew of processes with connections of their own."""

import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from multiprocessing import get_context

from django.db import connections

from publishing.output import naming

Piece = Callable[[], object]
Report = Callable[[int, int], object]  # pieces done, of how many

logger = logging.getLogger(__name__)


def silent(done: int, of: int) -> None:
    """Report nothing."""


def work(pieces: Sequence[Piece], jobs: int, report: Report) -> set[str]:
    """
    Do all pieces, ``jobs`` at a time. Return the addresses under which they published.

    With more than one job each piece must be picklable, and the process must be neither threaded nor a daemon.

    :raises Exception: when all has been tried, the first of those that pieces raised
    """
    named: set[str] = set()
    errors: list[Exception] = []
    for done, outcome in enumerate(_outcomes(pieces, jobs), start=1):
        if isinstance(outcome, Exception):
            logger.error("A part of the site could not be written", exc_info=outcome)
            errors.append(outcome)
        else:
            named |= outcome
        report(done, len(pieces))
    if errors:
        raise errors[0]
    return named


def _outcomes(pieces: Sequence[Piece], jobs: int) -> Iterator[set[str] | Exception]:
    if jobs == 1:
        yield from map(_attempt, pieces)
        return
    connections.close_all()  # a forked process must not share one
    with ProcessPoolExecutor(jobs, mp_context=get_context("fork")) as pool:
        futures: list[Future[set[str] | Exception]] = [pool.submit(_attempt, piece) for piece in pieces]
        for future in as_completed(futures):
            yield future.result()


def _attempt(piece: Piece) -> set[str] | Exception:
    try:
        with naming() as named:
            piece()
    except Exception as e:  # noqa: BLE001, whatever it is, the other pieces are done first
        return e
    return named
