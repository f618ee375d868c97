"""
A project from its plan to the award: what the bureau drafts, what the public says, what bidders deliver.

State machines hold edges and the moment of each edge; what an edge demands stands in ``gates``, who may walk it and
what follows from it in ``lifecycle.steps``. Every object of a project has a ``path``, its name in the public record.
"""

import secrets
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin, transition

from accounts.models import Organisation
from ledger.models import Entry

# RFC 8785 and JavaScript agree on integers up to here; no county builds for more fen.
MAX_FEN = 2**53 - 1
MAX_QUOTED = 1500  # characters of a text that an entry quotes in full
RECEIPT_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without I, L, O, U: read out over the phone


def fen_field(label: Any, **options: Any) -> models.BigIntegerField:
    return models.BigIntegerField(
        label, help_text=_("单位：分"), validators=[MinValueValidator(0), MaxValueValidator(MAX_FEN)], **options
    )


def new_receipt_code() -> str:
    """Return twelve random characters (60 bits) in groups of four: its holder can follow the comment."""
    code = "".join(secrets.choice(RECEIPT_ALPHABET) for _ in range(12))
    return "-".join(code[i : i + 4] for i in range(0, 12, 4))


def last_moment(day: date) -> datetime:
    """Return the end of ``day``: 24:00, as Civil Code 203 ends a period."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))


def in_record(value: Any) -> Any:
    """Return a fact as an entry can hold it: days as text, and of a long text its digest, since an entry has 64 KiB."""
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) and len(value) > MAX_QUOTED:
        return {"sha256": sha256(value.encode()).hexdigest(), "characters": len(value)}
    return value


def facts_of(thing: models.Model, names: Iterable[str]) -> dict[str, Any]:
    """Return the named fields of a row as facts. What is not named is not public."""
    return {name: in_record(getattr(thing, name)) for name in names}


class Drafted(models.Model):
    """Something written by hand before it is published. By ``revision`` two editors notice each other."""

    revision = models.PositiveIntegerField(default=0, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True


class Notice(models.TextChoices):
    """What is reviewed for secrets and personal data, once per document, before it goes out (政府信息公开条例 17)."""

    PLAN = "plan", _("方案公示")
    DECISION = "decision", _("决策与意见采纳情况")
    TENDER = "tender", _("招标公告与招标文件")
    CANDIDATES = "candidates", _("中标候选人公示")
    CONTRACT = "contract", _("施工合同")
    INTEGRITY_CONTRACT = "integrity-contract", _("廉政合同")


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

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = verbose_name_plural = _("资金来源")

    def __str__(self) -> str:
        return self.name


class Approval(models.Model):
    """An approval of the project by another organ (可研, 初步设计, 规划许可): D09."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="approvals")
    title = models.CharField(_("审批事项"), max_length=120)
    number = models.CharField(_("批准文号"), max_length=80)
    organ = models.CharField(_("审批机关"), max_length=120)
    approved_on = models.DateField(_("批准日期"))

    class Meta:
        ordering: ClassVar = ["approved_on", "pk"]
        verbose_name = verbose_name_plural = _("审批结果")
        constraints: ClassVar = [models.UniqueConstraint(fields=["project", "number"], name="approval_number_once")]

    def __str__(self) -> str:
        return f"{self.title} {self.number}"


