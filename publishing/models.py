"""What went out: the one text of each notice, and where it stands published. Written by workers, read by everybody."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from ledger.models import Entry
from publishing.endpoints import Call, Webhook
from publishing.subscriptions import Letter, Mailing, Subscriber, Subscription
from tenders.models import Project

__all__ = ["Call", "Delivery", "Letter", "Mailing", "Notice", "Subscriber", "Subscription", "Webhook"]


class Notice(models.Model):
    """
    What an act tells the public: one text, made once of the act's entry, the same on every channel.

    It is kept, not made anew: after a change of wording in the program an old notice still has its old bytes.
    """

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="notice")
    # The entry that names the digest of the text: who holds a copy can check it by that entry's proof.
    published_by = models.OneToOneField(Entry, models.PROTECT, related_name="+")
    project = models.ForeignKey(Project, models.PROTECT, related_name="notices")
    title = models.CharField(_("标题"), max_length=200)
    body = models.TextField(_("正文"))  # plain text, Chinese, lines that end with a newline
    sha256 = models.CharField(_("正文指纹"), max_length=64)  # of the body in UTF-8

    class Meta:
        ordering: ClassVar = ["-pk"]
        verbose_name = verbose_name_plural = _("公告")

    def __str__(self) -> str:
        return self.title

    @property
    def address(self) -> str:
        """Where it stands on the website."""
        return f"/notices/{self.pk}/"

    @property
    def at(self) -> datetime:
        """When the act was done, by the instance's calendar."""
        return self.entry.at


class Delivery(models.Model):
    """
    That a notice went out on a channel: what of it, when, to how many.

    Public, so it names no recipient. A channel has one row for each notice and place, which the next attempt updates.
    """

    class State(models.TextChoices):
        SENT = "sent", _("已发布")
        DIFFERS = "differs", _("内容不一致")
        FAILED = "failed", _("未能发布")

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="deliveries")
    channel = models.CharField(_("渠道"), max_length=20)  # a name in publishing.channels
    place = models.CharField(_("地点"), max_length=200, blank=True)  # a board, a newspaper; empty where there is one
    state = models.CharField(_("状态"), max_length=10, choices=State)
    sha256 = models.CharField(max_length=64, blank=True)  # of the notice's text as the channel carries it
    payload_sha256 = models.CharField(max_length=64, blank=True)  # of everything that was sent
    recipients = models.PositiveIntegerField(_("送达数"), default=1)
    receipt = models.CharField(_("回执"), max_length=200, blank=True)  # the number or status that the other side gave
    sent_at = models.DateTimeField(_("发布时间"), null=True)
    checked_at = models.DateTimeField(_("核对时间"), null=True)  # when it was last read back from the channel

    class Meta:
        ordering: ClassVar = ["notice", "channel", "place"]
        verbose_name = verbose_name_plural = _("发布记录")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["notice", "channel", "place"], name="one_delivery_per_place")
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.channel} {self.place}"
