"""Several stories on one calendar: each says when it goes on, and all go on in the order of time."""

from collections.abc import Callable, Iterator
from datetime import datetime
from heapq import heappop, heappush
from itertools import count
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")

# A story yields the moment until which it waits, and does its next acts when it is asked to go on.
Story = Iterator[datetime]


def moment(text: str) -> datetime:
    """Return a moment of the year 2026 in China's time, from ``07-06 09:30``."""
    return datetime.strptime(f"2026-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=SHANGHAI)


def together(stories: list[Story]) -> Story:
    """Make one story of several: it goes on with whichever is next in time, the first in the list first."""
    order = count()
    waiting: list[tuple[datetime, int, Story]] = []
    for story in stories:
        heappush(waiting, (next(story), next(order), story))
    while waiting:
        at, _, story = heappop(waiting)
        yield at
        if (then := next(story, None)) is not None:
            heappush(waiting, (then, next(order), story))


def tell(stories: list[Story], *, until: datetime | None = None, say: Callable[[datetime], None] | None = None) -> None:
    """Tell all stories in the order of their moments, to their ends or ``until`` a moment, which is included."""
    for at in together(stories):
        if until is not None and at > until:
            return
        if say:
            say(at)