class Consultation(FSMModelMixin, Drafted):
    """One round of plan publicity with comments. A plan changed in substance goes into the next round."""

    class State(models.TextChoices):
        DRAFT = "draft", _("起草中")
        PUBLISHED = "published", _("已公示")
        OPEN = "open", _("征求意见中")
        CLOSED = "closed", _("已截止")

    class Channel(models.TextChoices):
        WEBSITE = "website", _("政府网站")
        MEDIA = "media", _("报刊、广播、电视")
        NEW_MEDIA = "new-media", _("政务新媒体")
        POSTER = "poster", _("街头大型效果图")
        BOARD = "board", _("公开栏")

    notice: ClassVar = Notice.PLAN

    project = models.ForeignKey(Project, models.PROTECT, related_name="consultations")
    round = models.PositiveSmallIntegerField(_("轮次"), default=1)
    state = FSMField(_("状态"), default=State.DRAFT, choices=State, protected=True, max_length=20)
    explanation = models.TextField(_("起草说明"), blank=True)
    opens_on = models.DateField(_("开始日期"), null=True, blank=True)
    closes_on = models.DateField(_("截止日期"), null=True, blank=True, help_text=_("当日24时截止"))
    shortened_reason = models.TextField(_("缩短期限的理由"), blank=True, help_text=_("不足30日时必填，随公告公布"))
    channels = models.JSONField(_("公布渠道"), default=list)
    published_at = models.DateTimeField(null=True, editable=False)
    opened_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering: ClassVar = ["round"]
        verbose_name = verbose_name_plural = _("方案征求意见")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["project", "round"], name="consultation_round_once"),
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="consultation_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.project} · {self.round}"

    @property
    def path(self) -> str:
        return f"{self.project.path}/consultation/{self.round}"

    @property
    def ends_at(self) -> datetime | None:
        return last_moment(self.closes_on) if self.closes_on else None

    @transition(state, source=State.DRAFT, target=State.PUBLISHED)
    def publish(self, at: datetime) -> None:
        self.published_at = at

    @transition(state, source=State.PUBLISHED, target=State.OPEN)
    def open_comments(self, at: datetime) -> None:
        self.opened_at = at

    @transition(state, source=State.OPEN, target=State.CLOSED)
    def close_comments(self, at: datetime) -> None:
        self.closed_at = at

    def current_plan(self) -> "PlanVersion | None":
        return self.plans.order_by("number").last()

    def facts(self) -> dict[str, Any]:
        """What the plan notice publishes (D01): the project, the plan, the renderings by their digests, the period."""
        plan = self.current_plan()
        return {
            "project": self.project.facts(),
            **facts_of(self, ("round", "explanation", "opens_on", "closes_on", "shortened_reason", "channels")),
            "plan": plan and facts_of(plan, ("number", "text")),
            "renderings": [{"sha256": r.sha256, "alt": r.alt, "caption": r.caption} for r in self.renderings.all()],
        }


class PlanVersion(models.Model):
    """The text of the plan. A published version is never edited: the next number says what changed."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="plans")
    number = models.PositiveSmallIntegerField(_("版次"), default=1)
    text = models.TextField(_("方案正文"))
    change_note = models.TextField(_("改动说明"), blank=True)

    class Meta:
        ordering: ClassVar = ["number"]
        verbose_name = verbose_name_plural = _("方案文本")
        constraints: ClassVar = [models.UniqueConstraint(fields=["consultation", "number"], name="plan_version_once")]

    def __str__(self) -> str:
        return f"{self.consultation} v{self.number}"


class Rendering(models.Model):
    """A picture of what is to be built. ``alt`` says it in words, for those who can't see it."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="renderings")
    image = models.ImageField(_("效果图"), upload_to="renderings/", width_field="width", height_field="height")
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    caption = models.CharField(_("图名"), max_length=100)
    alt = models.CharField(_("文字说明"), max_length=300, help_text=_("给看不见图的人：画面上有什么"))
    position = models.PositiveSmallIntegerField(_("次序"), default=0)

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        verbose_name = verbose_name_plural = _("效果图")

    def __str__(self) -> str:
        return self.caption


class CommentQuerySet(models.QuerySet["Comment"]):
    def unanswered(self) -> "CommentQuerySet":
        return self.filter(answer=None)

    def shown(self) -> "CommentQuerySet":
        """Those that the public sees in words. All others are counted, and stand in the record by their commitment."""
        return self.filter(visibility=Comment.Visibility.SHOWN)


