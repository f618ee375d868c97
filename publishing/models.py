"""What went out: the one text of each notice, and where it stands published. Written by workers, read by everybody."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ledger.models import Entry
from publishing.endpoints import Call, Webhook
from publishing.subscriptions import Letter, Mailing, Silence, Subscriber, Subscription
from tenders.models import Comment, Project

__all__ = ["Call", "Delivery", "Letter", "Mailing", "Notice", "Silence", "Subscriber", "Subscription", "Webhook"]


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
    # From then on the body is blank here, so that no page, feed or mail can carry it: see TakeDown.
    taken_down_at = models.DateTimeField(_("下架时间"), null=True)

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

    @property
    def path(self) -> str:
        """Its name in the public record: that of what the act was about, and its own number."""
        subject, _slash, _earlier = self.entry.subject.partition("/notice/")
        return f"{subject}/notice/{self.pk}"

    @property
    def is_taken_down(self) -> bool:
        return self.taken_down_at is not None


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


class Amendment(models.Model):
    """
    What became of a notice: it was corrected, or withdrawn, once. What comes later happens to the newer notice.

    ``title`` and ``body`` are those of the notice that tells of it, fixed in the act whose entry names their digest.
    """

    class Kind(models.TextChoices):
        CORRECTED = "corrected", _("已更正")
        WITHDRAWN = "withdrawn", _("已撤回")

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="amendment")
    notice = models.OneToOneField(Notice, models.PROTECT, related_name="amendment")
    kind = models.CharField(_("处理"), max_length=10, choices=Kind)
    reason = models.TextField(_("理由"))
    effective_on = models.DateField(_("生效日期"), null=True, blank=True)
    text = models.TextField(_("更正后的全文"), blank=True)
    title = models.CharField(max_length=200)
    body = models.TextField()

    class Meta:
        verbose_name = verbose_name_plural = _("更正与撤回")

    def __str__(self) -> str:
        return self.title


class TakeDownQuerySet(models.QuerySet["TakeDown"]):
    def done(self) -> "TakeDownQuerySet":
        """Those that are in effect."""
        return self.filter(state=TakeDown.State.DONE)

    def digests(self) -> set[str]:
        """Return the digests of all that has left the public. One query."""
        return set(self.done().values_list("sha256", flat=True))


class TakeDown(models.Model):
    """
    Something published that has to leave the public by law. One person proposes it, another one puts it into effect.

    The record keeps the digest, the public a tombstone; title and words of a notice are kept here for the archive.
    """

    class What(models.TextChoices):
        NOTICE = "notice", _("公告正文")
        PAPER = "paper", _("文书")
        PICTURE = "picture", _("图片")
        FILE = "file", _("招标文件")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("待复核")
        DONE = "done", _("已下架")
        DROPPED = "dropped", _("未予下架")

    # law.md 5.3, M3. That something is wrong is no ground: what is wrong is corrected.
    GROUNDS: ClassVar = (
        Comment.Ground.SECRET,
        Comment.Ground.FORBIDDEN,
        Comment.Ground.SECURITY,
        Comment.Ground.TRADE_SECRET,
        Comment.Ground.PRIVACY,
    )

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    what = models.CharField(_("下架的内容"), max_length=10, choices=What)
    sha256 = models.CharField(_("指纹"), max_length=64)
    published_by = models.ForeignKey(Entry, models.PROTECT, related_name="+")
    ground = models.CharField(_("法定理由"), max_length=20, choices=Comment.Ground)
    explanation = models.CharField(
        _("公开的说明"), max_length=200, help_text=_("说清为什么；不要复述被下架的内容，说明本身会公开")
    )
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.PROPOSED)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("提出人")
    )
    proposed_at = models.DateTimeField(_("提出时间"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("复核人")
    )
    decided_at = models.DateTimeField(_("复核时间"), null=True)
    kept_title = models.CharField(max_length=200, blank=True)
    kept_body = models.TextField(blank=True)

    objects = TakeDownQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        verbose_name = verbose_name_plural = _("下架")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sha256"], condition=~Q(state="dropped"), name="taken_down_once"),
            models.CheckConstraint(
                condition=Q(state="proposed") ^ Q(decided_by__isnull=False), name="take_down_is_decided_by_somebody"
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=models.F("proposed_by")), name="take_down_has_two_persons"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()} {self.sha256}"

    @property
    def path(self) -> str:
        return f"{self.project.path}/take-down/{self.pk}"
