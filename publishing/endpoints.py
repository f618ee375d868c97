"""Machines that want to be told of notices, and each call. Written by :mod:`publishing.webhooks` and the desk."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from tenders.models import Project


class Webhook(models.Model):
    """An address of another office's machine that is called with each notice."""

    class State(models.TextChoices):
        ACTIVE = "active", _("启用")
        DISABLED = "disabled", _("停用")

    url = models.URLField(_("网址"), max_length=500)
    label = models.CharField(_("接收单位"), max_length=100)
    project = models.ForeignKey(Project, models.PROTECT, null=True, blank=True, related_name="+")  # None: all projects
    secret = models.CharField(max_length=80)  # whsec_..., as Standard Webhooks writes it
    # The one before: it signs as well for a day, so that nothing is refused while the receiver changes over.
    old_secret = models.CharField(max_length=80, blank=True)
    old_secret_until = models.DateTimeField(null=True)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.ACTIVE)
    reason = models.CharField(_("停用原因"), max_length=200, blank=True)
    failures = models.PositiveIntegerField(default=0)  # in a row
    failing_since = models.DateTimeField(null=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = verbose_name_plural = _("推送地址")

    def __str__(self) -> str:
        return f"{self.label} {self.url}"

    @property
    def is_active(self) -> bool:
        return self.state == self.State.ACTIVE


class CallQuerySet(models.QuerySet["Call"]):
    def open(self) -> "CallQuerySet":
        """Neither taken by the other side nor given up."""
        return self.filter(done_at=None, failed_at=None)

    def due(self) -> "CallQuerySet":
        """What may be called now, by the database's clock: a machine in use, or a test, and no call to it under way."""
        under_way = self.model.objects.filter(leased_until__gt=Now()).values("webhook")
        may_be_called = Q(webhook__state="active") | Q(notice=None)
        return self.open().filter(may_be_called, due_at__lte=Now()).exclude(webhook__in=under_way)


class Call(models.Model):
    """That an address is to be told of a notice, or to be tried out. It is called until it takes it."""

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="calls")
    notice: Any = models.ForeignKey(
        "publishing.Notice", models.PROTECT, null=True, related_name="calls"
    )  # None: a test
    created_at = models.DateTimeField(db_default=Now())
    due_at = models.DateTimeField(db_default=Now())
    attempts = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    tried_at = models.DateTimeField(_("最近一次"), null=True)
    done_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    status = models.PositiveSmallIntegerField(_("状态码"), null=True)
    answer = models.CharField(_("对方回答"), max_length=200, blank=True)
    took_ms = models.PositiveIntegerField(default=0)

    objects = CallQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        verbose_name = verbose_name_plural = _("推送")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["webhook", "notice"], name="a_notice_once_to_each_webhook")
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["webhook", "due_at"], condition=Q(done_at=None, failed_at=None), name="publishing_call_open"
            )
        ]

    def __str__(self) -> str:
        return f"call {self.pk}"
