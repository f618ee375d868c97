"""When questions are taken, and what a clarification or change of the tender documents must leave to bidders."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from statutes.refusal import Refusal, rests_on
from tenders.gates import blank_labels, incomplete, own_rule
from tenders.gates.notice import words_set_no_lowest_price
from tenders.gates.opening import words_call_for_nobody
from tenders.law import calendar, day, law, refuse, shown
from tenders.models import Clarification, Package, Question, Track
from tenders.periods import BIDDING, CHANGE, CHANGE_BEFORE_APPLICATIONS

SHORTEST_NAME = 2  # characters; a shorter one stands in any text


def rule_before_deadline(package: Package) -> str:
    """Return the rule that says how long before the deadline a change must be out, on this package's track."""
    rules = CHANGE_BEFORE_APPLICATIONS if package.prequalifies else CHANGE
    return rules[Track(package.track)]


@rests_on("EV-02")
def tender_is_running(package: Package, at: datetime) -> Refusal | None:
    """Its deadline, for bids or for applications, is still ahead."""
    if package.is_receiving and package.closes_at and at <= package.closes_at:
        return None
    return refuse("EV-02", _("本标段现在不在投标期内，也不在资格预审申请期内。"), day(at))


def questions_are_taken(package: Package, at: datetime) -> Refusal | None:
    """Until the deadline; also while the tender stands still, and has none."""
    due = package.closes_at
    if package.is_receiving and (due is None or at <= due):
        return None
    return own_rule(_("招标公告（资格预审公告）发布以后、投标（申请）截止以前，才能提问。"))


def question_is_waiting(question: Question, at: datetime) -> Refusal | None:
    if question.is_waiting:
        return None
    return own_rule(_("第%(n)d号提问已经办结。") % {"n": question.number})


# -- time for bidders


def earliest_due_day(package: Package, on: date) -> date:
    """Return the first working day to which the deadline may fall, if what is published ``on`` may affect bids."""
    return calendar().period_end(on, int(law(rule_before_deadline(package), on).amount or 0))


def lawful_deadline(package: Package, at: datetime, *, affects_bids: bool) -> datetime | None:
    """Return the deadline as it is, or moved as far as the law demands, to the same hour of the day."""
    due = package.closes_at
    if due is None or not affects_bids or leaves_time(package, at, due):
        return due
    hour = timezone.localtime(due).time()
    return timezone.make_aware(datetime.combine(earliest_due_day(package, day(at)), hour))


def leaves_time(package: Package, at: datetime, due: datetime) -> bool:
    """Whether the legal days lie between the day of the change and that of the deadline."""
    return (day(due) - day(at)).days >= int(law(rule_before_deadline(package), day(at)).amount or 0)


@rests_on("TB-06", "TB-06.2", "GP-05", "GP-05.2")
def clarification_leaves_time(package: Package, at: datetime, new_due_at: datetime) -> Refusal | None:
    """A change that may affect bids leaves the legal days until the deadline, or moves the deadline."""
    if leaves_time(package, at, new_due_at):
        return None
    rule_id = rule_before_deadline(package)
    figures = {
        "n": law(rule_id, day(at)).amount,
        "left": (day(new_due_at) - day(at)).days,
        "earliest": shown(earliest_due_day(package, day(at))),
    }
    message = _(
        "可能影响投标（申请）文件编制的修改，须在截止%(n)s日前发出；现只剩%(left)d日，截止日期须顺延到%(earliest)s或以后。"
    )
    return refuse(rule_id, message % figures, day(at))


@rests_on("TB-05", "GP-04")
def deadline_is_not_brought_forward(package: Package, at: datetime, new_due_at: datetime) -> Refusal | None:
    if package.closes_at and new_due_at >= package.closes_at:
        return None
    rule_id = rule_before_deadline(package) if package.prequalifies else BIDDING[Track(package.track)]
    return refuse(rule_id, _("截止时间只能顺延，不能提前。"), day(at))


# -- words


@rests_on("TB-06")
def change_says_what_is_changed(clarification: Clarification, at: datetime) -> Refusal | None:
    """D15: which item, and its new words. An extension says to when."""
    if clarification.kind == Clarification.Kind.CHANGE:
        blank = blank_labels(clarification, ("item", "new_text"))
        return incomplete("TB-06", _("修改公告"), blank, at)
    if clarification.kind == Clarification.Kind.EXTENSION and not clarification.moves_the_deadline:
        return refuse("TB-06", _("延期公告须写明新的投标截止时间。"), day(at))
    return None


@rests_on("TB-11")
def clarification_sets_no_lowest_price(clarification: Clarification, at: datetime) -> Refusal | None:
    """What the announcement may not say, no clarification of it may say afterwards."""
    return words_set_no_lowest_price((clarification.text, clarification.new_text), at)


@rests_on("EV-09")
def clarification_calls_for_nobody(clarification: Clarification, at: datetime) -> Refusal | None:
    return words_call_for_nobody((clarification.text, clarification.new_text), at)


@rests_on("EM-01")
def nobody_is_named_who_asked(questions: Iterable[Question], words: Iterable[str], at: datetime) -> Refusal | None:
    """What is told to all must not say who asked: that somebody prepares a bid is secret until the opening."""
    names = {name for q in questions for name in (q.asker, q.contact) if len(name) >= SHORTEST_NAME}
    text = "\n".join(words)
    if not any(name in text for name in names):
        return None
    return refuse("EM-01", _("公布的文字里写到了提问人：答复给所有人，不写是谁问的。"), day(at))
