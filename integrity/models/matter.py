"""What an observer wants answered: followed up in public until it is closed."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin, transition

from integrity.models.attendance import Attendance, Observation
from tenders.models import NumberedInPackage, Package


class Matter(FSMModelMixin, NumberedInPackage):
    """
    A finding that the bureau has to answer within its term (SV-01): a concern, or an opinion that asks for an answer.

    It is closed by the institution that raised it, or by the bureau if the institution has been silent for its own
    term (SV-02). It stops nothing: only bidders' objections do (law.md 4.2).
    """

    branch: ClassVar = "matter"

    class State(models.TextChoices):
        OPEN = "open", _("待答复")
        ANSWERED = "answered", _("已答复，待监督单位认可")
        CLOSED = "closed", _("已办结")

    package = models.ForeignKey(Package, models.PROTECT, related_name="matters")
    number = models.PositiveSmallIntegerField(_("序号"))
    attendance = models.ForeignKey(Attendance, models.PROTECT, related_name="matters")
    observation = models.OneToOneField(Observation, models.PROTECT, null=True, related_name="matter")
    state = FSMField(_("状态"), default=State.OPEN, choices=State, protected=True, max_length=10)
    raised_at = models.DateTimeField(_("提出时间"))
    asked_at = models.DateTimeField(_("要求答复的时间"))  # anew, if an answer did not do: then the term begins again
    answered_at = models.DateTimeField(_("答复时间"), null=True)
    closed_at = models.DateTimeField(_("办结时间"), null=True)

    class Meta:
        ordering: ClassVar = ["number"]
        verbose_name = verbose_name_plural = _("监督事项")
        constraints: ClassVar = [models.UniqueConstraint(fields=["package", "number"], name="matter_number_once")]

    @property
    def text(self) -> str:
        """What was found, in the observer's words."""
        return self.observation.text if self.observation else self.attendance.opinion

    @property
    def is_closed(self) -> bool:
        return self.state == self.State.CLOSED

    @transition(state, source=State.OPEN, target=State.ANSWERED)
    def answer(self, at: datetime) -> None:
        self.answered_at = at

    @transition(state, source=State.ANSWERED, target=State.OPEN)
    def insist(self, at: datetime) -> None:
        self.asked_at, self.answered_at = at, None

    @transition(state, source=State.ANSWERED, target=State.CLOSED)
    def close(self, at: datetime) -> None:
        self.closed_at = at


class Turn(models.Model):
    """One step in the follow-up of a matter. Nothing of it is ever edited."""

    class Kind(models.TextChoices):
        ANSWERED = "answered", _("答复")
        INSISTED = "insisted", _("不认可，要求继续答复")
        REFERRED = "referred", _("移交行政监督部门")
        ACCEPTED = "accepted", _("认可，办结")
        LAPSED = "lapsed", _("期满未提意见，办结")

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="turns")
    number = models.PositiveSmallIntegerField(_("序号"))
    kind = models.CharField(_("事项"), max_length=10, choices=Kind)
    text = models.TextField(_("说明"), blank=True)
    at = models.DateTimeField(_("时间"))

    class Meta:
        ordering: ClassVar = ["number"]
        verbose_name = verbose_name_plural = _("督办记录")
        constraints: ClassVar = [models.UniqueConstraint(fields=["matter", "number"], name="turn_number_once")]

    def __str__(self) -> str:
        return f"{self.matter} · {self.number}"
