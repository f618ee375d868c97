"""The report on what became of the comments of a round (意见采纳情况, D07)."""

from datetime import datetime
from hashlib import sha256
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin, transition

from ledger.canonical import canonical_bytes
from tenders.models.base import Drafted, Notice, in_record
from tenders.models.consultation import Consultation
from tenders.models.counting import counts, hearings_of, round_of, verdicts
from tenders.models.project import Project

IN_ENTRY = ("number", "title", "summary", "n", "verdict", "entry")


class AdoptionReport(FSMModelMixin, Drafted):
    """
    What a round of comments brought about. Its figures are never typed: they are counted from the comments.

    ``content`` is what was published, from the moment of its publication: what is corrected later leaves it as it is.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("起草中")
        PUBLISHED = "published", _("已公布")

    notice: ClassVar = Notice.ADOPTION_REPORT

    consultation = models.OneToOneField(Consultation, models.PROTECT, related_name="report")
    state = FSMField(_("状态"), default=State.DRAFT, choices=State, protected=True, max_length=20)
    overview = models.TextField(_("总的情况"), blank=True, max_length=1500)
    expert_ref = models.CharField(_("专家论证"), max_length=300, blank=True, help_text=_("没有专家论证的，写明为什么"))
    risk_ref = models.CharField(_("风险评估"), max_length=300, blank=True, help_text=_("评估报告的名称、编号和结论"))
    author = models.CharField(_("编写科室"), max_length=80, blank=True)
    reviewed_by = models.CharField(_("审核人职务"), max_length=80, blank=True, help_text=_("写职务，例如：副局长"))
    content = models.JSONField(null=True, editable=False)
    published_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("意见采纳情况")

    def __str__(self) -> str:
        return f"{self.consultation}: {self.state}"

    @property
    def project(self) -> Project:
        return self.consultation.project

    @property
    def path(self) -> str:
        return f"{self.consultation.path}/adoption-report"

    @transition(state, source=State.DRAFT, target=State.PUBLISHED)
    def publish(self, at: datetime) -> None:
        self.published_at = at
        self.content = self.facts()

    def facts(self) -> dict[str, Any]:
        """What is published, and reviewed before, by the names of law.md 5.6. Comments cost no more queries."""
        comments = list(self.consultation.comments.select_related("theme", "answer__theme"))
        return {
            **round_of(self.consultation),
            **counts(comments),
            "overview": self.overview,
            "theme": verdicts(comments),
            "hearing_ref": hearings_of(self.consultation),
            **{name: getattr(self, name) for name in ("expert_ref", "risk_ref", "author", "reviewed_by")},
        }

    def in_entry(self) -> dict[str, Any]:
        """
        What the record holds of it: the figures, and the digest of the whole.

        The answers' words stand in the record by the entries of the answers.
        """
        whole = self.facts()
        figures = {name: value for name, value in whole.items() if name not in {"theme", "overview"}}
        themes = [{name: line[name] for name in IN_ENTRY} for line in whole["theme"] if line["number"]]
        own = sum(1 for line in whole["theme"] if not line["number"])
        digest = sha256(canonical_bytes(whole)).hexdigest()
        return {**figures, "overview": in_record(self.overview), "themes": themes, "own": own, "sha256": digest}
