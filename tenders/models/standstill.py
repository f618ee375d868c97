"""What stops a tender for a while (D16), and what is written before one is ended for good."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tenders.models.base import Drafted, facts_of
from tenders.models.of_package import NumberedInPackage, OfPackage
from tenders.models.package import Package


def usual_refund() -> str:
    """Return what is promised if nobody writes something else (TBR 31)."""
    return "收取的招标文件费用、投标保证金及其银行同期存款利息，自本公告发布之日起5日内全部退还。"


class SuspensionQuerySet(models.QuerySet["Suspension"]):
    def running(self) -> "SuspensionQuerySet":
        return self.filter(resumed_at=None)


class Suspension(NumberedInPackage):
    """
    A tender stands still, by the bureau's own decision or by order of the supervisor (TBR 62, GPL 57).

    While bids are still taken, the deadline loses its force meanwhile, so that nobody's time to bid runs off: the
    resumption sets a new one, by which the same time is left.
    """

    branch: ClassVar = "suspension"

    package = models.ForeignKey(Package, models.PROTECT, related_name="suspensions")
    number = models.PositiveSmallIntegerField(_("序号"))
    reason = models.TextField(_("暂停的理由"))
    basis = models.CharField(_("依据"), max_length=200)
    ordered_by = models.CharField(_("责令暂停的部门"), max_length=120, blank=True, help_text=_("本单位自行暂停的留空"))
    order_number = models.CharField(_("文书编号"), max_length=80, blank=True)
    ends_on = models.DateField(_("暂停至"), null=True, blank=True, help_text=_("有期限的填写"))
    suspended_at = models.DateTimeField(_("暂停时间"))
    old_due_at = models.DateTimeField(_("原投标截止时间"), null=True, blank=True)
    resumed_at = models.DateTimeField(_("恢复时间"), null=True, blank=True)
    resume_reason = models.TextField(_("恢复的理由"), blank=True)
    new_due_at = models.DateTimeField(_("新投标截止时间"), null=True, blank=True)

    objects = SuspensionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["number"]
        verbose_name = verbose_name_plural = _("暂停招标投标活动")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["package", "number"], name="suspension_number_once"),
            models.UniqueConstraint(fields=["package"], condition=Q(resumed_at=None), name="suspended_once_at_a_time"),
            models.CheckConstraint(
                condition=Q(resumed_at=None) | Q(resumed_at__gte=F("suspended_at")), name="resumed_after_suspended"
            ),
        ]

    def facts(self) -> dict[str, Any]:
        names = ("number", "reason", "basis", "ordered_by", "order_number", "ends_on", "old_due_at")
        return facts_of(self, names)


class Ending(OfPackage, Drafted):
    """
    What is announced beside the reason when a tender is ended (D16): how money goes back, and what comes after.

    Why it ended (too few bidders, all rejected, given up) is not typed: it follows from the facts.
    """

    class Ground(models.TextChoices):
        TERMINATED = "terminated", _("招标人终止招标")
        TOO_FEW_APPLICANTS = "too-few-applicants", _("通过资格预审的申请人不足")
        TOO_FEW_BIDDERS = "too-few-bidders", _("投标人不足")
        ALL_REJECTED = "all-rejected", _("所有投标被否决")

    class Next(models.TextChoices):
        RETENDER = "retender", _("重新招标")
        NONE = "none", _("不再招标")

    # The law has a failed tender repeated; only one that the bureau itself ends may be given up for good.
    FAILURES: ClassVar = (Ground.TOO_FEW_APPLICANTS, Ground.TOO_FEW_BIDDERS, Ground.ALL_REJECTED)

    package = models.OneToOneField(Package, models.PROTECT, related_name="ending")
    refund = models.TextField(_("费用和保证金的退还"), default=usual_refund, blank=True)
    afterwards = models.CharField(_("之后"), max_length=10, choices=Next, default=Next.RETENDER)
    approval_organ = models.CharField(_("同意不再招标的审批部门"), max_length=120, blank=True)
    approval_number = models.CharField(_("批准文号"), max_length=80, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("招标终止或者失败")

    def __str__(self) -> str:
        return f"{self.package}"

    def facts(self) -> dict[str, Any]:
        return facts_of(self, ("refund", "afterwards", "approval_organ", "approval_number"))
