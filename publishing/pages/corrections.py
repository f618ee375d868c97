"""The register of all that was corrected, withheld, withdrawn, taken down, stopped, or published late or wrongly."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Func, Q, Value
from django.db.models.fields import BooleanField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from ledger.models import Entry
from publishing.pages import acts
from publishing.pages.record import newest_size
from publishing.pages.wording import name
from tenders.models import Project

# What the register is sorted into, and the kinds of acts in each. All other acts in it correct an earlier entry.
OTHER = "entry"
GROUPS: dict[str, tuple[str | Promise, tuple[str, ...]]] = {
    "correction": (_("更正公告"), ("notice.corrected",)),
    OTHER: (_("更正条目"), ()),
    "withdrawal": (_("撤回公告"), ("notice.withdrawn",)),
    "take-down": (_("依法下架"), ("content.taken-down",)),
    "withheld": (_("依法不公开"), ("comment.withheld",)),
    "masked": (_("遮盖后公开"), ("comment.masked",)),
    "shown-again": (_("重新公开"), ("comment.shown",)),
    "late": (_("迟发布"), ("publication.late",)),
    "differs": (_("渠道内容不一致"), ("publication.differs",)),
    "stopped": (
        _("暂停、取消、终止"),
        (
            "step.suspend",
            "step.cancel",
            "step.fail_tender",
            "tender.suspended",
            "step.cancel_hearing",
            "hearing.postponed",
        ),
    ),
}
GROUP_OF = {kind: group for group, (_title, kinds) in GROUPS.items() for kind in kinds}


@dataclass(frozen=True)
class Row:
    """A line of the register. Digests are of both texts, or of both entries where an entry was corrected."""

    seq: int
    group: str
    title: str
    place: str
    reason: str
    project: Project | None
    at: datetime
    is_sealed: bool
    corrects: int | None
    old: str
    new: str
    effective_on: str
    reaches_back: bool
    offices: list[str]

    @property
    def group_title(self) -> str:
        return str(GROUPS[self.group][0])

    @property
    def has_texts(self) -> bool:
        """Whether there is a page with the old and the new text side by side."""
        return self.group == "correction"

    @property
    def address(self) -> str:
        return f"/corrections/{self.seq}/" if self.has_texts else f"/ledger/entries/{self.seq}/"


def corrections_page(kind: str = "", project: str = "") -> dict[str, Any]:
    """
    Return what the register says, newest first, of one kind and one project if asked.

    At most five queries, whatever the number of lines.
    """
    rows = all_rows()
    chosen = [row for row in rows if kind in ("", row.group)]
    chosen = [row for row in chosen if project == "" or (row.project and row.project.number == project)]
    return {
        "rows": chosen,
        "kind": kind,
        "project_number": project,
        "kinds": [(group, title, _count(rows, group)) for group, (title, _kinds) in GROUPS.items()],
        "projects": sorted({(row.project.number, name(row.project)) for row in rows if row.project}),
    }


def all_rows() -> list[Row]:
    found = Entry.objects.filter(Q(kind__in=acts.TAKING_BACK) | Q(points_back())).order_by("-seq")
    entries = [entry for entry in found if acts.takes_back(entry)]
    projects = {project.number: project for project in Project.objects.public()}
    pointed_at = [entry.corrects for entry in entries if entry.corrects is not None]
    hidden = [entry.subject for entry in entries if entry.kind in acts.OF_COMMENTS]
    received = Entry.objects.filter(kind="comment.received", subject__in=hidden)
    commitments = {entry.subject: entry.facts["commitment"] for entry in received}
    leaves = {e.seq: bytes(e.leaf).hex() for e in Entry.objects.filter(seq__in=pointed_at).defer("body")}
    sealed = newest_size()
    return [row_of(entry, projects, digests(entry, leaves, commitments), sealed) for entry in entries]


def row_of(entry: Entry, projects: Mapping[str, Project], versions: tuple[str, str], sealed: int) -> Row:
    old, new = versions
    return Row(
        seq=entry.seq,
        group=GROUP_OF.get(entry.kind, OTHER),
        title=acts.title(entry),
        place=acts.place(entry.subject),
        reason=acts.detail(entry),
        project=projects.get(acts.number_of_project(entry.subject) or ""),
        at=entry.at,
        is_sealed=entry.seq < sealed,
        corrects=entry.corrects,
        old=old,
        new=new,
        effective_on=entry.facts.get("effective_on", ""),
        reaches_back=bool(entry.facts.get("reaches_back")),
        offices=offices(entry.facts),
    )


def digests(entry: Entry, leaves: Mapping[int, str], commitments: Mapping[str, str]) -> tuple[str, str]:
    """Return the digests of what was before and of what is now: of texts, else of the entries that hold them."""
    facts = entry.facts
    if "old_sha256" in facts:
        return facts["old_sha256"], facts["new_sha256"]
    if entry.corrects is not None:
        return leaves.get(entry.corrects, ""), bytes(entry.leaf).hex()
    return str(facts.get("sha256") or commitments.get(entry.subject, "")), ""


def offices(facts: Mapping[str, Any]) -> list[str]:
    """Return the two offices that took something down: who proposed it, who confirmed it."""
    roles = [facts.get("proposed_by"), facts.get("confirmed_by")]
    return [str(User.Role(role).label) for role in roles if role]


def for_machines(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """Return the register as data. What is not named is not public."""
    return [
        {
            "entry": row.seq,
            "kind": row.group,
            "title": row.title,
            "place": row.place,
            "project": row.project and row.project.number,
            "at": row.at.isoformat(),
            "reason": row.reason,
            "corrects": row.corrects,
            "old_sha256": row.old,
            "new_sha256": row.new,
            "effective_on": row.effective_on,
            "reaches_back": row.reaches_back,
            "offices": row.offices,
        }
        for row in rows
    ]


def _count(rows: Iterable[Row], group: str) -> int:
    return sum(row.group == group for row in rows)


def points_back() -> Func:
    """Whether the body of an entry has a member "corrects" somewhere: it is no column, for only the body counts."""
    position = Func(Value(b'"corrects":'), F("body"), template="position(%(expressions)s) > 0", arg_joiner=" IN ")
    position.output_field = BooleanField()
    return position
