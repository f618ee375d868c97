"""Words that often stand where a tender restricts competition. They are shown to who reviews; they decide nothing."""

import re
from collections.abc import Mapping

from tenders.models import DEMANDING, Clause, Package

LOCAL = r"(?:本地|当地|本省|本市|本县|本区|省内|市内|县内|[\u4e00-\u9fff]{2,4}(?:省|市|县)(?:行政区域)?(?:内|范围内))"
HINTS: Mapping[str, re.Pattern[str]] = {
    Clause.LICENCE: re.compile(r"备案(?:证|入库)|准入证|入围(?:名单|库)|名录库"),
    Clause.LOCAL_BRANCH: re.compile(LOCAL + r".{0,12}(?:分支机构|分公司|子公司|办事处|注册|纳税|社保|社会保险|企业)"),
    Clause.LOCAL_RECORD: re.compile(LOCAL + r".{0,12}(?:业绩|奖|荣誉|表彰)"),
    Clause.LOCAL_CERTIFICATE: re.compile(r"(?:培训合格证|上岗证|培训证)"),
    Clause.MEMBERSHIP: re.compile(r"(?:协会|商会|学会|行业组织).{0,6}(?:会员|成员|单位)"),
    Clause.SCORE_BY_REGION: re.compile(LOCAL + r".{0,12}(?:加分|得\d|优先)"),
    Clause.SCORE_BY_OWNERSHIP: re.compile(r"国有企业|国企|央企|民营企业|外资企业|所有制"),
    Clause.SCORE_BY_ORIGIN: re.compile(r"(?:国产|进口|原产|产地).{0,8}(?:加分|得\d|优先)"),
    Clause.SCORE_BY_SIZE: re.compile(r"注册资(?:金|本)|净资产|资产总额|营业(?:收入|额)|从业人员|市场占有率|负债率"),
    Clause.LOT: re.compile(r"抽签|摇号|抓阄|随机(?:抽取|确定)(?:中标|候选)"),
    Clause.ORIGINALS: re.compile(r"原件"),
    Clause.PRESENCE: re.compile(
        r"(?:法定代表人|项目经理|项目负责人|技术负责人).{0,10}(?:到场|到会|亲自|参加开标|出席|携带)"
    ),
    Clause.OTHER_BOND: re.compile(r"(?:诚信|廉政|信誉|文件|图纸|安全|文明施工)(?:保证金|押金)"),
    Clause.BOND_FORM: re.compile(
        r"保证金.{0,12}(?:只能|仅限|必须以|须以|只接受).{0,12}(?:现金|转账|汇款|银行)|只接受现金"
    ),
    Clause.GUARANTOR: re.compile(r"(?:指定|本县|本地).{0,10}(?:银行|担保公司|保险公司).{0,10}(?:保函|保险|担保)"),
    Clause.BRAND: re.compile(r"品牌|商标|专利|原产地|指定(?:厂家|厂商|供应商|型号)"),
}
AROUND = 8


def hints_of(package: Package) -> dict[str, list[str]]:
    """Return by clause the places in the announcement's words that the reviewer should look at, with what is around."""
    ours = getattr(package, "prequalification", None)
    text = "\n".join([getattr(package, name) for name in DEMANDING] + ([ours.standard] if ours else []))
    found = {clause: [_around(text, match) for match in hint.finditer(text)] for clause, hint in HINTS.items()}
    return {clause: places for clause, places in found.items() if places}


def _around(text: str, match: re.Match[str]) -> str:
    return text[max(0, match.start() - AROUND) : match.end() + AROUND].replace("\n", " ")