class Comment(models.Model):
    """
    An opinion on the plan, as it was given.

    ``text`` is never edited. The record holds only a salted commitment to it: text and salt stay in this row, which is
    how a comment can be proven by its author and yet be withheld by law. Name and contact are private.
    """

    class Stance(models.TextChoices):
        SUPPORT = "support", _("支持")
        NEUTRAL = "neutral", _("建议")
        OBJECT = "object", _("反对")

    class Topic(models.TextChoices):
        SITE = "site", _("选址与用地")
        DESIGN = "design", _("设计与外观")
        ENVIRONMENT = "environment", _("环境与绿化")
        TRAFFIC = "traffic", _("交通与停车")
        GRAVES = "graves", _("墓穴与祭扫")
        COST = "cost", _("投资与收费")
        OTHER = "other", _("其他")

    class Channel(models.TextChoices):
        WEB = "web", _("网上")
        LETTER = "letter", _("来信")
        PHONE = "phone", _("电话")
        BOX = "box", _("意见箱")
        MEETING = "meeting", _("座谈")

    class Visibility(models.TextChoices):
        PENDING = "pending", _("审核中")
        SHOWN = "shown", _("已公开")
        WITHHELD = "withheld", _("依法不公开")

    class Ground(models.TextChoices):
        """Why a comment may be withheld (law.md 5.3, M3). That it is critical is no ground."""

        SECRET = "secret", _("涉及国家秘密")
        FORBIDDEN = "forbidden", _("法律、行政法规禁止公开")
        SECURITY = "security", _("危及安全稳定")
        TRADE_SECRET = "trade-secret", _("涉及商业秘密")
        PRIVACY = "privacy", _("涉及个人隐私")
        ABUSIVE = "abusive", _("违法或者辱骂内容")
        SPAM = "spam", _("广告或者重复灌水")
        OFF_TOPIC = "off-topic", _("与本项目无关")

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="comments")
    number = models.PositiveIntegerField(_("编号"))
    code = models.CharField(_("回执码"), max_length=14, unique=True, default=new_receipt_code)
    salt = models.BinaryField(max_length=16)
    text = models.TextField(_("意见"))
    stance = models.CharField(_("态度"), max_length=10, choices=Stance, blank=True)
    topic = models.CharField(_("方面"), max_length=20, choices=Topic, default=Topic.OTHER)
    channel = models.CharField(_("来源"), max_length=10, choices=Channel, default=Channel.WEB)
    received_at = models.DateTimeField(_("收到时间"))
    name = models.CharField(_("称呼"), max_length=60, blank=True)
    contact = models.CharField(_("联系方式"), max_length=120, blank=True)
    visibility = models.CharField(_("公开情况"), max_length=10, choices=Visibility, default=Visibility.PENDING)
    withheld_ground = models.CharField(_("不公开理由"), max_length=20, choices=Ground, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["number"]
        verbose_name = verbose_name_plural = _("意见")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["consultation", "number"], name="comment_number_once"),
            models.CheckConstraint(
                condition=Q(visibility="withheld") ^ Q(withheld_ground=""), name="comment_withheld_only_on_a_ground"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consultation} #{self.number}"

    @property
    def project(self) -> Project:
        return self.consultation.project

    @property
    def path(self) -> str:
        return f"{self.consultation.path}/comment/{self.number}"


