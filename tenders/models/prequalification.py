"""Prequalification (资格预审): its notice (D13), who applied in time, and who may go on to bid."""

from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin, transition

from ledger.canonical import new_salt
from tenders.models.base import Drafted, Notice, facts_of
from tenders.models.of_package import NumberedInPackage, OfPackage
from tenders.models.package import Package, TenderDocument

# What the notice takes from the package: it is written once
OF_THE_PACKAGE = (
    "name", "category", "track", "method", "approval_number", "tender_number", "estimate_fen", "scope",
    "qualification", "consortium_allowed", "duration_days", "quality", "agency", "agency_contact", "self_filing",
    "objection_contact", "supervisor", "fairness_channel", "media",
)  # fmt: skip


class Prequalification(FSMModelMixin, OfPackage, Drafted):
    """
    Who may bid is found out before the tender documents go out, by applications that are reviewed.

    The package stays a draft meanwhile. Who applied, how many they are and who passed is secret until the opening
    (EM-01): the record holds one salted digest of all, and whether they are enough.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("资格预审筹备")
        OPEN = "open", _("资格预审中")
        CONCLUDED = "concluded", _("资格预审已结束")

    class Mode(models.TextChoices):
        ALL = "all", _("合格制")
        LIMITED = "limited", _("有限数量制")

    notice: ClassVar = Notice.PREQUALIFICATION

    package = models.OneToOneField(Package, models.PROTECT, related_name="prequalification")
    state = FSMField(_("状态"), default=State.DRAFT, choices=State, protected=True, max_length=10, editable=False)
    mode = models.CharField(_("资格审查方法"), max_length=10, choices=Mode, default=Mode.ALL)
    most = models.PositiveSmallIntegerField(_("通过资格预审的最多家数"), null=True, blank=True)
    standard = models.TextField(_("资格审查的标准"), blank=True)
    documents_from = models.TextField(_("资格预审文件获取方式"), blank=True)
    documents_issued_on = models.DateField(_("资格预审文件发售开始日期"), null=True, blank=True)
    documents_until = models.DateField(_("资格预审文件发售截止日期"), null=True, blank=True)
    due_at = models.DateTimeField(_("资格预审申请文件提交截止时间"), null=True, blank=True)
    submission = models.TextField(_("资格预审申请文件递交方式"), blank=True)
    place = models.CharField(_("资格预审申请文件递交地点"), max_length=200, blank=True)
    reviewers = models.TextField(_("资格审查委员会成员"), blank=True, help_text=_("每行一人：姓名，单位。不公开。"))
    published_at = models.DateTimeField(null=True, editable=False)
    concluded_at = models.DateTimeField(null=True, editable=False)
    enough = models.BooleanField(null=True, editable=False)  # whether as many passed as the law wants (TB-14)
    salt = models.BinaryField(max_length=16, default=new_salt, editable=False)
    digest = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("资格预审")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(enough=None) ^ ~Q(concluded_at=None), name="prequalification_has_result"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.package} · {self._meta.verbose_name}"

    @property
    def path(self) -> str:
        return f"{self.package.path}/prequalification"

    @property
    def documents(self) -> models.QuerySet[TenderDocument]:
        return self.package.documents.filter(kind=TenderDocument.Kind.PREQUALIFICATION)

    @transition(state, source=State.DRAFT, target=State.OPEN)
    def publish(self, at: datetime) -> None:
        self.published_at = at

    @transition(state, source=State.OPEN, target=State.CONCLUDED)
    def conclude(self, at: datetime) -> None:
        self.concluded_at = at

    def facts(self) -> dict[str, Any]:
        """What the notice publishes (D13), with the digests of the prequalification documents."""
        own = (
            "mode", "most", "standard", "documents_from", "documents_issued_on", "documents_until", "due_at",
            "submission", "place",
        )  # fmt: skip
        return {
            "package": self.package.number,
            **facts_of(self.package, OF_THE_PACKAGE),
            **facts_of(self, own),
            "documents": [{"kind": d.kind, "title": d.title, "sha256": d.sha256} for d in self.documents],
        }


class ApplicantQuerySet(models.QuerySet["Applicant"]):
    def standing(self) -> "ApplicantQuerySet":
        return self.filter(status=Applicant.Status.ACCEPTED)

    def passed(self) -> "ApplicantQuerySet":
        return self.standing().filter(passed=True)


class Applicant(NumberedInPackage):
    """
    Who handed in an application, by the second, and what the review found. Under embargo until the opening (EM-01).

    Why somebody did not pass is told to that applicant alone; the record binds the words by a digest.
    """

    branch: ClassVar = "applicant"

    class Status(models.TextChoices):
        ACCEPTED = "accepted", _("已签收")
        REFUSED = "refused", _("拒收")
        WITHDRAWN = "withdrawn", _("已撤回")

    package = models.ForeignKey(Package, models.PROTECT, related_name="applicants")
    number = models.PositiveSmallIntegerField(_("序号"))
    applicant = models.CharField(_("申请人"), max_length=120)
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18)
    arrived_at = models.DateTimeField(_("送达时间"))
    delivered_by = models.CharField(_("递交人"), max_length=60)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("签收人")
    )
    status = models.CharField(_("签收结果"), max_length=10, choices=Status)
    refusal_reason = models.CharField(_("拒收原因"), max_length=200, blank=True)
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True, blank=True, editable=False)
    withdrawn_by = models.CharField(_("撤回人"), max_length=60, blank=True)
    passed = models.BooleanField(_("通过资格预审"), null=True, blank=True)
    reason = models.TextField(_("不通过的理由"), blank=True, help_text=_("写进给申请人的通知书，不公开。"))

    objects = ApplicantQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["number"]
        verbose_name = verbose_name_plural = _("资格预审申请人")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["package", "number"], name="applicant_number_once"),
            models.UniqueConstraint(
                fields=["package", "credit_code"], condition=Q(status="accepted"), name="one_application_per_company"
            ),
            models.CheckConstraint(
                condition=Q(status="refused") ^ Q(refusal_reason=""), name="applicant_refused_only_with_a_reason"
            ),
        ]
