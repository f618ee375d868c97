"""A package (标段, 采购包): its tender, the documents and their clarifications."""

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import GET_STATE, FSMField, FSMModelMixin, transition

from tenders.models.base import Drafted, Notice, facts_of, fen_field
from tenders.models.method import Category, Ground, Method, Organising, Track
from tenders.models.project import Project

# What the tender plan (D11) tells, weeks before the announcement
PLANNED = ("name", "category", "track", "method", "scope", "estimate_fen", "planned_on")
# Where a notice says in words of its own what a bidder has to be, to offer and to do
DEMANDING = ("scope", "technical", "price_terms", "qualification", "evaluation_method", "documents_from", "submission")
# How it is procured, and why not by open tender
CHOSEN = ("method", "method_ground", "method_reason")


def is_planned_once(package: Any) -> bool:
    return package.planned_at is None


def tells_a_new_reason(package: Any) -> bool:
    return package.method != Method.OPEN and package.chosen() != package.published_choice


def is_before_the_public(package: Any) -> bool:
    return package.state != Package.State.DRAFT or package.prequalifies or package.is_prequalified


class PackageQuerySet(models.QuerySet["Package"]):
    def before_the_public(self) -> "PackageQuerySet":
        """Those whose tender is announced, or before that their prequalification."""
        is_announced = Q(announced_at__isnull=False)
        return self.filter(is_announced | Q(prequalification__published_at__isnull=False))

    def named(self, path: str) -> "PackageQuerySet":
        """The one that a path of the record names, or to which it belongs: project/2026-001/package/1/bid/2."""
        _project, number, _package, package = path.split("/")[:4]
        return self.filter(project__number=number, number=package)


