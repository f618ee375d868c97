"""
The hearing (听证): whether there must be one, who asks to take part, who takes part, and what was said.

Names, contacts and words of participants stay in these rows. The record holds commitments, numbers and digests: what is
recorded can't be taken back, and a person may ask that it be.
"""

import json
from datetime import datetime
from hashlib import sha256
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin, transition

from ledger.canonical import commitment
from ledger.models import Entry
from tenders.models.base import Drafted, Notice, facts_of, last_moment
from tenders.models.comment import Comment, new_receipt_code
from tenders.models.consultation import Consultation
from tenders.models.project import Project

APPLICATION_LABEL = "hearing-application-v1"


def masked_name(name: str) -> str:
    """Return a name as the public sees it: its first character, the rest hidden (law.md 5.4)."""
    return f"{name[:1]}**"


class HearingNeed(models.Model):
    """Whether the plan needs a hearing (law.md 5.5), with the reason: published with the plan."""

    class Verdict(models.TextChoices):
        MUST = "must", _("应当举行听证")
        MAY = "may", _("可以举行听证")
        NOT_NEEDED = "not-needed", _("不举行听证")

    class Ground(models.TextChoices):
        INTEREST = "interest", _("直接涉及公民、法人、其他组织切身利益")
        DISAGREEMENT = "disagreement", _("存在较大分歧")
        LAW = "law", _("法律、法规、规章规定应当听证")
        LICENCE = "licence", _("许可涉及他人重大利益，利害关系人在期限内申请")
        MASTER_PLAN = "master-plan", _("修改经审定的总平面图")
        NONE = "none", _("以上情形都没有")

    # With these the law leaves no choice.
    BINDING: ClassVar = (Ground.LAW, Ground.LICENCE, Ground.MASTER_PLAN)

    consultation = models.OneToOneField(Consultation, models.PROTECT, related_name="hearing_need")
    ground = models.CharField(_("听证情形"), max_length=20, choices=Ground, blank=True)
    verdict = models.CharField(_("是否举行听证"), max_length=20, choices=Verdict, blank=True)
    reason = models.CharField(_("听证与否的理由"), max_length=500, blank=True, help_text=_("随方案公布"))

    class Meta:
        verbose_name = verbose_name_plural = _("听证的必要性")

    def __str__(self) -> str:
        return f"{self.consultation}: {self.verdict}"

    @property
    def project(self) -> Project:
        return self.consultation.project

    def facts(self) -> dict[str, Any]:
        return facts_of(self, ("ground", "verdict", "reason"))


