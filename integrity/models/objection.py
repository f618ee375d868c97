"""Objections (异议, in government procurement 质疑): until they are answered, the procedure stands still."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from ledger.canonical import commitment
from tenders.models import NumberedInPackage, Package, new_receipt_code

OBJECTION_LABEL = "objection-v1"  # of the commitment to an objector's name and words


class Capacity(models.TextChoices):
    """As what somebody objects or complains. Whoever is neither may report to the hotline (OB-09)."""

    BIDDER = "bidder", _("投标人")
    POTENTIAL = "potential", _("潜在投标人")
    INTERESTED = "interested", _("其他利害关系人")


class Channel(models.TextChoices):
    WEB = "web", _("网上")
    LETTER = "letter", _("书面")
    ON_THE_SPOT = "spot", _("现场")


class ObjectionQuerySet(models.QuerySet["Objection"]):
    def open(self) -> "ObjectionQuerySet":
        return self.filter(answered_at=None)


class Objection(NumberedInPackage):
    """
    An objection by a bidder or another interested party. Until it is answered the procedure stands still.

    The objector's name and words are private (D23 publishes the result); the record holds a salted commitment.
    """

    branch: ClassVar = "objection"

    class Kind(models.TextChoices):
        PREQUALIFICATION = "prequal", _("对资格预审文件的异议")
        DOCUMENTS = "documents", _("对招标文件的异议")
        OPENING = "opening", _("对开标的异议")
        RESULT = "result", _("对评标结果的异议")

    class Outcome(models.TextChoices):
        UPHELD = "upheld", _("异议成立")
        REJECTED = "rejected", _("异议不成立")
        WITHDRAWN = "withdrawn", _("异议人撤回")
        NOT_ENTITLED = "not-entitled", _("不是投标人或者其他利害关系人，不予受理")

    package = models.ForeignKey(Package, models.PROTECT, related_name="objections")
    number = models.PositiveSmallIntegerField(_("序号"))
    code = models.CharField(_("回执码"), max_length=14, unique=True, default=new_receipt_code)
    kind = models.CharField(_("类别"), max_length=10, choices=Kind)
    capacity = models.CharField(_("身份"), max_length=12, choices=Capacity, default=Capacity.INTERESTED)
    objector = models.CharField(_("异议人"), max_length=120)
    contact = models.CharField(_("联系方式"), max_length=120, blank=True)
    text = models.TextField(_("异议内容"))
    evidence = models.TextField(_("证据和线索"), blank=True)
    channel = models.CharField(_("来源"), max_length=10, choices=Channel, default=Channel.LETTER)
    salt = models.BinaryField(max_length=16)
    received_at = models.DateTimeField(_("收到时间"))
    answer = models.TextField(_("答复"), blank=True)
    summary = models.TextField(_("公开的事项和答复摘要"), blank=True, help_text=_("不写异议人，不写商业秘密"))
    measures = models.TextField(_("处理措施"), blank=True, help_text=_("异议成立的填写：改什么，何时改"))
    upheld = models.BooleanField(_("异议成立"), null=True, blank=True)
    outcome = models.CharField(_("结果"), max_length=12, choices=Outcome, blank=True)
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["number"]
        verbose_name = verbose_name_plural = _("异议")
        constraints: ClassVar = [models.UniqueConstraint(fields=["package", "number"], name="objection_number_once")]

    @property
    def is_query(self) -> bool:
        """Whether it is a query (质疑) of the Government Procurement Law, with periods of its own."""
        return self.package.is_procurement

    @property
    def result_label(self) -> str:
        return str(self.Outcome(self.outcome).label) if self.outcome else ""

    def commitment(self) -> str:
        return commitment(OBJECTION_LABEL, bytes(self.salt), f"{self.objector}\n{self.text}")
