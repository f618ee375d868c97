"""The evaluation of bids and the award."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tenders.models.base import Drafted, Notice, facts_of
from tenders.models.bid import Bid
from tenders.models.package import Package
from tenders.models.project import Project


class Evaluation(Drafted):
    """The evaluation report (D21). The members' names are not here: they stay secret until the result (EM-03)."""

    notice: ClassVar = Notice.CANDIDATES

    package = models.OneToOneField(Package, models.PROTECT, related_name="evaluation")
    committee_size = models.PositiveSmallIntegerField(_("评标委员会人数"), null=True, blank=True)
    experts = models.PositiveSmallIntegerField(_("其中技术、经济专家人数"), null=True, blank=True)
    drawn_from = models.CharField(_("专家抽取方式"), max_length=200, blank=True)
    report_received_on = models.DateField(_("收到评标报告日期"), null=True, blank=True)
    summary = models.TextField(_("评标情况"), blank=True)
    owner_review = models.TextField(_("招标人审核意见"), blank=True, help_text=_("评分、低价、否决是否有异常"))
    matters_before_signing = models.TextField(_("签订合同前要处理的事宜"), blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("评标")

    def __str__(self) -> str:
        return str(self.package)

    @property
    def project(self) -> Project:
        return self.package.project

    @property
    def path(self) -> str:
        return f"{self.package.path}/evaluation"

    def facts(self) -> dict[str, Any]:
        """What the publicity of candidates says (D22). Scores and members stay in the report."""
        names = (
            "rank",
            "bidder",
            "credit_code",
            "price_fen",
            "quality",
            "duration_days",
            "project_manager",
            "manager_certificate",
        )
        bids = self.package.bids
        return {
            "candidates": [facts_of(bid, names) for bid in bids.candidates()],
            "rejected": [{"bidder": b.bidder, "reason": b.rejection_reason} for b in bids.exclude(rejection_reason="")],
            **facts_of(self, ("report_received_on", "summary")),
            "objection_contact": self.package.objection_contact,
        }


class Award(Drafted):
    """Who wins, and why if it is not the first candidate (AW-03)."""

    package = models.OneToOneField(Package, models.PROTECT, related_name="result")
    winner = models.ForeignKey(Bid, models.PROTECT, related_name="+", verbose_name=_("中标人"))
    determined_on = models.DateField(_("定标日期"))
    reason = models.TextField(_("未选第一名的理由"), blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("定标")

    def __str__(self) -> str:
        return f"{self.package}: {self.winner.bidder}"

    def facts(self) -> dict[str, Any]:
        names = (
            "bidder",
            "credit_code",
            "price_fen",
            "quality",
            "duration_days",
            "project_manager",
            "manager_certificate",
            "rank",
        )
        return {
            "winner": facts_of(self.winner, names),
            **facts_of(self, ("determined_on", "reason")),
        }
