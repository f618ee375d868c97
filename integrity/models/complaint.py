"""Complaints (投诉) to the supervisor: their way through acceptance, examination and decision."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from integrity.models.objection import Capacity, Channel, Objection
from ledger.canonical import commitment
from tenders.models import NumberedInPackage, Package, Project, new_receipt_code

COMPLAINT_LABEL = "complaint-v1"  # of the commitment to a complainant's name and words


class Complaint(NumberedInPackage):
    """
    A complaint by a bidder or another interested party. The supervisor decides it; this platform shows how far it is.

    Name and words are private; the record holds a salted commitment, and the result in public words (OB-10).
    """

    branch: ClassVar = "complaint"

    class Kind(models.TextChoices):
        DOCUMENTS = "documents", _("招标文件")
        OPENING = "opening", _("开标")
        RESULT = "result", _("评标结果")
        OTHER = "other", _("其他违法违规行为")

    package = models.ForeignKey(Package, models.PROTECT, related_name="complaints")
    number = models.PositiveSmallIntegerField(_("序号"))
    code = models.CharField(_("回执码"), max_length=14, unique=True, default=new_receipt_code)
    kind = models.CharField(_("投诉事项"), max_length=10, choices=Kind)
    objection = models.ForeignKey(
        Objection, models.PROTECT, null=True, blank=True, related_name="complaints", verbose_name=_("先提出的异议")
    )
    capacity = models.CharField(_("身份"), max_length=12, choices=Capacity, default=Capacity.INTERESTED)
    complainant = models.CharField(_("投诉人"), max_length=120)
    contact = models.CharField(_("联系方式"), max_length=120, blank=True)
    text = models.TextField(_("投诉内容"))
    evidence = models.TextField(_("证据和线索"), blank=True)
    channel = models.CharField(_("来源"), max_length=10, choices=Channel, default=Channel.LETTER)
    salt = models.BinaryField(max_length=16)
    known_on = models.DateField(_("知道或者应当知道的日期"))
    received_at = models.DateTimeField(_("收到时间"))
    handled_by = models.CharField(_("处理投诉的部门"), max_length=120, blank=True)
    accepted = models.BooleanField(_("受理"), null=True, blank=True)
    acceptance_reason = models.TextField(_("不予受理的理由"), blank=True)
    acceptance_number = models.CharField(_("受理文书编号"), max_length=80, blank=True)
    acceptance_decided_on = models.DateField(_("决定是否受理的日期"), null=True, blank=True)
    upheld = models.BooleanField(_("投诉成立"), null=True, blank=True)
    result = models.TextField(_("处理结果"), blank=True, help_text=_("公开：不写投诉人，不写商业秘密"))
    decision_number = models.CharField(_("处理决定文号"), max_length=80, blank=True)
    decided_on = models.DateField(_("处理决定的日期"), null=True, blank=True)
    withdrawn_on = models.DateField(_("投诉人撤回的日期"), null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["number"]
        verbose_name = verbose_name_plural = _("投诉")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["package", "number"], name="complaint_number_once"),
            models.CheckConstraint(
                condition=Q(decided_on=None) | Q(accepted=True), name="complaint_decided_after_accepted"
            ),
            models.CheckConstraint(
                condition=Q(decided_on=None) | ~Q(result=""), name="complaint_decided_with_a_result"
            ),
        ]

    @property
    def is_over(self) -> bool:
        return self.accepted is False or self.decided_on is not None or self.withdrawn_on is not None

    @property
    def running_examination(self) -> "Examination | None":
        return next((e for e in self.examinations.all() if e.ended_on is None), None)

    def commitment(self) -> str:
        return commitment(COMPLAINT_LABEL, bytes(self.salt), f"{self.complainant}\n{self.text}")


class Examination(models.Model):
    """A test, an appraisal or an expert review that a complaint waits for. Its time is not counted (TBR 61)."""

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="examinations")
    number = models.PositiveSmallIntegerField(_("序号"))
    matter = models.CharField(_("检验、鉴定或者评审的事项"), max_length=200)
    started_on = models.DateField(_("开始日期"))
    ended_on = models.DateField(_("结束日期"), null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["number"]
        verbose_name = verbose_name_plural = _("检验、鉴定、专家评审")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["complaint", "number"], name="examination_number_once"),
            models.UniqueConstraint(fields=["complaint"], condition=Q(ended_on=None), name="examined_once_at_a_time"),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")), name="examination_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.complaint} · {self.number}"

    @property
    def project(self) -> Project:
        return self.complaint.project

    @property
    def path(self) -> str:
        return f"{self.complaint.path}/examination/{self.number}"
