"""The bureau's own safeguards: the integrity contract beside the business contract, observers, objections."""

from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin, transition

from accounts.models import Organisation
from contracts.models import Contract, Signed
from tenders.models import Drafted, Notice, Package, Project, facts_of, fen_field


class IntegrityContract(FSMModelMixin, Signed, Drafted):
    """The integrity contract: signed with the business contract or not at all, and without any price term."""

    class State(models.TextChoices):
        DRAFT = "draft", _("起草中")
        SIGNED = "signed", _("已签订")

    notice: ClassVar = Notice.INTEGRITY_CONTRACT

    contract = models.OneToOneField(Contract, models.PROTECT, related_name="integrity_contract")
    number = models.CharField(_("合同编号"), max_length=60, unique=True)
    state = FSMField(_("状态"), default=State.DRAFT, choices=State, protected=True, max_length=20)
    owner_supervision = models.CharField(_("发包人的监督单位"), max_length=120, blank=True)
    owner_supervision_phone = models.CharField(_("发包人监督单位电话"), max_length=40, blank=True)
    contractor_supervision = models.CharField(_("承包人的监督单位"), max_length=120, blank=True)
    contractor_supervision_phone = models.CharField(_("承包人监督单位电话"), max_length=40, blank=True)
    hotline = models.CharField(_("举报电话"), max_length=40, blank=True)
    hotline_address = models.CharField(_("举报来信地址"), max_length=200, blank=True)
    owner_liaison = models.CharField(_("发包人廉政联络员"), max_length=60, blank=True)
    contractor_liaison = models.CharField(_("承包人廉政联络员"), max_length=60, blank=True)
    further_terms = models.TextField(_("补充条款"), blank=True, help_text=_("不得约定价款、工期、质量"))
    deposit_fen = fen_field(_("廉政保证金"), default=0)
    copies = models.PositiveSmallIntegerField(_("份数"), default=4)
    signed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("廉政合同")

    def __str__(self) -> str:
        return self.number

    @property
    def project(self) -> Project:
        return self.contract.project

    @property
    def path(self) -> str:
        return f"{self.contract.package.path}/integrity-contract"

    @transition(state, source=State.DRAFT, target=State.SIGNED)
    def sign(self, at: datetime) -> None:
        self.signed_at = at

    def facts(self) -> dict[str, Any]:
        names = (
            "number", "owner_supervision", "owner_supervision_phone", "contractor_supervision",
            "contractor_supervision_phone", "hotline", "hotline_address", "owner_liaison", "contractor_liaison",
            "further_terms", "deposit_fen", "copies",
        )  # fmt: skip
        return {"contract": self.contract.number, **facts_of(self, names)}


