"""Acts on comments: received, shown or withheld, answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from ledger.canonical import commitment, new_salt
from ledger.operations import record
from statutes.refusal import ActRefused, Refusal, unmet
from tenders import gates
from tenders.gates import plan
from tenders.law import refuse
from tenders.locking import lock
from tenders.models import MAX_TOPICS, Answer, Comment, CommentScan, Consultation, in_record
from tenders.operations.common import MAX_ANSWER, cleaned, hold_to, refused
from tenders.rights import Role, demand

MAX_COMMENT = 2000
MAX_SCANS = 6


@dataclass(frozen=True)
class Scan:
    """A page of a letter as it is to be stored, checked by who received it."""

    file: ContentFile
    sha256: str


@transaction.atomic(durable=True)
def receive_comment(
    consultation_id: int,
    *,
    text: str,
    at: datetime,
    stance: str = "",
    topics: Sequence[str] = (Comment.Topic.OTHER,),
    channel: str = Comment.Channel.WEB,
    name: str = "",
    contact: str = "",
    actor: User | None = None,
    received_at: datetime | None = None,
    scans: Sequence[Scan] = (),
) -> Comment:
    """
    Take a comment into the record, as a salted commitment to its text.

    Without ``actor`` it comes from the public, and is received as it comes. One that came on paper or by phone is
    entered by staff with the moment ``received_at`` (as a rule ``at``), which is what counts: it may be entered after
    the closing, until the decision. ``scans`` of a letter stay private; the entry has neither them nor the name.
    """
    consultation = lock(Consultation, consultation_id)
    received_at = received_at if actor and received_at else at
    if actor is None:
        hold_to(consultation, at, gates.project_is_active, plan.comment_is_on_time)
    else:
        demand(actor, consultation.project, Role.MANAGER, Role.CLERK)
        _hold_entering_to(consultation, received_at, at)
    comment = Comment.objects.create(
        consultation=consultation,
        number=consultation.comments.count() + 1,
        salt=new_salt(),
        text=cleaned(text, most=MAX_COMMENT),
        stance=stance,
        topics=_chosen(topics),
        channel=channel,
        received_at=received_at,
        entered_at=None if actor is None else at,
        name=name,
        contact=contact,
    )
    CommentScan.objects.bulk_create(CommentScan(comment=comment, file=s.file, sha256=s.sha256) for s in scans)
    facts = {
        "number": comment.number,
        "channel": channel,
        "commitment": commitment("comment-v1", bytes(comment.salt), comment.text),
    }
    if received_at != at:
        facts["received_at"] = in_record(received_at)
    record("comment.received", subject=comment.path, actor=actor, at=at, facts=facts, key=comment.path)
    return comment


@transaction.atomic(durable=True)
def forget_author(comment_id: int, *, actor: User, at: datetime) -> Comment:
    """
    Delete name and contact of who commented, as that person may ask (《个人信息保护法》第四十七条).

    They were never public, so this is no act of the record. The words stay: they are a file of the decision.
    """
    comment = lock(Comment, comment_id)
    demand(actor, comment.project, Role.MANAGER, Role.CLERK)
    comment.name = comment.contact = ""
    comment.save(update_fields=["name", "contact"])
    return comment


def _hold_entering_to(consultation: Consultation, received_at: datetime, at: datetime) -> None:
    """Let staff enter what came in time, outside of this site, as long as it can be considered."""
    reasons = unmet((gates.project_is_active, plan.decision_is_still_open), consultation, at)
    reasons += unmet((plan.was_received_in_time,), consultation, received_at)
    if received_at > at:
        reasons.append(Refusal("future", _("收到时间不能晚于现在。"), _("本局办事流程")))
    if reasons:
        raise ActRefused(reasons)


def _chosen(topics: Sequence[str]) -> list[str]:
    """
    Return the topics without repetition, in the order of the list of topics.

    :raises ActRefused: if there is none, too many, or one that nobody has heard of
    """
    known = [topic.value for topic in Comment.Topic if topic in topics]
    if not set(topics) <= set(known) or not 1 <= len(known) <= MAX_TOPICS:
        message = _("请选1到%(most)d个方面。") % {"most": MAX_TOPICS}
        raise refused(Refusal("topics", message, _("填写要求")))
    return known


@transaction.atomic(durable=True)
def show_comment(comment_id: int, *, actor: User, at: datetime) -> Comment:
    """
    Let the public read a comment, after a look for personal data. One that was withheld can be shown later.

    The entry does not quote it: what is recorded can't be taken back, and a comment may have to be.
    """
    comment = lock(Comment, comment_id)
    demand(actor, comment.project, Role.MANAGER, Role.CLERK, Role.REVIEWER)
    if comment.visibility == Comment.Visibility.SHOWN:
        raise refused(Refusal("wrong-state", _("这条意见已经公开。"), _("本局办事流程")))
    _set_visibility(comment, Comment.Visibility.SHOWN, "")
    _record_visibility("comment.shown", comment, actor, at, {"number": comment.number})
    return comment


@transaction.atomic(durable=True)
def withhold_comment(comment_id: int, *, ground: str, actor: User, at: datetime) -> Comment:
    """Keep a comment's words from the public on a legal ground. Its number, ground and commitment stay public."""
    comment = lock(Comment, comment_id)
    demand(actor, comment.project, Role.MANAGER, Role.REVIEWER)
    if ground not in Comment.Ground.values:
        raise refused(
            Refusal(
                "ground", _("不公开意见须有法定理由；意见尖锐不是理由。"), _("《中华人民共和国政府信息公开条例》第五条")
            )
        )
    _set_visibility(comment, Comment.Visibility.WITHHELD, ground)
    _record_visibility("comment.withheld", comment, actor, at, {"number": comment.number, "ground": ground})
    return comment


def _set_visibility(comment: Comment, visibility: str, ground: str) -> None:
    comment.visibility = visibility
    comment.withheld_ground = ground
    comment.save(update_fields=["visibility", "withheld_ground"])


def _record_visibility(kind: str, comment: Comment, actor: User, at: datetime, facts: dict[str, Any]) -> None:
    key = f"{kind}:{comment.path}:{at.isoformat()}"
    record(kind, subject=comment.path, actor=actor, at=at, facts=facts, key=key)


@transaction.atomic(durable=True)
def answer_comment(comment_id: int, *, outcome: str, text: str, actor: User, at: datetime, change: str = "") -> Answer:
    """Say what became of a comment, and why. An answer is public at once and is given once."""
    comment = lock(Comment, comment_id)
    demand(actor, comment.project, Role.MANAGER, Role.CLERK)
    if hasattr(comment, "answer"):
        raise refused(Refusal("wrong-state", _("这条意见已经答复过。"), _("本局办事流程")))
    if outcome == Answer.Outcome.ADOPTED and not change:
        raise refused(refuse("PD-07", _("采纳的意见须写明方案因此作出的改动。"), timezone.localdate(at)))
    answer = Answer.objects.create(
        comment=comment, outcome=outcome, text=cleaned(text, most=MAX_ANSWER), change=change, answered_at=at
    )
    facts = {"number": comment.number, "outcome": outcome, "text": answer.text, "change": change}
    record("comment.answered", subject=comment.path, actor=actor, at=at, facts=facts, key=f"answer:{comment.path}")
    return answer
