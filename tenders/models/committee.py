"""The evaluation committee (评标委员会): how its experts were drawn, and who sits on it."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from ledger.canonical import commitment
from tenders.models.base import facts_of
from tenders.models.of_package import NumberedInPackage, OfPackage
from tenders.models.package import Package

DRAW_LABEL = "committee-draw-v1"


class CommitteeDraw(NumberedInPackage):
    """
    A draw of experts from the pool, with the owner's representatives who were named beside it.

    Who was drawn is secret until the result (EM-03): the record holds a salted commitment to all of it.
    """

    branch: ClassVar = "draw"

    package = models.ForeignKey(Package, models.PROTECT, related_name="draws")
    number = models.PositiveSmallIntegerField(_("抽取次序"))
    pool = models.CharField(_("专家库"), max_length=120, help_text=_("例如：省综合评标专家库"))
    reference = models.CharField(_("抽取编号"), max_length=80, help_text=_("抽取系统给出的编号，凭它可以查到抽取记录"))
    requirement = models.CharField(_("抽取的专业和人数"), max_length=200)
    drawn_at = models.DateTimeField(_("抽取时间"))
    watched_by = models.CharField(_("监督抽取的单位"), max_length=120, blank=True)
    reason = models.CharField(_("补抽的原因"), max_length=200, blank=True)
    salt = models.BinaryField(max_length=16)

    class Meta:
        ordering: ClassVar = ["number"]
        verbose_name = verbose_name_plural = _("评标专家抽取")
        constraints: ClassVar = [models.UniqueConstraint(fields=["package", "number"], name="draw_number_once")]

    def facts(self) -> dict[str, Any]:
        """What the record says of a draw: everything but who was drawn. Two queries."""
        names = ("number", "pool", "reference", "requirement", "drawn_at", "watched_by", "reason")
        kinds = list(self.members.values_list("kind", flat=True))
        representatives = kinds.count(CommitteeMember.Kind.OWNER)
        return {
            **facts_of(self, names),
            "experts": len(kinds) - representatives,
            "representatives": representatives,
            "commitment": self.commitment(),
        }

    def commitment(self) -> str:
        lines = [f"{m.number}\t{m.kind}\t{m.name}\t{m.employer}\t{m.speciality}" for m in self.members.all()]
        return commitment(DRAW_LABEL, bytes(self.salt), "\n".join(lines))


class CommitteeMemberQuerySet(models.QuerySet["CommitteeMember"]):
    def standing(self) -> "CommitteeMemberQuerySet":
        """Those who evaluate: all but who has withdrawn."""
        return self.filter(withdrawn_at=None)

    def experts(self) -> "CommitteeMemberQuerySet":
        return self.exclude(kind=CommitteeMember.Kind.OWNER)


class CommitteeMember(OfPackage):
    """A member. The name is under embargo until the result, and on the works track stays with the bureau after it."""

    class Kind(models.TextChoices):
        TECHNICAL = "technical", _("技术专家")
        ECONOMIC = "economic", _("经济专家")
        OWNER = "owner", _("招标人代表")

    class Ground(models.TextChoices):
        UNABLE = "unable", _("因故不能参加")
        INTEREST = "interest", _("与投标人有利害关系，依法回避")
        SUPERVISOR = "supervisor", _("在对本项目负有监督职责的部门任职")

    class Signature(models.TextChoices):
        NONE = "", _("未签字")
        SIGNED = "signed", _("已签字")
        DISSENT = "dissent", _("签字并书面说明不同意见")
        REFUSED = "refused", _("拒绝签字又不说明，视为同意")

    package = models.ForeignKey(Package, models.PROTECT, related_name="committee")
    draw = models.ForeignKey(CommitteeDraw, models.PROTECT, related_name="members")
    number = models.PositiveSmallIntegerField(_("序号"))
    kind = models.CharField(_("类别"), max_length=10, choices=Kind)
    name = models.CharField(_("姓名"), max_length=60)
    employer = models.CharField(_("工作单位"), max_length=120)
    speciality = models.CharField(_("专业"), max_length=60, blank=True)
    declares_no_interest = models.BooleanField(_("已书面声明没有应当回避的情形"), default=False)
    signature = models.CharField(_("评标报告签字"), max_length=10, choices=Signature, blank=True)
    dissent = models.TextField(_("不同意见"), blank=True)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_for = models.CharField(_("退出原因"), max_length=10, choices=Ground, blank=True, editable=False)

    objects = CommitteeMemberQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["number"]
        verbose_name = verbose_name_plural = _("评标委员会成员")
        constraints: ClassVar = [models.UniqueConstraint(fields=["package", "number"], name="member_number_once")]

    def __str__(self) -> str:
        return f"{self.package} · {self.number}"  # never the name: this may come into a log

    @property
    def path(self) -> str:
        return f"{self.package.path}/member/{self.number}"

    @property
    def has_signed(self) -> bool:
        """Whether the report is signed, with the dissent in writing; who refuses without a word consents (TBR 53)."""
        return bool(self.signature) and (self.signature != self.Signature.DISSENT or bool(self.dissent))
