"""The queue of comments that wait to be shown: what the detectors found in each, who is asked, and until when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Exists, Min, OuterRef, Prefetch, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from portal.access import visible_projects
from portal.converters import normalised
from publishing.pages.comments import review_ends
from tenders.gates.moderation import numbers_of_office
from tenders.law import day
from tenders.models import Comment, Consultation, Inquiry, Withholding
from tenders.personal import Found, Kind, personal_data

ON_ONE_PAGE = 50
MOST_LOOKED_THROUGH = 1000  # comments, the oldest, in which a filter looks: a long one takes about 10 ms

PENDING = Q(visibility=Comment.Visibility.PENDING)
PROPOSED = Q(Exists(Withholding.objects.filter(comment=OuterRef("pk"), state=Withholding.State.PROPOSED)))
ASKED = Q(Exists(Inquiry.objects.filter(comment=OuterRef("pk"), replied_at=None)))
SHOWN = Q(visibility=Comment.Visibility.SHOWN)

# What the queue can be narrowed down to; the first is what it is for.
STATES: dict[str, tuple[str | Promise, Q]] = {
    "waiting": (_("等待审核"), PENDING & ~PROPOSED & ~ASKED),
    "proposed": (_("等第二人复核"), PROPOSED),
    "asked": (_("正在请示"), ASKED),
    "masked": (_("遮盖后公开"), SHOWN & ~Q(masked_text="")),
    "shown": (_("已公开"), SHOWN),
    "withheld": (_("依法不公开"), Q(visibility=Comment.Visibility.WITHHELD)),
    "all": (_("全部"), Q()),
}
FINDINGS: dict[str, str | Promise] = {"yes": _("有发现"), "no": _("没有发现")}
KINDS: dict[Kind, str | Promise] = {
    Kind.ID_NUMBER: _("身份证号"),
    Kind.BANK_CARD: _("银行卡号"),
    Kind.MOBILE: _("手机号"),
    Kind.LANDLINE: _("座机号"),
    Kind.EMAIL: _("邮箱"),
    Kind.PLATE: _("车牌"),
}


@dataclass(frozen=True)
class Piece:
    """A stretch of a text, marked if the detectors found it."""

    text: str
    is_found: bool


@dataclass(frozen=True)
class Case:
    """A comment in the queue."""

    comment: Comment
    found: list[Found]
    due_on: date
    on: date

    @property
    def proposal(self) -> Withholding | None:
        return next(iter(self.comment.open_proposals), None)  # type: ignore[attr-defined]

    @property
    def inquiry(self) -> Inquiry | None:
        return next(iter(self.comment.open_inquiries), None)  # type: ignore[attr-defined]

    @property
    def is_pending(self) -> bool:
        return self.comment.visibility == Comment.Visibility.PENDING

    @property
    def is_free(self) -> bool:
        """Whether nobody has to be waited for."""
        return self.proposal is None and self.inquiry is None

    @property
    def may_be_ticked(self) -> bool:
        return self.is_pending and self.is_free and not self.found

    @property
    def days(self) -> int:
        return (self.on - day(self.comment.received_at)).days

    @property
    def is_overdue(self) -> bool:
        return self.is_pending and self.on > self.due_on

    @property
    def pieces(self) -> list[Piece]:
        return pieces_of(self.comment.text, self.found)

    @property
    def kinds(self) -> list[str]:
        return list(dict.fromkeys(str(KINDS[found.kind]) for found in self.found))


def queue(consultation: Consultation, asked: Mapping[str, str], at: datetime) -> dict[str, Any]:
    """The comments of a round that are asked for, those that wait longest first, a page at a time."""
    state = asked.get("state", "")
    state = state if state in STATES else "waiting"
    chosen = narrowed(consultation.comments.filter(STATES[state][1]), asked)
    office = numbers_of_office(consultation.project)
    if (finding := asked.get("finding", "")) in FINDINGS:
        wanted = finding == "yes"
        looked = chosen[:MOST_LOOKED_THROUGH]
        page = Paginator([c for c in looked if bool(personal_data(c.text, office)) == wanted], ON_ONE_PAGE)
    else:
        page = Paginator(chosen, ON_ONE_PAGE)
    shown = page.get_page(asked.get("page"))
    listed = cases(shown.object_list, office, at)
    return {
        "page": shown,
        "cases": listed,
        "may_tick": any(case.may_be_ticked for case in listed),
        "asked": dict(asked.items()) | {"state": state},
        "states": [(name, label) for name, (label, _holds) in STATES.items()],
        "findings": FINDINGS.items(),
        "stances": Comment.Stance,
        "topics": Comment.Topic,
    }


def narrowed(found: QuerySet[Comment], asked: Mapping[str, str]) -> QuerySet[Comment]:
    """Filter by stance, topic, words or number; oldest first, with what is open about each."""
    if asked.get("stance"):
        found = found.filter(stance=asked["stance"])
    if asked.get("topic"):
        found = found.filter(topics__contains=[asked["topic"]])
    if words := normalised(asked.get("q", "")):
        by_number = Q(number=int(words)) if words.isdecimal() and len(words) < 7 else Q()
        found = found.filter(Q(text__icontains=words) | by_number)
    proposals = Withholding.objects.filter(state=Withholding.State.PROPOSED).select_related("proposed_by")
    inquiries = Inquiry.objects.filter(replied_at=None).select_related("asked_by")
    return found.order_by("received_at", "pk").prefetch_related(
        Prefetch("withholdings", proposals, "open_proposals"), Prefetch("inquiries", inquiries, "open_inquiries")
    )


def cases(comments: Iterable[Comment], office: set[str], at: datetime) -> list[Case]:
    listed = list(comments)
    ends = review_ends({day(comment.received_at) for comment in listed})
    return [
        Case(comment, personal_data(comment.text, office), ends[day(comment.received_at)], day(at))
        for comment in listed
    ]


def pieces_of(text: str, found: Iterable[Found]) -> list[Piece]:
    """Return a text in pieces, those marked that the detectors found."""
    pieces, place = [], 0
    for one in found:
        pieces += [Piece(text[place : one.start], False), Piece(text[one.start : one.end], True)]
        place = one.end
    return [piece for piece in (*pieces, Piece(text[place:], False)) if piece.text]


def pieces(comment: Comment) -> list[Piece]:
    """Return the text of one comment, marked."""
    return pieces_of(comment.text, personal_data(comment.text, numbers_of_office(comment.project)))


# -- on the first page of the desk -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Backlog:
    """What waits in the queue of one round."""

    consultation: Consultation
    pending: int
    proposed: int
    is_overdue: bool


def backlogs(user: User, at: datetime) -> list[Backlog]:
    """Return the queues of a person's projects in which something waits. Two queries, whatever their number."""
    rounds = Consultation.objects.filter(project__in=visible_projects(user)).select_related("project")
    counted = rounds.annotate(
        pending=Count("comments", filter=Q(comments__visibility=Comment.Visibility.PENDING), distinct=True),
        proposed=Count("comments__withholdings", filter=Q(comments__withholdings__state="proposed"), distinct=True),
        oldest=Min("comments__received_at", filter=Q(comments__visibility=Comment.Visibility.PENDING)),
    ).filter(Q(pending__gt=0) | Q(proposed__gt=0))
    waiting = list(counted)
    ends = review_ends({day(consultation.oldest) for consultation in waiting if consultation.oldest})
    return [
        Backlog(
            consultation,
            consultation.pending,
            consultation.proposed,
            bool(consultation.oldest) and day(at) > ends[day(consultation.oldest)],
        )
        for consultation in waiting
    ]
