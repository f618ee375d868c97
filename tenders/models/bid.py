"""Bids, on paper or electronic, as the opening and the committee see them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from ledger.canonical import new_salt
from tenders.models.base import fen_field
from tenders.models.of_package import NumberedInPackage
from tenders.models.package import Package


class BidQuerySet(models.QuerySet["Bid"]):
    def accepted(self) -> "BidQuerySet":
        return self.filter(status=Bid.Status.ACCEPTED)

    def on_paper(self) -> "BidQuerySet":
        return self.filter(form=Bid.Form.PAPER)

    def candidates(self) -> "BidQuerySet":
        return self.accepted().exclude(rank=None).order_by("rank")

    def rejected(self) -> "BidQuerySet":
        return self.accepted().exclude(rejection_reason="")


class Bid(NumberedInPackage):
    """
    A bid: as it was delivered, then what was read from it, then what the committee found.

    A bid on paper is entered by the register when its envelope comes. A sealed electronic bid becomes one with the
    opening: until then it lies among the sealed ones, without a number.

    Until the opening, that it exists at all is under embargo (EM-01): no page, count, feed or entry may show it.
    """

    branch: ClassVar = "bid"

    class Status(models.TextChoices):
        ACCEPTED = "accepted", _("已签收")
        REFUSED = "refused", _("拒收")
        # by the bidder, or held to be: it could not be decrypted, for a reason that was not the bidder's (E20 31)
        WITHDRAWN = "withdrawn", _("已撤回")
        REVOKED = "revoked", _("视为撤销")  # it could not be decrypted, by the bidder's own doing (E20 31)

    class Form(models.TextChoices):
        PAPER = "paper", _("纸质")
        ELECTRONIC = "electronic", _("电子")

    class Rejection(models.TextChoices):
        """Why the committee must reject a bid: 《招标投标法实施条例》第五十一条."""

        UNSIGNED = "unsigned", _("未经投标单位盖章和单位负责人签字")
        CONSORTIUM = "consortium", _("联合体没有提交共同投标协议")
        UNQUALIFIED = "unqualified", _("不符合规定的资格条件")
        TWOFOLD = "twofold", _("提交两个以上不同的投标文件或者报价")
        PRICE = "price", _("报价低于成本或者高于最高投标限价")
        UNRESPONSIVE = "unresponsive", _("没有响应招标文件的实质性要求和条件")
        UNLAWFUL = "unlawful", _("串通投标、弄虚作假、行贿等违法行为")

    class PassedOver(models.TextChoices):
        """Why a candidate does not win though it stood first: 《招标投标法实施条例》第五十五条、第七十四条."""

        GAVE_UP = "gave-up", _("放弃中标")
        FORCE_MAJEURE = "force-majeure", _("因不可抗力不能履行合同")
        NO_BOND = "no-bond", _("不按照招标文件要求提交履约保证金")
        UNLAWFUL = "unlawful", _("被查实存在影响中标结果的违法行为等情形，不符合中标条件")
        REFUSED = "refused", _("无正当理由不与招标人订立合同，或者签约时提出附加条件")

    # by the bidder's own doing: then the bond stays with the owner (TBR 74)
    BOND_IS_KEPT: ClassVar = (PassedOver.GAVE_UP, PassedOver.NO_BOND, PassedOver.REFUSED)

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
    rejection_ground = models.CharField(_("否决情形"), max_length=20, choices=Rejection, blank=True)
    rejection_reason = models.TextField(_("否决理由"), blank=True)
    eligibility = models.TextField(_("响应招标文件的资格能力条件"), blank=True, help_text=_("中标候选人公示的必备内容"))
    score = models.DecimalField(_("得分"), max_digits=6, decimal_places=2, null=True, blank=True)
    evaluated_price_fen = fen_field(_("评审价"), null=True, blank=True)
    rank = models.PositiveSmallIntegerField(_("名次"), null=True, blank=True)
    # lost after it was awarded (AW-13)
    passed_over = models.CharField(
        _("取消中标资格的情形"), max_length=20, choices=PassedOver, blank=True, editable=False
    )

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

    @property
    def has_won(self) -> bool:
        """Whether the package is awarded to this bid, by an award that stands."""
        return self.package.state == Package.State.AWARDED and self.package.result.winner_id == self.pk

    @property
    def is_judged(self) -> bool:
        """Whether the committee has scored or priced the bid, or else rejected it on a ground and for a reason."""
        if self.rejection_ground or self.rejection_reason:
            return bool(self.rejection_ground and self.rejection_reason)
        return self.score is not None or self.evaluated_price_fen is not None
