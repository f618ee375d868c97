"""
Keeping a comment's words from the public: proposed by one person, decided by another, and the question to an authority.

A proposal is no act, as that of a take-down: a public entry would point at what may have to be hidden.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from tenders.gates import moderation, own_rule
from tenders.locking import lock
from tenders.models import Comment, Inquiry, Withholding
from tenders.operations.comments import SIGN_LENGTH, STANDSTILL, record_visibility, set_visibility
from tenders.operations.common import cleaned, decide, hold_to, refuse_if, refused
from tenders.rights import Role, demand

MAX_REASON = 500
MAX_REPLY = 1000


@transaction.atomic(durable=True)
def propose_withholding(draft: Withholding, *, actor: User, at: datetime) -> Withholding:
    """
    Ask a second person to keep a comment's words from the public. ``draft`` is not saved yet.

    It says on which ground and why masking cannot do. Source: 《政府信息公开条例》第三十七条.
    """
    draft.comment = lock(Comment, draft.comment_id)
    demand(actor, draft.comment.project, Role.MANAGER, Role.CLERK, Role.REVIEWER)
    draft.insufficient = cleaned(draft.insufficient, most=MAX_REASON)
    if draft.attempt:
        draft.attempt = cleaned(draft.attempt, most=SIGN_LENGTH * len(draft.comment.text))
    refuse_if(
        moderation.ground_is_lawful(draft.ground),
        moderation.is_not_withheld(draft.comment, at),
        *moderation.masking_cannot_do(draft, at),
    )
    hold_to(draft.comment, at, *STANDSTILL)
    draft.proposed_by, draft.proposed_at = actor, at
    draft.save(force_insert=True)
    return draft


@transaction.atomic(durable=True)
def confirm_withholding(withholding_id: int, *, actor: User, at: datetime) -> Withholding:
    """Keep a comment's words from the public, as a second person. Number, ground, commitment and both offices stay."""
    done = decide(
        Withholding, withholding_id, Withholding.State.DONE, moderation.waits_for_a_second_person, by=(actor, at)
    )
    set_visibility(done.comment, Comment.Visibility.WITHHELD, done.ground)
    facts = {
        "number": done.comment.number,
        "ground": done.ground,
        "proposed_by": str(done.proposed_by.role),
        "confirmed_by": str(actor.role),
    }
    record_visibility("comment.withheld", done.comment, facts, by=(actor, at))
    return done


@transaction.atomic(durable=True)
def drop_withholding(withholding_id: int, *, actor: User, at: datetime) -> Withholding:
    """Decide as a second person that a comment is not withheld. Nothing has changed, so nothing is recorded."""
    waits = moderation.waits_for_a_second_person
    return decide(Withholding, withholding_id, Withholding.State.DROPPED, waits, by=(actor, at))


@transaction.atomic(durable=True)
def ask_authority(draft: Inquiry, *, actor: User, at: datetime) -> Inquiry:
    """
    Hold a comment that nobody has shown yet, because an authority is asked. ``draft`` is not saved yet.

    Source: 《政府信息公开条例》第十七条第三款. In public the comment waits, and its clock goes on.
    """
    draft.comment = lock(Comment, draft.comment_id)
    demand(actor, draft.comment.project, Role.MANAGER, Role.CLERK, Role.REVIEWER)
    draft.authority = cleaned(draft.authority, most=100)
    draft.question = cleaned(draft.question, most=MAX_REASON)
    hold_to(draft.comment, at, moderation.is_pending, *STANDSTILL)
    draft.asked_by, draft.asked_at = actor, at
    draft.save(force_insert=True)
    return draft


@transaction.atomic(durable=True)
def note_reply(inquiry_id: int, *, reply: str, actor: User, at: datetime) -> Inquiry:
    """Write down what the authority has answered: the comment can be handled again."""
    inquiry = lock(Inquiry, inquiry_id)
    demand(actor, inquiry.project, Role.MANAGER, Role.CLERK, Role.REVIEWER)
    if inquiry.replied_at is not None:
        raise refused(own_rule(_("这次请示的答复已经登记过。")))
    inquiry.reply, inquiry.replied_at = cleaned(reply, most=MAX_REPLY), at
    inquiry.save(update_fields=["reply", "replied_at"])
    return inquiry
