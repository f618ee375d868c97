"""Sealed electronic bids, the box in which they lie until the opening, and the keys that open them (ADR 0021)."""

from hashlib import sha256
from typing import Any, ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from ledger.canonical import CHINA
from tenders.models.base import facts_of
from tenders.models.bid import Bid
from tenders.models.of_package import OfPackage
from tenders.models.package import Package
from tenders.sealing.head import Head, Holder
from tenders.ticks import Lying

LINE = "sealed-bid-line/v1"


class TrusteeKeyQuerySet(models.QuerySet["TrusteeKey"]):
    def in_use(self) -> "TrusteeKeyQuerySet":
        return self.filter(revoked_at=None)

    def as_keys(self) -> dict[str, str]:
        """Return the recipients by their holders, as the format of sealed bids wants them. One query."""
        return dict(self.values_list("holder", "recipient"))


class TrusteeKey(models.Model):
    """The public half of a key that helps to open sealed bids. The secret half never comes near this machine."""

    class Held(models.TextChoices):
        OBSERVER = Holder.OBSERVER.value, _("监督方（纪检监察机关）")
        OBSERVER_SPARE = Holder.OBSERVER_SPARE.value, _("监督方备用（存保险柜）")
        BUREAU = Holder.BUREAU.value, _("招标人")
        ESCROW = Holder.ESCROW.value, _("备份保管方（政府采购中心）")

    holder = models.CharField(_("持有方"), max_length=20, choices=Held)
    recipient = models.CharField(_("公钥"), max_length=62, unique=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("持有单位"))
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    registered_at = models.DateTimeField(_("登记时间"), editable=False)
    revoked_at = models.DateTimeField(_("停用时间"), null=True, editable=False)
    revoked_reason = models.CharField(_("停用原因"), max_length=200, blank=True)

    objects = TrusteeKeyQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["holder", "-pk"]
        verbose_name = verbose_name_plural = _("开标密钥")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["holder"], condition=Q(revoked_at=None), name="one_trustee_key_in_use"),
            models.CheckConstraint(
                condition=Q(revoked_at=None) ^ ~Q(revoked_reason=""), name="trustee_key_revoked_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_holder_display()} {self.recipient}"

    @property
    def path(self) -> str:
        return f"trustee-key/{self.pk}"

    def facts(self) -> dict[str, Any]:
        return facts_of(self, ("holder", "recipient")) | {"organisation": self.organisation.name}


class BidBoxQuerySet(models.QuerySet["BidBox"]):
    def taking_bids(self) -> "BidBoxQuerySet":
        return self.filter(closed_at=None, package__state=Package.State.ANNOUNCED)

    def with_a_revoked_key(self) -> "BidBoxQuerySet":
        """Those whose bids are still sealed to a key that was revoked: it is to be replaced there, too."""
        return self.taking_bids().filter(keys__revoked_at__isnull=False).distinct()


class BidBox(models.Model):
    """
    Where the sealed bids of a tender lie. Made with the announcement, closed with the deadline.

    The row is what bids and ticks lock: whoever delivers shares it, a tick has it alone. So each bid knows for certain
    which tick is the first to hold it.
    """

    package = models.OneToOneField(Package, models.PROTECT, primary_key=True, related_name="bid_box")
    keys = models.ManyToManyField(TrusteeKey, related_name="boxes", verbose_name=_("开标密钥"))
    secret = models.BinaryField(editable=False)  # of the nonces; public with the opening
    last_tick = models.PositiveIntegerField(default=0, editable=False)
    last_value = models.CharField(max_length=64, editable=False)  # of that tick, in hexadecimal
    ticked_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(_("关闭时间"), null=True, editable=False)
    emptied_at = models.DateTimeField(null=True, editable=False)  # by the opening: then its secret is none any more
    lists = models.TextField(blank=True, editable=False)  # what the opening revealed, if too long for its entry
    on_demo_calendar = models.BooleanField(default=False, editable=False)  # whose clock judges what is late

    objects = BidBoxQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("投标箱")

    def __str__(self) -> str:
        return str(self.package)

    @property
    def takes_sealed_bids(self) -> bool:
        """Whether the tender named its four keys when it was announced; else bids come on paper only. One query."""
        return self.keys.count() == len(Holder)


class SealedBidQuerySet(models.QuerySet["SealedBid"]):
    def standing(self) -> "SealedBidQuerySet":
        """Those that were neither withdrawn nor replaced before the deadline."""
        return self.filter(withdrawn_tick=None)

    def of(self, organisation: Organisation | None) -> "SealedBidQuerySet":
        return self.filter(organisation=organisation) if organisation else self.none()


class SealedBid(OfPackage):
    """
    A sealed electronic bid as it was delivered. The database itself gives the moment and refuses what is late.

    Until the opening nobody but its bidder may learn that it exists (EM-06): no page, count, feed or entry shows it.
    Its key is drawn at random, so that it counts nothing. With the opening it becomes a ``Bid`` and gets its number.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    package = models.ForeignKey(Package, models.PROTECT, related_name="sealed_bids")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="sealed_bids")
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    bidder = models.CharField(_("投标人"), max_length=120)
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18)
    head = models.TextField()  # canonical JSON, ASCII
    head_sha256 = models.CharField(max_length=64, editable=False)
    bid_key = models.CharField(max_length=62)
    payload_sha256 = models.CharField(_("密文指纹"), max_length=64)
    received_at = models.DateTimeField(_("送达时间"), db_default=Now(), editable=False)
    tick = models.PositiveIntegerField(db_default=0, editable=False)  # the first one that holds it
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True, editable=False)
    withdrawn_tick = models.PositiveIntegerField(null=True, editable=False)  # the first one that no longer holds it
    bid = models.OneToOneField(Bid, models.PROTECT, null=True, editable=False, related_name="sealed_bid")
    # known since it was opened
    secret = models.TextField(blank=True, editable=False)  # the bid key, for the committee to read the files with
    nonce = models.CharField(max_length=64, blank=True, editable=False)
    failed_at = models.DateTimeField(_("不能解密的时间"), null=True, editable=False)

    objects = SealedBidQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("密封的电子投标")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["package", "credit_code"], condition=Q(withdrawn_tick=None), name="one_standing_bid_per_bidder"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_standing(self) -> bool:
        return self.withdrawn_tick is None

    def parsed_head(self) -> Head:
        return Head.parse(self.head.encode())

    def line(self) -> str:
        """What was written down when it came: the ticks bind its digest, so that no two bids can be swapped either."""
        received_at = self.received_at.astimezone(CHINA).isoformat(timespec="microseconds")
        return (
            f"{LINE}\ntender {self.package.path}\nbid {self.pk}\nbidder {self.credit_code}\n"
            f"payload_sha256 {self.payload_sha256}\nbid_key {self.bid_key}\nreceived_at {received_at}\n"
        )

    def lying(self) -> Lying:
        return Lying(sha256(self.line().encode()).hexdigest(), self.tick, self.withdrawn_tick)


class BidTick(models.Model):
    """A tick of a box: its value stands in the record, which digests it holds only here, until the opening."""

    box = models.ForeignKey(BidBox, models.PROTECT, related_name="ticks")
    number = models.PositiveIntegerField()
    value = models.CharField(max_length=64)
    digests = models.JSONField(default=list)
    made_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["box", "number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["box", "number"], name="bid_tick_number_once")]

    def __str__(self) -> str:
        return f"{self.box_id} {self.number}"


class BidUpload(models.Model):
    """
    A payload on its way, piece by piece, so that a broken line costs minutes and not the bid.

    It counts for nothing until it is delivered, which is one small request. What is never delivered is thrown away.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    package = models.ForeignKey(Package, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    head = models.TextField()
    size = models.PositiveIntegerField()  # bytes, of the whole
    received = models.PositiveIntegerField(default=0)  # bytes, so far
    begun_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True)  # all of it is here, and is what the head says
    delivered = models.OneToOneField(SealedBid, models.PROTECT, null=True, related_name="upload")

    class Meta:
        verbose_name = verbose_name_plural = _("上传中的投标")

    def __str__(self) -> str:
        return str(self.pk)

    def parsed_head(self) -> Head:
        return Head.parse(self.head.encode())

    @property
    def is_complete(self) -> bool:
        return self.checked_at is not None


class PeeledWraps(models.Model):
    """What the observer's tool has left of the wraps, for the bureau or the escrow to finish. Kept as it came."""

    package = models.ForeignKey(Package, models.PROTECT, related_name="peeled_wraps")
    content = models.TextField()  # a file as in sealing.exchange
    peeled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("提交人"))
    peeled_at = models.DateTimeField(_("提交时间"))

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = verbose_name_plural = _("监督方已解的外层")

    def __str__(self) -> str:
        return f"{self.package_id} {self.peeled_at}"
