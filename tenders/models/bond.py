"""Bid bonds: who has paid one, and what became of it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from tenders.models.base import fen_field
from tenders.models.bid import Bid, BidQuerySet
from tenders.models.of_package import OfPackage
from tenders.models.package import Package


class BondQuerySet(models.QuerySet["BidBond"]):
    def open(self) -> "BondQuerySet":
        """Those neither given back nor kept."""
        return self.filter(returned_on=None, kept_on=None)

    def to_be_kept(self) -> "BondQuerySet":
        """Open ones that do not go back: their payer lost the award by its own doing (AW-13)."""
        return self.open().filter(self._lost_by_its_own_doing())

    def marked(self) -> "BondQuerySet":
        """All of them, each with its ``is_to_be_kept`` at hand."""
        return self.annotate(is_to_be_kept=Q(returned_on=None, kept_on=None) & Q(self._lost_by_its_own_doing()))

    @staticmethod
    def _lost_by_its_own_doing() -> Exists:
        own = {"package": OuterRef("package"), "credit_code": OuterRef("credit_code")}
        return Exists(Bid.objects.filter(**own, passed_over__in=Bid.BOND_IS_KEPT))


class BidBond(OfPackage):
    """
    A bid bond as it came in, and its way back.

    Who has paid is who bids: until the opening it is under embargo like the bids themselves (EM-05), and writes no
    entry. It belongs to a bidder by the credit code, since it may come before the bid.
    """

    class Form(models.TextChoices):
        TRANSFER = "transfer", _("银行转账")
        GUARANTEE = "guarantee", _("银行保函")
        INSURANCE = "insurance", _("保证保险")
        SURETY = "surety", _("担保公司保函")

    LETTERS: ClassVar = (Form.GUARANTEE, Form.INSURANCE, Form.SURETY)  # they end on a day, and bear no interest

    package = models.ForeignKey(Package, models.PROTECT, related_name="bonds")
    bidder = models.CharField(_("投标人"), max_length=120)
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18)
    form = models.CharField(_("形式"), max_length=12, choices=Form, default=Form.TRANSFER)
    amount_fen = fen_field(_("金额"))
    received_on = models.DateField(_("到账（收到）日期"))
    from_basic_account = models.BooleanField(
        _("从投标人的基本账户转出"), default=False, help_text=_("转账的必须是；保函、保险不填")
    )
    valid_until = models.DateField(
        _("有效期至"), null=True, blank=True, help_text=_("保函、保险必填，不得早于投标有效期届满")
    )
    reference = models.CharField(_("凭证或者保函编号"), max_length=60, blank=True, help_text=_("不公开"))
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name=_("登记人")
    )
    returned_on = models.DateField(_("退还日期"), null=True, blank=True)
    interest_fen = fen_field(_("退还的银行同期存款利息"), null=True, blank=True)
    kept_on = models.DateField(_("决定不予退还的日期"), null=True, blank=True)
    kept_reason = models.CharField(_("不予退还的理由"), max_length=200, blank=True)

    objects = BondQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = verbose_name_plural = _("投标保证金")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["package", "credit_code"],
                condition=Q(returned_on=None, kept_on=None),
                name="one_open_bond_per_bidder",
            ),
            models.CheckConstraint(condition=Q(returned_on=None) | Q(kept_on=None), name="bond_is_returned_or_kept"),
            models.CheckConstraint(
                condition=Q(kept_on=None) ^ ~Q(kept_reason=""), name="bond_is_kept_only_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.package} {self.bidder}"

    @property
    def is_letter(self) -> bool:
        return self.form in self.LETTERS

    @property
    def is_open(self) -> bool:
        """Whether it is neither given back nor kept."""
        return self.returned_on is None and self.kept_on is None

    @cached_property
    def is_to_be_kept(self) -> bool:
        """Whether it is an open one that does not go back. Costs a query, unless it was ``marked``."""
        return BidBond.objects.to_be_kept().filter(pk=self.pk).exists()

    @property
    def bids(self) -> BidQuerySet:
        """What its payer has delivered."""
        return Bid.objects.filter(package=self.package, credit_code=self.credit_code)
