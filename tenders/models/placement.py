"""What was put up or printed outside of this site, with its evidence."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ledger.models import Entry
from tenders.models.base import facts_of
from tenders.models.project import Project


class Placement(models.Model):
    """
    That an announced act was put up or printed outside of this site: on a board, on a street, in a newspaper.

    A person did it and says so, with evidence. ``posted_at`` may lie before the day on which it is entered.
    """

    class Kind(models.TextChoices):
        BOARD = "board", _("公开栏")
        VILLAGE_BOARD = "village-board", _("村务公开栏")
        POSTER = "poster", _("街头大幅效果图")
        NEWSPAPER = "newspaper", _("报纸")
        RADIO = "radio", _("广播")
        TELEVISION = "television", _("电视")
        PLATFORM = "platform", _("外部平台")
        GOVERNMENT_SITE = "government-site", _("政府网站（人工刊登）")

    class Comparison(models.TextChoices):
        """How the text that another medium prints stands to the notice's, where somebody has copied it from there."""

        NONE = "", _("未核对")
        SAME = "same", _("一致")
        DIFFERS = "differs", _("不一致")

    # What hangs on a wall is shown by a photo; what a platform has taken, by the number that it gave.
    SEEN: ClassVar = (Kind.BOARD, Kind.VILLAGE_BOARD, Kind.POSTER)
    NUMBERED: ClassVar = (Kind.PLATFORM,)

    project = models.ForeignKey(Project, models.PROTECT, related_name="placements")
    number = models.PositiveSmallIntegerField(_("序号"))
    announced = models.ForeignKey(Entry, models.PROTECT, related_name="+", verbose_name=_("所公布的事项"))
    # Which of the places that the plan had announced this is the proof of; none for what was put up beyond the plan
    required = models.OneToOneField(
        "tenders.RequiredPlacement", models.PROTECT, null=True, blank=True, related_name="proof"
    )
    kind = models.CharField(_("方式"), max_length=20, choices=Kind)
    place = models.CharField(
        _("地点或者媒体"), max_length=120, help_text=_("例如：文化路民政局大门公开栏；《清平报》第3版；平台的名称")
    )
    posted_at = models.DateTimeField(_("张贴（刊登）时间"), help_text=_("可以是过去的时间，公开时注明是补登"))
    until = models.DateField(_("保留至"), null=True, blank=True)
    receipt = models.CharField(
        _("回执号或者期号、版面"), max_length=120, blank=True, help_text=_("外部平台必填；报纸写期号和版面")
    )
    own_print = models.BooleanField(
        _("张贴的是本平台生成的版式"), default=False, help_text=_("公告页上的 A4 或 A3 版，未作改动")
    )
    comparison = models.CharField(_("与公告正文核对"), max_length=10, choices=Comparison, blank=True, editable=False)
    carried_sha256 = models.CharField(_("刊登的正文指纹"), max_length=64, blank=True, editable=False)  # if it differs
    note = models.CharField(_("说明"), max_length=200, blank=True)
    photo_alt = models.CharField(
        _("照片说明"), max_length=200, blank=True, help_text=_("给看不见照片的人：照片上有什么")
    )
    recorded_at = models.DateTimeField(_("登记时间"), editable=False)
    ended_at = models.DateTimeField(_("撤下时间"), null=True, blank=True)
    end_reason = models.CharField(_("撤下的原因"), max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["number"]
        verbose_name = verbose_name_plural = _("张贴与刊登")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["project", "number"], name="placement_number_once"),
            models.UniqueConstraint(
                fields=["announced", "kind", "place"], condition=Q(ended_at=None), name="placement_there_once"
            ),
            models.CheckConstraint(condition=Q(recorded_at__gte=F("posted_at")), name="placement_not_in_the_future"),
            models.CheckConstraint(condition=Q(ended_at__gte=F("posted_at")), name="placement_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(ended_at=None) ^ ~Q(end_reason=""), name="placement_ended_only_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.place}"

    @property
    def path(self) -> str:
        return f"{self.project.path}/placement/{self.number}"

    @property
    def is_entered_later(self) -> bool:
        """Whether it was entered on a later day than it was put up (补登)."""
        return timezone.localdate(self.posted_at) < timezone.localdate(self.recorded_at)

    def facts(self) -> dict[str, Any]:
        """What the entry says: also which act it carries, the photos by their digests, and how its text compares."""
        compared = {name: getattr(self, name) for name in ("comparison", "carried_sha256") if getattr(self, name)}
        return {
            "number": self.number,
            "of": self.announced_id,
            **facts_of(self, ("kind", "place", "posted_at", "until", "receipt", "own_print", "note")),
            "required": self.required.path if self.required else None,
            "entered_later": self.is_entered_later,
            "photos": [{"sha256": photo.sha256, "alt": self.photo_alt} for photo in self.photos.all()],
            **compared,
        }


class PlacementPhoto(models.Model):
    """A photo of a placement, or a clipping, drawn anew without what the camera wrote beside it."""

    placement = models.ForeignKey(Placement, models.PROTECT, related_name="photos")
    image = models.ImageField(_("照片"), upload_to="placements/", width_field="width", height_field="height")
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    sha256 = models.CharField(max_length=64, editable=False)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = verbose_name_plural = _("张贴照片")

    def __str__(self) -> str:
        return str(self.placement)
