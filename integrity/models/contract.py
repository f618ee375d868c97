"""The integrity contract beside the business contract."""

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin, transition

from contracts.models import Contract, Signed
from tenders.models import Drafted, Notice, Project, facts_of, fen_field


class IntegrityContract(FSMModelMixin, Signed, Drafted):
    """The integrity contract: signed with the business contract or not at all, and without any price term."""

    class State(models.TextChoices):
        DRAFT = "draft", _("起草中")
        SIGNED = "signed", _("已签订")

    notice: ClassVar = Notice.INTEGRITY_CONTRACT

    contract = models.OneToOneField(Contract, models.PROTECT, related_name="integrity_contract")
    number = models.CharField(_("合同编号"), max_length=60, unique=True)
    state = FSMField(_("状态"), default=State.DRAFT, choices=State, protected=True, max_length=20)
    owner_supervision = models.CharField(_("发包人的监督单位"), max_length=120, blank=True)
    owner_supervision_phone = models.CharField(_("发包人监督单位电话"), max_length=40, blank=True)
    contractor_supervision = models.CharField(_("承包人的监督单位"), max_length=120, blank=True)
    contractor_supervision_phone = models.CharField(_("承包人监督单位电话"), max_length=40, blank=True)
    hotline = models.CharField(_("举报电话"), max_length=40, blank=True)
    hotline_address = models.CharField(_("举报来信地址"), max_length=200, blank=True)
    owner_liaison = models.CharField(_("发包人廉政联络员"), max_length=60, blank=True)
    contractor_liaison = models.CharField(_("承包人廉政联络员"), max_length=60, blank=True)
    further_terms = models.TextField(_("补充条款"), blank=True, help_text=_("不得约定价款、工期、质量"))
    deposit_fen = fen_field(_("廉政保证金"), default=0)
    copies = models.PositiveSmallIntegerField(_("份数"), default=4)
    signed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("廉政合同")

    def __str__(self) -> str:
        return self.number

    @property
    def project(self) -> Project:
        return self.contract.project

    @property
    def path(self) -> str:
        return f"{self.contract.package.path}/integrity-contract"

    @transition(state, source=State.DRAFT, target=State.SIGNED)
    def sign(self, at: datetime) -> None:
        self.signed_at = at

    def facts(self) -> dict[str, Any]:
        names = (
            "number", "owner_supervision", "owner_supervision_phone", "contractor_supervision",
            "contractor_supervision_phone", "hotline", "hotline_address", "owner_liaison", "contractor_liaison",
            "further_terms", "deposit_fen", "copies",
        )  # fmt: skip
        return {"contract": self.contract.number, **facts_of(self, names)}
