"""Whether the public may read a comment: what one person proposes and another decides, and questions in between."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenders.models.comment import Comment
from tenders.models.project import Project


class Withholding(models.Model):
    """
    That the words of a comment shall not be public at all. One person proposes it, another one decides.

    ``insufficient`` and ``attempt`` say why masking is not enough (政府信息公开条例 37). They stay inside: they may
    quote what must not be public.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("待复核")
        DONE = "done", _("已不公开")
        DROPPED = "dropped", _("未予不公开")

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="withholdings")
    ground = models.CharField(_("不公开理由"), max_length=20, choices=Comment.Ground)
    insufficient = models.TextField(_("为什么遮盖不够"), max_length=500)
    attempt = models.TextField(_("试着遮盖后的全文"), blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.PROPOSED)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("提出人")
    )
    proposed_at = models.DateTimeField(_("提出时间"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("复核人")
    )
    decided_at = models.DateTimeField(_("复核时间"), null=True)

    class Meta:
        ordering: ClassVar = ["-pk"]
        verbose_name = verbose_name_plural = _("提出不公开")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["comment"], condition=Q(state="proposed"), name="one_open_withholding_of_a_comment"
            ),
            models.CheckConstraint(
                condition=Q(state="proposed") ^ Q(decided_by__isnull=False), name="withholding_is_decided_by_somebody"
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=models.F("proposed_by")),
                name="withholding_has_two_persons",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.comment}: {self.ground}"

    @property
    def project(self) -> Project:
        return self.comment.project


class Inquiry(models.Model):
    """
    That the bureau is unsure about a comment and asks the competent or secrecy authority; meanwhile it stays unshown.

    Source: 《政府信息公开条例》第十七条第三款. No act: the public sees that a comment waits, and for how long.
    """

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="inquiries")
    authority = models.CharField(_("请示的机关"), max_length=100)
    question = models.TextField(_("拿不准什么"), max_length=500)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("请示人"))
    asked_at = models.DateTimeField(_("请示时间"))
    reply = models.TextField(_("答复要点"), max_length=1000, blank=True)
    replied_at = models.DateTimeField(_("收到答复时间"), null=True)

    class Meta:
        ordering: ClassVar = ["-pk"]
        verbose_name = verbose_name_plural = _("请示")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["comment"], condition=Q(replied_at=None), name="one_open_inquiry_of_a_comment"
            ),
            models.CheckConstraint(condition=Q(replied_at=None) ^ ~Q(reply=""), name="inquiry_is_closed_by_a_reply"),
        ]

    def __str__(self) -> str:
        return f"{self.comment}: {self.authority}"

    @property
    def project(self) -> Project:
        return self.comment.project