class Answer(models.Model):
    """What became of a comment."""

    class Outcome(models.TextChoices):
        ADOPTED = "adopted", _("采纳")
        PARTLY = "partly", _("部分采纳")
        NOT_ADOPTED = "not-adopted", _("不采纳")
        EXPLAINED = "explained", _("已说明")
        OUT_OF_SCOPE = "out-of-scope", _("非本项目")

    comment = models.OneToOneField(Comment, models.PROTECT, related_name="answer")
    outcome = models.CharField(_("结果"), max_length=20, choices=Outcome)
    text = models.TextField(_("答复与理由"))
    change = models.TextField(_("方案因此作出的改动"), blank=True)
    answered_at = models.DateTimeField(_("答复时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("答复")

    def __str__(self) -> str:
        return f"{self.comment}: {self.outcome}"


class Decision(Drafted):
    """The bureau's decision on the plan after the comments (D08), with the adoption report's summary (D07)."""

    notice: ClassVar = Notice.DECISION

    project = models.OneToOneField(Project, models.PROTECT, related_name="decision")
    decided_by = models.CharField(_("决策会议"), max_length=120, blank=True)
    decided_on = models.DateField(_("决策日期"), null=True, blank=True)
    text = models.TextField(_("决定内容"), blank=True)
    adoption = models.TextField(_("意见采纳情况说明"), blank=True)
    legality_sent_on = models.DateField(_("送合法性审查日期"), null=True, blank=True)
    legality_returned_on = models.DateField(_("合法性审查完成日期"), null=True, blank=True)
    legality_opinion = models.TextField(_("合法性审查意见"), blank=True)
    risk_assessment = models.TextField(_("社会稳定风险评估结论"), blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("决策")

    def __str__(self) -> str:
        return f"{self.project}: {self.decided_on}"

    @property
    def path(self) -> str:
        return f"{self.project.path}/decision"

    def facts(self) -> dict[str, Any]:
        comments = Comment.objects.filter(consultation__project=self.project)
        outcomes = {o.value: comments.filter(answer__outcome=o).count() for o in Answer.Outcome}
        return {
            **facts_of(self, ("decided_by", "decided_on", "text", "adoption", "risk_assessment")),
            "comments": {"received": comments.count(), **outcomes},
        }


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

    class Category(models.TextChoices):
        CONSTRUCTION = "construction", _("施工")
        DESIGN = "design", _("勘察设计")
        SUPERVISION = "supervision", _("监理")
        GOODS = "goods", _("货物")

    class Track(models.TextChoices):
        WORKS = "works", _("工程招标")
        PROCUREMENT = "gp", _("政府采购")

    class Method(models.TextChoices):
        OPEN = "open", _("公开招标")
        SELECTIVE = "selective", _("邀请招标")

    notice: ClassVar = Notice.TENDER

    project = models.ForeignKey(Project, models.PROTECT, related_name="packages")
    number = models.PositiveSmallIntegerField(_("标段号"), default=1)
    name = models.CharField(_("标段名称"), max_length=120)
    state = FSMField(_("状态"), default=State.DRAFT, choices=State, protected=True, max_length=20)
    category = models.CharField(_("类别"), max_length=20, choices=Category, default=Category.CONSTRUCTION)
    track = models.CharField(_("适用程序"), max_length=10, choices=Track, default=Track.WORKS)
    method = models.CharField(_("招标方式"), max_length=10, choices=Method, default=Method.OPEN)
    method_reason = models.TextField(_("不公开招标的理由"), blank=True)
    tender_number = models.CharField(_("招标编号"), max_length=60, blank=True)
    estimate_fen = fen_field(_("估算价"), default=0)
    limit_price_fen = fen_field(_("最高投标限价"), null=True, blank=True)
    scope = models.TextField(_("招标范围"), blank=True)
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
    opening_place = models.CharField(_("投标及开标地点"), max_length=200, blank=True)
    agency = models.CharField(_("招标代理机构"), max_length=120, blank=True)
    objection_contact = models.CharField(_("异议联系人及电话"), max_length=120, blank=True)
    supervisor = models.CharField(_("行政监督部门及电话"), max_length=160, blank=True)
    media = models.CharField(_("公告发布媒介"), max_length=200, blank=True)
    retender_of = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="retender"
    )
    announced_at = models.DateTimeField(null=True, editable=False)
    opened_at = models.DateTimeField(null=True, editable=False)
    opening_concluded_at = models.DateTimeField(null=True, editable=False)
    evaluated_at = models.DateTimeField(null=True, editable=False)
    candidates_published_at = models.DateTimeField(null=True, editable=False)
    awarded_at = models.DateTimeField(null=True, editable=False)
    failed_at = models.DateTimeField(null=True, editable=False)

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

    @transition(state, source=State.CANDIDATES, target=State.AWARDED)
    def award(self, at: datetime) -> None:
        self.awarded_at = at

    @transition(
        state,
        source=[State.ANNOUNCED, State.OPENING, State.OPENED, State.EVALUATED, State.CANDIDATES],
        target=State.FAILED,
    )
    def fail(self, at: datetime) -> None:
        self.failed_at = at

    def facts(self) -> dict[str, Any]:
        """What the tender announcement publishes (D13) with the digests of the tender documents (D14)."""
        names = (
            "name", "category", "track", "method", "method_reason", "tender_number", "estimate_fen", "limit_price_fen",
            "scope", "qualification", "consortium_allowed", "duration_days", "quality", "evaluation_method",
            "bid_validity_days", "bid_bond_fen", "documents_from", "opening_place", "agency", "objection_contact",
            "supervisor", "media", "documents_issued_on", "documents_until", "bids_due_at",
        )  # fmt: skip
        return {
            "package": self.number,
            **facts_of(self, names),
            "retender_of": self.retender_of and self.retender_of.path,
            "documents": [{"kind": d.kind, "title": d.title, "sha256": d.sha256} for d in self.documents.all()],
        }


class TenderDocument(models.Model):
    """A file of the tender documents. Both contract drafts belong to them from the start (TB-15)."""

    class Kind(models.TextChoices):
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


class Clarification(models.Model):
    """A clarification or change of the tender documents, given to all at once (D15). Publishing it is an act."""

    package = models.ForeignKey(Package, models.PROTECT, related_name="clarifications")
    number = models.PositiveSmallIntegerField(_("序号"))
    text = models.TextField(_("澄清或者修改内容"))
    affects_bids = models.BooleanField(_("可能影响投标文件编制"), default=False)
    old_due_at = models.DateTimeField(_("原投标截止时间"))
    new_due_at = models.DateTimeField(_("新投标截止时间"))
    published_at = models.DateTimeField(_("发布时间"))

    class Meta:
        ordering: ClassVar = ["number"]
        verbose_name = verbose_name_plural = _("澄清与修改")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["package", "number"], name="clarification_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.package} · {self.number}"

    @property
    def project(self) -> Project:
        return self.package.project

    @property
    def path(self) -> str:
        return f"{self.package.path}/clarification/{self.number}"


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


class Evaluation(Drafted):
    """The evaluation report (D21). The members' names are not here: they stay secret until the result (EM-03)."""

    notice: ClassVar = Notice.CANDIDATES

    package = models.OneToOneField(Package, models.PROTECT, related_name="evaluation")
    committee_size = models.PositiveSmallIntegerField(_("评标委员会人数"), null=True, blank=True)
    experts = models.PositiveSmallIntegerField(_("其中技术、经济专家人数"), null=True, blank=True)
    drawn_from = models.CharField(_("专家抽取方式"), max_length=200, blank=True)
    report_received_on = models.DateField(_("收到评标报告日期"), null=True, blank=True)
    summary = models.TextField(_("评标情况"), blank=True)
    owner_review = models.TextField(_("招标人审核意见"), blank=True, help_text=_("评分、低价、否决是否有异常"))
    matters_before_signing = models.TextField(_("签订合同前要处理的事宜"), blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("评标")

    def __str__(self) -> str:
        return str(self.package)

    @property
    def project(self) -> Project:
        return self.package.project

    @property
    def path(self) -> str:
        return f"{self.package.path}/evaluation"

    def facts(self) -> dict[str, Any]:
        """What the publicity of candidates says (D22). Scores and members stay in the report."""
        names = (
            "rank",
            "bidder",
            "credit_code",
            "price_fen",
            "quality",
            "duration_days",
            "project_manager",
            "manager_certificate",
        )
        bids = self.package.bids
        return {
            "candidates": [facts_of(bid, names) for bid in bids.candidates()],
            "rejected": [{"bidder": b.bidder, "reason": b.rejection_reason} for b in bids.exclude(rejection_reason="")],
            **facts_of(self, ("report_received_on", "summary")),
            "objection_contact": self.package.objection_contact,
        }


class Award(Drafted):
    """Who wins, and why if it is not the first candidate (AW-03)."""

    package = models.OneToOneField(Package, models.PROTECT, related_name="result")
    winner = models.ForeignKey(Bid, models.PROTECT, related_name="+", verbose_name=_("中标人"))
    determined_on = models.DateField(_("定标日期"))
    reason = models.TextField(_("未选第一名的理由"), blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("定标")

    def __str__(self) -> str:
        return f"{self.package}: {self.winner.bidder}"

    def facts(self) -> dict[str, Any]:
        names = (
            "bidder",
            "credit_code",
            "price_fen",
            "quality",
            "duration_days",
            "project_manager",
            "manager_certificate",
            "rank",
        )
        return {
            "winner": facts_of(self.winner, names),
            **facts_of(self, ("determined_on", "reason")),
        }


class Review(models.Model):
    """
    The recorded review for secrets and personal data before a notice goes out (政府信息公开条例 17; D03).

    It holds for exactly the content that was reviewed: ``digest`` is a salted hash of it, so that a draft edited
    afterwards needs a new review, and the record does not betray an unpublished text.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="reviews")
    subject = models.CharField(max_length=200, db_index=True)
    notice = models.CharField(_("公开事项"), max_length=20, choices=Notice)
    salt = models.BinaryField(max_length=16)
    digest = models.CharField(max_length=64)
    released = models.BooleanField(_("同意公开"))
    remark = models.TextField(_("审查意见"), blank=True)
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("审查人"))
    reviewed_at = models.DateTimeField(_("审查时间"))

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = verbose_name_plural = _("公开审查")

    def __str__(self) -> str:
        return f"{self.subject}: {self.notice}"


class Placement(models.Model):
    """
    That an announced act was put up or printed outside of this site: on a board, on a street, in a newspaper.

    A person did it and says so, with evidence. ``posted_at`` may lie before the day on which it is entered.
    """

    class Kind(models.TextChoices):
        BOARD = "board", _("公开栏")
        POSTER = "poster", _("街头大幅效果图")
        NEWSPAPER = "newspaper", _("报纸")
        RADIO = "radio", _("广播")
        TELEVISION = "television", _("电视")
        PLATFORM = "platform", _("外部平台")
        GOVERNMENT_SITE = "government-site", _("政府网站（人工刊登）")

    # What hangs on a wall is shown by a photo; what a platform has taken, by the number that it gave.
    SEEN: ClassVar = (Kind.BOARD, Kind.POSTER)
    NUMBERED: ClassVar = (Kind.PLATFORM,)

    project = models.ForeignKey(Project, models.PROTECT, related_name="placements")
    number = models.PositiveSmallIntegerField(_("序号"))
    announced = models.ForeignKey(Entry, models.PROTECT, related_name="+", verbose_name=_("所公布的事项"))
    kind = models.CharField(_("方式"), max_length=20, choices=Kind)
    place = models.CharField(
        _("地点或者媒体"), max_length=120, help_text=_("例如：文化路民政局大门公开栏；《清平报》第3版；平台的名称")
    )
    posted_at = models.DateTimeField(_("张贴（刊登）时间"), help_text=_("可以是过去的时间，公开时注明是补登"))
    until = models.DateField(_("保留至"), null=True, blank=True)
    receipt = models.CharField(
        _("回执号或者期号、版面"), max_length=120, blank=True, help_text=_("外部平台必填；报纸写期号和版面")
    )
    own_print = models.BooleanField(
        _("张贴的是本平台生成的版式"), default=False, help_text=_("公告页上的 A4 或 A3 版，未作改动")
    )
    note = models.CharField(_("说明"), max_length=200, blank=True)
    photo_alt = models.CharField(
        _("照片说明"), max_length=200, blank=True, help_text=_("给看不见照片的人：照片上有什么")
    )
    recorded_at = models.DateTimeField(_("登记时间"), editable=False)
    ended_at = models.DateTimeField(_("撤下时间"), null=True, blank=True)
    end_reason = models.CharField(_("撤下的原因"), max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["number"]
        verbose_name = verbose_name_plural = _("张贴与刊登")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["project", "number"], name="placement_number_once"),
            models.UniqueConstraint(
                fields=["announced", "kind", "place"], condition=Q(ended_at=None), name="placement_there_once"
            ),
            models.CheckConstraint(condition=Q(recorded_at__gte=F("posted_at")), name="placement_not_in_the_future"),
            models.CheckConstraint(condition=Q(ended_at__gte=F("posted_at")), name="placement_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(ended_at=None) ^ ~Q(end_reason=""), name="placement_ended_only_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.place}"

    @property
    def path(self) -> str:
        return f"{self.project.path}/placement/{self.number}"

    @property
    def is_entered_later(self) -> bool:
        """Whether it was entered on a later day than it was put up (补登)."""
        return timezone.localdate(self.posted_at) < timezone.localdate(self.recorded_at)

    def facts(self) -> dict[str, Any]:
        """What the entry says: also which act it carries, and the photos by their digests."""
        return {
            "number": self.number,
            "of": self.announced_id,
            **facts_of(self, ("kind", "place", "posted_at", "until", "receipt", "own_print", "note")),
            "entered_later": self.is_entered_later,
            "photos": [{"sha256": photo.sha256, "alt": self.photo_alt} for photo in self.photos.all()],
        }


class PlacementPhoto(models.Model):
    """A photo of a placement, or a clipping, drawn anew without what the camera wrote beside it."""

    placement = models.ForeignKey(Placement, models.PROTECT, related_name="photos")
    image = models.ImageField(_("照片"), upload_to="placements/", width_field="width", height_field="height")
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    sha256 = models.CharField(max_length=64, editable=False)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = verbose_name_plural = _("张贴照片")

    def __str__(self) -> str:
        return str(self.placement)


class HolidayYear(models.Model):
    """A year of the official holiday calendar, uploaded by an administrator from the State Council's yearly notice."""

    year = models.PositiveSmallIntegerField(_("年份"), primary_key=True)
    source = models.CharField(_("来源"), max_length=200, help_text=_("通知的名称和文号"))
    notice = models.JSONField(
        _("放假与调休安排"),
        help_text='{"year": 2027, "holidays": [["2027-01-01", "2027-01-03"]], "swapped_workdays": []}',
    )

    class Meta:
        ordering: ClassVar = ["year"]
        verbose_name = verbose_name_plural = _("节假日安排")

    def __str__(self) -> str:
        return str(self.year)
