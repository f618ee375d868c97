"""
Acts on plans, comments and tenders. Nothing else writes their public state.

An act locks, asks, changes, and writes exactly one entry into the record.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from ledger.canonical import commitment, new_salt
from ledger.models import Entry
from ledger.operations import FollowUp, record
from statutes.refusal import ActRefused, Gate, Refusal, unmet
from tenders import gates
from tenders.gates import placement, plan, tender
from tenders.gates.placement import Photo
from tenders.law import refuse
from tenders.locking import lock
from tenders.models import (
    Answer,
    Approval,
    Bid,
    Clarification,
    Comment,
    Consultation,
    Package,
    Placement,
    Project,
    Review,
)
from tenders.rights import Role, demand
from tenders.text import clean_text

MAX_COMMENT = 2000
MAX_ANSWER = 4000


def hold_to(subject: Any, at: datetime, *demands: Gate) -> None:
    """
    Ask every gate.

    :raises ActRefused: with all refusals, if there are any
    """
    if reasons := unmet(demands, subject, at):
        raise ActRefused(reasons)


def refused(refusal: Refusal) -> ActRefused:
    return ActRefused([refusal])


def cleaned(text: str, *, most: int) -> str:
    """
    Return the text as it may be kept.

    :raises ActRefused: with the reason in the writer's words
    """
    try:
        return clean_text(text, most=most)
    except ValueError as error:
        raise refused(Refusal("text", str(error), _("填写要求"))) from error


# -- plan and comments -------------------------------------------------------------------------------------------------


@transaction.atomic(durable=True)
def review(document: Any, *, released: bool, actor: User, at: datetime, remark: str = "") -> Review:
    """
    Record the review for secrets and personal data of a document (anything with ``notice``, ``path`` and ``facts()``).

    Source: 《政府信息公开条例》第十七条.
    """
    document = lock(type(document), document.pk)
    demand(actor, document.project, Role.REVIEWER)
    if not released and not remark:
        raise refused(refuse("D03", _("不予公开的，须写明理由。"), timezone.localdate(at)))
    salt = new_salt()
    done = Review.objects.create(
        project=document.project,
        subject=document.path,
        notice=document.notice,
        salt=salt,
        digest=gates.digest(salt, document.facts()),
        released=released,
        remark=remark,
        reviewer=actor,
        reviewed_at=at,
    )
    facts = {"notice": document.notice, "released": released, "digest": done.digest}
    key = f"review:{document.path}:{done.pk}"
    record("review.recorded", subject=document.path, actor=actor, at=at, facts=facts, key=key)
    return done


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


@transaction.atomic(durable=True)
def publish_approval(
    project_id: int, *, title: str, number: str, organ: str, approved_on: date, actor: User, at: datetime
) -> Approval:
    """Publish what another organ has approved (D09)."""
    project = lock(Project, project_id)
    demand(actor, project, Role.MANAGER, Role.CLERK)
    if project.stage in {Project.Stage.PREPARATION, Project.Stage.CONSULTATION}:
        raise refused(refuse("PD-12", _("决策公布之后才能公布审批结果。"), timezone.localdate(at)))
    if project.approvals.filter(number=number).exists():
        raise refused(Refusal("duplicate", _("批准文号%(number)s已经公布过。") % {"number": number}, _("本局办事流程")))
    approval = Approval.objects.create(
        project=project, title=title, number=number, organ=organ, approved_on=approved_on
    )
    facts = {
        "title": title,
        "number": number,
        "organ": organ,
        "approved_on": approved_on.isoformat(),
        "code": project.code,
    }
    key = f"approval:{project.path}:{approval.pk}"
    record("approval.published", subject=project.path, actor=actor, at=at, facts=facts, key=key)
    return approval


# -- tender ------------------------------------------------------------------------------------------------------------


@transaction.atomic(durable=True)
def publish_clarification(
    package_id: int, *, text: str, affects_bids: bool, new_due_at: datetime, actor: User, at: datetime
) -> Clarification:
    """Clarify or change the tender documents for all at once; what may affect bids leaves 15 days."""
    package = lock(Package, package_id)
    demand(actor, package.project, Role.MANAGER)
    reasons = unmet((gates.project_is_active, tender.tender_is_running), package, at)
    timing = [tender.deadline_is_not_brought_forward, *([tender.clarification_leaves_time] if affects_bids else [])]
    reasons += [refusal for gate in timing if (refusal := gate(package, at, new_due_at))]
    if reasons or package.bids_due_at is None:
        raise ActRefused(reasons)
    clarification = Clarification.objects.create(
        package=package,
        number=package.clarifications.count() + 1,
        text=cleaned(text, most=MAX_ANSWER),
        affects_bids=affects_bids,
        old_due_at=package.bids_due_at,
        new_due_at=new_due_at,
        published_at=at,
    )
    package.bids_due_at = new_due_at
    package.save(update_fields=["bids_due_at"])
    facts = {
        "number": clarification.number,
        "text": clarification.text,
        "affects_bids": affects_bids,
        "old_due_at": timezone.localtime(clarification.old_due_at).isoformat(),
        "new_due_at": timezone.localtime(new_due_at).isoformat(),
    }
    record(
        "clarification.published", subject=clarification.path, actor=actor, at=at, facts=facts, key=clarification.path
    )
    return clarification


@transaction.atomic(durable=True)
def register_bid(
    package_id: int,
    *,
    bidder: str,
    credit_code: str,
    envelopes: int,
    sealed: bool,
    delivered_by: str,
    actor: User,
    at: datetime,
) -> Bid:
    """
    Enter an envelope into the register: accepted, or refused because it came late or unsealed.

    Writes no entry: until the opening it is secret how many bids there are (《招标投标法》第二十二条). The opening
    reveals the whole register.
    """
    package = lock(Package, package_id)
    demand(actor, package.project, Role.MANAGER, Role.CLERK)
    hold_to(package, at, gates.project_is_active)
    if package.state not in {Package.State.ANNOUNCED, Package.State.OPENING} or package.bids_due_at is None:
        raise refused(refuse("EV-02", _("本标段现在不接收投标文件。"), timezone.localdate(at)))
    if package.bids.accepted().filter(credit_code=credit_code).exists():
        raise refused(Refusal("duplicate", _("该投标人的投标文件已经签收。"), _("本局办事流程")))
    reason = ""
    if at > package.bids_due_at:
        reason = _("投标截止时间后送达")
    elif not sealed:
        reason = _("未按要求密封")
    return Bid.objects.create(
        package=package,
        number=package.bids.count() + 1,
        bidder=cleaned(bidder, most=120),
        credit_code=credit_code,
        arrived_at=at,
        envelopes=envelopes,
        sealed=sealed,
        delivered_by=delivered_by,
        received_by=actor,
        status=Bid.Status.REFUSED if reason else Bid.Status.ACCEPTED,
        refusal_reason=reason,
    )


@transaction.atomic(durable=True)
def read_bid(
    bid_id: int,
    *,
    price_fen: int,
    duration_days: int,
    quality: str,
    project_manager: str,
    manager_certificate: str,
    bond_fen: int,
    actor: User,
    at: datetime,
    remark: str = "",
) -> Bid:
    """
    Read a bid aloud and write it down (D18).

    A second reading of the same bid is a correction: it says why in ``remark``, and points at the first.
    """
    bid = lock(Bid, bid_id)
    demand(actor, bid.project, Role.MANAGER, Role.CLERK)
    if bid.package.state != Package.State.OPENING or bid.status != Bid.Status.ACCEPTED:
        raise refused(refuse("EV-06", _("只有开标会上、已签收的投标文件可以唱标。"), timezone.localdate(at)))
    if bid.read_at and not remark:
        raise refused(refuse("EV-07", _("这份投标已经唱标；更正须在备注中写明理由。"), timezone.localdate(at)))
    read = {
        "price_fen": price_fen,
        "duration_days": duration_days,
        "quality": quality,
        "project_manager": project_manager,
        "manager_certificate": manager_certificate,
        "bond_fen": bond_fen,
        "remark": remark,
    }
    corrected = _reading_of(bid)
    for name, value in read.items():
        setattr(bid, name, value)
    bid.read_at = at
    bid.save(update_fields=[*read, "read_at"])
    facts = {"number": bid.number, "bidder": bid.bidder, **read}
    key = f"read:{bid.path}:{at.isoformat()}"
    record("bid.read", subject=bid.path, actor=actor, at=at, facts=facts, key=key, corrects=corrected)
    return bid


def _reading_of(bid: Bid) -> int | None:
    """Return the entry of the last reading of a bid, if it has been read."""
    return Entry.objects.filter(subject=bid.path, kind="bid.read").values_list("seq", flat=True).order_by("seq").last()


# -- on walls, in newspapers, on platforms -----------------------------------------------------------------------------


@transaction.atomic(durable=True)
def record_placement(draft: Placement, photos: Sequence[Photo] = (), *, actor: User, at: datetime) -> Placement:
    """Say, with evidence, that an announced act was put up or printed somewhere. ``draft`` is not saved yet."""
    draft.project = lock(Project, draft.project_id)
    demand(actor, draft.project, Role.MANAGER, Role.CLERK)
    draft.place, draft.recorded_at = cleaned(draft.place, most=120), at
    if reasons := placement.against_recording(draft, photos, at):
        raise ActRefused(reasons)
    draft.number = draft.project.placements.count() + 1
    draft.save(force_insert=True)
    for photo in photos:
        draft.photos.create(image=photo.file, sha256=photo.sha256)
    then = [FollowUp("placement", {"pk": draft.pk})]
    record("placement.recorded", subject=draft.path, actor=actor, at=at, facts=draft.facts(), key=draft.path, then=then)
    return draft


@transaction.atomic(durable=True)
def end_placement(placement_id: int, *, ended_at: datetime, reason: str, actor: User, at: datetime) -> Placement:
    """Say that something was taken down or ran out, and why. That it was there stays on record."""
    hung = lock(Placement, placement_id)
    demand(actor, hung.project, Role.MANAGER, Role.CLERK)
    if reasons := placement.against_ending(hung, ended_at, at):
        raise ActRefused(reasons)
    hung.ended_at, hung.end_reason = ended_at, cleaned(reason, most=200)
    hung.save(update_fields=["ended_at", "end_reason"])
    ended = timezone.localtime(ended_at).isoformat()
    facts = {"number": hung.number, "place": hung.place, "ended_at": ended, "reason": hung.end_reason}
    then = [FollowUp("placement", {"pk": hung.pk})]
    record("placement.ended", subject=hung.path, actor=actor, at=at, facts=facts, key=f"ended:{hung.path}", then=then)
    return hung
