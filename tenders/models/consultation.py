"""Plan publicity: one round with its period, the versions of the plan and its pictures."""

from datetime import date, datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin, transition

from tenders.models.base import Drafted, Notice, facts_of, last_moment
from tenders.models.project import Project


def is_repeated(consultation: Any) -> bool:
    """Whether an edge is that of a round after the first: the first one is published with its project."""
    return consultation.round > 1


def is_later_version(version: Any) -> bool:
    """Whether an edge is that of a version after the first: the first one is published with its round."""
    return version.number > 1


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    def due_to_open(self, at: datetime) -> "ConsultationQuerySet":
        """Rounds that are published, and whose first day has come."""
        return self.filter(state=Consultation.State.PUBLISHED, opens_on__lte=timezone.localdate(at))

    def due_to_close(self, at: datetime) -> "ConsultationQuerySet":
        """Rounds whose last day is over, to the second: 24:00 is the first moment of the next day."""
        return self.filter(state=Consultation.State.OPEN, closes_on__lt=timezone.localdate(at))


class Consultation(FSMModelMixin, Drafted):
    """
    One round of plan publicity with comments. A plan changed in substance goes into the next round.

    ``closes_on`` is the last day as it stands now; acts move it, and ``period_changes`` hold what it was before.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("起草中")
        PUBLISHED = "published", _("已公示")
        OPEN = "open", _("征求意见中")
        CLOSED = "closed", _("已截止")
        SUPERSEDED = "superseded", _("已由下一轮公示代替")

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
    superseded_at = models.DateTimeField(null=True, editable=False)

    objects = ConsultationQuerySet.as_manager()

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

    @transition(state, source=State.DRAFT, target=State.PUBLISHED, conditions=[is_repeated])
    def publish_again(self, at: datetime) -> None:
        self.published_at = at

    @transition(state, source=[State.PUBLISHED, State.OPEN, State.CLOSED], target=State.SUPERSEDED)
    def supersede(self, at: datetime) -> None:
        self.superseded_at = at

    @property
    def was_cut_short(self) -> bool:
        """Whether the next round has taken its place before its time was over."""
        return bool(self.superseded_at and self.ends_at and self.superseded_at < self.ends_at)

    @property
    def first_closes_on(self) -> date | None:
        """The last day as it was announced first."""
        first = self.period_changes.first()
        return first.old_closes_on if first else self.closes_on

    def current_plan(self) -> "PlanVersion | None":
        """Return the version that the public has, or the one that it will get with this round."""
        return self.plans.exclude(number__gt=1, state=PlanVersion.State.DRAFT).order_by("number").last()

    def written_version(self) -> int:
        """Return the number of the version that is being written, or else of the newest one."""
        found = self.draft_revision() or self.current_plan()
        return found.number if found else 1

    def draft_revision(self) -> "PlanVersion | None":
        """Return the next version within this round, if one is being written."""
        return self.plans.filter(number__gt=1, state=PlanVersion.State.DRAFT).first()

    def facts(self) -> dict[str, Any]:
        """What the plan notice publishes (D01): the project, the plan, the renderings by their digests, the period."""
        plan = self.current_plan()
        return {
            "project": self.project.facts(),
            **facts_of(self, ("round", "explanation", "opens_on", "closes_on", "shortened_reason", "channels")),
            "plan": plan and facts_of(plan, ("number", "text") + (("change_note",) if self.round > 1 else ())),
            "renderings": [rendering.facts() for rendering in self.renderings.of_version(1)],
            "placements": [required.facts() for required in self.required_placements.select_related("place")],
        }


class PeriodChange(models.Model):
    """That the last day of a round was moved, and why. Rows are written by ``tenders.operations.period`` alone."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="period_changes")
    old_closes_on = models.DateField(_("原截止日期"))
    new_closes_on = models.DateField(_("新截止日期"))
    reason = models.TextField(_("理由"))
    changed_at = models.DateTimeField(_("办理时间"))

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = verbose_name_plural = _("征求意见期限的变更")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(old_closes_on=F("new_closes_on")), name="period_change_changes")
        ]

    def __str__(self) -> str:
        return f"{self.consultation} {self.old_closes_on} → {self.new_closes_on}"

    @property
    def is_extension(self) -> bool:
        return self.new_closes_on > self.old_closes_on


