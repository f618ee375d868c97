"""The fair-competition review of a tender's announcement and documents, before they are issued (D12)."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenders.models.base import facts_of
from tenders.models.of_package import OfPackage
from tenders.models.package import Package


class Clause(models.TextChoices):
    """
    What may not stand in a tender, clause by clause. A label says it as a sentence that is true of a fair tender.

    Source: 《招标投标领域公平竞争审查规则》第六条至第十一条；《招标投标法实施条例》第三十二条.
    """

    LICENCE = "6.1", _("没有对准入负面清单以外的业务要求先取得行政许可（第六条第一项）")
    LOCAL_BRANCH = "6.2", _("没有要求在本地设立分支机构、缴税、缴社保或者与本地企业组成联合体（第六条第二项）")
    LOCAL_RECORD = "6.3", _("没有要求本地业绩或者本地奖项（第六条第三项）")
    LOCAL_CERTIFICATE = "6.4", _("没有要求特定地区或者特定组织发的培训证、上岗证（第六条第四项）")
    MEMBERSHIP = "6.5", _("没有要求特定行业组织的成员身份（第六条第五项）")
    SCORE_BY_REGION = "7.1", _("评分没有因业绩所在区域不同而不同（第七条第一项）")
    SCORE_BY_OWNERSHIP = "7.2", _("评分没有因所有制形式不同而不同（第七条第二项、第五项）")
    SCORE_BY_ORIGIN = "7.3", _("评分没有因产品产地不同而不同（第七条第三项）")
    SCORE_BY_SIZE = "7.4", _("评分没有因企业规模、注册地址、注册资金、净资产等不同而不同（第七条第四项）")
    LOT = "8.4", _("没有用抽签、摇号、抓阄确定合格投标人、候选人或者中标人（第八条第四项）")
    ORIGINALS = "10.3", _("能够核验的事项没有要求提供原件（第十条第三项）")
    PRESENCE = "10.4", _("获取文件、开标没有要求法定代表人、项目负责人等特定人员到场（第十条第四项）")
    OTHER_BOND = "11.2", _("没有投标、履约、质量、农民工工资以外的保证金（第十一条第二项）")
    BOND_FORM = "11.3", _("没有限定保证金的形式（第十一条第三项）")
    GUARANTOR = "11.4", _("没有指定出具保函的机构（第十一条第四项）")
    BRAND = (
        "32.5",
        _("没有限定专利、商标、品牌、原产地或者供应商（《招标投标法实施条例》第三十二条第二款第五项）"),
    )


class FairnessReview(OfPackage):
    """
    A review of exactly what the package said then: ``digest`` binds its announcement and the digests of its files.

    Only the newest counts, and only while nothing has been changed.
    """

    class Conclusion(models.TextChoices):
        FAIR = "fair", _("符合审查标准")
        EXCEPTION = "exception", _("适用例外规定，可以实施")
        UNFAIR = "unfair", _("不符合审查标准，须修改")

    package = models.ForeignKey(Package, models.PROTECT, related_name="fairness_reviews")
    number = models.PositiveSmallIntegerField(_("序号"))
    conclusion = models.CharField(_("审查结论"), max_length=10, choices=Conclusion)
    exception_ground = models.TextField(_("适用例外规定的理由"), blank=True)
    salt = models.BinaryField(max_length=16)
    digest = models.CharField(max_length=64)
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(_("审查时间"))

    class Meta:
        ordering: ClassVar = ["number"]
        verbose_name = verbose_name_plural = _("公平竞争审查")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["package", "number"], name="fairness_review_number_once"),
            models.CheckConstraint(
                condition=Q(conclusion="exception") ^ Q(exception_ground=""), name="fairness_exception_has_its_ground"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.package} · {self.get_conclusion_display()}"

    @property
    def path(self) -> str:
        return f"{self.package.path}/fairness/{self.number}"

    def facts(self) -> dict[str, Any]:
        """What the record says of it; the remarks on single clauses stay in the paper."""
        findings = [facts_of(finding, ("clause", "verdict")) for finding in self.findings.all()]
        told = facts_of(self, ("number", "conclusion", "exception_ground", "digest"))
        return {"package": self.package.number, **told, "clauses": findings}


class FairnessFinding(models.Model):
    """What the review found on one clause."""

    class Verdict(models.TextChoices):
        KEPT = "kept", _("符合")
        EXCEPTION = "exception", _("适用例外")
        BROKEN = "broken", _("不符合")

    review = models.ForeignKey(FairnessReview, models.PROTECT, related_name="findings")
    clause = models.CharField(_("条目"), max_length=6, choices=Clause)
    verdict = models.CharField(_("审查结果"), max_length=10, choices=Verdict)
    remark = models.CharField(_("说明"), max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = verbose_name_plural = _("公平竞争审查条目")
        constraints: ClassVar = [models.UniqueConstraint(fields=["review", "clause"], name="fairness_clause_once")]

    def __str__(self) -> str:
        return f"{self.get_clause_display()}: {self.get_verdict_display()}"
