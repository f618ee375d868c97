"""What became of comments: an outcome, its reasons, and what it changed."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ledger.models import Entry
from tenders.models.base import facts_of
from tenders.models.consultation import Consultation
from tenders.models.project import Project


class AnswerWords(models.Model):
    """What an answer says: as it is drafted, and as it was given."""

    class Outcome(models.TextChoices):
        ADOPTED = "adopted", _("采纳")
        PARTLY = "partly", _("部分采纳")
        NOT_ADOPTED = "not-adopted", _("不采纳")
        EXPLAINED = "explained", _("已说明")
        OUT_OF_SCOPE = "out-of-scope", _("非本项目")

    WORDS: ClassVar = ("outcome", "text", "change", "referral", "is_petition")

    outcome = models.CharField(_("结果"), max_length=20, choices=Outcome, blank=True)
    text = models.TextField(_("答复与理由"), blank=True)
    change = models.TextField(
        _("方案因此作出的改动"), blank=True, help_text=_("采纳和部分采纳的必填：改了方案的哪一处")
    )
    referral = models.CharField(
        _("转到哪里办"), max_length=200, blank=True, help_text=_("非本项目的必填：交给哪个单位，或者为什么不用转交")
    )
    is_petition = models.BooleanField(
        _("属于信访事项"), default=False, help_text=_("勾选后，答复会写明信访的办理期限和复查途径")
    )

    class Meta:
        abstract = True

    def words(self) -> dict[str, Any]:
        """Return what it says, by the names of the operations' arguments."""
        return {name: getattr(self, name) for name in self.WORDS}


class Answer(AnswerWords):
    """
    An answer that was given, to one comment or to all comments of a theme. It is never edited.

    A later one takes its place where ``replaces`` says so: an answer of a comment's own after that of its theme, or,
    with ``correction_reason``, one that corrects a wrong one.
    """

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="answers")
    theme = models.ForeignKey("tenders.Theme", models.PROTECT, related_name="answers", null=True, blank=True)
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="+", null=True, editable=False)
    replaces = models.ForeignKey("self", models.PROTECT, related_name="replaced_by", null=True, blank=True)
    correction_reason = models.TextField(_("更正的理由"), blank=True)
    answered_at = models.DateTimeField(_("答复时间"))

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = verbose_name_plural = _("答复")
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(outcome=""), name="answer_has_an_outcome")]

    def __str__(self) -> str:
        return f"{self.theme or self.consultation}: {self.outcome}"

    @property
    def project(self) -> Project:
        return self.consultation.project

    def facts(self) -> dict[str, Any]:
        return facts_of(self, self.WORDS)
