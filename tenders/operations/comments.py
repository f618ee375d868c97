"""Acts on comments: received, shown or withheld. What becomes of them is in :mod:`tenders.operations.answers`."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from ledger.canonical import commitment, new_salt
from ledger.operations import record
from statutes.refusal import Refusal
from tenders import gates
from tenders.gates import plan
from tenders.locking import lock
from tenders.models import Comment, Consultation
from tenders.operations.common import cleaned, hold_to, refused
from tenders.rights import Role, demand

MAX_COMMENT = 2000


@transaction.atomic(durable=True)
def receive_comment(
    consultation_id: int,
    *,
    text: str,
    at: datetime,
    stance: str = "",
    topic: str = Comment.Topic.OTHER,
    channel: str = Comment.Channel.WEB,
    name: str = "",
    contact: str = "",
    actor: User | None = None,
) -> Comment:
    """
    Take a comment into the record, as a salted commitment to its text.

    Without ``actor`` it comes from the public. One that came on paper or by phone is entered by staff, with the moment
    ``at`` at which it was received.
    """
    consultation = lock(Consultation, consultation_id)
    if actor is not None:
        demand(actor, consultation.project, Role.MANAGER, Role.CLERK)
    hold_to(consultation, at, gates.project_is_active, plan.comment_is_on_time)
    comment = Comment.objects.create(
        consultation=consultation,
        number=consultation.comments.count() + 1,
        salt=new_salt(),
        text=cleaned(text, most=MAX_COMMENT),
        stance=stance,
        topic=topic,
        channel=channel,
        received_at=at,
        name=name,
        contact=contact,
    )
    facts = {
        "number": comment.number,
        "channel": channel,
        "commitment": commitment("comment-v1", bytes(comment.salt), comment.text),
    }
    record("comment.received", subject=comment.path, actor=actor, at=at, facts=facts, key=comment.path)
    return comment


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
