"""The review for secrets and personal data that comes before a release."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tenders.models.base import Notice
from tenders.models.project import Project
from tenders.personal import Kind
from tenders.scanning.pieces import Trace


class FindingKind(models.TextChoices):
    """What detectors find in texts and files: the kinds of ``tenders.personal``, and what a file betrays beside."""

    ID_NUMBER = Kind.ID_NUMBER.value, _("身份证号")
    BANK_CARD = Kind.BANK_CARD.value, _("银行卡号")
    MOBILE = Kind.MOBILE.value, _("手机号")
    LANDLINE = Kind.LANDLINE.value, _("电话号码")
    EMAIL = Kind.EMAIL.value, _("电子邮箱")
    PLATE = Kind.PLATE.value, _("车牌号")
    AUTHOR = Trace.AUTHOR.value, _("作者或者修改人姓名")
    POSITION = Trace.POSITION.value, _("拍摄地点")
    UNSEEN = Trace.UNSEEN.value, _("看不见的内容")
    SCRIPT = Trace.SCRIPT.value, _("脚本程序")
    UNREAD = Trace.UNREAD.value, _("机器读不了的内容")


class StayGround(models.TextChoices):
    """Why something that was found may stay as it is (law.md 5.4)."""

    OFFICE = "office", _("单位的办公电话、公务邮箱")
    IN_OFFICE = "in-office", _("公务人员的职务信息，依照《政府信息公开条例》第二十条第二项公开")
    PROJECT_LEADER = "project-leader", _("投标人的项目负责人及其证书，依法公示")
    BY_HAND = "by-hand", _("已经人工逐处检查，可以公开")
    FALSE_ALARM = "false-alarm", _("不是个人信息")


# Only a false alarm lets a number of an identity or bank card stay, or the place where somebody took a picture.
MAY_STAY: dict[str, tuple[StayGround, ...]] = {
    FindingKind.ID_NUMBER: (StayGround.FALSE_ALARM,),
    FindingKind.BANK_CARD: (StayGround.FALSE_ALARM,),
    FindingKind.MOBILE: (StayGround.OFFICE, StayGround.PROJECT_LEADER, StayGround.FALSE_ALARM),
    FindingKind.LANDLINE: (StayGround.OFFICE, StayGround.FALSE_ALARM),
    FindingKind.EMAIL: (StayGround.OFFICE, StayGround.FALSE_ALARM),
    FindingKind.PLATE: (StayGround.FALSE_ALARM,),
    FindingKind.AUTHOR: (StayGround.IN_OFFICE, StayGround.PROJECT_LEADER, StayGround.FALSE_ALARM),
    FindingKind.POSITION: (StayGround.FALSE_ALARM,),
    FindingKind.UNSEEN: (StayGround.BY_HAND,),
    FindingKind.SCRIPT: (StayGround.BY_HAND,),
    FindingKind.UNREAD: (StayGround.BY_HAND,),
}


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


class ReviewFinding(models.Model):
    """
    What the detectors had found when a document was reviewed, and why it may stay. Without a ground it may not.

    ``excerpt`` is masked; ``key`` tells the same finding in two reviews, and does not betray it.
    """

    review = models.ForeignKey(Review, models.PROTECT, related_name="findings")
    kind = models.CharField(_("种类"), max_length=20, choices=FindingKind)
    place = models.CharField(_("位置"), max_length=200)
    excerpt = models.CharField(_("遮盖后的摘录"), max_length=120, blank=True)
    count = models.PositiveIntegerField(_("处数"), default=1)
    ground = models.CharField(_("可以公开的理由"), max_length=20, choices=StayGround, blank=True)
    key = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = verbose_name_plural = _("审查发现")
        constraints: ClassVar = [models.UniqueConstraint(fields=["review", "key"], name="finding_once_in_a_review")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.place}"


class FileScan(models.Model):
    """
    That a file was looked through, and what was found in it: content never changes under its digest.

    ``known`` is a digest of what was taken as public anyway, and of the version of the detectors.
    """

    sha256 = models.CharField(max_length=64)
    known = models.CharField(max_length=64)
    hits = models.JSONField()
    scanned_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = _("文件检查")
        constraints: ClassVar = [models.UniqueConstraint(fields=["sha256", "known"], name="file_scanned_once")]

    def __str__(self) -> str:
        return self.sha256
