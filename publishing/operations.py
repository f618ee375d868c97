"""
The acts of publication itself: a notice is published under its digest, and an alarm says where one is not.

What is public is never edited or removed in silence: it is corrected, withdrawn or taken down by an act of its own.
"""

from collections import Counter
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from contracts.models import Document
from ledger.models import Entry
from ledger.operations import FollowUp, record
from publishing import amending, gates
from publishing.documents.registry import REGISTRY
from publishing.models import Amendment, Notice, TakeDown
from tenders.gates.privacy import data_in, words_name_nobody
from tenders.law import day
from tenders.locking import lock
from tenders.models import Placement, Project
from tenders.operations.common import cleaned, decide, refuse_if
from tenders.rights import Role, demand

MAX_TEXT = 20_000
MAX_REASON = 500


@transaction.atomic(durable=True)
def publish_notice(entry: Entry, project: Project, *, title: str, body: str, at: datetime) -> Notice:
    """
    Fix the text of an act's notice, and put its digest on record, so that any copy of it can be checked.

    Called again it returns the notice that is there already, whatever the text would be by now.
    """
    lock(Project, project.pk)
    if known := Notice.objects.filter(entry=entry).first():
        return known
    content = body.encode()
    digest = sha256(content).hexdigest()
    published = record(
        "notice.published",
        subject=entry.subject,
        actor=None,
        at=at,
        facts={"title": title, "sha256": digest, "size": len(content), "of": entry.seq},
        key=f"notice:{entry.seq}",
    )
    return Notice.objects.create(
        entry=entry, published_by=published, project=project, title=title, body=body, sha256=digest
    )


@transaction.atomic(durable=True)
def renew_paper(document_id: int, *, reason: str, actor: User, at: datetime) -> Entry:
    """
    Have a paper made anew whose data have changed since. The old one stays readable, and the entry points at its act.

    :raises ActRefused: if it says what the data say, or has been made anew already
    """
    paper = lock(Document, document_id)
    demand(actor, paper.project, Role.MANAGER, Role.CLERK)
    refuse_if(
        gates.paper_is_stale(paper),
        gates.reason_is_given(reason),
        words_name_nobody(paper.project, {_("理由"): reason}),
    )
    made = {"template": paper.template, "model": REGISTRY[paper.template].model, "pk": paper.made_of}
    return record(
        "document.renewed",
        subject=paper.subject,
        actor=actor,
        at=at,
        facts={"title": paper.title, "sha256": paper.sha256, "reason": cleaned(reason, most=MAX_REASON)},
        key=f"renewed:{paper.pk}",
        corrects=paper.caused_by_id,
        then=[FollowUp("document", made)],
    )


# -- alarms ------------------------------------------------------------------------------------------------------------


def key_of_lateness(notice: Notice, channel: str) -> str:
    return f"late:{notice.pk}:{channel}"


def key_of_difference(notice: Notice, channel: str, carried: str) -> str:
    """Name what was found on a channel by its digest: another false text later is another alarm."""
    return f"differs:{notice.pk}:{channel}:{carried}"


@transaction.atomic(durable=True)
def record_lateness(
    notice: Notice, channel: str, *, where: str, due_at: datetime, sent_at: datetime | None, at: datetime
) -> Entry:
    """Put on record that a notice was not out in time on a channel. ``sent_at`` is None if it is not out yet."""
    facts = _about(notice, channel, where) | {
        "due_at": timezone.localtime(due_at).isoformat(),
        "sent_at": timezone.localtime(sent_at).isoformat() if sent_at else None,
    }
    key = key_of_lateness(notice, channel)
    return record("publication.late", subject=notice.entry.subject, actor=None, at=at, facts=facts, key=key)


@transaction.atomic(durable=True)
def record_difference(notice: Notice, channel: str, *, where: str, carried: str, at: datetime) -> Entry:
    """Put on record that a channel carried another text than the notice's. ``carried`` is empty if it had none."""
    facts = _about(notice, channel, where) | {"sha256": notice.sha256, "carried": carried}
    key = key_of_difference(notice, channel, carried)
    return record("publication.differs", subject=notice.entry.subject, actor=None, at=at, facts=facts, key=key)


def alarm_once(notice: Notice, placement: Placement, *, at: datetime) -> None:
    """Put on record, unless it is, that another medium prints another text than the notice's."""
    channel, carried = placement.kind, placement.carried_sha256
    if not Entry.objects.filter(key=key_of_difference(notice, channel, carried)).exists():
        record_difference(notice, channel, where=str(placement), carried=carried, at=at)


def _about(notice: Notice, channel: str, where: str) -> dict[str, Any]:
    return {"of": notice.pk, "title": notice.title, "channel": channel, "where": where}


