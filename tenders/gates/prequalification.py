"""What a prequalification (资格预审) needs: its notice, its time to apply, its review; and who may bid after it."""

from datetime import datetime

from django.utils.translation import gettext as _

from statutes.refusal import Refusal, rests_on
from tenders.gates import blank_labels, incomplete, own_rule
from tenders.gates.wording import asks_to_register
from tenders.law import day, due_day, law, refuse, shown
from tenders.models import Applicant, Method, Package, Prequalification, TenderDocument, Track
from tenders.periods import ANNOUNCEMENT, APPLYING, OFFER

Mode = Prequalification.Mode
NOTICE_FIELDS = (
    "standard", "documents_from", "documents_issued_on", "documents_until", "due_at", "submission", "place",
)  # fmt: skip
# What the notice says of the package itself
PACKAGE_FIELDS = (
    "name", "tender_number", "estimate_fen", "scope", "qualification", "duration_days", "quality",
    "supervisor", "media",
)  # fmt: skip
LEAST_REVIEWERS = 5
MOST_APPLICANTS = 300  # of one package: what the opening's entry has to hold


def prequalification_of(package: Package) -> Prequalification | None:
    return getattr(package, "prequalification", None)


# -- the notice


@rests_on("TB-01", "GP-01")
def openly_tendered(package: Package, at: datetime) -> Refusal | None:
    """A notice to all belongs to a tender that is open to all (TBR 15)."""
    if package.method == Method.OPEN:
        return None
    message = _("资格预审公告面向所有人，只用于公开招标。")
    return refuse(ANNOUNCEMENT[Track(package.track)], message, day(at))


@rests_on("TB-01", "GP-01")
def prequalification_notice_is_complete(package: Package, at: datetime) -> Refusal | None:
    """D13 in its variant for a prequalification."""
    ours = package.prequalification
    blank = blank_labels(package, PACKAGE_FIELDS) + blank_labels(ours, NOTICE_FIELDS)
    if ours.mode == Mode.LIMITED:
        blank += blank_labels(ours, ("most",))
    if not ours.documents.exists():
        blank.append(str(TenderDocument.Kind.PREQUALIFICATION.label))
    return incomplete(ANNOUNCEMENT[Track(package.track)], _("资格预审公告"), blank, at)


@rests_on("TB-14")
def enough_may_pass(package: Package, at: datetime) -> Refusal | None:
    """A limited number is no smaller than what the law wants to pass at least."""
    least, ours = int(law("TB-14", day(at)).amount or 0), package.prequalification
    if ours.mode != Mode.LIMITED or ours.most is None or ours.most >= least:
        return None
    return refuse("TB-14", _("有限数量制的家数不得少于%(n)s家。") % {"n": least}, day(at))


@rests_on("TB-08")
def prequalification_documents_need_no_registration(package: Package, at: datetime) -> Refusal | None:
    if not asks_to_register(package.prequalification.documents_from):
        return None
    field = Prequalification._meta.get_field("documents_from").verbose_name
    message = _("获取资格预审文件不得要求报名、登记：请改写“%(field)s”；不要求的，请写“无须报名”。")
    return refuse("TB-08", message % {"field": field}, day(at))


@rests_on("TB-03")
def prequalification_documents_are_issued_today(package: Package, at: datetime) -> Refusal | None:
    """All periods count from the day of the notice itself (TB-02)."""
    issued = package.prequalification.documents_issued_on
    if issued in (None, day(at)):
        return None
    figures = {"issued": shown(issued), "today": shown(day(at))}
    message = _("资格预审文件发售开始日期写的是%(issued)s，公告当日是%(today)s，两者须一致。") % figures
    return refuse(OFFER[Track(package.track)], message, day(at))


@rests_on("TB-03")
def prequalification_documents_are_offered_long_enough(package: Package, at: datetime) -> Refusal | None:
    """Of works; in government procurement the time to apply alone is fixed (GPR 21)."""
    issued, until = package.prequalification.documents_issued_on, package.prequalification.documents_until
    if issued is None or until is None or package.is_procurement:
        return None
    earliest = due_day("TB-03", issued).strict
    if until >= earliest:
        return None
    figures = {"n": law("TB-03", issued).figure, "earliest": shown(earliest), "until": shown(until)}
    message = _("资格预审文件的发售期不得少于%(n)s：截止日期不得早于%(earliest)s，现为%(until)s。") % figures
    return refuse("TB-03", message, issued)


@rests_on("TB-04", "GP-02")
def time_to_apply_is_long_enough(package: Package, at: datetime) -> Refusal | None:
    """Works: from the day on which the sale stops. Government procurement: from that of the notice."""
    ours = package.prequalification
    start = ours.documents_issued_on if package.is_procurement else ours.documents_until
    if start is None or ours.due_at is None:
        return None
    rule_id = APPLYING[Track(package.track)]
    rule, earliest = law(rule_id, start), due_day(rule_id, start).strict
    if day(ours.due_at) >= earliest:
        return None
    figures = {"n": rule.figure, "start": shown(start), "earliest": shown(earliest), "due": shown(day(ours.due_at))}
    message = _("自%(start)s起至提交资格预审申请文件截止不得少于%(n)s：截止日期不得早于%(earliest)s，现为%(due)s。")
    return refuse(rule_id, message % figures, start)