class Hearing(FSMModelMixin, Drafted):
    """One hearing on a plan, from its announcement to its record."""

    class State(models.TextChoices):
        DRAFT = "draft", _("筹备中")
        ANNOUNCED = "announced", _("接受报名")
        APPLICATIONS_CLOSED = "applications-closed", _("报名截止，遴选参加人")
        LISTED = "listed", _("参加人名单已公布")
        HELD = "held", _("已举行，整理笔录")
        RECORDED = "recorded", _("笔录已公布")
        CANCELLED = "cancelled", _("已取消")

    class Kind(models.TextChoices):
        DECISION = "decision", _("决策听证")
        LICENCE = "licence", _("行政许可听证")

    class Selection(models.TextChoices):
        ALL = "all", _("报名的都参加")
        DRAW = "draw", _("名额之内都参加，超出名额的组公开抽签")
        CHOICE = "choice", _("按公布的办法遴选")

    notice: ClassVar = Notice.HEARING

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="hearings")
    number = models.PositiveSmallIntegerField(_("场次"))
    state = FSMField(_("状态"), default=State.DRAFT, choices=State, protected=True, max_length=20)
    kind = models.CharField(_("听证种类"), max_length=10, choices=Kind, default=Kind.DECISION)
    matter = models.TextField(_("听证事项"), blank=True, help_text=_("要听取意见的是方案的哪些内容"))
    starts_at = models.DateTimeField(_("听证时间"), null=True, blank=True)
    place = models.CharField(_("听证地点"), max_length=200, blank=True)
    applications_until = models.DateField(_("报名截止日期"), null=True, blank=True, help_text=_("当日24时截止"))
    how_to_apply = models.TextField(
        _("其他报名方式"), blank=True, help_text=_("不上网的人怎样报名：到哪里、打什么电话、找谁")
    )
    selection = models.CharField(_("参加人遴选方式"), max_length=10, choices=Selection, default=Selection.DRAW)
    selection_method = models.TextField(
        _("遴选办法"), blank=True, help_text=_("怎样遴选，怎样保证相关各方都有代表；随公告公布")
    )
    draw_source = models.CharField(
        _("抽签用的随机数"),
        max_length=200,
        blank=True,
        help_text=_("报名截止以后才产生、谁都能查到的号码，例如：福彩双色球某期开奖号码"),
    )
    requested_on = models.DateField(_("收到听证申请的日期"), null=True, blank=True, help_text=_("只有行政许可听证填写"))

    chair = models.CharField(_("主持人"), max_length=60, blank=True)
    chair_post = models.CharField(_("主持人单位职务"), max_length=120, blank=True)
    recorder = models.CharField(_("记录人"), max_length=60, blank=True)
    presenter = models.CharField(_("方案陈述人"), max_length=60, blank=True, help_text=_("代表起草单位介绍方案的人"))

    draw_seed = models.CharField(_("抽签号码"), max_length=200, blank=True, editable=False)
    materials_on = models.DateField(_("材料送达日期"), null=True, editable=False)
    materials_means = models.CharField(_("材料送达方式"), max_length=200, blank=True, editable=False)
    signed_scan = models.FileField(_("签字笔录扫描件"), upload_to="hearings/", blank=True, editable=False)
    signed_scan_sha256 = models.CharField(_("签字笔录扫描件的指纹"), max_length=64, blank=True, editable=False)

    announced_at = models.DateTimeField(null=True, editable=False)
    applications_closed_at = models.DateTimeField(null=True, editable=False)
    selected_at = models.DateTimeField(null=True, editable=False)
    listed_at = models.DateTimeField(null=True, editable=False)
    held_at = models.DateTimeField(_("开始时间"), null=True, editable=False)
    recorded_at = models.DateTimeField(null=True, editable=False)
    cancelled_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering: ClassVar = ["number"]
        verbose_name = verbose_name_plural = _("听证会")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["consultation", "number"], name="hearing_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.project} · {self._meta.verbose_name}{self.number}"

    @property
    def project(self) -> Project:
        return self.consultation.project

    @property
    def path(self) -> str:
        return f"{self.consultation.path}/hearing/{self.number}"

    @property
    def applications_end_at(self) -> datetime | None:
        return last_moment(self.applications_until) if self.applications_until else None

    @property
    def notice_rule(self) -> str:
        """The rule on how long before the hearing its time and place are made known."""
        return "PL-08" if self.kind == self.Kind.LICENCE else "PD-05"

    @transition(state, source=State.DRAFT, target=State.ANNOUNCED)
    def announce(self, at: datetime) -> None:
        self.announced_at = at

    @transition(state, source=State.ANNOUNCED, target=State.APPLICATIONS_CLOSED)
    def close_applications(self, at: datetime) -> None:
        self.applications_closed_at = at

    @transition(state, source=State.APPLICATIONS_CLOSED, target=State.LISTED)
    def list_participants(self, at: datetime) -> None:
        self.listed_at = at

    @transition(state, source=State.LISTED, target=State.HELD)
    def hold(self, at: datetime) -> None:
        self.held_at = at

    @transition(state, source=State.HELD, target=State.RECORDED)
    def publish_record(self, at: datetime) -> None:
        self.recorded_at = at

    @transition(state, source=[State.ANNOUNCED, State.APPLICATIONS_CLOSED, State.LISTED], target=State.CANCELLED)
    def cancel(self, at: datetime) -> None:
        self.cancelled_at = at

    def participants(self) -> "models.QuerySet[HearingApplication]":
        return self.applications.filter(result=HearingApplication.Result.CHOSEN).select_related("group")

    def numbers_by_group(self) -> list[dict[str, Any]]:
        """Return the numbers of those who take part, by their groups: all that the record says of them."""
        numbers: dict[str, list[int]] = {}
        for application in self.participants():
            numbers.setdefault(application.group.name, []).append(application.number)
        return [{"name": name, "numbers": numbers[name]} for name in numbers]

    def record_entry(self) -> Entry | None:
        """Return the entry by which the record of the hearing was published."""
        return Entry.objects.filter(kind="step.publish_hearing_record", subject=self.path).order_by("seq").last()

    def facts(self) -> dict[str, Any]:
        """What the announcement says (D05)."""
        names = (
            "number", "kind", "matter", "starts_at", "place", "applications_until", "how_to_apply", "selection",
            "selection_method", "draw_source", "requested_on",
        )  # fmt: skip
        groups = [{"name": group.name, "seats": group.seats} for group in self.groups.all()]
        return {**facts_of(self, names), "groups": groups}

    def summary(self) -> dict[str, Any]:
        """What a decision and its adoption report count of a hearing: its day, who came, for and against."""
        statements = dict(self.statements.values_list("stance").annotate(models.Count("pk")).order_by())
        return {
            "number": self.number,
            "held_on": timezone.localdate(self.held_at).isoformat() if self.held_at else "",
            "participants": self.participants().count(),
            "attended": self.participants().filter(attended=True).count(),
            "statements": {stance.value: statements.get(stance.value, 0) for stance in Comment.Stance},
        }


