"""What binds both sides after the award: the business contract, the start of works, and the register of all papers."""

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin, transition

from accounts.models import Organisation
from ledger.models import Entry
from tenders.models import Drafted, Notice, OfPackage, Package, Project, facts_of, fen_field


class Signed(models.Model):
    """The signatures under a contract, as they stand on the paper original."""

    owner_signed_by = models.CharField(_("发包人签字人"), max_length=60, blank=True)
    owner_signed_on = models.DateField(_("发包人签字日期"), null=True, blank=True)
    contractor_signed_by = models.CharField(_("承包人签字人"), max_length=60, blank=True)
    contractor_signed_on = models.DateField(_("承包人签字日期"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_signed_by_both(self) -> bool:
        return all(self.signatures().values())

    def signatures(self) -> dict[str, Any]:
        names = ("owner_signed_by", "owner_signed_on", "contractor_signed_by", "contractor_signed_on")
        return facts_of(self, names)


class Contract(FSMModelMixin, OfPackage, Signed, Drafted):
    """The business contract (GF-2017-0201). Price, duration, quality and manager must be those of the award."""

    class State(models.TextChoices):
        DRAFT = "draft", _("起草中")
        SIGNED = "signed", _("已签订")

    class PriceForm(models.TextChoices):
        UNIT = "unit", _("单价合同")
        LUMP_SUM = "lump-sum", _("总价合同")
        OTHER = "other", _("其他价格形式")

    notice: ClassVar = Notice.CONTRACT

    package = models.OneToOneField(Package, models.PROTECT, related_name="contract")
    number = models.CharField(_("合同编号"), max_length=60, unique=True)
    state = FSMField(_("状态"), default=State.DRAFT, choices=State, protected=True, max_length=20)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("发包人"))
    owner_agent = models.CharField(_("发包人委托代理人"), max_length=60, blank=True)
    contractor = models.CharField(_("承包人"), max_length=120)
    contractor_code = models.CharField(_("承包人统一社会信用代码"), max_length=18)
    contractor_address = models.CharField(_("承包人地址"), max_length=200, blank=True)
    contractor_representative = models.CharField(_("承包人法定代表人"), max_length=60, blank=True)
    contractor_phone = models.CharField(_("承包人电话"), max_length=40, blank=True)
    scope = models.TextField(_("工程内容和承包范围"), blank=True)
    price_fen = fen_field(_("签约合同价"))
    safety_fee_fen = fen_field(_("其中安全文明施工费"), default=0)
    provisional_fen = fen_field(_("其中暂列金额"), default=0)
    price_form = models.CharField(_("合同价格形式"), max_length=10, choices=PriceForm, default=PriceForm.UNIT)
    duration_days = models.PositiveIntegerField(_("工期总日历天数"))
    planned_start_on = models.DateField(_("计划开工日期"), null=True, blank=True)
    planned_completion_on = models.DateField(_("计划竣工日期"), null=True, blank=True)
    quality = models.CharField(_("质量标准"), max_length=200)
    project_manager = models.CharField(_("承包人项目经理"), max_length=60)
    payment_terms = models.TextField(_("付款方式"), blank=True)
    performance_bond_fen = fen_field(_("履约保证金"), default=0)
    payment_guarantee = models.CharField(
        _("工程款支付担保"), max_length=200, blank=True, help_text=_("出具人、金额、有效期")
    )
    warranty = models.TextField(_("质量保修"), blank=True)
    dispute_resolution = models.CharField(_("争议解决"), max_length=200, blank=True)
    signing_place = models.CharField(_("签订地点"), max_length=120, blank=True)
    copies = models.PositiveSmallIntegerField(_("份数"), default=6)
    signed_at = models.DateTimeField(null=True, editable=False)
    bonds_returned_on = models.DateField(_("投标保证金退还日期"), null=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("施工合同")

    def __str__(self) -> str:
        return self.number

    @property
    def path(self) -> str:
        return f"{self.package.path}/contract"

    @transition(state, source=State.DRAFT, target=State.SIGNED)
    def sign(self, at: datetime) -> None:
        self.signed_at = at

    def facts(self) -> dict[str, Any]:
        names = (
            "number", "contractor", "contractor_code", "scope", "price_fen", "safety_fee_fen", "provisional_fen",
            "price_form", "duration_days", "quality", "project_manager", "payment_terms", "performance_bond_fen",
            "payment_guarantee", "warranty", "dispute_resolution", "signing_place", "copies", "planned_start_on",
            "planned_completion_on",
        )  # fmt: skip
        return {**facts_of(self, names), "owner": self.owner.name}


class Commencement(Drafted):
    """What must be in hand before works start: the construction permit and the order to start (D35)."""

    contract = models.OneToOneField(Contract, models.PROTECT, related_name="commencement")
    permit_number = models.CharField(_("施工许可证编号"), max_length=80, blank=True)
    permit_organ = models.CharField(_("发证机关"), max_length=120, blank=True)
    permit_on = models.DateField(_("发证日期"), null=True, blank=True)
    starts_on = models.DateField(_("开工日期"), null=True, blank=True)
    supervisor = models.CharField(_("监理单位"), max_length=120, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("开工")

    def __str__(self) -> str:
        return f"{self.contract}: {self.starts_on}"

    def facts(self) -> dict[str, Any]:
        names = ("permit_number", "permit_organ", "permit_on", "starts_on", "supervisor")
        return {"contract": self.contract.number, **facts_of(self, names)}


class Document(models.Model):
    """
    A paper of the file, generated and published. The register only grows: a corrected paper is a new row.

    The bytes lie in the public folder under their digest; the entry in the record names the same digest.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="papers")
    subject = models.CharField(max_length=200, db_index=True)
    template = models.CharField(_("模板"), max_length=40)
    title = models.CharField(_("名称"), max_length=160)
    sha256 = models.CharField(_("文件指纹"), max_length=64)
    size = models.PositiveIntegerField(_("字节数"))
    caused_by = models.ForeignKey(Entry, models.PROTECT, related_name="+", verbose_name=_("所依据的事项"))
    # of what it was made, and the digest of the data in it: by them a stale paper is told from a current one
    made_of = models.PositiveBigIntegerField(null=True, editable=False)
    data_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    published_at = models.DateTimeField(_("发布时间"))

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = verbose_name_plural = _("文书")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["caused_by", "template", "subject"], name="one_paper_per_act")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def file_name(self) -> str:
        return f"{self.sha256}.docx"
