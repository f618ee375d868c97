"""What is asked about the tender documents, and what is told to all of it: questions, clarifications, changes (D15)."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ledger.canonical import commitment
from tenders.models.base import facts_of
from tenders.models.comment import new_receipt_code
from tenders.models.of_package import NumberedInPackage
from tenders.models.package import Package

QUESTION_LABEL = "question-v1"  # of the commitment to the words of a question


class Clarification(NumberedInPackage):
    """A clarification or change of the tender documents, given to all at once (D15). Publishing it is an act."""

    branch: ClassVar = "clarification"

    class Kind(models.TextChoices):
        ANSWER = "answer", _("答疑")
        CLARIFICATION = "clarification", _("澄清")
        CHANGE = "change", _("修改")
        EXTENSION = "extension", _("延期")

    package = models.ForeignKey(Package, models.PROTECT, related_name="clarifications")
    number = models.PositiveSmallIntegerField(_("序号"))
    kind = models.CharField(_("种类"), max_length=16, choices=Kind, default=Kind.CLARIFICATION)
    item = models.CharField(_("招标文件的章节条款"), max_length=120, blank=True)
    question = models.TextField(_("问题"), blank=True, help_text=_("转述问题本身，不写是谁问的"))
    old_text = models.TextField(_("原文"), blank=True)
    new_text = models.TextField(_("修改后"), blank=True)
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

    @property
    def moves_the_deadline(self) -> bool:
        return self.new_due_at != self.old_due_at

    def facts(self) -> dict[str, Any]:
        names = (
            "number", "kind", "item", "question", "old_text", "new_text", "text", "affects_bids", "old_due_at",
            "new_due_at",
        )  # fmt: skip
        return facts_of(self, names)


class QuestionQuerySet(models.QuerySet["Question"]):
    def waiting(self) -> "QuestionQuerySet":
        return self.filter(answered_by=None, set_aside="")


class Question(NumberedInPackage):
    """
    A question about the tender documents. It is answered by a clarification, which everybody reads at the same moment.

    Who asked, and in which words, is never public (《招标投标法》第二十二条): the record holds a salted commitment.
    """

    branch: ClassVar = "question"

    class Channel(models.TextChoices):
        WEB = "web", _("网上")
        LETTER = "letter", _("书面")
        PHONE = "phone", _("电话")

    class SetAside(models.TextChoices):
        OFF_TOPIC = "off-topic", _("与本次招标无关")
        DUPLICATE = "duplicate", _("与已答复的问题重复")
        WITHDRAWN = "withdrawn", _("提问人撤回")

    package = models.ForeignKey(Package, models.PROTECT, related_name="questions")
    number = models.PositiveIntegerField(_("序号"))
    code = models.CharField(_("回执码"), max_length=14, unique=True, default=new_receipt_code)
    salt = models.BinaryField(max_length=16)
    asker = models.CharField(_("提问人"), max_length=120, blank=True)
    contact = models.CharField(_("联系方式"), max_length=120, blank=True)
    text = models.TextField(_("问题"))
    channel = models.CharField(_("来源"), max_length=10, choices=Channel, default=Channel.WEB)
    received_at = models.DateTimeField(_("收到时间"))
    answered_by = models.ForeignKey(
        Clarification, models.PROTECT, null=True, blank=True, related_name="questions", verbose_name=_("答复")
    )
    set_aside = models.CharField(_("不答复的理由"), max_length=12, choices=SetAside, blank=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["number"]
        verbose_name = verbose_name_plural = _("对招标文件的提问")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["package", "number"], name="question_number_once"),
            models.CheckConstraint(
                condition=Q(answered_by=None) | Q(set_aside=""), name="question_is_answered_or_set_aside"
            ),
        ]

    @property
    def is_waiting(self) -> bool:
        return self.answered_by_id is None and not self.set_aside

    def commitment(self) -> str:
        return commitment(QUESTION_LABEL, bytes(self.salt), self.text)