# -- applications


@rests_on("EV-02")
def applications_are_taken(package: Package, at: datetime) -> Refusal | None:
    """Late ones too, to be refused and written down, until the review is over."""
    if package.prequalifies and package.prequalification.due_at:
        return None
    return refuse("EV-02", _("本标段现在不接收资格预审申请文件。"), day(at))


@rests_on("EV-02")
def application_is_in_time(package: Package, arrived_at: datetime) -> Refusal | None:
    """A second late is late."""
    due = package.prequalification.due_at
    if due and arrived_at <= due:
        return None
    return refuse("EV-02", _("提交资格预审申请文件的截止时间后送达"), day(arrived_at))


def has_not_applied_yet(package: Package, credit_code: str) -> Refusal | None:
    if not package.applicants.standing().filter(credit_code=credit_code).exists():
        return None
    return own_rule(_("该申请人的申请文件已经签收；要替换，先登记撤回。"), "duplicate")


def room_for_another_applicant(package: Package) -> Refusal | None:
    if package.applicants.count() < MOST_APPLICANTS:
        return None
    return own_rule(_("一个标段最多登记%(most)d份申请文件。") % {"most": MOST_APPLICANTS}, "full")


def application_may_be_withdrawn(applicant: Applicant, at: datetime) -> Refusal | None:
    package = applicant.package
    due = package.prequalification.due_at
    is_running = package.prequalifies and due and at <= due
    if is_running and applicant.status == Applicant.Status.ACCEPTED:
        return None
    return own_rule(_("只有已签收的申请文件，在提交截止时间以前可以撤回。"), "not-standing")


# -- the review. What it says while it is under way never tells how many there are (EM-01)


@rests_on("TB-04", "GP-02")
def application_time_is_over(package: Package, at: datetime) -> Refusal | None:
    ours = package.prequalification
    if ours.due_at and at > ours.due_at:
        return None
    due = shown(ours.due_at) if ours.due_at else _("（未定）")
    message = _("提交资格预审申请文件的截止时间（%(due)s）以后才能公布审查结果。") % {"due": due}
    return refuse(APPLYING[Track(package.track)], message, day(at))


@rests_on("EV-10", "GP-11")
def reviewers_are_enough(package: Package, at: datetime) -> Refusal | None:
    """The reviewing committee is made up like one that evaluates bids (TBR 18): five or more, an odd number."""
    n = number_of_reviewers(package.prequalification)
    if n >= LEAST_REVIEWERS and n % 2:
        return None
    figures = {"least": LEAST_REVIEWERS, "n": n}
    message = _("资格审查委员会应当为%(least)d人以上单数，现有%(n)d人。") % figures
    return refuse("GP-11" if package.is_procurement else "EV-10", message, day(at))


def number_of_reviewers(prequalification: Prequalification) -> int:
    return len([line for line in prequalification.reviewers.splitlines() if line.strip()])


def every_application_is_judged(package: Package, at: datetime) -> Refusal | None:
    """Each has passed, or has not and why not. Not how many are open: that would tell how many there are."""
    if application_time_is_over(package, at):
        return None
    standing = package.applicants.standing()
    if not standing.filter(passed=None).exists() and not standing.filter(passed=False, reason="").exists():
        return None
    return own_rule(_("还有申请没有审查结论，或者不通过而没有写明理由。"), "not-judged")


def no_more_pass_than_were_announced(package: Package, at: datetime) -> Refusal | None:
    ours = package.prequalification
    if ours.mode != Mode.LIMITED or package.applicants.passed().count() <= (ours.most or 0):
        return None
    return own_rule(_("通过的家数超过了公告的最多%(most)d家。") % {"most": ours.most}, "too-many")


# -- what follows from it


@rests_on("TB-14")
def prequalification_is_over(package: Package, at: datetime) -> Refusal | None:
    """Where there is a prequalification, tender documents go out after it, and only if enough have passed."""
    ours = prequalification_of(package)
    if ours is None or ours.enough:
        return None
    least = law("TB-14", day(at)).amount
    if ours.enough is False:
        message = _("通过资格预审的申请人少于%(n)s个，应当重新招标。") % {"n": least}
    else:
        message = _("本标段实行资格预审：公布资格预审结果以后才能发布招标公告。")
    return refuse("TB-14", message, day(at))


@rests_on("EV-02")
def bidder_has_passed(package: Package, credit_code: str, at: datetime) -> Refusal | None:
    """Who did not pass has its bid refused (TBR 36). Says nothing of anybody else."""
    if not package.is_prequalified or package.applicants.passed().filter(credit_code=credit_code).exists():
        return None
    return refuse("EV-02", _("未通过资格预审"), day(at))
