"""The papers that the steps cause: of what each is made, what it is called, and which of its fields may be blank."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from publishing.documents.contexts import (
    adoption,
    award,
    contract,
    decision,
    enquiry,
    evaluation,
    hearing,
    integrity,
    observers,
    opening,
    plan,
    preparation,
    prequalification,
    register,
    remedies,
    result,
    tender,
)
from publishing.documents.contexts.project import Context


@dataclass(frozen=True)
class Template:
    """A Word template. Its file has the name under which it stands in ``REGISTRY``."""

    title: Callable[[Any], str]
    model: str  # label of the model, as in tenders.package
    context: Callable[[Any], Context]
    optional: Mapping[str, str] = field(default_factory=dict)  # field -> what is printed if it is blank
    to_sign: Callable[[Any], Context] | None = None  # what it says with full names and room to sign, for the archive
    is_kept: bool = False  # in the house: it names the committee, or is for its receiver alone, and is never published


OF_THE_WINNER = dict.fromkeys(("中标质量", "中标工期", "项目经理", "证书编号"), "未填报")
READ_OUT = {"质量": "未填报", "工期": "未填报", "项目经理": "未填报", "证书编号": "未填报"}

REGISTRY: dict[str, Template] = {
    "plan-notice": Template(
        plan.title,
        "tenders.consultation",
        plan.plan_notice,
        {"项目代码": "尚未赋码", "电子邮箱": "无", "缩短理由": "无", "改动说明": "无"},
    ),
    "adoption-report": Template(
        adoption.title,
        "tenders.adoptionreport",
        adoption.adoption_report,
        {
            "听证": "没有举行听证",
            "专家论证": "无",
            "风险评估": "无",
            "结果表": "无",
            "来源表": "无",
            "主题答复": "无",
            "主题答复.改动": "无",
            "主题答复.去向": "无",
            "单独答复": "无",
        },
    ),
    "hearing-notice": Template(
        hearing.notice_title,
        "tenders.hearing",
        hearing.hearing_notice,
        {"抽签用的随机数": "不抽签"},
    ),
    "hearing-participants": Template(
        hearing.list_title,
        "tenders.hearing",
        hearing.hearing_participants,
        {"参加人.所在": "/", "抽签号码": "没有抽签"},
    ),
    "hearing-record": Template(
        hearing.record_title,
        "tenders.hearing",
        hearing.hearing_record,
        {"发言": "没有参加人到场发言", "发言.答复": "无", "参加人.所在": "/"},
        to_sign=hearing.signing_copy,
    ),
    "decision-notice": Template(
        decision.title,
        "tenders.decision",
        decision.decision_notice,
        {
            "意见处理": "无",
            "方案改动": "无",
            "按结果": "无",
            "按来源": "无",
            "按方面": "无",
            "按公开": "无",
        },
    ),
    "tender-plan": Template(
        preparation.plan_title,
        "tenders.package",
        preparation.tender_plan,
        {"项目代码": "尚未赋码"},
    ),
    "fairness-review": Template(
        preparation.review_title,
        "tenders.fairnessreview",
        preparation.fairness_review,
        {"审查条目.说明": "无", "例外理由": "无", "招标文件": "审查时还没有上传招标文件"},
    ),
    "tender-documents": Template(
        preparation.documents_title,
        "tenders.package",
        preparation.tender_documents,
        {"投标保证金": "不收取", "代理机构": "无（招标人自行办理招标事宜）", "采用的标准文本": "本单位编制"},
    ),
    "prequalification-notice": Template(
        prequalification.title,
        "tenders.prequalification",
        prequalification.notice,
        {
            "最多家数": "不限",
            "代理机构": "无（招标人自行办理招标事宜）",
            "代理机构联系": "无",
            "自行招标备案": "无",
            "核准文号": "无",
            "电子邮箱": "无",
        },
    ),
    "prequalification-passed": Template(
        prequalification.pass_title,
        "tenders.applicant",
        prequalification.letter,
        is_kept=True,
    ),
    "prequalification-failed": Template(
        prequalification.fail_title,
        "tenders.applicant",
        prequalification.letter,
        is_kept=True,
    ),
    "tender-notice": Template(
        tender.title,
        "tenders.package",
        tender.tender_notice,
        {
            "不公开招标的情形": "无",
            "不公开招标的理由": "无",
            "原招标编号": "无",
            "投标保证金": "不收取",
            "代理机构": "无（招标人自行办理招标事宜）",
            "代理机构联系": "无",
            "自行招标备案": "无",
            "电子交易平台": "无（不采用电子交易平台）",
            "核准文号": "无",
            "电子邮箱": "无",
        },
    ),
    "clarification": Template(
        enquiry.clarification_title,
        "tenders.clarification",
        enquiry.clarification,
        {"章节条款": "/", "问题": "无", "原文": "/", "修改后": "/"},
    ),
    "suspension": Template(
        enquiry.suspension_title,
        "tenders.suspension",
        enquiry.suspension,
        {"责令部门": "无", "文书编号": "无", "暂停至": "另行公告", "原截止时间": "投标已经截止"},
    ),
    "resumption": Template(
        enquiry.resumption_title,
        "tenders.suspension",
        enquiry.resumption,
        dict.fromkeys(("原截止时间", "现截止时间"), "投标已经截止"),
    ),
    "tender-ending": Template(
        enquiry.ending_title,
        "tenders.package",
        enquiry.ending,
        {"审批部门": "无", "批准文号": "无"},
    ),
    "bid-register": Template(
        register.register_title,
        "tenders.package",
        register.bid_register,
        {"登记": "没有投标文件送达"},
        to_sign=register.signing_copy,
    ),
    "opening-record": Template(
        opening.title,
        "tenders.package",
        opening.opening_record,
        {
            **{f"投标.{name}": text for name, text in READ_OUT.items()},
            "投标.保证金": "/",
            "投标.备注": "/",
            "投标.确认": "\u3000",
            "标底": "未设",
            "到场的投标人": "无",
            "未开启的投标": "无",
            "未开启的投标.原因": "/",
            "最高投标限价": "未设",
            "录音录像编号": "无",
            "其他记录": "无",
            "监督单位": "无",
            "监督意见": "无",
        },
    ),
    "observer-log": Template(
        observers.log_title,
        "integrity.attendance",
        observers.observer_log,
        {
            "签退时间": "没有签退",
            "监督意见": "没有另行提出意见。",
            "记录": "没有逐条记录",
            "督办": "没有要求继续答复的事项",
            "监督事项.所见": "未记录",
            "监督事项.记录": "/",
            "记录.说明": "/",
            "记录.答复": "/",
            "签字": "　",
            "主持人": "　",
            "记录人": "　",
        },
        to_sign=observers.signing_copy,
    ),
    "opening-objections": Template(
        opening.objections_title,
        "tenders.package",
        opening.opening_objections,
        {
            "异议": "没有人当场提出异议",
            "异议.异议人": "不公开",
            "异议.内容": "不公开",
            "异议.答复": "当场作出",
        },
        to_sign=opening.objections_signing_copy,
    ),
    "candidate-notice": Template(
        result.candidates_title,
        "tenders.package",
        result.candidate_notice,
        {**{f"候选人.{name}": text for name, text in READ_OUT.items()}, "被否决的投标": "无"},
    ),
    "award-notice": Template(
        result.result_title,
        "tenders.package",
        result.award_notice,
        {
            **OF_THE_WINNER,
            "未选第一名的理由": "无",
            "代理机构": "无（采购人自行办理）",
            **dict.fromkeys(("中标人地址", "主要中标标的", "评审专家", "公告期限"), "无"),
        },
    ),
    "evaluation-report": Template(
        evaluation.title,
        "tenders.package",
        evaluation.evaluation_report,
        {
            "最高投标限价": "未设",
            "签约前事宜": "无。",
            "澄清事项": "无。",
            "被否决的投标": "无",
            "不同意见": "无",
            "符合要求的投标": "无。",
            "推荐": "无。",
            "比较": "无",
            "抽取.说明": "/",
            "成员.签字": "（待签）",
            **{f"投标.{name}": text for name, text in READ_OUT.items()},
            **dict.fromkeys(("比较.名次", "比较.评审价", "比较.得分"), "/"),
        },
        is_kept=True,
    ),
    "objection-answer": Template(
        remedies.answer_title,
        "integrity.objection",
        remedies.objection_answer,
        {"证据": "无", "处理措施": "无", "公开摘要": "无", "答复": "见结论"},
        is_kept=True,
    ),
    "award-letter": Template(
        award.award_letter_title, "tenders.package", award.award_letter, OF_THE_WINNER, is_kept=True
    ),
    "loss-letter": Template(
        award.loss_letter_title,
        "tenders.bid",
        award.loss_letter,
        {"得分": "未评分", "名次": "未排名", "否决情形": "无", "否决理由": "无"},
        is_kept=True,
    ),
    "tender-report": Template(
        award.tender_report_title, "tenders.package", award.tender_report, {"其他事项": "无。"}, is_kept=True
    ),
    "contract": Template(
        contract.title,
        "contracts.contract",
        contract.contract_paper,
        {
            "安全文明施工费": "未单列",
            "暂列金额": "未单列",
            "履约担保": "不要求提供",
            "发包人委托代理人": "无",
            **dict.fromkeys(("发包人代码", "发包人地址", "发包人法定代表人", "发包人电话"), "载于合同原件"),
        },
    ),
    "integrity-contract": Template(
        integrity.title,
        "integrity.integritycontract",
        integrity.integrity_contract_paper,
        {"补充条款": "无。"},
    ),
}
