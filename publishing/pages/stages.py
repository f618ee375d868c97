"""Where a project stands, as a line of stages that the record proves."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from ledger.models import Entry


@dataclass(frozen=True)
class Stage:
    """A stretch of the path. It ends with an act of the kind ``ends``, for a tender stage with one on each package."""

    title: Any  # lazily translated
    begins: str
    ends: str
    per_package: bool = False


STAGES = (
    Stage(_("方案公示，征求意见"), "step.publish_plan", "step.close_comments"),
    Stage(_("答复意见，作出决策"), "step.close_comments", "step.decide"),
    Stage(_("公开招标"), "step.announce_tender", "step.open_bids", per_package=True),
    Stage(_("当众开标"), "step.open_bids", "step.conclude_opening", per_package=True),
    Stage(_("评标、公示、定标"), "step.conclude_opening", "step.award", per_package=True),
    Stage(_("签订双合同"), "step.award", "step.sign_contracts", per_package=True),
    Stage(_("施工"), "step.start_works", "step.accept"),
)


@dataclass(frozen=True)
class Passage:
    """A stage of one project: when it began and ended, by the acts on record."""

    title: str
    began_at: datetime | None
    ended_at: datetime | None
    is_current: bool


def passages(entries: Sequence[Entry]) -> list[Passage]:
    """Return all stages. The current one is the last that has begun, unless it has ended: then the one after it."""
    entries = _of_the_last_round(entries)
    packages = _running_packages(entries)
    spans = [_span(stage, entries, packages) for stage in STAGES]
    current = next((i for i, (_began, ended) in enumerate(spans) if ended is None), len(STAGES))
    return [
        Passage(str(stage.title), began, ended, i == current)
        for i, (stage, (began, ended)) in enumerate(zip(STAGES, spans, strict=True))
    ]


def _of_the_last_round(entries: Sequence[Entry]) -> list[Entry]:
    """Leave out that a round was closed which another one has followed: the stage goes on with that."""
    followed = {e.subject for e in entries if e.kind == "consultation.superseded"}
    return [e for e in entries if e.kind != "step.close_comments" or e.subject not in followed]


def _span(stage: Stage, entries: Sequence[Entry], packages: set[str]) -> tuple[datetime | None, datetime | None]:
    began = [e.at for e in entries if e.kind == stage.begins and _counts(stage, e, packages)]
    ended = [e.at for e in entries if e.kind == stage.ends and _counts(stage, e, packages)]
    needed = max(len(packages), 1) if stage.per_package else 1
    return (min(began) if began else None, max(ended) if len(ended) >= needed else None)


def _counts(stage: Stage, entry: Entry, packages: set[str]) -> bool:
    return not stage.per_package or package_of(entry.subject) in packages


def _running_packages(entries: Iterable[Entry]) -> set[str]:
    """Return the packages that were announced and have not failed."""
    announced = {e.subject for e in entries if e.kind == "step.announce_tender"}
    return announced - {e.subject for e in entries if e.kind == "step.fail_tender"}


def package_of(subject: str) -> str:
    """Return the package to which a subject belongs: that of ``project/2026-001/package/1/contract`` ends at its 1."""
    return "/".join(subject.split("/")[:4])
