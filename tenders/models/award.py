"""The award: who wins, that every bidder is told, and the report to the supervising department."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tenders.models.base import Drafted, facts_of
from tenders.models.bid import Bid
from tenders.models.evaluation import OFFER
from tenders.models.of_package import OfPackage
from tenders.models.package import Package
from tenders.models.project import Project


class Award(Drafted):
    """Who wins, and why if it is not the first candidate (AW-03)."""

    package = models.OneToOneField(Package, models.PROTECT, related_name="result")
    winner = models.ForeignKey(Bid, models.PROTECT, related_name="+", verbose_name=_("中标人"))
    determined_on = models.DateField(_("定标日期"))
    ground = models.CharField(_("未选第一名的情形"), max_length=20, choices=Bid.PassedOver, blank=True)
    reason = models.TextField(_("未选第一名的理由"), blank=True)
    winner_address = models.CharField(_("中标人地址"), max_length=200, blank=True, help_text=_("政府采购项目必填"))
    items = models.TextField(
        _("主要中标标的"), blank=True, help_text=_("名称、规格型号、数量、单价、服务要求；政府采购项目必填")
    )

    class Meta:
        verbose_name = verbose_name_plural = _("定标")

    def __str__(self) -> str:
        return f"{self.package}: {self.winner.bidder}"

    def facts(self) -> dict[str, Any]:
        """What the result publishes (D25). On the government-procurement track that includes the experts' names."""
        names = ("determined_on", "ground", "reason")
        return {
            "winner": facts_of(self.winner, ("bidder", "credit_code", *OFFER, "rank")),
            **facts_of(self, names),
            **(self._of_procurement() if self.package.is_procurement else {}),
            "told": self.package.bids.accepted().count(),
        }

    def _of_procurement(self) -> dict[str, Any]:
        return {**facts_of(self, ("winner_address", "items")), "experts": self.named_experts()}

    def named_experts(self) -> list[str]:
        """Return who evaluated, where the result names them: in government procurement, and nowhere else."""
        if not self.package.is_procurement:
            return []
        return list(self.package.committee.standing().experts().values_list("name", flat=True))


class AwardLetter(models.Model):
    """
    That a bidder was handed the notice of award (D26), or of the result (D27).

    The letters themselves are made of the bids: all come into being with the award, at one and the same moment (AW-04).
    """

    class Means(models.TextChoices):
        ACCOUNT = "account", _("平台账户和电子邮件")
        HAND = "hand", _("当面交付")
        POST = "post", _("邮寄")

    bid = models.ForeignKey(Bid, models.PROTECT, related_name="letters")
    awarded_at = models.DateTimeField(_("发出时间"))
    means = models.CharField(_("送达方式"), max_length=10, choices=Means)
    received_by = models.CharField(_("签收人或者邮寄单号"), max_length=80, blank=True)
    delivered_at = models.DateTimeField(_("送达时间"))

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = verbose_name_plural = _("结果通知的送达")
        constraints: ClassVar = [models.UniqueConstraint(fields=["bid", "awarded_at"], name="one_letter_per_award")]

    def __str__(self) -> str:
        return f"{self.bid}: {self.means}"

    @property
    def project(self) -> Project:
        return self.bid.project


class TenderReport(OfPackage, Drafted):
    """The written report on the tender to the supervising department (D28, AW-06)."""

    package = models.OneToOneField(Package, models.PROTECT, related_name="report")
    overview = models.TextField(_("招标过程"), blank=True)
    findings = models.TextField(_("异议、投诉和其他需要说明的事项"), blank=True)
    submitted_to = models.CharField(_("报送的行政监督部门"), max_length=120, blank=True)
    receipt = models.CharField(_("收文编号"), max_length=80, blank=True)
    sha256 = models.CharField(_("报告的指纹"), max_length=64, blank=True, editable=False)
    submitted_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("招标投标情况书面报告")

    def __str__(self) -> str:
        return str(self.package)

    @property
    def path(self) -> str:
        return f"{self.package.path}/tender-report"