class Invitation(models.Model):
    """
    An institution asked to watch an opening, and what came of it.

    That it was sent is a gate for the opening; whether somebody came is only published, never demanded (law.md 4.1).
    """

    class Means(models.TextChoices):
        LETTER = "letter", _("公函")
        EMAIL = "email", _("电子邮件")
        PHONE = "phone", _("电话并留存记录")
        SYSTEM = "system", _("本系统")

    class Mode(models.TextChoices):
        PRESENT = "present", _("到场")
        REMOTE = "remote", _("远程")
        SEAT_ONLY = "seat-only", _("设席未到")
        DECLINED = "declined", _("谢绝")
        ABSENT = "absent", _("缺席")

    WITHOUT_OBSERVER: ClassVar = (Mode.SEAT_ONLY, Mode.DECLINED, Mode.ABSENT)

    package = models.ForeignKey(Package, models.PROTECT, related_name="invitations")
    institution = models.ForeignKey(
        Organisation, models.PROTECT, related_name="invitations", verbose_name=_("受邀单位")
    )
    means = models.CharField(_("邀请方式"), max_length=10, choices=Means, default=Means.LETTER)
    sent_at = models.DateTimeField(_("发出时间"))
    mode = models.CharField(_("出席情况"), max_length=10, choices=Mode, blank=True)
    reason = models.CharField(_("未到场的原因"), max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["institution__kind", "pk"]
        verbose_name = verbose_name_plural = _("监督邀请")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["package", "institution"], name="invited_once"),
            models.CheckConstraint(
                condition=~Q(mode__in=["seat-only", "declined", "absent"]) | ~Q(reason=""), name="absence_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.package}: {self.institution}"

    @property
    def project(self) -> Project:
        return self.package.project

    @property
    def path(self) -> str:
        return f"{self.package.path}/invitation/{self.institution_id}"


class Attendance(models.Model):
    """One observer in the opening room, from sign-in to sign-out."""

    invitation = models.ForeignKey(Invitation, models.PROTECT, related_name="attendances")
    observer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="attendances")
    remote = models.BooleanField(_("远程观看"), default=False)
    no_conflict = models.BooleanField(_("声明无利害关系"))
    keeps_confidential = models.BooleanField(_("承诺保密"))
    signed_in_at = models.DateTimeField(_("签到时间"))
    signed_out_at = models.DateTimeField(_("签退时间"), null=True, blank=True)
    opinion = models.TextField(_("监督意见"), blank=True)
    opinion_at = models.DateTimeField(_("提出意见时间"), null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = verbose_name_plural = _("监督签到")
        constraints: ClassVar = [models.UniqueConstraint(fields=["invitation", "observer"], name="attends_once")]

    def __str__(self) -> str:
        return f"{self.invitation}: {self.observer}"

    @property
    def project(self) -> Project:
        return self.invitation.project

    @property
    def path(self) -> str:
        return f"{self.invitation.path}/attendance/{self.observer_id}"


class Observation(models.Model):
    """
    What an observer logged, at its minute (law.md 4.3). A concern waits for the chair's answer; nothing is ever edited.

    A concern is not a statutory objection (异议): only bidders may raise that.
    """

    class Item(models.TextChoices):
        DEADLINE = "deadline", _("投标截止与拒收")
        SEALS = "seals", _("密封情况")
        NUMBER = "number", _("投标人数量")
        ORDER = "order", _("开标顺序")
        PRICES = "prices", _("唱标完整")
        RECORD = "record", _("记录完整")
        COMMITTEE = "committee", _("专家抽取")
        RECORDING = "recording", _("录音录像")
        OTHER = "other", _("其他")

    class Finding(models.TextChoices):
        FINE = "fine", _("正常")
        NOTE = "note", _("说明")
        CONCERN = "concern", _("异常")

    attendance = models.ForeignKey(Attendance, models.PROTECT, related_name="observations")
    number = models.PositiveSmallIntegerField(_("序号"))
    item = models.CharField(_("事项"), max_length=20, choices=Item)
    finding = models.CharField(_("所见"), max_length=10, choices=Finding)
    text = models.TextField(_("说明"), blank=True)
    observed_at = models.DateTimeField(_("时间"))
    reply = models.TextField(_("主持人答复"), blank=True)
    replied_at = models.DateTimeField(_("答复时间"), null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = verbose_name_plural = _("监督记录")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["attendance", "number"], name="observation_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.attendance} · {self.number}"

    @property
    def project(self) -> Project:
        return self.attendance.project

    @property
    def path(self) -> str:
        return f"{self.attendance.path}/observation/{self.number}"


class ObjectionQuerySet(models.QuerySet["Objection"]):
    def open(self) -> "ObjectionQuerySet":
        return self.filter(answered_at=None)


class Objection(models.Model):
    """
    An objection (异议) by a bidder or another interested party. Until it is answered the procedure stands still.

    The objector's name and words are private (D23 publishes the result); the record holds a salted commitment.
    """

    class Kind(models.TextChoices):
        DOCUMENTS = "documents", _("对招标文件的异议")
        OPENING = "opening", _("对开标的异议")
        RESULT = "result", _("对评标结果的异议")

    package = models.ForeignKey(Package, models.PROTECT, related_name="objections")
    number = models.PositiveSmallIntegerField(_("序号"))
    kind = models.CharField(_("类别"), max_length=10, choices=Kind)
    objector = models.CharField(_("异议人"), max_length=120)
    text = models.TextField(_("异议内容"))
    salt = models.BinaryField(max_length=16)
    received_at = models.DateTimeField(_("收到时间"))
    answer = models.TextField(_("答复"), blank=True)
    upheld = models.BooleanField(_("异议成立"), null=True, blank=True)
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["number"]
        verbose_name = verbose_name_plural = _("异议")
        constraints: ClassVar = [models.UniqueConstraint(fields=["package", "number"], name="objection_number_once")]

    def __str__(self) -> str:
        return f"{self.package} · {self.number}"

    @property
    def project(self) -> Project:
        return self.package.project

    @property
    def path(self) -> str:
        return f"{self.package.path}/objection/{self.number}"
