"""A project: what is built, with whose money, and who answers for it."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin, transition

from accounts.models import Organisation
from tenders.models.base import Drafted, facts_of, fen_field

if TYPE_CHECKING:
    from tenders.models.consultation import Consultation


class ProjectQuerySet(models.QuerySet["Project"]):
    def public(self) -> "ProjectQuerySet":
        """Those whose plan has been published: before that a project is the bureau's own draft."""
        return self.exclude(stage=Project.Stage.PREPARATION)


class Project(FSMModelMixin, Drafted):
    class Stage(models.TextChoices):
        PREPARATION = "preparation", _("方案准备")
        CONSULTATION = "consultation", _("方案公示")
        DECIDED = "decided", _("已决策，招标签约")
        CONSTRUCTION = "construction", _("施工")
        ACCEPTED = "accepted", _("竣工验收")

    class Standing(models.TextChoices):
        ACTIVE = "active", _("进行中")
        SUSPENDED = "suspended", _("已暂停")
        CANCELLED = "cancelled", _("已取消")

    number = models.CharField(
        _("项目编号"), max_length=20, unique=True, validators=[RegexValidator(r"^[0-9]{4}-[0-9]{3,}$")]
    )
    code = models.CharField(_("项目代码"), max_length=40, blank=True, help_text=_("投资项目在线审批监管平台赋码"))
    name = models.CharField(_("项目名称"), max_length=120)
    name_en = models.CharField(_("英文名称"), max_length=200, blank=True)
    site = models.CharField(_("建设地点"), max_length=200, blank=True)
    scale = models.TextField(_("建设规模"), blank=True, help_text=_("面积、墓穴（格位）数、建筑物等"))
    purpose = models.TextField(_("建设目的"), blank=True)
    basis = models.TextField(_("建设依据"), blank=True)
    estimate_fen = fen_field(_("投资估算"), default=0)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("建设单位"))
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="managed_projects", verbose_name=_("项目负责人")
    )

    leader_name = models.CharField(_("分管领导"), max_length=60, blank=True)
    leader_post = models.CharField(_("分管领导职务"), max_length=60, blank=True)
    responsible_name = models.CharField(_("责任人"), max_length=60, blank=True)
    responsible_post = models.CharField(_("责任人职务"), max_length=60, blank=True)
    sanctions = models.TextField(_("责任追究办法"), blank=True, help_text=_("未尽责时如何处理"))

    contact_name = models.CharField(_("联系人"), max_length=60, blank=True)
    contact_phone = models.CharField(_("联系电话"), max_length=40, blank=True)
    contact_address = models.CharField(_("来信地址"), max_length=200, blank=True)
    contact_email = models.EmailField(_("电子邮箱"), blank=True)
    hotline = models.CharField(_("监督电话"), max_length=40, blank=True)

    stage = FSMField(_("阶段"), default=Stage.PREPARATION, choices=Stage, protected=True, max_length=20)
    standing = FSMField(_("状态"), default=Standing.ACTIVE, choices=Standing, protected=True, max_length=20)
    published_at = models.DateTimeField(_("方案公布时间"), null=True, editable=False)
    decided_at = models.DateTimeField(_("决策公布时间"), null=True, editable=False)
    started_at = models.DateTimeField(_("开工时间"), null=True, editable=False)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("项目")
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(estimate_fen__gte=0), name="project_estimate_not_negative")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        return f"project/{self.number}"

    @property
    def project(self) -> "Project":
        """Itself: every subject of a step knows its project."""
        return self

    @transition(stage, source=Stage.PREPARATION, target=Stage.CONSULTATION)
    def publish_plan(self, at: datetime) -> None:
        self.published_at = at

    @transition(stage, source=Stage.CONSULTATION, target=Stage.DECIDED)
    def decide(self, at: datetime) -> None:
        self.decided_at = at

    @transition(stage, source=Stage.DECIDED, target=Stage.CONSTRUCTION)
    def start_works(self, at: datetime) -> None:
        self.started_at = at

    @transition(standing, source=Standing.ACTIVE, target=Standing.SUSPENDED)
    def suspend(self, at: datetime) -> None: ...

    @transition(standing, source=Standing.SUSPENDED, target=Standing.ACTIVE)
    def resume(self, at: datetime) -> None: ...

    @transition(standing, source=[Standing.ACTIVE, Standing.SUSPENDED], target=Standing.CANCELLED)
    def cancel(self, at: datetime) -> None: ...

    def current_consultation(self) -> "Consultation | None":
        return self.consultations.order_by("round").last()

    def facts(self) -> dict[str, Any]:
        """What the plan notice says of the project itself (D01, M7)."""
        names = (
            "code", "name", "name_en", "site", "scale", "purpose", "basis", "estimate_fen", "leader_name",
            "leader_post", "responsible_name", "responsible_post", "sanctions", "contact_name", "contact_phone",
            "contact_address", "contact_email", "hotline",
        )  # fmt: skip
        return {
            "number": self.number,
            **facts_of(self, names),
            "owner": self.owner.name,
            "funding": [{"name": f.name, "amount_fen": f.amount_fen} for f in self.funding.all()],
        }


class FundingSource(models.Model):
    project = models.ForeignKey(Project, models.CASCADE, related_name="funding")
    name = models.CharField(_("资金来源"), max_length=100)
    amount_fen = fen_field(_("金额"))
    is_public = models.BooleanField(_("财政资金、国有资金"), default=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = verbose_name_plural = _("资金来源")

    def __str__(self) -> str:
        return self.name


class Approval(models.Model):
    """An approval of the project by another organ (可研, 初步设计, 规划许可): D09."""

    class Kind(models.TextChoices):
        PROPOSAL = "proposal", _("项目建议书")
        FEASIBILITY = "feasibility", _("可行性研究报告")
        DESIGN = "design", _("初步设计和概算")
        PLANNING = "planning", _("规划、用地等许可")
        OTHER = "other", _("其他")

    project = models.ForeignKey(Project, models.PROTECT, related_name="approvals")
    title = models.CharField(_("审批事项"), max_length=120)
    number = models.CharField(_("批准文号"), max_length=80)
    organ = models.CharField(_("审批机关"), max_length=120)
    approved_on = models.DateField(_("批准日期"))
    kind = models.CharField(_("类别"), max_length=20, choices=Kind, default=Kind.OTHER)
    amount_fen = fen_field(_("批准的估算或者概算"), null=True, blank=True)
    overrun_report = models.TextField(_("概算超过估算10%以上的报告情况"), blank=True)

    class Meta:
        ordering: ClassVar = ["approved_on", "pk"]
        verbose_name = verbose_name_plural = _("审批结果")
        constraints: ClassVar = [models.UniqueConstraint(fields=["project", "number"], name="approval_number_once")]

    def __str__(self) -> str:
        return f"{self.title} {self.number}"
