"""
Who gets mail from us. This is personal data: it is kept apart from the record, and goes when its owner goes.

Written by :mod:`publishing.mail` alone. Nothing here is public but the count of letters sent.
"""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _

from accounts.models import SignUp
from integrity.models import Invitation
from ledger.models import Entry
from tenders.models import Comment, Project


class Subscriber(models.Model):
    """An address. It has said yes if one of its subscriptions is confirmed."""

    address = models.EmailField(_("邮箱地址"))
    created_at = models.DateTimeField(db_default=Now())
    refusals = models.PositiveSmallIntegerField(default=0)  # letters in a row that its server has refused for good
    stopped_at = models.DateTimeField(null=True)  # since when nothing is sent, because of such refusals

    class Meta:
        verbose_name = verbose_name_plural = _("订户")
        constraints: ClassVar = [models.UniqueConstraint(Lower("address"), name="one_subscriber_per_address")]

    def __str__(self) -> str:
        """No address: what is printed ends in logs."""
        return f"subscriber {self.pk}"


class Subscription(models.Model):
    """What an address wants to hear of, and how often. It counts once it is confirmed from that address."""

    class Scope(models.TextChoices):
        ALL = "all", _("全部项目")
        PROJECT = "project", _("一个项目")
        KEYWORD = "keyword", _("含有某个词的公告")

    class Rhythm(models.IntegerChoices):
        """How many days are gathered into one letter."""

        IMMEDIATELY = 0, _("一有公告就发")
        DAILY = 1, _("每天早上发一次")
        WEEKLY = 7, _("每周一早上发一次")

    subscriber = models.ForeignKey(Subscriber, models.CASCADE, related_name="subscriptions")
    scope = models.CharField(_("范围"), max_length=10, choices=Scope)
    project = models.ForeignKey(Project, models.PROTECT, null=True, related_name="+", verbose_name=_("项目"))
    keyword = models.CharField(_("词"), max_length=20, blank=True)
    rhythm = models.PositiveSmallIntegerField(_("多久发一次"), choices=Rhythm)
    language = models.CharField(_("语言"), max_length=10)
    asked_at = models.DateTimeField(db_default=Now())
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = verbose_name_plural = _("订阅")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["subscriber", "scope", "project", "keyword"],
                nulls_distinct=False,
                name="same_subscription_once",
            ),
            models.CheckConstraint(
                condition=Q(scope="all", project=None, keyword="")
                | Q(scope="project", project__isnull=False, keyword="")
                | Q(scope="keyword", project=None) & ~Q(keyword=""),
                name="subscription_says_to_what",
            ),
        ]

    def __str__(self) -> str:
        return f"subscription {self.pk}"


class LetterQuerySet(models.QuerySet["Letter"]):
    def open(self) -> "LetterQuerySet":
        """Neither sent nor given up."""
        return self.filter(sent_at=None, failed_at=None)

    def due(self) -> "LetterQuerySet":
        """What may be sent now, by the database's clock."""
        return self.open().filter(Q(leased_until=None) | Q(leased_until__lte=Now()), due_at__lte=Now())


