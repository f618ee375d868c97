"""What became of the comments, as a whole: the themes that were answered, and the report of each round."""

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from ledger.models import Entry
from publishing.pages.charts import Chart, chart
from publishing.pages.facts import channels
from publishing.pages.outcomes import by_channel, by_outcome, by_theme, verdict
from tenders.models import AdoptionReport, Answer, Comment, Project, Theme

KIND = "step.publish_adoption_report"


@dataclass(frozen=True)
class Line:
    """One verdict of a report, as a page tells it."""

    said: dict[str, Any]
    outcome: str
    numbers: str


@dataclass(frozen=True)
class Told:
    """A theme with its answer, and the comments that it answers."""

    theme: Theme
    numbers: list[int]

    @property
    def n(self) -> int:
        return len(self.numbers)

    @property
    def listed(self) -> str:
        return _numbers(self.numbers)


def reports_of(project: Project) -> list[AdoptionReport]:
    """Return the published reports of a project, in the order of its rounds. One query."""
    found = AdoptionReport.objects.filter(consultation__project=project, state=AdoptionReport.State.PUBLISHED)
    return list(found.select_related("consultation__project").order_by("pk"))


def adoption_page(report: AdoptionReport) -> dict[str, Any]:
    """Return what the page of a report says: its content as it was published, and what was corrected since."""
    content = report.content or {}
    entry = entry_of(report)
    lines = [Line(said, verdict(said["verdict"]), _numbers(said["comments"])) for said in content["theme"]]
    return {
        "project": report.project,
        "report": report,
        "content": content,
        "entry": entry,
        "channels": channels(content),
        "charts": charts_of(content),
        "of_themes": [line for line in lines if line.said["number"]],
        "own": [line for line in lines if not line.said["number"]],
        "corrected": corrections_after(report, entry),
    }


def entry_of(report: AdoptionReport) -> Entry:
    return Entry.objects.get(kind=KIND, subject=report.consultation.path)


def charts_of(content: dict[str, Any]) -> list[Chart]:
    return [
        chart("outcome", _("处理结果"), _("结果"), by_outcome(content["n_by_outcome"])),
        chart("theme", _("各主题的意见"), _("主题"), by_theme(content["n_by_theme"])),
        chart("channel", _("意见的来源"), _("来源"), by_channel(content["n_by_channel"])),
    ]


def corrections_after(report: AdoptionReport, entry: Entry) -> list[Answer]:
    """Return the answers that were corrected after the report. Its figures are those of its day."""
    later = report.consultation.answers.filter(entry__seq__gt=entry.seq).exclude(correction_reason="")
    return list(later.select_related("theme"))


def _numbers(numbers: list[int]) -> str:
    return _("、").join(str(number) for number in numbers)


def report_data(report: AdoptionReport) -> bytes:
    """
    Return a report for machines, as ``docs/adoption-report.schema.json`` describes it.

    Without the three last members its canonical form has the digest that the record holds.
    """
    entry = entry_of(report)
    told = {
        **(report.content or {}),
        "project": report.project.number,
        "published_at": entry.at.isoformat(),
        "record": {"entry": entry.seq, "sha256": entry.facts["sha256"]},
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def themes_of(project: Project) -> list[Told]:
    """Return the themes that have been answered, the largest first. Two queries; what is only drafted is not told."""
    answered = Theme.objects.filter(consultation__project=project).exclude(answer=None)
    themes = answered.select_related("answer__replaces", "answer__theme", "consultation").order_by(
        "consultation__round"
    )
    covered = Comment.objects.filter(answer__in=[theme.answer_id for theme in themes]).order_by("number")
    numbers: dict[int | None, list[int]] = defaultdict(list)
    for answer, number in covered.values_list("answer", "number"):
        numbers[answer].append(number)
    return sorted((Told(theme, numbers[theme.answer_id]) for theme in themes), key=lambda told: -told.n)


def themes_page(project: Project) -> dict[str, Any]:
    return {"project": project, "themes": themes_of(project), "reports": reports_of(project)}
