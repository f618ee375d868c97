"""A comment as the public may read it: its words or the tombstone in their place, with all that was done to them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ledger.models import Entry
from publishing.pages import acts
from publishing.pages.corrections import offices, points_back
from tenders.gates.moderation import article_of
from tenders.models import Answer, Comment, CommentQuerySet, Consultation, Project

State = Comment.Visibility
NO_STANCE = _("不表态")


@dataclass(frozen=True)
class Handling:
    """What was done to the words of a comment: masked, withheld, or shown again. In words of whoever reads it."""

    entry: Entry

    @property
    def is_withholding(self) -> bool:
        return self.entry.kind == "comment.withheld"

    @property
    def title(self) -> str:
        return acts.title(self.entry)

    @property
    def detail(self) -> str:
        return acts.detail(self.entry)

    @property
    def article(self) -> str:
        ground = self.entry.facts.get("ground")
        return article_of(ground) if ground else ""

    @property
    def offices(self) -> list[str]:
        return offices(self.entry.facts)


@dataclass(frozen=True)
class PublicComment:
    """A comment of which the public may read the words, or why it may not. What is not named here is not public."""

    round: int
    number: int
    address: str
    channel: str
    stance: str
    topics: tuple[str, ...]
    received_at: datetime
    words: str
    is_masked: bool
    is_withheld: bool
    ground: str
    answer: Answer | None
    handlings: list[Handling]

    @property
    def anchor(self) -> str:
        return f"comment-{self.round}-{self.number}"

    @property
    def id(self) -> str:
        return f"{self.round}-{self.number}"

    @property
    def state(self) -> str:
        """A code for machines."""
        return "withheld" if self.is_withheld else "masked" if self.is_masked else "shown"

    @property
    def state_label(self) -> str:
        return str({"withheld": State.WITHHELD.label, "shown": State.SHOWN.label}.get(self.state, _("遮盖后公开")))

    @property
    def channel_label(self) -> str:
        return str(Comment.Channel(self.channel).label)

    @property
    def stance_label(self) -> str:
        return str(Comment.Stance(self.stance).label) if self.stance else ""

    @property
    def topics_label(self) -> str:
        return str(_("、")).join(str(Comment.Topic(topic).label) for topic in self.topics)

    @property
    def ground_label(self) -> str:
        return str(Comment.Ground(self.ground).label) if self.ground else ""

    @property
    def tombstone(self) -> Handling | None:
        """The withholding that holds now."""
        withheld = [handling for handling in self.handlings if handling.is_withholding]
        return withheld[-1] if self.is_withheld and withheld else None

    @property
    def past(self) -> list[Handling]:
        """What was done before: it stays to be read."""
        return [handling for handling in self.handlings if handling is not self.tombstone]


def public_comments(project: Project) -> CommentQuerySet:
    """Return all comments of a project, of every round. Most of them may only be counted."""
    return Comment.objects.filter(consultation__project=project).exclude(consultation__state=Consultation.State.DRAFT)


def rows(comments: Iterable[Comment], project: Project) -> list[PublicComment]:
    """Return what the public may read of comments that are shown or withheld. One query more than ``comments``."""
    handlings = handlings_of(project)
    return [row(comment, project, handlings) for comment in comments]


def row(comment: Comment, project: Project, handlings: dict[str, list[Handling]]) -> PublicComment:
    is_shown = comment.visibility == State.SHOWN
    number = comment.consultation.round, comment.number
    path = f"{project.path}/consultation/{number[0]}/comment/{number[1]}"
    return PublicComment(
        round=number[0],
        number=number[1],
        address=f"/projects/{project.number}/comments/{number[0]}/{number[1]}/",
        channel=comment.channel,
        stance=comment.stance if is_shown else "",
        topics=tuple(comment.topics) if is_shown else (),
        received_at=comment.received_at,
        words=comment.public_text if is_shown else "",
        is_masked=is_shown and bool(comment.masked_text),
        is_withheld=comment.visibility == State.WITHHELD,
        ground=comment.withheld_ground or (comment.masked_ground if is_shown else ""),
        answer=comment.answer,
        handlings=handlings.get(path, []),
    )


def handlings_of(project: Project) -> dict[str, list[Handling]]:
    """Return what was done to the words of a project's comments, by their names in the record. One query."""
    again = Q(kind="comment.shown") & Q(points_back())
    entries = Entry.objects.about(project.path).filter(Q(kind__in=("comment.masked", "comment.withheld")) | again)
    found: dict[str, list[Handling]] = defaultdict(list)
    for entry in entries.in_order():
        found[entry.subject].append(Handling(entry))
    return found
