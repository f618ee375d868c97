"""The evaluation of bids: its report, and what the owner finds when checking it."""

from typing import Any, ClassVar

import rfc8785
from django.db import models
from django.utils.translation import gettext_lazy as _

from ledger.canonical import commitment, new_salt, normalised
from tenders.models.base import Drafted, Notice, facts_of, in_full
from tenders.models.of_package import OfPackage
from tenders.models.package import Package

OFFER = ("price_fen", "quality", "duration_days", "project_manager", "manager_certificate")
CANDIDATE = ("rank", "bidder", "credit_code", *OFFER, "eligibility")
FINDINGS = ("number", "evaluated_price_fen", "rank", "eligibility", "rejection_ground", "rejection_reason")
REPORT_LABEL = "evaluation-report-v1"
CHECKS = ("check_scores", "check_prices", "check_rejections", "check_ranking")
CHECKED = (*CHECKS, "check_handling", "owner_review")  # what is said of the checks


class Check(models.TextChoices):
    """What the owner found when checking the report before its publication (发改法规规〔2022〕1117号)."""

    FINE = "fine", _("没有异常")
    SETTLED = "settled", _("有异常，评标委员会已经复核处理")
    ODD = "odd", _("有异常，还没有处理")


def check_field(label: Any, help_text: Any) -> models.CharField:
    return models.CharField(label, max_length=10, choices=Check, blank=True, help_text=help_text)


class Evaluation(OfPackage, Drafted):
    """The evaluation report (D21). Who evaluates is not here: the names stay secret until the result (EM-03)."""

    notice: ClassVar = Notice.CANDIDATES

    package = models.OneToOneField(Package, models.PROTECT, related_name="evaluation")
    is_complex = models.BooleanField(_("技术复杂"), default=False)
    has_social_impact = models.BooleanField(_("社会影响较大"), default=False)
    finished_on = models.DateField(_("评标结束日期"), null=True, blank=True)
    short_of_time = models.PositiveSmallIntegerField(_("认为评标时间不够的成员人数"), default=0)
    time_was_extended = models.BooleanField(_("已经延长评标时间"), default=False)
    report_received_on = models.DateField(_("收到评标报告日期"), null=True, blank=True)
    summary = models.TextField(_("评标情况"), blank=True, help_text=_("随中标候选人公示（政府采购随结果）公布"))
    clarifications = models.TextField(_("澄清、说明、补正事项"), blank=True)
    check_scores = check_field(_("核对：评分"), _("各成员的评分有没有畸高畸低，客观分是否一致"))
    check_prices = check_field(_("核对：报价"), _("有没有明显低于其他投标、可能低于成本的报价；算术修正是否正确"))
    check_rejections = check_field(_("核对：否决"), _("每一份否决是否有招标文件和法规的依据，理由是否写明"))
    check_ranking = check_field(_("核对：排序"), _("名次是否与得分（或者评审价）一致，汇总是否正确"))
    check_handling = models.TextField(_("异常是怎样处理的"), blank=True)
    owner_review = models.TextField(_("招标人审核意见"), blank=True)
    matters_before_signing = models.TextField(_("签订合同前要处理的事宜"), blank=True)
    validity_until = models.DateField(_("投标有效期延长至"), null=True, editable=False)
    salt = models.BinaryField(max_length=16, default=new_salt, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("评标")

    def __str__(self) -> str:
        return str(self.package)

    @property
    def path(self) -> str:
        return f"{self.package.path}/evaluation"

    def facts(self) -> dict[str, Any]:
        """What the publicity of candidates says (D22). Scores and members stay in the report."""
        bids = self.package.bids
        return {
            "candidates": [facts_of(bid, CANDIDATE) for bid in bids.candidates()],
            "rejected": [
                {"bidder": b.bidder, "rejection_ground": b.rejection_ground, "reason": b.rejection_reason}
                for b in bids.rejected()
            ],
            **facts_of(self, ("report_received_on", "summary")),
            "checks": facts_of(self, CHECKED),
            "objection_contact": self.package.objection_contact,
        }

    def commitment(self) -> str:
        """
        Return what binds the bureau to the report as it was handed over, and tells nothing of it (EM-04).

        Two queries.
        """
        with in_full():
            bids = [facts_of(bid, FINDINGS) | {"score": str(bid.score)} for bid in self.package.bids.accepted()]
        found = {
            "bids": bids,
            "members": list(self.package.committee.standing().values("number", "signature", "dissent")),
            "summary": self.summary,
            "clarifications": self.clarifications,
        }
        return commitment(REPORT_LABEL, bytes(self.salt), rfc8785.dumps(normalised(found, "report")).decode())

    def committee(self) -> dict[str, Any]:
        """How large the committee is, and how many of it are experts. Two queries."""
        standing = self.package.committee.standing()
        return {"committee": standing.count(), "committee_experts": standing.experts().count()}
