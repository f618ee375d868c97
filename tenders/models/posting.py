"""Where the bureau puts its plans up, and which of these places a plan announces."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenders.models.base import in_record
from tenders.models.consultation import Consultation
from tenders.models.placement import Placement

Kind = Placement.Kind


class PostingPlace(models.Model):
    """
    A wall, a newspaper or a station to which the bureau takes its plans. The list serves all projects.

    A place is never deleted once a plan has named it: what is given up is no longer chosen.
    """

    # What can be chosen for a plan. The website is out by itself; platforms are for tenders.
    KINDS: ClassVar = (Kind.POSTER, Kind.BOARD, Kind.VILLAGE_BOARD, Kind.NEWSPAPER, Kind.RADIO, Kind.TELEVISION)
    BOARDS: ClassVar = (Kind.BOARD, Kind.VILLAGE_BOARD)
    WALLS: ClassVar = (Kind.POSTER, *BOARDS)
    ON_AIR: ClassVar = (Kind.RADIO, Kind.TELEVISION)

    kind = models.CharField(_("方式"), max_length=20, choices=[(kind.value, kind.label) for kind in KINDS])
    name = models.CharField(
        _("名称"), max_length=60, unique=True, help_text=_("例如：县民政局大门公开栏；《清平报》；清平县广播电台")
    )
    address = models.CharField(_("地址"), max_length=120, blank=True, help_text=_("让人找得到；报纸、电台写通信地址"))
    has_box = models.BooleanField(_("旁边设有意见箱"), default=False, help_text=_("海报上会写明可以投信"))
    notes = models.CharField(
        _("内部备注"), max_length=200, blank=True, help_text=_("不公开。例如：钥匙在传达室；栏宽2.4米，可贴A1")
    )
    is_active = models.BooleanField(_("使用中"), default=True, help_text=_("停用以后，新的方案不能再选它"))

    class Meta:
        ordering: ClassVar = ["kind", "name"]
        verbose_name = verbose_name_plural = _("张贴点与媒体")

    def __str__(self) -> str:
        return self.name


class RequiredPlacement(models.Model):
    """
    A place at which a plan is to be put up, and by when. It is published with the plan; then it has to be proven.

    Where it came to nothing, the bureau says so in public, with the reason (``waived``).
    """

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="required_placements")
    number = models.PositiveSmallIntegerField(_("序号"))
    place = models.ForeignKey(PostingPlace, models.PROTECT, related_name="required", verbose_name=_("地点或者媒体"))
    by_on = models.DateField(_("最迟哪天张贴（刊播）"), null=True, blank=True, help_text=_("不填就是征求意见开始当天"))
    waived_at = models.DateTimeField(null=True, editable=False)
    waive_reason = models.CharField(_("没有张贴的原因"), max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["number"]
        verbose_name = verbose_name_plural = _("计划张贴的地点")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["consultation", "number"], name="required_placement_number_once"),
            models.UniqueConstraint(fields=["consultation", "place"], name="required_placement_place_once"),
            models.CheckConstraint(
                condition=Q(waived_at=None) ^ ~Q(waive_reason=""), name="required_placement_waived_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place.get_kind_display()} {self.place.name}"

    @property
    def project(self) -> Any:
        return self.consultation.project

    @property
    def path(self) -> str:
        return f"{self.consultation.path}/place/{self.number}"

    @property
    def due_on(self) -> date | None:
        """The last day on which it is to be put up; None as long as the period has no beginning."""
        return self.by_on or self.consultation.opens_on

    def facts(self) -> dict[str, Any]:
        """What the plan's entry says of it. The bureau's own notes are not public."""
        place = self.place
        return {
            "number": self.number,
            "kind": place.kind,
            "name": place.name,
            "address": place.address,
            "by_on": in_record(self.due_on),
            "has_box": place.has_box,
        }
