"""By which method a package is procured, and on which ground by another than an open tender."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Category(models.TextChoices):
    CONSTRUCTION = "construction", _("施工")
    DESIGN = "design", _("勘察设计")
    SUPERVISION = "supervision", _("监理")
    GOODS = "goods", _("货物")
    SERVICES = "services", _("服务")


class Track(models.TextChoices):
    """The law that a package follows: it is the package's, not the project's."""

    WORKS = "works", _("工程招标")
    PROCUREMENT = "gp", _("政府采购")


class Method(models.TextChoices):
    OPEN = "open", _("公开招标")
    SELECTIVE = "selective", _("邀请招标")
    NEGOTIATION = "negotiate", _("竞争性谈判")
    CONSULTATION = "consult", _("竞争性磋商")
    INQUIRY = "inquiry", _("询价")
    SINGLE_SOURCE = "single", _("单一来源采购")
    DIRECT = "direct", _("不招标（直接发包）")


class Organising(models.TextChoices):
    """Who runs the tender: the owner, or an agency that it has chosen."""

    SELF = "self", _("自行招标")
    AGENCY = "agency", _("委托招标")


class Ground(models.TextChoices):
    """Why another method than the open tender is lawful. A label says what must be so, and where that stands."""

    FEW_BIDDERS = (
        "few-bidders",
        _("技术复杂、要求特殊或者受自然环境限制，可选的投标人很少（《招标投标法实施条例》第八条第一项）"),
    )
    COST = "cost", _("公开招标的费用占合同金额的比例过大（《招标投标法实施条例》第八条第二项）")
    SECRECY = "secrecy", _("国家安全、国家秘密、抢险救灾、以工代赈等不适宜招标（《招标投标法》第六十六条）")
    PATENT = "patent", _("须采用不可替代的专利或者专有技术（《招标投标法实施条例》第九条第一项）")
    OWN_WORK = "own-work", _("建设单位依法能够自行建设、生产或者提供（《招标投标法实施条例》第九条第二项）")
    MATCHING_WORKS = (
        "matching-works",
        _("须向原中标人采购，否则影响施工或者功能配套（《招标投标法实施条例》第九条第四项）"),
    )
    BELOW = "below", _("没有达到必须招标的规模标准（《必须招标的工程项目规定》第五条）")
    GP_SPECIAL = "gp-special", _("具有特殊性，只能从有限范围的供应商处采购（《政府采购法》第二十九条第一项）")
    GP_COST = "gp-cost", _("公开招标的费用占采购总价值的比例过大（《政府采购法》第二十九条第二项）")
    NO_BIDS = "no-bids", _("招标后没有供应商投标、没有合格标的或者重新招标未成（《政府采购法》第三十条第一项）")
    COMPLEX = "complex", _("技术复杂或者性质特殊，不能确定详细规格或者具体要求（《政府采购法》第三十条第二项）")
    URGENT = "urgent", _("招标所需时间不能满足用户紧急需要（《政府采购法》第三十条第三项）")
    UNPRICED = "unpriced", _("不能事先计算出价格总额（《政府采购法》第三十条第四项）")
    STANDARD = "standard", _("规格标准统一、现货充足、价格变化幅度小（《政府采购法》第三十二条）")
    SOLE = "sole", _("只能从唯一供应商处采购（《政府采购法》第三十一条第一项）")
    EMERGENCY = "emergency", _("发生不可预见的紧急情况，不能从其他供应商处采购（《政府采购法》第三十一条第二项）")
    MATCHING = "matching", _("须保证与原采购一致或者服务配套，添购不超过原合同的10%（《政府采购法》第三十一条第三项）")
    GP_BELOW = "gp-below", _("没有达到公开招标数额标准（《政府采购法》第二十七条）")


_NEGOTIABLE = frozenset({Ground.NO_BIDS, Ground.COMPLEX, Ground.URGENT, Ground.UNPRICED, Ground.GP_BELOW})

# The methods that a track knows beside the open tender, each with the grounds that allow it
GROUNDS: dict[tuple[str, str], frozenset[Ground]] = {
    (Track.WORKS, Method.SELECTIVE): frozenset({Ground.FEW_BIDDERS, Ground.COST}),
    (Track.WORKS, Method.DIRECT): frozenset(
        {Ground.SECRECY, Ground.PATENT, Ground.OWN_WORK, Ground.MATCHING_WORKS, Ground.BELOW}
    ),
    (Track.PROCUREMENT, Method.SELECTIVE): frozenset({Ground.GP_SPECIAL, Ground.GP_COST}),
    (Track.PROCUREMENT, Method.NEGOTIATION): _NEGOTIABLE,
    (Track.PROCUREMENT, Method.CONSULTATION): _NEGOTIABLE,
    (Track.PROCUREMENT, Method.INQUIRY): frozenset({Ground.STANDARD}),
    (Track.PROCUREMENT, Method.SINGLE_SOURCE): frozenset({Ground.SOLE, Ground.EMERGENCY, Ground.MATCHING}),
}
TENDERS = frozenset({Method.OPEN, Method.SELECTIVE})  # 招标; the others are none
WITHOUT_COMPETITION = frozenset({Method.SINGLE_SOURCE, Method.DIRECT})  # nobody is invited to compete