class ParticipantsList(Hearing):
    """The list of who takes part, as it is reviewed and published before the hearing."""

    notice: ClassVar = Notice.HEARING_LIST

    class Meta:
        proxy = True
        verbose_name = verbose_name_plural = _("听证参加人名单")

    def facts(self) -> dict[str, Any]:
        return {"number": self.number, "participants": [a.public_facts() for a in self.participants()]}


class HearingRecord(Hearing):
    """The record of a hearing (D06), as it is reviewed and published after it."""

    notice: ClassVar = Notice.HEARING_RECORD

    class Meta:
        proxy = True
        verbose_name = verbose_name_plural = _("听证笔录")

    def facts(self) -> dict[str, Any]:
        return {
            "number": self.number,
            **facts_of(self, ("held_at", "chair", "chair_post", "recorder", "presenter", "signed_scan_sha256")),
            "participants": [a.public_facts() | a.outcome() for a in self.participants()],
            "said": [statement.public_facts() for statement in self.statements.select_related("application")],
        }


class HearingGroup(models.Model):
    """Those who have the same stake in a plan, and how many of them take part."""

    hearing = models.ForeignKey(Hearing, models.CASCADE, related_name="groups")
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(_("类别"), max_length=60, help_text=_("例如：周边村民、墓主亲属、人大代表和政协委员"))
    seats = models.PositiveSmallIntegerField(_("名额"), default=0)

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        verbose_name = verbose_name_plural = _("参加人类别")
        constraints: ClassVar = [models.UniqueConstraint(fields=["hearing", "name"], name="hearing_group_once")]

    def __str__(self) -> str:
        return self.name


