"""Objections, by which the procedure stands still until they are answered."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tenders.models import Package, Project


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
