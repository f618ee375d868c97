"""Opinions on a plan, as they were given, and what became of each."""

import secrets
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenders.models.answer import Answer, AnswerWords
from tenders.models.base import Drafted
from tenders.models.consultation import Consultation
from tenders.models.project import Project
from tenders.models.theme import Theme

MAX_TOPICS = 3
RECEIPT_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without I, L, O, U: read out over the phone


def new_receipt_code() -> str:
    """Return twelve random characters (60 bits) in groups of four: its holder can follow the comment."""
    code = "".join(secrets.choice(RECEIPT_ALPHABET) for _ in range(12))
    return "-".join(code[i : i + 4] for i in range(0, 12, 4))


def other_topic() -> list[str]:
    """Return the topics of a comment whose author chose none."""
    return [Comment.Topic.OTHER]


class CommentQuerySet(models.QuerySet["Comment"]):
    def unanswered(self) -> "CommentQuerySet":
        return self.filter(answer=None)

    def with_answers(self) -> "CommentQuerySet":
        """Have at hand what became of each, the answer before it, and its theme, without a query more."""
        return self.select_related("answer__replaces", "answer__theme", "theme")

    def shown(self) -> "CommentQuerySet":
        """Those that the public sees in words. All others are counted, and stand in the record by their commitment."""
        return self.filter(visibility=Comment.Visibility.SHOWN)

    def with_words(self) -> "CommentQuerySet":
        """
        Add ``words``: of a shown comment what the public may read, of all others nothing.

        A search over it tells no more than the page does: a masked or withheld word is not found by trying.
        """
        masked = models.When(~Q(masked_text=""), then="masked_text")
        seen = models.Case(masked, default="text")
        shown = models.When(visibility=Comment.Visibility.SHOWN, then=seen)
        return self.annotate(words=models.Case(shown, default=models.Value(""), output_field=models.TextField()))


class Comment(models.Model):
    """
    An opinion on the plan, as it was given.

    ``text`` is never edited. The record holds only a salted commitment to it: text and salt stay in this row, which is
    how a comment can be proven by its author and yet be withheld by law. Name and contact are private. What the public
    may read of a shown comment is ``public_text``, never ``text``.
    """

    class Stance(models.TextChoices):
        SUPPORT = "support", _("支持")
        NEUTRAL = "neutral", _("建议")
        OBJECT = "object", _("反对")

    class Topic(models.TextChoices):
        SITE = "site", _("选址与用地")
        DESIGN = "design", _("设计与外观")
        ENVIRONMENT = "environment", _("环境与绿化")
        TRAFFIC = "traffic", _("交通与停车")
        GRAVES = "graves", _("墓穴与祭扫")
        COST = "cost", _("投资与收费")
        OTHER = "other", _("其他")

    class Channel(models.TextChoices):
        WEB = "web", _("网上")
        LETTER = "letter", _("来信")
        PHONE = "phone", _("电话")
        BOX = "box", _("意见箱")
        MEETING = "meeting", _("座谈")

    class Visibility(models.TextChoices):
        PENDING = "pending", _("审核中")
        SHOWN = "shown", _("已公开")
        WITHHELD = "withheld", _("依法不公开")

    class Ground(models.TextChoices):
        """Why a comment may be withheld (law.md 5.3, M3). That it is critical is no ground."""

        SECRET = "secret", _("涉及国家秘密")
        FORBIDDEN = "forbidden", _("法律、行政法规禁止公开")
        SECURITY = "security", _("危及安全稳定")
        TRADE_SECRET = "trade-secret", _("涉及商业秘密")
        PRIVACY = "privacy", _("涉及个人隐私")
        ABUSIVE = "abusive", _("违法或者辱骂内容")
        SPAM = "spam", _("广告或者重复灌水")
        OFF_TOPIC = "off-topic", _("与本项目无关")

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="comments")
    number = models.PositiveIntegerField(_("编号"))
    code = models.CharField(_("回执码"), max_length=14, unique=True, default=new_receipt_code)
    salt = models.BinaryField(max_length=16)
    text = models.TextField(_("意见"))
    stance = models.CharField(_("态度"), max_length=10, choices=Stance, blank=True)
    topics = ArrayField(
        models.CharField(max_length=20, choices=Topic), verbose_name=_("方面"), size=MAX_TOPICS, default=other_topic
    )
    channel = models.CharField(_("来源"), max_length=10, choices=Channel, default=Channel.WEB)
    received_at = models.DateTimeField(_("收到时间"))
    entered_at = models.DateTimeField(_("登记时间"), null=True, editable=False)  # by staff; None: sent by the author
    name = models.CharField(_("称呼"), max_length=60, blank=True)
    contact = models.CharField(_("联系方式"), max_length=120, blank=True)
    visibility = models.CharField(_("公开情况"), max_length=10, choices=Visibility, default=Visibility.PENDING)
    withheld_ground = models.CharField(_("不公开理由"), max_length=20, choices=Ground, blank=True)
    # The text with passages replaced by signs (tenders.masking); blank as long as nothing is masked.
    masked_text = models.TextField(_("遮盖后的全文"), blank=True)
    masked_ground = models.CharField(_("遮盖理由"), max_length=20, choices=Ground, blank=True)
    theme = models.ForeignKey(
        Theme, models.PROTECT, related_name="comments", null=True, blank=True, verbose_name=_("主题")
    )
    answer = models.ForeignKey(Answer, models.PROTECT, related_name="comments", null=True, blank=True, editable=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["number"]
        verbose_name = verbose_name_plural = _("意见")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["consultation", "number"], name="comment_number_once"),
            models.CheckConstraint(
                condition=Q(topics__len__gte=1, topics__len__lte=MAX_TOPICS), name="comment_has_one_to_three_topics"
            ),
            models.CheckConstraint(
                condition=Q(visibility="withheld") ^ Q(withheld_ground=""), name="comment_withheld_only_on_a_ground"
            ),
            models.CheckConstraint(
                condition=Q(masked_text="") ^ ~Q(masked_ground=""), name="comment_masked_only_on_a_ground"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consultation} #{self.number}"

    @property
    def project(self) -> Project:
        return self.consultation.project

    @property
    def path(self) -> str:
        return f"{self.consultation.path}/comment/{self.number}"

    @property
    def public_text(self) -> str:
        """What the public may read of it, once it is shown."""
        return self.masked_text or self.text

    @property
    def topic_labels(self) -> list[str]:
        return [str(self.Topic(topic).label) for topic in self.topics]

    def get_topics_display(self) -> str:
        return str(_("、")).join(self.topic_labels)


class CommentScan(models.Model):
    """A page of what came on paper: a photo drawn anew, or a PDF. It is private and is never published."""

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="scans")
    file = models.FileField(_("原件"), upload_to="scans/")
    sha256 = models.CharField(max_length=64, editable=False)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = verbose_name_plural = _("意见原件")

    def __str__(self) -> str:
        return str(self.comment)


class AnswerDraft(Drafted, AnswerWords):
    """An answer to one comment that is still being written. That to a theme is drafted in the theme itself."""

    comment = models.OneToOneField(Comment, models.PROTECT, related_name="draft")

    class Meta:
        verbose_name = verbose_name_plural = _("答复草稿")

    def __str__(self) -> str:
        return f"{self.comment}: {self.outcome}"

    @property
    def project(self) -> Project:
        return self.comment.project
