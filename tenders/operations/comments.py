"""
Acts on comments: received, shown whole or masked. Withholding needs two persons: see ``withholding``.

What becomes of them is in ``answers``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from ledger.canonical import commitment, new_salt
from ledger.models import Entry
from ledger.operations import record
from statutes.refusal import ActRefused, Refusal, unmet
from tenders import gates
from tenders.gates import moderation, own_rule, plan, privacy
from tenders.locking import lock
from tenders.masking import characters_hidden
from tenders.models import MAX_TOPICS, Comment, CommentScan, Consultation, in_record, next_number
from tenders.operations.common import cleaned, hold_to, refuse_if, refused
from tenders.rights import Role, demand

MAX_COMMENT = 2000
MAX_SCANS = 6
SIGN_LENGTH = 3  # 〔…〕 in the place of one character
# As long as a second person or an authority has not answered, a comment stays as it is.
STANDSTILL = (moderation.no_withholding_is_open, moderation.no_inquiry_is_open)


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
        number=number_of_comment(consultation),
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
        reasons.append(own_rule(_("收到时间不能晚于现在。"), "future"))
    if reasons:
        raise ActRefused(reasons)


def number_of_comment(consultation: Consultation) -> int:
    """
    Return the number of the next comment. Requires the consultation's lock.

    A number that the record knows is never given again, even if somebody took its row out of the database: the new
    comment would be taken for the old one, and have no entry. Two queries, and one for each number that was lost.
    """
    number = next_number(consultation.comments)
    while Entry.objects.filter(key=f"{consultation.path}/comment/{number}").exists():
        number += 1
    return number


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
    hold_to(comment, at, moderation.is_not_shown, *STANDSTILL, privacy.comment_names_nobody)
    withheld_by = _last_entry(comment, "comment.withheld", if_it_is=Comment.Visibility.WITHHELD)
    set_visibility(comment, Comment.Visibility.SHOWN)
    record_visibility("comment.shown", comment, {"number": comment.number}, by=(actor, at), corrects=withheld_by)
    return comment


@transaction.atomic(durable=True)
def unmask_comment(comment_id: int, *, actor: User, at: datetime) -> Comment:
    """Show a masked comment whole, because nothing in it needed masking. The entry corrects that of the masking."""
    comment = lock(Comment, comment_id)
    demand(actor, comment.project, Role.MANAGER, Role.CLERK, Role.REVIEWER)
    hold_to(comment, at, moderation.is_shown_masked)
    masked_by = _last_entry(comment, "comment.masked", if_it_is=Comment.Visibility.SHOWN)
    comment.masked_text = comment.masked_ground = ""
    hold_to(comment, at, *STANDSTILL, privacy.comment_names_nobody)
    set_visibility(comment, Comment.Visibility.SHOWN)
    record_visibility("comment.shown", comment, {"number": comment.number}, by=(actor, at), corrects=masked_by)
    return comment


@transaction.atomic(durable=True)
def mask_comment(comment_id: int, *, text: str, ground: str, actor: User, at: datetime) -> Comment:
    """
    Show a comment with passages replaced by signs. ``text`` is the whole with the signs; the original stays as it was.

    Source: 《政府信息公开条例》第三十七条. The entry says on which ground and how many characters, never which.
    """
    comment = lock(Comment, comment_id)
    demand(actor, comment.project, Role.MANAGER, Role.CLERK, Role.REVIEWER)
    masked = cleaned(text, most=SIGN_LENGTH * len(comment.text))
    refuse_if(
        moderation.ground_is_lawful(ground),
        moderation.only_replaces_passages(comment, masked),
        moderation.leaves_most_to_read(comment, masked),
        moderation.masks_something_new(comment, masked),
    )
    comment.masked_text, comment.masked_ground = masked, ground
    hold_to(comment, at, *STANDSTILL, privacy.comment_names_nobody)
    withheld_by = _last_entry(comment, "comment.withheld", if_it_is=Comment.Visibility.WITHHELD)
    set_visibility(comment, Comment.Visibility.SHOWN)
    facts = {"number": comment.number, "ground": ground, "characters": characters_hidden(masked, comment.text)}
    record_visibility("comment.masked", comment, facts, by=(actor, at), corrects=withheld_by)
    return comment


def _last_entry(comment: Comment, kind: str, *, if_it_is: str) -> int | None:
    """Return the entry that put a comment in the state it is in: what comes now corrects it."""
    if comment.visibility != if_it_is:
        return None
    entries = Entry.objects.filter(subject=comment.path, kind=kind).order_by("-seq")
    return entries.values_list("seq", flat=True).first()


def set_visibility(comment: Comment, visibility: str, ground: str = "") -> None:
    comment.visibility, comment.withheld_ground = visibility, ground
    comment.save(update_fields=["visibility", "withheld_ground", "masked_text", "masked_ground"])


def record_visibility(
    kind: str, comment: Comment, facts: dict[str, Any], *, by: tuple[User, datetime], corrects: int | None = None
) -> None:
    actor, at = by
    key = f"{kind}:{comment.path}:{at.isoformat()}"
    record(kind, subject=comment.path, actor=actor, at=at, facts=facts, key=key, corrects=corrects)
