"""Questions about the tender documents, and what is clarified or changed for all at once (D15)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from ledger.canonical import new_salt
from ledger.operations import FollowUp, record
from statutes.refusal import unmet
from tenders import gates
from tenders.gates import enquiry, own_rule
from tenders.locking import lock
from tenders.models import Clarification, Package, Question, next_number
from tenders.operations.common import (
    MAX_ANSWER,
    cleaned,
    hold_to,
    move_deadline,
    number_up_to,
    public_or_blank,
    publishable,
    refuse_if,
    refused,
)
from tenders.rights import Role, demand

MAX_QUESTION = 2000
MOST_QUESTIONS = 1000  # of one tender: what the public can fill, is bounded
HANDS = (Role.MANAGER, Role.CLERK)


@dataclass(frozen=True)
class Detail:
    """What a clarification says beside its text: on which item, what was asked, and old and new words."""

    kind: str = Clarification.Kind.CLARIFICATION
    item: str = ""
    question: str = ""
    old_text: str = ""
    new_text: str = ""


PLAIN = Detail()


@transaction.atomic(durable=True)
def ask_question(
    package_id: int,
    *,
    text: str,
    asker: str = "",
    contact: str = "",
    channel: str = Question.Channel.WEB,
    at: datetime,
    actor: User | None = None,
) -> Question:
    """
    Take a question about the tender documents into the record, as a salted commitment to its words.

    Without ``actor`` it comes from the public. Anybody may ask, and need not say who it is.
    """
    package = lock(Package, package_id)
    if actor is not None:
        demand(actor, package.project, *HANDS)
    hold_to(package, at, gates.project_is_active, enquiry.questions_are_taken)
    too_many = _("提问太多，请打电话联系招标人。")
    number = number_up_to(package.questions, most=MOST_QUESTIONS, too_many=too_many)
    question = Question.objects.create(
        package=package,
        number=number,
        salt=new_salt(),
        asker=asker and cleaned(asker, most=120),
        contact=contact and cleaned(contact, most=120),
        text=cleaned(text, most=MAX_QUESTION),
        channel=channel,
        received_at=at,
    )
    facts = {"number": number, "channel": channel, "commitment": question.commitment()}
    record("question.received", subject=question.path, actor=actor, at=at, facts=facts, key=question.path)
    return question


@transaction.atomic(durable=True)
def set_question_aside(question_id: int, *, reason: str, actor: User, at: datetime) -> Question:
    """Leave a question without an answer, for a published reason."""
    question = lock(Question, question_id)
    demand(actor, question.project, *HANDS)
    hold_to(question, at, enquiry.question_is_waiting)
    if reason not in Question.SetAside.values:
        raise refused(own_rule(_("请选择不答复的理由。"), "reason"))
    question.set_aside = reason
    question.save(update_fields=["set_aside"])
    facts = {"number": question.number, "set_aside": reason}
    key = f"set-aside:{question.path}"
    record("question.set-aside", subject=question.path, actor=actor, at=at, facts=facts, key=key)
    return question


@transaction.atomic(durable=True)
def publish_clarification(
    package_id: int,
    *,
    text: str,
    affects_bids: bool,
    new_due_at: datetime | None = None,
    detail: Detail = PLAIN,
    answers: Collection[int] = (),
    actor: User,
    at: datetime,
) -> Clarification:
    """
    Clarify or change the documents for all at once; what may affect bids leaves 15 days (TBR 21).

    While the package prequalifies that is about its prequalification documents, and leaves 3 days.

    Without ``new_due_at`` the deadline stays, or moves as far as the law forces it to. ``answers`` are the numbers of
    the questions that this answers: to everybody, without saying who asked.
    """
    package = lock(Package, package_id)
    demand(actor, package.project, Role.MANAGER)
    hold_to(package, at, gates.project_is_active, enquiry.tender_is_running)
    old_due_at = package.closes_at
    moved_to = new_due_at or enquiry.lawful_deadline(package, at, affects_bids=affects_bids)
    if old_due_at is None or moved_to is None:
        raise refused(own_rule(_("截止时间还没有定。")))
    questions = _questions(package, answers, at)
    clarification = Clarification(
        package=package,
        number=next_number(package.clarifications),
        affects_bids=affects_bids,
        old_due_at=old_due_at,
        new_due_at=moved_to,
        published_at=at,
        **_words(package, text, detail),
    )
    refuse_if(
        enquiry.deadline_is_not_brought_forward(package, at, moved_to),
        enquiry.clarification_leaves_time(package, at, moved_to) if affects_bids else None,
        enquiry.change_says_what_is_changed(clarification, at),
        enquiry.clarification_sets_no_lowest_price(clarification, at),
        enquiry.clarification_calls_for_nobody(clarification, at),
        enquiry.nobody_is_named_who_asked(questions, _texts(clarification), at),
    )
    clarification.save()
    move_deadline(package, moved_to)
    Question.objects.filter(pk__in=[question.pk for question in questions]).update(answered_by=clarification)
    facts = clarification.facts() | {"answers": sorted(question.number for question in questions)}
    record(
        "clarification.published",
        subject=clarification.path,
        actor=actor,
        at=at,
        facts=facts,
        key=clarification.path,
        then=[_paper(clarification)],
    )
    return clarification


def _questions(package: Package, numbers: Collection[int], at: datetime) -> list[Question]:
    questions = list(package.questions.filter(number__in=numbers))
    if len(questions) != len(set(numbers)):
        raise refused(own_rule(_("有的提问不属于本标段。"), "question"))
    refuse_if(*(refusal for q in questions for refusal in unmet((enquiry.question_is_waiting,), q, at)))
    return questions


def _words(package: Package, text: str, detail: Detail) -> dict[str, str]:
    """Return all that goes public, as it may be kept."""
    written = {
        "item": (detail.item, _("章节条款"), 120),
        "question": (detail.question, _("问题"), MAX_ANSWER),
        "old_text": (detail.old_text, _("原文"), MAX_ANSWER),
        "new_text": (detail.new_text, _("修改后"), MAX_ANSWER),
    }
    kept = {
        name: public_or_blank(words, what, package.project, most=most) for name, (words, what, most) in written.items()
    }
    return kept | {
        "kind": detail.kind,
        "text": publishable(text, _("澄清或者修改内容"), package.project, most=MAX_ANSWER),
    }


def _paper(clarification: Clarification) -> FollowUp:
    made_of = {"model": "tenders.clarification", "pk": clarification.pk}
    return FollowUp("document", {"template": "clarification", **made_of})


def _texts(clarification: Clarification) -> tuple[str, ...]:
    names = ("item", "question", "old_text", "new_text", "text")
    return tuple(getattr(clarification, name) for name in names)