@transaction.atomic(durable=True)
def correct_notice(
    notice_id: int, *, text: str, reason: str, effective_on: date, actor: User, at: datetime, ground: str = ""
) -> Amendment:
    """
    Correct a notice by a new one, with a full new text made by editing the old one.

    The old text stays readable. Both digests stand in the entry, which points at the act that the old notice told of.
    ``effective_on`` may be past, as far back as the old notice: the new notice and the entry then say so.
    ``ground`` says why a telephone number or an address that is added may be public; the entry says it, too.
    """
    notice = lock(Notice, notice_id)
    demand(actor, notice.project, Role.MANAGER)
    old, new = amending.editable_text(notice), cleaned(text, most=MAX_TEXT)
    words = {_("正文"): new, _("理由"): reason}
    refuse_if(
        gates.notice_is_the_newest(notice, at),
        gates.is_no_withdrawal(notice, at),
        gates.text_is_changed(old, new),
        gates.reason_is_given(reason),
        gates.takes_effect_in_time(notice, effective_on, at),
        words_name_nobody(notice.project, words, public=old, ground=ground),
    )
    reason = cleaned(reason, most=MAX_REASON)
    body = amending.correction(notice, text=new, reason=reason, effective_on=effective_on, at=at)
    effect: dict[str, Any] = {"effective_on": effective_on.isoformat(), "reaches_back": effective_on < day(at)}
    if added := data_in(notice.project, words, public=old):
        effect["personal_data"] = {"found": dict(Counter(found.kind for _what, found in added)), "may_stay": ground}
    return _amend(
        notice,
        Amendment.Kind.CORRECTED,
        body,
        effect,
        reason=reason,
        effective_on=effective_on,
        text=new,
        by=(actor, at),
    )


@transaction.atomic(durable=True)
def withdraw_notice(notice_id: int, *, reason: str, actor: User, at: datetime) -> Amendment:
    """Take a notice back, with a reason. Its text stays readable, marked as withdrawn."""
    notice = lock(Notice, notice_id)
    demand(actor, notice.project, Role.MANAGER)
    refuse_if(
        gates.notice_is_the_newest(notice, at),
        gates.is_no_withdrawal(notice, at),
        gates.its_period_is_over(notice, at),
        gates.reason_is_given(reason),
        words_name_nobody(notice.project, {_("理由"): reason}),
    )
    reason = cleaned(reason, most=MAX_REASON)
    body = amending.withdrawal(notice, reason=reason, at=at)
    return _amend(notice, Amendment.Kind.WITHDRAWN, body, {}, reason=reason, by=(actor, at))


def _amend(
    notice: Notice, kind: Amendment.Kind, body: str, effect: dict[str, Any], *, by: tuple[User, datetime], **kept: Any
) -> Amendment:
    """Record what becomes of a notice, and keep the words of the notice that will tell of it."""
    actor, at = by
    new = sha256(body.encode()).hexdigest()
    facts = {"of": notice.pk, "reason": kept["reason"], "old_sha256": notice.sha256, "new_sha256": new, **effect}
    entry = record(
        f"notice.{kind.value}",
        subject=notice.path,
        actor=actor,
        at=at,
        facts=facts,
        key=f"amended:{notice.pk}",
        corrects=notice.entry_id,
        then=[FollowUp("amend", {"notice": notice.pk})],
    )
    mark = amending.CORRECTED if kind == Amendment.Kind.CORRECTED else amending.WITHDRAWN
    title = amending.title_of(mark, notice)
    return Amendment.objects.create(entry=entry, notice=notice, kind=kind, title=title, body=body, **kept)


@transaction.atomic(durable=True)
def propose_take_down(draft: TakeDown, *, actor: User, at: datetime) -> TakeDown:
    """
    Ask a second person to let something leave the public on a legal ground. ``draft`` is not saved yet.

    Nothing is recorded: a public entry would point at what may have to be hidden.
    """
    draft.project = lock(Project, draft.project_id)
    demand(actor, draft.project, Role.MANAGER, Role.CLERK, Role.REVIEWER)
    draft.explanation = cleaned(draft.explanation, most=200)
    named = words_name_nobody(draft.project, {_("说明"): draft.explanation})
    refuse_if(gates.ground_is_lawful(draft), gates.is_not_proposed_yet(draft), named)
    draft.proposed_by, draft.proposed_at = actor, at
    draft.save(force_insert=True)
    return draft


@transaction.atomic(durable=True)
def confirm_take_down(take_down_id: int, *, actor: User, at: datetime) -> TakeDown:
    """
    Let something leave the public, as a second person. The record keeps its digest, ground, day and the two offices.

    Source: 《政府信息公开条例》第十四条、第十五条; the rest of what was published stays (第三十七条).
    """
    take_down = decide(TakeDown, take_down_id, TakeDown.State.DONE, gates.waits_for_a_second_person, by=(actor, at))
    _blank_notice(take_down, at)
    facts = {
        "what": take_down.what,
        "sha256": take_down.sha256,
        "of": take_down.published_by_id,
        "ground": take_down.ground,
        "explanation": take_down.explanation,
        "proposed_by": str(take_down.proposed_by.role),
        "confirmed_by": str(actor.role),
    }
    record(
        "content.taken-down",
        subject=take_down.path,
        actor=actor,
        at=at,
        facts=facts,
        key=take_down.path,
        then=[FollowUp("take-down", {"pk": take_down.pk}, priority=1)],
    )
    return take_down


@transaction.atomic(durable=True)
def drop_take_down(take_down_id: int, *, actor: User, at: datetime) -> TakeDown:
    """Decide as a second person that something stays public. Nothing has changed, so nothing is recorded."""
    return decide(TakeDown, take_down_id, TakeDown.State.DROPPED, gates.waits_for_a_second_person, by=(actor, at))


def _blank_notice(take_down: TakeDown, at: datetime) -> None:
    """Move the words of a notice from where all channels read them into the archive of its take-down."""
    notice = Notice.objects.filter(published_by=take_down.published_by_id).first()
    if take_down.what != TakeDown.What.NOTICE or notice is None:
        return
    take_down.kept_title, take_down.kept_body = notice.title, notice.body
    take_down.save(update_fields=["kept_title", "kept_body"])
    notice.title, notice.body, notice.taken_down_at = amending.title_without_words(notice), "", at
    notice.save(update_fields=["title", "body", "taken_down_at"])
