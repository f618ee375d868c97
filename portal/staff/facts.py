"""What an act will say in public, as lines of a page, before it is done."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contracts.models import Commencement, Contract
from integrity.models import IntegrityContract, Invitation
from lifecycle.steps import Step
from publishing.pages.outcomes import verdict
from publishing.pages.wording import in_words
from tenders.law import listed
from tenders.models import (
    AdoptionReport,
    Answer,
    Applicant,
    Award,
    Bid,
    Comment,
    Consultation,
    Decision,
    Evaluation,
    FundingSource,
    HearingApplication,
    HearingGroup,
    HearingNeed,
    HearingStatement,
    Opening,
    Package,
    PlanVersion,
    PostingPlace,
    Prequalification,
    Project,
    Rendering,
    TenderDocument,
)

# Of which model the facts are, at the top and under a key.
OF_STEP: dict[str, type[Model]] = {
    "publish_plan": Consultation,
    "publish_again": Consultation,
    "open_comments": Consultation,
    "publish_adoption_report": AdoptionReport,
    "decide": Decision,
    "publish_tender_plan": Package,
    "publish_method": Package,
    "publish_prequalification": Prequalification,
    "announce_tender": Package,
    "conclude_opening": Opening,
    "evaluate": Evaluation,
    "publish_candidates": Evaluation,
    "award": Award,
}
UNDER: dict[str, type[Model]] = {
    "theme": Answer,
    "themes": Answer,
    "project": Project,
    "funding": FundingSource,
    "plan": PlanVersion,
    "renderings": Rendering,
    "placements": PostingPlace,
    "hearing": HearingNeed,
    "groups": HearingGroup,
    "participants": HearingApplication,
    "listed": HearingGroup,
    "said": HearingStatement,
    "documents": TenderDocument,
    "applicants": Applicant,
    "bids": Bid,
    "prices": Bid,
    "candidates": Bid,
    "rejected": Bid,
    "winner": Bid,
    "checks": Evaluation,
    "observers": Invitation,
    "contract": Contract,
    "integrity_contract": IntegrityContract,
    "contracts": Commencement,
}
# Whose fields the facts hold as well
BESIDE: dict[type[Model], type[Model]] = {Prequalification: Package}
LABELS: dict[str, str | Promise] = {
    "project": _("项目"),
    "package": _("标段"),
    "owner": _("建设单位"),
    "contact_name": _("联系人"),
    "contact_phone": _("联系电话"),
    "funding": _("资金来源"),
    "plan": _("方案"),
    "renderings": _("效果图"),
    "placements": _("贴在哪里、登在哪里"),
    "number": _("序号"),
    "by_on": _("最迟哪天张贴（刊播）"),
    "hearing": _("听证"),
    "groups": _("参加人类别"),
    "group": _("类别"),
    "participants": _("参加人"),
    "participant": _("参加人编号"),
    "listed": _("参加人"),
    "numbers": _("编号"),
    "said": _("发言"),
    "attended": _("到场"),
    "statements": _("发言"),
    "signed": _("签字"),
    "refused": _("拒绝签字"),
    "digest": _("指纹"),
    "held_on": _("举行日期"),
    "signed_scan_sha256": _("签字笔录扫描件的指纹"),
    "documents": _("招标文件"),
    "round": _("轮次"),
    "comments": _("意见"),
    "received": _("收到意见"),
    "round_id": _("轮次"),
    "draft_version": _("方案版次"),
    "from": _("开始日期"),
    "to": _("截止日期"),
    "channels": _("公布渠道"),
    "n_total": _("收到意见"),
    "n_valid": _("有效意见"),
    "n_by_channel": _("意见的来源"),
    "n_by_outcome": _("处理结果"),
    "n_by_theme": _("各主题的意见"),
    "theme": _("逐类逐条的答复"),
    "themes": _("按主题答复的意见"),
    "own": _("逐条答复的意见"),
    "title": _("主题"),
    "summary": _("主要意见"),
    "n": _("条数"),
    "verdict": _("结果"),
    "change_ref": _("方案因此作出的改动"),
    "entry": _("账本条目"),
    "hearing_ref": _("听证"),
    **dict(Comment.Channel.choices),
    "adopted": _("采纳"),
    "partly": _("部分采纳"),
    "not-adopted": _("不采纳"),
    "explained": _("已说明"),
    "out-of-scope": _("非本项目"),
    "sha256": _("文件指纹"),
    "bids": _("签收登记"),
    "prices": _("投标报价"),
    "candidates": _("中标候选人"),
    "rejected": _("被否决的投标"),
    "checks": _("公示之前的核对"),
    "corrected": _("评标委员会复核后有改正"),
    "commitment": _("指纹"),
    "committee": _("评标委员会人数"),
    "committee_experts": _("其中技术、经济专家人数"),
    "experts": _("评审专家"),
    "enough": _("通过资格预审的达到法定家数"),
    "reviewer_count": _("资格审查委员会人数"),
    "applicants": _("资格预审申请登记"),
    "applicants_salt": _("盐值"),
    "told": _("同时通知的投标人数"),
    "reason": _("理由"),
    "winner": _("中标人"),
    "observers": _("监督邀请"),
    "institution": _("受邀单位"),
    "concerns": _("异常记录"),
    "objections": _("异议"),
    "objection_contact": _("异议联系人及电话"),
    "contract": _("施工合同"),
    "integrity_contract": _("廉政合同"),
    "contracts": _("开工材料"),
    "retender_of": _("重新招标自"),
}


@dataclass(frozen=True)
class Line:
    """A fact in words, or a group of facts."""

    label: str
    value: str = ""
    groups: list[list["Line"]] = field(default_factory=list)


def lines(step: Step, facts: Mapping[str, Any]) -> list[Line]:
    """Return what the entry of a step will say, in its order; what is empty is left out."""
    return _lines(facts, OF_STEP.get(step.name, step.subject))


def document_lines(document: Model, facts: Mapping[str, Any]) -> list[Line]:
    """Return what a document says that is reviewed before its release."""
    return _lines(facts, type(document))


def _lines(facts: Mapping[str, Any], model: type[Model]) -> list[Line]:
    return [_line(key, value, model) for key, value in facts.items() if value not in (None, "", [], {})]


def _line(key: str, value: Any, model: type[Model]) -> Line:
    if isinstance(value, Mapping):
        return Line(_label(key, model), groups=[_lines(value, UNDER.get(key, model))])
    if isinstance(value, list) and isinstance(value[0], Mapping):
        return Line(_label(key, model), groups=[_lines(row, UNDER.get(key, model)) for row in value])
    return Line(_label(key, model), _words(key, value, model))


def _label(key: str, model: type[Model]) -> str:
    found = None if key == "sha256" else _field(key, model)
    return str(found.verbose_name if found is not None else LABELS.get(key, key))


def _words(key: str, value: Any, model: type[Model]) -> str:
    if key == "channels":
        return listed(Consultation.Channel(channel).label for channel in value)
    if key == "verdict" and model is Answer:
        return verdict(value)
    if isinstance(value, list):
        return listed(value)
    found = _field(key, model)
    return in_words(found, value) if found is not None else str(value)


def _field(key: str, model: type[Model]) -> Any:
    """Return the field of that name, unless it points to another table: facts hold its name, not its number."""
    try:
        found = model._meta.get_field(key)
    except FieldDoesNotExist:
        return _field(key, BESIDE[model]) if model in BESIDE else None
    return None if found.is_relation else found
