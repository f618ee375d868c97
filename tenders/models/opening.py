"""The session in which bids are opened: who runs it, what was found, who confirmed and signed what."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenders.models.base import Drafted, fen_field
from tenders.models.bid import Bid
from tenders.models.of_package import OfPackage
from tenders.models.package import Package


class Opening(Drafted):
    """
    The opening session of a package: who chairs and records, where, and what was checked (D17, D18).

    The reserve price (标底) lies in an envelope until the session: what nobody has typed, nobody can leak (EM-02).
    """

    class SealChecker(models.TextChoices):
        BIDDERS = "bidders", _("全体投标人")
        DELEGATES = "delegates", _("投标人推选的代表")
        NOTARY = "notary", _("公证机构")

    class Signer(models.TextChoices):
        CHAIR = "chair", _("主持人")
        RECORDER = "recorder", _("记录人")
        SUPERVISOR = "supervisor", _("监标人")
        OWNER = "owner", _("招标人代表")

    package = models.OneToOneField(Package, models.PROTECT, related_name="opening")
    chair = models.CharField(_("主持人"), max_length=60, blank=True)
    recorder = models.CharField(_("记录人"), max_length=60, blank=True)
    bid_supervisor = models.CharField(_("监标人"), max_length=60, blank=True)
    has_reserve_price = models.BooleanField(
        _("设有标底"), default=False, help_text=_("标底密封带到开标会，当众公布；开标前不录入本系统")
    )
    delay_reason = models.CharField(
        _("推迟开标的原因"), max_length=200, blank=True, help_text=_("没有按公告的时间开标的必填，随开标公布")
    )
    seals_checker = models.CharField(_("由谁检查密封"), max_length=10, choices=SealChecker, blank=True)
    seals_checked_by = models.CharField(
        _("密封检查人"),
        max_length=120,
        blank=True,
        help_text=_("写单位，不写姓名；由代表或者公证机构检查的必填"),
    )
    seals_finding = models.CharField(_("密封检查结果"), max_length=200, blank=True)
    broken_seals = models.JSONField(_("密封有破损的投标"), default=list, editable=False)  # numbers
    seals_checked_at = models.DateTimeField(_("密封检查时间"), null=True, editable=False)
    reserve_price_fen = fen_field(_("标底"), null=True, blank=True)
    reserve_announced_at = models.DateTimeField(_("公布标底时间"), null=True, editable=False)
    recording = models.CharField(_("录音录像编号"), max_length=100, blank=True)
    no_evaluator_attended = models.BooleanField(
        _("评标委员会成员没有参加开标"), default=False, help_text=_("政府采购项目的必填")
    )
    notes = models.TextField(_("其他记录"), blank=True)
    signers = models.JSONField(_("已签字"), default=list, editable=False)
    signed_at = models.DateTimeField(_("签字时间"), null=True, editable=False)
    signed_scan = models.FileField(_("签字的开标记录扫描件"), upload_to="opening-records/", blank=True)  # not public
    signed_scan_sha256 = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("开标会")

    def __str__(self) -> str:
        return str(self.package)


class BidderAttendance(OfPackage):
    """
    A bidder's representative at the opening, in the room or online (签到, D17).

    Until the opening it would betray who bids, so it is no act of the record: the opening's entry tells who was there.
    Names and telephones stay private for good.
    """

    class Authority(models.TextChoices):
        REPRESENTATIVE = "representative", _("法定代表人")
        AUTHORISED = "authorised", _("委托代理人（有授权委托书）")

    package = models.ForeignKey(Package, models.PROTECT, related_name="bidder_attendances")
    bidder = models.CharField(_("投标人"), max_length=120)
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18)
    representative = models.CharField(_("代表姓名"), max_length=60)
    authority = models.CharField(_("身份"), max_length=20, choices=Authority)
    phone = models.CharField(_("联系电话"), max_length=40, blank=True)
    remote = models.BooleanField(_("在线参加"), default=False)
    # by the bidder's own account: until the opening the bureau does not see it, so neither may it stand in its way
    by_account = models.BooleanField(default=False, editable=False)
    signed_in_at = models.DateTimeField(_("签到时间"))
    signed_in_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["signed_in_at", "pk"]
        verbose_name = verbose_name_plural = _("投标人签到")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["package", "credit_code", "by_account"], name="bidder_signs_in_once")
        ]

    def __str__(self) -> str:
        return f"{self.package}: {self.bidder}"

    @property
    def path(self) -> str:
        return f"{self.package.path}/bidder/{self.pk}"


class LineConfirmation(models.Model):
    """
    What a bidder said to its line of the opening record, or that nobody was there to say it. The newest one counts.

    It belongs to one reading, by its place in the record: after a correction the bidder is asked again.
    """

    class Means(models.TextChoices):
        ELECTRONIC = "electronic", _("本人账户确认")
        SIGNED = "signed", _("当场签字")
        REFUSED = "refused", _("拒绝签字")
        ABSENT = "absent", _("未到场")

    bid = models.ForeignKey(Bid, models.PROTECT, related_name="confirmations")
    reading = models.PositiveBigIntegerField(_("所确认的唱标"))  # number of its entry
    means = models.CharField(_("确认方式"), max_length=12, choices=Means)
    remark = models.CharField(_("拒绝签字的理由"), max_length=200, blank=True)
    confirmed_at = models.DateTimeField(_("确认时间"))

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = verbose_name_plural = _("投标人确认")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(means="refused") | ~Q(remark=""), name="refusal_to_sign_has_a_reason")
        ]

    def __str__(self) -> str:
        return f"{self.bid}: {self.means}"
