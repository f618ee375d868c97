"""When bids may be opened, and when the opening may be concluded."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from statutes.refusal import Refusal, rests_on
from tenders.gates import blank_labels, incomplete
from tenders.gates.wording import calls_for_somebody
from tenders.law import day, law, listed, refuse, shown
from tenders.models import DEMANDING, WITHOUT_COMPETITION, Package, SealedBid
from tenders.session import confirmations, last_change

# EV-01 knows no delay (Δ=0). What the announcement of the opening takes by hand, between the deadline that the clock
# tells and the word in the room, is no delay that anybody notices; whatever takes longer, the public learns why.
PUNCTUAL = timedelta(minutes=5)
# Wherever the announcement puts its demands
ANNOUNCED_WORDS = (*DEMANDING, "opening_place")


@rests_on("EV-01")
def deadline_has_come(package: Package, at: datetime) -> Refusal | None:
    if package.bids_due_at and at >= package.bids_due_at:
        return None
    due = shown(package.bids_due_at) if package.bids_due_at else _("（未定）")
    return refuse("EV-01", _("开标应当在投标截止时间公开进行：%(due)s之前不得开标。") % {"due": due}, day(at))


@rests_on("EV-01")
def delay_is_explained(package: Package, at: datetime) -> Refusal | None:
    """The opening belongs to the minute of the deadline. Whoever is late says in public why."""
    due = package.bids_due_at
    if due is None or at <= due + PUNCTUAL or package.opening.delay_reason.strip():
        return None
    figures = {"due": shown(due), "minutes": int((at - due).total_seconds() // 60)}
    message = _("开标应当在投标截止的同一时间（%(due)s）进行，现在晚了%(minutes)d分钟：须写明推迟开标的原因。")
    return refuse("EV-01", message % figures, day(at))


@rests_on("EV-03", "GP-09")
def bidders_are_enough(package: Package, at: datetime) -> Refusal | None:
    """Asked only once the deadline has come: before, the number of bids is under embargo, even in a refusal (EM-01)."""
    if deadline_has_come(package, at) or package.method in WITHOUT_COMPETITION:
        return None
    rule = "GP-09" if package.track == Package.Track.PROCUREMENT else "EV-03"
    least = law(rule, day(at)).amount or 0
    if number_of_bidders(package) >= least:
        return None
    message = _("投标人少于%(n)s个，不得开标，应当重新招标。") % {"n": least}
    return refuse(rule, message, day(at))


def number_of_bidders(package: Package) -> int:
    """Count bidders of both forms, not bids. Only for gates that are asked after the deadline."""
    on_paper = package.bids.accepted().values_list("credit_code", flat=True)
    sealed = SealedBid.objects.standing().filter(package=package).values_list("credit_code", flat=True)
    return len({*on_paper, *may_bid(package, sealed)})


def may_bid(package: Package, credit_codes: Iterable[str]) -> set[str]:
    """Return those of some bidders who may bid: all, or after a prequalification those who passed it."""
    if not package.is_prequalified:
        return set(credit_codes)
    return set(credit_codes) & set(package.applicants.passed().values_list("credit_code", flat=True))


@rests_on("EV-05")
def opening_is_staffed(package: Package, at: datetime) -> Refusal | None:
    blank = blank_labels(package.opening, ("chair", "recorder", "bid_supervisor"))
    return incomplete("EV-05", _("开标会"), blank, at)


@rests_on("EV-09")
def nobody_is_forced_to_attend(package: Package, at: datetime) -> Refusal | None:
    """A bidder sends whom it likes, or nobody: the announcement may not ask for its head or its project manager."""
    return words_call_for_nobody((getattr(package, name) for name in ANNOUNCED_WORDS), at)


@rests_on("EV-09")
def words_call_for_nobody(texts: Iterable[str], at: datetime) -> Refusal | None:
    found = [words for text in texts for words in calls_for_somebody(text)]
    if not found:
        return None
    message = _("不得要求投标人的法定代表人、项目负责人等特定人员到场，请修改：%(words)s")
    return refuse("EV-09", message % {"words": "；".join(f"“{words}”" for words in found)}, day(at))


@rests_on("EV-05")
def seals_are_checked(package: Package, at: datetime) -> Refusal | None:
    if package.opening.seals_checked_at:
        return None
    return refuse("EV-05", _("还没有当众检查密封情况：由投标人、其推选的代表或者公证机构检查。"), day(at))


@rests_on("EV-06")
def every_bid_is_read(package: Package, at: datetime) -> Refusal | None:
    unread = package.bids.accepted().filter(read_at=None).count()
    if not unread:
        return None
    message = _("还有%(n)d份投标没有唱标：截止时间前收到的投标都应当当众拆封、宣读。") % {"n": unread}
    return refuse("EV-06", message, day(at))


@rests_on("EM-02")
def reserve_price_is_announced(package: Package, at: datetime) -> Refusal | None:
    opening = package.opening
    if not opening.has_reserve_price or opening.reserve_announced_at:
        return None
    return refuse("EM-02", _("本次招标设有标底，应当在开标时公布。"), day(at))


@rests_on("EV-07", "GP-10")
def every_line_is_confirmed(package: Package, at: datetime) -> Refusal | None:
    """Each bidder has confirmed its line as it stands now, has refused to with a reason, or was not there."""
    heard = confirmations(package)
    open_ones = [bid.bidder for bid in package.bids.accepted().exclude(read_at=None) if bid.number not in heard]
    if not open_ones:
        return None
    message = _("还没有登记对唱标结果的确认：%(bidders)s。投标人签字或者用本人账户确认；未到场的登记未到场。")
    return refuse(_of_the_record(package), message % {"bidders": listed(open_ones)}, day(at))


@rests_on("EV-07", "GP-10")
def record_is_signed(package: Package, at: datetime) -> Refusal | None:
    """What was changed after it was signed is signed anew."""
    signed_at, changed_at = package.opening.signed_at, last_change(package)
    if signed_at and (changed_at is None or signed_at >= changed_at):
        return None
    if signed_at is None:
        message = _("开标记录还没有签字：主持人、记录人、监标人签字以后才能公布。")
    else:
        message = _("开标记录签字以后又有改动，须重新签字。")
    return refuse(_of_the_record(package), message, day(at))


def _of_the_record(package: Package) -> str:
    return "GP-10" if package.track == Package.Track.PROCUREMENT else "EV-07"


@rests_on("GP-08")
def opening_is_recorded(package: Package, at: datetime) -> Refusal | None:
    if package.track != Package.Track.PROCUREMENT or package.opening.recording.strip():
        return None
    return refuse("GP-08", _("政府采购项目的开标须全程录音录像：请填写录音录像编号。"), day(at))


@rests_on("GP-08")
def no_evaluator_attends(package: Package, at: datetime) -> Refusal | None:
    if package.track != Package.Track.PROCUREMENT or package.opening.no_evaluator_attended:
        return None
    return refuse("GP-08", _("评标委员会成员不得参加开标活动：请核实并在开标会中注明。"), day(at))
