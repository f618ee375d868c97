"""Bids and the session in which they are opened."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenders.models.base import Drafted, fen_field
from tenders.models.package import Package
from tenders.models.project import Project


class BidQuerySet(models.QuerySet["Bid"]):
    def accepted(self) -> "BidQuerySet":
        return self.filter(status=Bid.Status.ACCEPTED)

    def candidates(self) -> "BidQuerySet":
        return self.accepted().exclude(rank=None).order_by("rank")


class Bid(models.Model):
    """
    A bid on paper: the envelope as the register saw it, then what was read from it, then what the committee found.

    Until the opening, that it exists at all is under embargo (EM-01): no page, count, feed or entry may show it.
    """

    class Status(models.TextChoices):
        ACCEPTED = "accepted", _("已签收")
        REFUSED = "refused", _("拒收")
        WITHDRAWN = "withdrawn", _("已撤回")

    package = models.ForeignKey(Package, models.PROTECT, related_name="bids")
    number = models.PositiveSmallIntegerField(_("签收序号"))
    bidder = models.CharField(_("投标人"), max_length=120)
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18)
    arrived_at = models.DateTimeField(_("送达时间"))
    envelopes = models.PositiveSmallIntegerField(_("封套数"), default=1)
    sealed = models.BooleanField(_("密封完好"), default=True)
    delivered_by = models.CharField(_("递交人"), max_length=60)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("签收人")
    )
    status = models.CharField(_("签收结果"), max_length=10, choices=Status)
    refusal_reason = models.CharField(_("拒收原因"), max_length=200, blank=True)
    # read aloud at the opening (D18)
    price_fen = fen_field(_("投标报价"), null=True, blank=True)
    duration_days = models.PositiveIntegerField(_("工期（日历天）"), null=True, blank=True)
    quality = models.CharField(_("质量目标"), max_length=100, blank=True)
    project_manager = models.CharField(_("项目经理"), max_length=60, blank=True)
    manager_certificate = models.CharField(_("项目经理证书编号"), max_length=60, blank=True)
    bond_fen = fen_field(_("投标保证金"), null=True, blank=True)
    remark = models.CharField(_("备注"), max_length=200, blank=True)
    read_at = models.DateTimeField(_("唱标时间"), null=True, editable=False)
    # found by the committee (D21)
    rejection_reason = models.TextField(_("否决理由"), blank=True)
    score = models.DecimalField(_("得分"), max_digits=6, decimal_places=2, null=True, blank=True)
    rank = models.PositiveSmallIntegerField(_("名次"), null=True, blank=True)

    objects = BidQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["number"]
        verbose_name = verbose_name_plural = _("投标")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["package", "number"], name="bid_number_once"),
            models.UniqueConstraint(fields=["package", "rank"], name="bid_rank_once"),
            models.UniqueConstraint(
                fields=["package", "credit_code"], condition=Q(status="accepted"), name="one_accepted_bid_per_bidder"
            ),
            models.CheckConstraint(
                condition=Q(status="refused") ^ Q(refusal_reason=""), name="bid_refused_only_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.package} · {self.number}"

    @property
    def project(self) -> Project:
        return self.package.project

    @property
    def path(self) -> str:
        return f"{self.package.path}/bid/{self.number}"


class Opening(Drafted):
    """The opening session of a package: who chairs and records, where, and what was checked (D17, D18)."""

    package = models.OneToOneField(Package, models.PROTECT, related_name="opening")
    chair = models.CharField(_("主持人"), max_length=60, blank=True)
    recorder = models.CharField(_("记录人"), max_length=60, blank=True)
    bid_supervisor = models.CharField(_("监标人"), max_length=60, blank=True)
    seals_checked_by = models.CharField(
        _("密封检查人"), max_length=120, blank=True, help_text=_("投标人或者其推选的代表，或者公证机构")
    )
    seals_finding = models.CharField(_("密封检查结果"), max_length=200, blank=True)
    recording = models.CharField(_("录音录像编号"), max_length=100, blank=True)
    notes = models.TextField(_("其他记录"), blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("开标会")

    def __str__(self) -> str:
        return str(self.package)
