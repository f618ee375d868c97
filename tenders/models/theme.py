"""What several comments have in common, so that one answer can serve them all."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tenders.models.answer import Answer, AnswerWords
from tenders.models.base import Drafted
from tenders.models.consultation import Consultation
from tenders.models.project import Project


class Theme(Drafted, AnswerWords):
    """
    Comments that say the same, under one heading. Grouping is drafting: nothing of it is public before the answer.

    ``answer`` is the one in force. The words beside it are a draft: of the answer, or of its correction.
    """

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="themes")
    number = models.PositiveSmallIntegerField(_("序号"))
    title = models.CharField(_("主题"), max_length=60)
    summary = models.TextField(
        _("主要意见"), blank=True, max_length=200, help_text=_("用一两句话概括这些意见，公开；不写姓名、电话等个人信息")
    )
    answer = models.OneToOneField(Answer, models.PROTECT, related_name="+", null=True, blank=True, editable=False)

    class Meta:
        ordering: ClassVar = ["number"]
        verbose_name = verbose_name_plural = _("意见主题")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["consultation", "number"], name="theme_number_once"),
            models.UniqueConstraint(fields=["consultation", "title"], name="theme_title_once"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def project(self) -> Project:
        return self.consultation.project

    @property
    def path(self) -> str:
        return f"{self.consultation.path}/theme/{self.number}"
