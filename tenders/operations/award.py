"""Acts around the award: bids that bind for longer, letters handed over, the report to the supervising department."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from ledger.operations import record
from tenders.gates import award as gates
from tenders.gates import project_is_active
from tenders.law import day, refuse
from tenders.locking import lock
from tenders.models import AwardLetter, Bid, Package, TenderReport
from tenders.operations.common import cleaned, hold_to, publishable, refuse_if, refused
from tenders.rights import Role, demand

HANDS = (Role.MANAGER, Role.CLERK)


@transaction.atomic(durable=True)
def extend_validity(package_id: int, *, until: date, reason: str, actor: User, at: datetime) -> Package:
    """
    Let all bids bind until a later day, as their bidders have agreed in writing.

    Who does not agree leaves with the bond; his bid is rejected by the committee as lapsed.
    Source: 《评标委员会和评标方法暂行规定》第四十条.
    """
    package = lock(Package, package_id)
    demand(actor, package.project, Role.MANAGER)
    hold_to(package, at, project_is_active, gates.bids_wait_for_the_award)
    refuse_if(gates.validity_is_extended(package, at, until))
    before = gates.validity_ends_on(package)
    evaluation = package.evaluation
    evaluation.validity_until = until
    evaluation.save(update_fields=["validity_until"])
    facts = {
        "from": before and before.isoformat(),
        "to": until.isoformat(),
        "reason": publishable(reason, _("理由"), package.project, most=500),
    }
    key = f"validity:{package.path}:{until.isoformat()}"
    record("bids.validity-extended", subject=package.path, actor=actor, at=at, facts=facts, key=key)
    return package


@transaction.atomic(durable=True)
def deliver_letter(bid_id: int, *, means: str, received_by: str, actor: User | None, at: datetime) -> AwardLetter:
    """
    Note that a bidder has the notice of award or of the result: by which way, and when. It is noted once.

    The letter is dated as the award, like all others (《招标投标法》第四十五条). ``actor`` is None for one that the
    platform has sent by itself. Who signed for it stays private.
    """
    bid = lock(Bid, bid_id)
    if actor is not None:
        demand(actor, bid.project, *HANDS)
    refuse_if(gates.result_may_be_told(bid, at))
    awarded_at = bid.package.awarded_at or at
    if means not in AwardLetter.Means.values:
        raise refused(refuse("AW-04", _("请选择送达方式。"), day(at)))
    letter = AwardLetter.objects.create(
        bid=bid,
        awarded_at=awarded_at,
        means=means,
        received_by=received_by and cleaned(received_by, most=80),
        delivered_at=at,
    )
    facts = {"number": bid.number, "bidder": bid.bidder, "means": means}
    key = f"letter:{bid.path}:{awarded_at.isoformat()}"
    record("letter.delivered", subject=bid.path, actor=actor, at=at, facts=facts, key=key)
    return letter


@transaction.atomic(durable=True)
def submit_tender_report(
    package_id: int, *, submitted_to: str, receipt: str, sha256: str, actor: User, at: datetime
) -> TenderReport:
    """
    Note that the written report on the tender went to the supervising department: to whom, and its digest.

    Source: 《招标投标法》第四十七条. What it says is not published by this.
    """
    package = lock(Package, package_id)
    demand(actor, package.project, *HANDS)
    report = TenderReport.objects.filter(package=package).first() or TenderReport(package=package)
    refuse_if(gates.report_may_be_submitted(report, at))
    report.submitted_to = publishable(submitted_to, _("报送的行政监督部门"), package.project, most=120)
    report.receipt = receipt and publishable(receipt, _("收文编号"), package.project, most=80)
    report.sha256, report.submitted_at = sha256, at
    report.save()
    facts = {"submitted_to": report.submitted_to, "receipt": report.receipt, "sha256": sha256}
    key = report.path
    record("tender-report.submitted", subject=report.path, actor=actor, at=at, facts=facts, key=key)
    return report
