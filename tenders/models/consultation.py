"""Plan publicity: one round with its period, the versions of the plan and its pictures."""

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin, transition

from tenders.models.base import Drafted, Notice, facts_of, last_moment
from tenders.models.project import Project


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
        plan, need = self.current_plan(), getattr(self, "hearing_need", None)
        return {
            "project": self.project.facts(),
            **facts_of(self, ("round", "explanation", "opens_on", "closes_on", "shortened_reason", "channels")),
            "plan": plan and facts_of(plan, ("number", "text")),
            "renderings": [{"sha256": r.sha256, "alt": r.alt, "caption": r.caption} for r in self.renderings.all()],
            "hearing": need and need.facts(),
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
