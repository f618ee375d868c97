"""The bureau's decision on a plan."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tenders.models.answer import Answer
from tenders.models.base import Drafted, Notice, facts_of
from tenders.models.comment import Comment
from tenders.models.project import Project


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
