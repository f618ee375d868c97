"""How contestants are measured, in turn within one run, and how the figures are shown: as ratios to a limit."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

ROUNDS = 3


@dataclass(frozen=True)
class Row:
    """One line of the table. ``figure`` is a rate per second unless ``unit`` says otherwise."""

    name: str
    figure: float | None  # None: not measured, ``note`` says why
    unit: str = "/s"
    note: str = ""


def rates(contestants: dict[str, Callable[[], Any]], *, seconds: float = 0.7) -> list[Row]:
    """Return how often a second each contestant is done, the median of rounds in which all take turns."""
    found: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(ROUNDS):
        for name, act in contestants.items():
            start, times = time.perf_counter(), 0
            while time.perf_counter() - start < seconds:
                act()
                times += 1
            found[name].append(times / (time.perf_counter() - start))
    return [Row(name, median(values)) for name, values in found.items()]


def rounds(contestants: dict[str, Callable[[], float]]) -> list[Row]:
    """Return the median of what contestants say of themselves in rounds in which all take turns."""
    found: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(ROUNDS):
        for name, measure in contestants.items():
            found[name].append(measure())
    return [Row(name, median(values)) for name, values in found.items()]


def seconds(act: Callable[[], Any]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def quantile(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def show(title: str, rows: Sequence[Row]) -> None:
    """Print a table. Rates are also printed as a ratio to the first, which is the limit."""
    limit = rows[0].figure
    print(f"\n{title}")
    for row in rows:
        if row.figure is None:
            print(f"  {row.name:<56} {'-':>12}      {row.note}", flush=True)
            continue
        figure = f"{row.figure:>12,.0f}" if row.figure >= 100 else f"{row.figure:>12.2f}"
        is_rate = row.unit == "/s" and limit
        ratio = f"{row.figure / limit:>9.4f}" if is_rate and limit else " " * 9
        print(f"  {row.name:<56} {figure} {row.unit:<3} {ratio} {row.note}".rstrip(), flush=True)
