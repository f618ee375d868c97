"""Bids, on paper or electronic, as the opening and the committee see them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from ledger.canonical import new_salt
from tenders.models.base import fen_field
from tenders.models.package import Package
from tenders.models.project import Project


class BidQuerySet(models.QuerySet["Bid"]):
    def accepted(self) -> "BidQuerySet":
        return self.filter(status=Bid.Status.ACCEPTED)

    def on_paper(self) -> "BidQuerySet":
        return self.filter(form=Bid.Form.PAPER)

    def candidates(self) -> "BidQuerySet":
        return self.accepted().exclude(rank=None).order_by("rank")


class Bid(models.Model):
    """
    A bid: as it was delivered, then what was read from it, then what the committee found.

    A bid on paper is entered by the register when its envelope comes. A sealed electronic bid becomes one with the
    opening: until then it lies among the sealed ones, without a number.

    Until the opening, that it exists at all is under embargo (EM-01): no page, count, feed or entry may show it.
    """

    class Status(models.TextChoices):
        ACCEPTED = "accepted", _("已签收")
        REFUSED = "refused", _("拒收")
        WITHDRAWN = "withdrawn", _("已撤回")  # by the bidder, or held to be: it could not be decrypted (E20 31)

    class Form(models.TextChoices):
        PAPER = "paper", _("纸质")
        ELECTRONIC = "electronic", _("电子")

    package = models.ForeignKey(Package, models.PROTECT, related_name="bids")
    number = models.PositiveSmallIntegerField(_("签收序号"))
    form = models.CharField(_("形式"), max_length=10, choices=Form, default=Form.PAPER)
    bidder = models.CharField(_("投标人"), max_length=120)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="bids", verbose_name=_("投标人账户所属单位")
    )
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18)
    arrived_at = models.DateTimeField(_("送达时间"))
    envelopes = models.PositiveSmallIntegerField(_("封套数"), default=1)
    sealed = models.BooleanField(_("密封完好"), default=True)
    seal_note = models.CharField(
        _("密封情况"), max_length=200, blank=True, help_text=_("例如：封口处骑缝章完整；左下角破损约2厘米")
    )
    delivered_by = models.CharField(_("递交人"), max_length=60)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("签收人")
    )
    status = models.CharField(_("签收结果"), max_length=10, choices=Status)
    refusal_reason = models.CharField(_("拒收原因"), max_length=200, blank=True)
    # of a paper bid: what stands for its line, and for its withdrawal, until the opening (``tenders.register``)
    salt = models.BinaryField(max_length=16, default=new_salt, editable=False)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    withdrawal_digest = models.CharField(max_length=64, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True, blank=True, editable=False)
    withdrawn_by = models.CharField(_("撤回人"), max_length=60, blank=True)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replacement", verbose_name=_("所替换的投标")
    )
    opened_at = models.DateTimeField(_("拆封（解密）时间"), null=True, editable=False)
    # what a decrypted bid says of the fields below, in the same units; its reading can't differ from it
    submitted = models.JSONField(null=True, editable=False)
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