class HearingApplication(models.Model):
    """
    A person who asks to take part, and, if chosen, takes part.

    The name is real and private: the public reads it masked, or in full with a consent of its own (PIPL 25). No copy of
    an identity card is kept: the desk looks at the card, and ticks that it did.
    """

    class Channel(models.TextChoices):
        WEB = "web", _("网上")
        PAPER = "paper", _("纸质")
        PHONE = "phone", _("电话")
        PROPOSED = "proposed", _("单位推荐")

    class Result(models.TextChoices):
        PENDING = "pending", _("等待遴选")
        CHOSEN = "chosen", _("参加听证")
        NOT_CHOSEN = "not-chosen", _("未被选中，可以旁听")
        SET_ASIDE = "set-aside", _("不列入遴选")

    class SetAside(models.TextChoices):
        DUPLICATE = "duplicate", _("同一人重复报名")
        NOT_ELIGIBLE = "not-eligible", _("不属于所报的类别")
        WITHDRAWN = "withdrawn", _("本人撤回")

    class Signature(models.TextChoices):
        NONE = "", _("未确认")
        SIGNED = "signed", _("已确认签字")
        REFUSED = "refused", _("拒绝签字")

    hearing = models.ForeignKey(Hearing, models.PROTECT, related_name="applications")
    group = models.ForeignKey(HearingGroup, models.PROTECT, related_name="applications", verbose_name=_("类别"))
    number = models.PositiveIntegerField(_("编号"))
    code = models.CharField(_("回执码"), max_length=14, unique=True, default=new_receipt_code)
    salt = models.BinaryField(max_length=16)
    name = models.CharField(_("姓名"), max_length=60)
    contact = models.CharField(_("联系方式"), max_length=120)
    origin = models.CharField(_("村（社区）或者单位"), max_length=60, blank=True)
    view = models.TextField(_("主要观点"), blank=True)
    shows_full_name = models.BooleanField(_("同意公开全名"), default=False)
    channel = models.CharField(_("来源"), max_length=10, choices=Channel, default=Channel.WEB)
    received_at = models.DateTimeField(_("收到时间"))
    result = models.CharField(_("遴选结果"), max_length=12, choices=Result, default=Result.PENDING)
    set_aside = models.CharField(_("不列入遴选的理由"), max_length=20, choices=SetAside, blank=True)
    identity_checked = models.BooleanField(_("已核对身份"), default=False)
    attended = models.BooleanField(_("到场"), null=True)
    signature = models.CharField(_("笔录确认"), max_length=10, choices=Signature, blank=True)
    signature_remark = models.CharField(_("拒绝签字的理由"), max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["number"]
        verbose_name = verbose_name_plural = _("听证报名")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["hearing", "number"], name="hearing_application_number_once"),
            models.CheckConstraint(
                condition=Q(result="set-aside") ^ Q(set_aside=""), name="hearing_application_set_aside_for_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(signature="refused") ^ Q(signature_remark=""), name="hearing_signature_refused_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hearing} #{self.number}"

    @property
    def project(self) -> Project:
        return self.hearing.project

    @property
    def path(self) -> str:
        return f"{self.hearing.path}/application/{self.number}"

    @property
    def public_name(self) -> str:
        return self.name if self.shows_full_name else masked_name(self.name)

    def committed_text(self) -> str:
        """What the commitment in the record binds: what the person has written, so that it can be written again."""
        written = {"name": self.name, "contact": self.contact, "group": self.group.name, "view": self.view}
        return json.dumps(written, ensure_ascii=False, sort_keys=True)

    def commitment(self) -> str:
        return commitment(APPLICATION_LABEL, bytes(self.salt), self.committed_text())

    def public_facts(self) -> dict[str, Any]:
        return {"number": self.number, "name": self.public_name, "group": self.group.name, "origin": self.origin}

    def outcome(self) -> dict[str, Any]:
        """Whether a participant came and confirmed the record."""
        return facts_of(self, ("attended", "signature", "signature_remark"))


class HearingStatement(models.Model):
    """What a participant said at a hearing, in short, and what the drafter answered there."""

    hearing = models.ForeignKey(Hearing, models.PROTECT, related_name="statements")
    application = models.ForeignKey(
        HearingApplication, models.PROTECT, related_name="statements", verbose_name=_("发言人")
    )
    number = models.PositiveSmallIntegerField(_("发言序号"))
    said_at = models.DateTimeField(_("发言时间"))
    stance = models.CharField(_("态度"), max_length=10, choices=Comment.Stance)
    summary = models.TextField(_("发言摘要"))
    reply = models.TextField(_("起草单位当场答复"), blank=True)

    class Meta:
        ordering: ClassVar = ["number"]
        verbose_name = verbose_name_plural = _("听证发言")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["hearing", "number"], name="hearing_statement_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.hearing} · {self.number}"

    @property
    def project(self) -> Project:
        return self.hearing.project

    def public_facts(self) -> dict[str, Any]:
        return {
            "participant": self.application.number,
            "digest": sha256(f"{self.summary}\n{self.reply}".encode()).hexdigest(),
            **facts_of(self, ("number", "said_at", "stance", "summary", "reply")),
        }
