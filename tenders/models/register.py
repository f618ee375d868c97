"""What belongs to the register of paper envelopes beside its lines: the moment an envelope came, and its photos."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ledger.canonical import new_salt
from tenders.models.bid import Bid
from tenders.models.of_package import OfPackage
from tenders.models.package import Package


class ArrivalQuerySet(models.QuerySet["Arrival"]):
    def waiting(self) -> "ArrivalQuerySet":
        """Those neither written down nor void."""
        return self.filter(bid=None, void_reason="")


class Arrival(OfPackage):
    """
    That an envelope was laid on the table, by the second: noted with one click, before its line is written.

    So a bidder who came in time is not late because a form takes a minute. It becomes a line of the register, or is
    declared void with a reason; until then no bid is opened. Under embargo like the bids themselves (EM-01): what was
    void is public from the opening on, so that no envelope vanishes from the counter unseen.

    Its digest lies in the box from then on, so that a line that is written after the last tick can be told from one
    that is put in.
    """

    package = models.ForeignKey(Package, models.PROTECT, related_name="arrivals")
    arrived_at = models.DateTimeField(_("送达时间"))
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("登记人"))
    bid = models.OneToOneField(Bid, models.PROTECT, null=True, blank=True, editable=False, related_name="arrival")
    salt = models.BinaryField(max_length=16, default=new_salt, editable=False)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    void_reason = models.CharField(_("作废原因"), max_length=200, blank=True)
    voided_at = models.DateTimeField(_("作废时间"), null=True, blank=True, editable=False)

    objects = ArrivalQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["arrived_at", "pk"]
        verbose_name = verbose_name_plural = _("投标文件送达")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(bid=None) | Q(void_reason=""), name="arrival_is_a_bid_or_void"),
        ]

    def __str__(self) -> str:
        return f"{self.package} {self.arrived_at:%H:%M:%S}"


class BidPhoto(models.Model):
    """An envelope as it was handed over. The line names its digest; the picture stays in the house."""

    bid = models.ForeignKey(Bid, models.PROTECT, related_name="photos")
    image = models.ImageField(_("照片"), upload_to="bid-photos/")
    sha256 = models.CharField(max_length=64, editable=False)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = verbose_name_plural = _("投标文件照片")

    def __str__(self) -> str:
        return str(self.bid)