class PlanVersion(FSMModelMixin, Drafted):
    """
    The text of the plan. A published version is never edited: the next number says what changed.

    The first version of a round goes out with the round, a later one by an act of its own.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("起草中")
        PUBLISHED = "published", _("已公布")

    notice: ClassVar = Notice.PLAN_VERSION

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="plans")
    number = models.PositiveSmallIntegerField(_("版次"), default=1)
    state = FSMField(_("状态"), default=State.DRAFT, choices=State, protected=True, max_length=20, editable=False)
    text = models.TextField(_("方案正文"))
    explanation = models.TextField(_("起草说明"), blank=True, help_text=_("第一版的起草说明随公示填写"))
    change_note = models.TextField(_("改动说明"), blank=True, help_text=_("改了哪里、为什么改，随方案公布"))
    minor_reason = models.TextField(_("为什么不是实质改动"), blank=True, help_text=_("随改动一并公布"))
    answers = models.ManyToManyField(
        "tenders.Answer", related_name="versions", blank=True, verbose_name=_("因哪些意见而改")
    )
    published_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering: ClassVar = ["number"]
        verbose_name = verbose_name_plural = _("方案文本")
        constraints: ClassVar = [models.UniqueConstraint(fields=["consultation", "number"], name="plan_version_once")]

    def __str__(self) -> str:
        return f"{self.consultation} v{self.number}"

    @property
    def project(self) -> Project:
        return self.consultation.project

    @property
    def path(self) -> str:
        return f"{self.consultation.path}/version/{self.number}"

    @transition(state, source=State.DRAFT, target=State.PUBLISHED)
    def publish(self, at: datetime) -> None:
        self.published_at = at

    @transition(state, source=State.DRAFT, target=State.PUBLISHED, conditions=[is_later_version])
    def publish_revision(self, at: datetime) -> None:
        self.published_at = at

    @property
    def told_explanation(self) -> str:
        """The explanation that goes with it: of a first version that of its round."""
        return self.explanation if self.number > 1 else self.consultation.explanation

    def pictures(self) -> "RenderingQuerySet":
        return self.consultation.renderings.of_version(self.number)

    def facts(self) -> dict[str, Any]:
        """What is published of a version after the first: the whole new text, what changed in it, and why."""
        answered = self.answers.select_related("comment").order_by("comment__number")
        return {
            "round": self.consultation.round,
            **facts_of(self, ("number", "change_note", "minor_reason", "text", "explanation")),
            "comments": [answer.comment.number for answer in answered],
            "renderings": [rendering.facts() for rendering in self.pictures()],
        }


class RenderingQuerySet(models.QuerySet["Rendering"]):
    def of_version(self, number: int) -> "RenderingQuerySet":
        """Those that belong to a version of their round's plan."""
        return self.filter(Q(until=None) | Q(until__gte=number), since__lte=number)


class Rendering(models.Model):
    """
    A picture of what is to be built. ``alt`` says it in words, for those who can't see it.

    It belongs to the versions of the plan from ``since`` to ``until``, so that a version keeps its pictures for ever.
    """

    class Kind(models.TextChoices):
        RENDERING = "rendering", _("效果图")
        DRAWING = "drawing", _("图纸")

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="renderings")
    kind = models.CharField(_("类别"), max_length=20, choices=Kind, default=Kind.RENDERING)
    image = models.ImageField(_("效果图"), upload_to="renderings/", width_field="width", height_field="height")
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    caption = models.CharField(_("图名"), max_length=100)
    alt = models.CharField(_("文字说明"), max_length=300, help_text=_("给看不见图的人：画面上有什么"))
    position = models.PositiveSmallIntegerField(_("次序"), default=0)
    since = models.PositiveSmallIntegerField(default=1, editable=False)
    until = models.PositiveSmallIntegerField(null=True, editable=False)  # None: still

    objects = RenderingQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        verbose_name = verbose_name_plural = _("效果图")

    def __str__(self) -> str:
        return self.caption

    def leave_out_of(self, number: int) -> None:
        """Take it out of a version that is being written. One that was never published goes altogether."""
        if self.since >= number:
            self.delete()
        else:
            self.until = number - 1
            self.save(update_fields=["until"])

    def facts(self) -> dict[str, str]:
        return {"sha256": self.sha256, "alt": self.alt, "caption": self.caption, "kind": self.kind}
