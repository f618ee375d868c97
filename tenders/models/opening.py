"""The session in which bids are opened."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tenders.models.base import Drafted
from tenders.models.package import Package


class Opening(Drafted):
    """The opening session of a package: who chairs and records, where, and what was checked (D17, D18)."""

    package = models.OneToOneField(Package, models.PROTECT, related_name="opening")
    chair = models.CharField(_("主持人"), max_length=60, blank=True)
    recorder = models.CharField(_("记录人"), max_length=60, blank=True)
    bid_supervisor = models.CharField(_("监标人"), max_length=60, blank=True)
    seals_checked_by = models.CharField(
        _("密封检查人"), max_length=120, blank=True, help_text=_("投标人或者其推选的代表，或者公证机构")
    )
    seals_finding = models.CharField(_("密封检查结果"), max_length=200, blank=True)
    recording = models.CharField(_("录音录像编号"), max_length=100, blank=True)
    notes = models.TextField(_("其他记录"), blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("开标会")

    def __str__(self) -> str:
        return str(self.package)
