"""The review for secrets and personal data that comes before a release."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tenders.models.base import Notice
from tenders.models.project import Project


class Review(models.Model):
    """
    The recorded review for secrets and personal data before a notice goes out (政府信息公开条例 17; D03).

    It holds for exactly the content that was reviewed: ``digest`` is a salted hash of it, so that a draft edited
    afterwards needs a new review, and the record does not betray an unpublished text.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="reviews")
    subject = models.CharField(max_length=200, db_index=True)
    notice = models.CharField(_("公开事项"), max_length=20, choices=Notice)
    salt = models.BinaryField(max_length=16)
    digest = models.CharField(max_length=64)
    released = models.BooleanField(_("同意公开"))
    remark = models.TextField(_("审查意见"), blank=True)
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("审查人"))
    reviewed_at = models.DateTimeField(_("审查时间"))

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = verbose_name_plural = _("公开审查")

    def __str__(self) -> str:
        return f"{self.subject}: {self.notice}"