class Letter(models.Model):
    """
    One mail to one address. The row is the truth: it is sent at least once, and each time under the same id.

    It goes to a subscriber, to who signs up as a bidder, to whoever left an address with a comment, or to the office of
    an invited institution: then the address stays there, and ``recipient`` knows it by a keyed hash. A comment causes
    one letter of each kind, an act one to each of the invited and of the bidders, whatever happens twice.
    """

    class Kind(models.TextChoices):
        # In the order of the alphabet those come first for which somebody waits.
        COMMENT_ANSWERED = "comment-answered", _("意见已答复")
        COMMENT_CORRECTED = "comment-corrected", _("答复已更正")
        COMMENT_DECIDED = "comment-decided", _("方案已决策")
        COMMENT_RECEIVED = "comment-received", _("意见已收到")
        COMMENT_SHOWN = "comment-shown", _("意见已公开")
        COMMENT_WITHHELD = "comment-withheld", _("意见依法不公开")
        ACCOUNT = "account", _("请求确认投标账户")
        BID_RESULT = "bid-result", _("投标有结果了")
        CONFIRM = "confirm", _("请求确认")
        INVITED = "invited", _("邀请监督开标")
        INVITED_MOVED = "invited-moved", _("开标改期")
        KEYS_REPLACED = "keys-replaced", _("开标密钥已经更换")
        KNOWN = "known", _("已经订阅")
        NOTICES = "notices", _("公告")

    subscriber = models.ForeignKey(Subscriber, models.CASCADE, null=True, related_name="letters")
    comment = models.ForeignKey(Comment, models.CASCADE, null=True, related_name="+")
    sign_up = models.ForeignKey(SignUp, models.CASCADE, null=True, related_name="+")
    invitation = models.ForeignKey(Invitation, models.CASCADE, null=True, related_name="letters")
    caused_by = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="+")  # which news is told
    recipient = models.CharField(max_length=64, blank=True)
    kind = models.CharField(max_length=20, choices=Kind)
    subscription = models.ForeignKey(Subscription, models.CASCADE, null=True, related_name="+")  # asked to confirm
    rhythm = models.PositiveSmallIntegerField(choices=Subscription.Rhythm, default=Subscription.Rhythm.IMMEDIATELY)
    language = models.CharField(max_length=10)
    created_at = models.DateTimeField(db_default=Now())
    due_at = models.DateTimeField(db_default=Now())
    attempts = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    # Why the last attempt failed, as a code or a kind of error: a server's own words may hold the address.
    error = models.CharField(max_length=40, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("邮件")
        indexes: ClassVar = [
            models.Index(fields=["due_at"], condition=Q(sent_at=None, failed_at=None), name="publishing_letter_open"),
            models.Index(fields=["recipient", "created_at"], condition=~Q(recipient=""), name="publishing_letter_to"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["comment", "kind"], name="one_letter_for_what_befalls_a_comment"),
            models.UniqueConstraint(fields=["invitation", "caused_by"], name="one_letter_for_each_news_of_an_opening"),
            models.UniqueConstraint(fields=["sign_up", "caused_by"], name="one_letter_for_each_news_to_a_bidder"),
            models.CheckConstraint(
                condition=Q(subscriber=None, comment__isnull=False, sign_up=None, invitation=None) & ~Q(recipient="")
                | Q(subscriber=None, comment=None, sign_up=None, invitation__isnull=False) & ~Q(recipient="")
                | Q(subscriber__isnull=False, comment=None, sign_up=None, invitation=None, recipient="")
                | Q(subscriber=None, comment=None, sign_up__isnull=False, invitation=None, recipient=""),
                name="letter_has_one_recipient",
            ),
        ]

    def __str__(self) -> str:
        return f"letter {self.pk}"


class Silence(models.Model):
    """That an address wants no more letters about comments. It is known by a keyed hash alone."""

    recipient = models.CharField(max_length=64, primary_key=True)
    since = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = verbose_name_plural = _("不再通知的邮箱")

    def __str__(self) -> str:
        return "silence"


class Mailing(models.Model):
    """
    That a notice goes to a subscriber, in which letter. There is one for the two, so nobody gets a notice twice.

    It outlives the subscriber, without the name: the public count does not sink when somebody leaves.
    """

    notice: Any = models.ForeignKey("publishing.Notice", models.PROTECT, related_name="mailings")
    subscriber = models.ForeignKey(Subscriber, models.SET_NULL, null=True, related_name="mailings")
    letter = models.ForeignKey(Letter, models.SET_NULL, null=True, related_name="mailings")
    sent_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = verbose_name_plural = _("公告邮件")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["notice", "subscriber"], name="a_notice_once_to_each_subscriber")
        ]

    def __str__(self) -> str:
        return f"mailing {self.pk}"