class Package(FSMModelMixin, Drafted):
    """One tender: a lot (标段) on the works track, a package (采购包) on the government-procurement track."""

    class State(models.TextChoices):
        DRAFT = "draft", _("招标准备")
        ANNOUNCED = "announced", _("招标中")
        OPENING = "opening", _("开标中")
        OPENED = "opened", _("已开标，评标中")
        EVALUATED = "evaluated", _("评标完成")
        CANDIDATES = "candidates", _("中标候选人公示")
        AWARDED = "awarded", _("已定标")
        FAILED = "failed", _("招标失败（终止）")

    Category, Track, Method = Category, Track, Method

    notice: ClassVar = Notice.TENDER

    project = models.ForeignKey(Project, models.PROTECT, related_name="packages")
    number = models.PositiveSmallIntegerField(_("标段号"), default=1)
    name = models.CharField(_("标段名称"), max_length=120)
    state = FSMField(_("状态"), default=State.DRAFT, choices=State, protected=True, max_length=20)
    category = models.CharField(_("类别"), max_length=20, choices=Category, default=Category.CONSTRUCTION)
    track = models.CharField(_("适用程序"), max_length=10, choices=Track, default=Track.WORKS)
    method = models.CharField(_("招标方式"), max_length=10, choices=Method, default=Method.OPEN)
    method_ground = models.CharField(_("不公开招标的法定情形"), max_length=20, choices=Ground, blank=True)
    method_reason = models.TextField(_("不公开招标的理由"), blank=True)
    approval_number = models.CharField(_("核准招标内容的批准文号"), max_length=80, blank=True)
    approved_method = models.CharField(_("核准的招标方式"), max_length=10, choices=Method, blank=True)
    approved_organising = models.CharField(_("核准的组织形式"), max_length=10, choices=Organising, blank=True)
    planned_on = models.DateField(_("计划招标（采购）日期"), null=True, blank=True)
    tender_number = models.CharField(_("招标编号"), max_length=60, blank=True)
    estimate_fen = fen_field(_("估算价"), default=0)
    limit_price_fen = fen_field(_("最高投标限价"), null=True, blank=True)
    scope = models.TextField(_("招标范围"), blank=True)
    standard_text = models.CharField(_("采用的标准文本"), max_length=160, blank=True)
    technical = models.TextField(_("技术标准和要求"), blank=True)
    price_terms = models.TextField(_("报价要求"), blank=True)
    qualification = models.TextField(_("投标人资格要求"), blank=True)
    consortium_allowed = models.BooleanField(_("接受联合体投标"), default=False)
    duration_days = models.PositiveIntegerField(_("计划工期（日历天）"), null=True, blank=True)
    quality = models.CharField(_("质量要求"), max_length=200, blank=True)
    evaluation_method = models.TextField(_("评标办法"), blank=True)
    bid_validity_days = models.PositiveIntegerField(_("投标有效期（日历天）"), null=True, blank=True)
    bid_bond_fen = fen_field(_("投标保证金"), default=0)
    documents_from = models.TextField(_("招标文件获取方式"), blank=True)
    documents_issued_on = models.DateField(_("招标文件发出日期"), null=True, blank=True)
    documents_until = models.DateField(_("招标文件发售截止日期"), null=True, blank=True)
    bids_due_at = models.DateTimeField(_("投标截止（开标）时间"), null=True, blank=True)
    submission = models.TextField(_("投标文件递交方式"), blank=True)
    platform = models.CharField(_("电子招标投标交易平台网址"), max_length=200, blank=True)
    opening_place = models.CharField(_("投标及开标地点"), max_length=200, blank=True)
    agency = models.CharField(_("招标代理机构"), max_length=120, blank=True)
    agency_contact = models.CharField(_("代理机构地址和联系方式"), max_length=200, blank=True)
    self_filing = models.CharField(_("自行招标的备案"), max_length=160, blank=True)
    objection_contact = models.CharField(_("异议联系人及电话"), max_length=120, blank=True)
    supervisor = models.CharField(_("行政监督部门及电话"), max_length=160, blank=True)
    fairness_channel = models.CharField(_("公平竞争举报渠道（市场监管部门）"), max_length=160, blank=True)
    media = models.CharField(_("公告发布媒介"), max_length=200, blank=True)
    retender_of = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="retender"
    )
    planned_at = models.DateTimeField(null=True, editable=False)
    reasoned_at = models.DateTimeField(null=True, editable=False)
    published_choice = models.JSONField(default=dict, editable=False)  # the method and its reason, as last published
    announced_at = models.DateTimeField(null=True, editable=False)
    opened_at = models.DateTimeField(null=True, editable=False)
    opening_concluded_at = models.DateTimeField(null=True, editable=False)
    evaluated_at = models.DateTimeField(null=True, editable=False)
    candidates_published_at = models.DateTimeField(null=True, editable=False)
    awarded_at = models.DateTimeField(null=True, editable=False)
    failed_at = models.DateTimeField(null=True, editable=False)

    objects = PackageQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["number"]
        verbose_name = verbose_name_plural = _("标段")
        constraints: ClassVar = [models.UniqueConstraint(fields=["project", "number"], name="package_number_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        return f"{self.project.path}/package/{self.number}"

    @property
    def is_opened(self) -> bool:
        """Whether the embargo on bidders, their number and their prices has ended (EM-01, EM-06)."""
        return self.opened_at is not None

    @property
    def prequalifies(self) -> bool:
        """Whether applications for its prequalification are taken, or under review."""
        return self.state == self.State.DRAFT and self._prequalification_is("open")

    @property
    def is_prequalified(self) -> bool:
        """Whether its prequalification is over, whatever came of it: then only those who passed may bid."""
        return self._prequalification_is("concluded")

    def _prequalification_is(self, state: str) -> bool:
        found = getattr(self, "prequalification", None)
        return found is not None and found.state == state

    @property
    def is_receiving(self) -> bool:
        """Whether it is in the hands of those who prepare a bid, or an application to be let to bid."""
        return self.state == self.State.ANNOUNCED or self.prequalifies

    @property
    def closes_at(self) -> datetime | None:
        """The deadline that runs now: that of applications while it prequalifies, else that of bids."""
        return self.prequalification.due_at if self.prequalifies else self.bids_due_at

    @property
    def organising(self) -> Organising:
        return Organising.AGENCY if self.agency else Organising.SELF

    def chosen(self) -> dict[str, Any]:
        """How it is procured and why so, as it stands now."""
        return facts_of(self, CHOSEN)

    @transition(state, source=State.DRAFT, conditions=[is_planned_once])
    def publish_tender_plan(self, at: datetime) -> None:
        self.planned_at = at

    @transition(state, source=State.DRAFT, conditions=[tells_a_new_reason])
    def publish_method(self, at: datetime) -> None:
        self.reasoned_at, self.published_choice = at, self.chosen()

    @property
    def is_procurement(self) -> bool:
        """Whether the rules of government procurement (GP-*) bind, and not those of works tenders."""
        return self.track == self.Track.PROCUREMENT

    @property
    def before_award(self) -> str:
        """The state from which the track leads to the award: government procurement has no publicity of candidates."""
        return self.State.EVALUATED if self.is_procurement else self.State.CANDIDATES

    @transition(state, source=State.DRAFT, target=State.ANNOUNCED)
    def announce(self, at: datetime) -> None:
        self.announced_at = at

    @transition(state, source=State.ANNOUNCED, target=State.OPENING)
    def open_bids(self, at: datetime) -> None:
        self.opened_at = at

    @transition(state, source=State.OPENING, target=State.OPENED)
    def conclude_opening(self, at: datetime) -> None:
        self.opening_concluded_at = at

    @transition(state, source=State.OPENED, target=State.EVALUATED)
    def evaluate(self, at: datetime) -> None:
        self.evaluated_at = at

    @transition(state, source=State.EVALUATED, target=State.CANDIDATES)
    def publish_candidates(self, at: datetime) -> None:
        self.candidates_published_at = at

    @transition(state, source=[State.EVALUATED, State.CANDIDATES], target=State.AWARDED)
    def award(self, at: datetime) -> None:
        self.awarded_at = at

    @transition(
        state,
        source=State.AWARDED,
        target=GET_STATE(lambda package, at: package.before_award, states=[State.EVALUATED, State.CANDIDATES]),
    )
    def revoke_award(self, at: datetime) -> None:
        self.awarded_at = None

    @transition(
        state,
        source=[State.DRAFT, State.ANNOUNCED, State.OPENING, State.OPENED, State.EVALUATED, State.CANDIDATES],
        target=State.FAILED,
        conditions=[is_before_the_public],
    )
    def fail(self, at: datetime) -> None:
        self.failed_at = at

    def plan(self) -> dict[str, Any]:
        """What the tender plan publishes (D11); on the procurement track it is the purchase intention."""
        project = self.project
        contact = facts_of(project, ("contact_name", "contact_phone"))
        return {"package": self.number, **facts_of(self, PLANNED), "owner": project.owner.name, **contact}

    def facts(self) -> dict[str, Any]:
        """What the tender announcement publishes (D13) with the digests of the tender documents (D14)."""
        names = (
            "name", "category", "track", "method", "method_ground", "method_reason", "approval_number",
            "tender_number", "estimate_fen", "limit_price_fen", "scope", "standard_text", "technical", "price_terms",
            "qualification", "consortium_allowed", "duration_days", "quality", "evaluation_method",
            "bid_validity_days", "bid_bond_fen", "documents_from", "submission", "platform", "opening_place", "agency",
            "agency_contact", "self_filing", "objection_contact", "supervisor", "fairness_channel", "media",
            "documents_issued_on", "documents_until", "bids_due_at",
        )  # fmt: skip
        return {
            "package": self.number,
            **facts_of(self, names),
            "retender_of": self.retender_of and self.retender_of.path,
            "documents": [
                {"kind": d.kind, "title": d.title, "sha256": d.sha256}
                for d in self.documents.all()
                if d.kind != TenderDocument.Kind.PREQUALIFICATION
            ],
        }


class TenderDocument(models.Model):
    """A file of the tender documents. Both contract drafts belong to them from the start (TB-15)."""

    class Kind(models.TextChoices):
        PREQUALIFICATION = "prequalification", _("资格预审文件")
        MAIN = "main", _("招标文件")
        DRAWINGS = "drawings", _("图纸")
        BILL = "bill", _("工程量清单")
        CONTRACT_DRAFT = "contract-draft", _("施工合同文本")
        INTEGRITY_DRAFT = "integrity-draft", _("廉政合同文本")
        OTHER = "other", _("其他")

    package = models.ForeignKey(Package, models.PROTECT, related_name="documents")
    kind = models.CharField(_("类别"), max_length=20, choices=Kind)
    title = models.CharField(_("名称"), max_length=120)
    file = models.FileField(_("文件"), upload_to="tender-documents/")
    sha256 = models.CharField(max_length=64, editable=False)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = verbose_name_plural = _("招标文件")

    def __str__(self) -> str:
        return self.title
