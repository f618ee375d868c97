"""What the people of the journey type: the demo's cemetery park, in the formats in which people write."""

import json

from lifecycle.demo.cemetery import ANSWERS, COMMENTS, PLAN, TENDER
from lifecycle.demo.drafts import CAPTIONS, IMAGES, RESPONSIBILITY
from tenders.models import Clause
from tests.files import pdf

PROJECT = {
    "name_en": PLAN.name_en,
    **RESPONSIBILITY,
    **PLAN.facts,
    "estimate_fen": "18,000,000.00",
    "funding__0__name": "县级财政预算资金",
    "funding__0__amount_fen": "１２６０００００",  # as an input method for Chinese leaves it
    "funding__1__name": "省级福利彩票公益金",
    "funding__1__amount_fen": "¥5,400,000元",
}
CONSULTATION = {
    "explanation": PLAN.explanation,
    "opens_on": "2026-03-09",
    "closes_on": "2026-04-08",
    "channels": PLAN.channels,
    "plan__text": PLAN.text,
    "hearing__ground": "interest",
    "hearing__verdict": "may",
    "hearing__reason": "涉及周边居民，先书面征求意见。",
}
RENDERINGS = [
    {"picture": IMAGES / name, **json.loads(CAPTIONS.read_text())[name], "position": str(position)}
    for position, name in enumerate(PLAN.pictures)
]
COMMENT, ANSWER = COMMENTS[0][1], ANSWERS[0]
ADOPTION = {"overview": "公示30日，收到意见1条，已采纳。", "author": "规划财务股", "reviewed_by": "副局长"}
DECISION = {
    "legality_sent_on": "2026-04-13",
    "legality_returned_on": "2026-04-22",
    "legality_opinion": "主体、权限、程序和内容合法，同意提请审议。",
    "risk_assessment": "社会稳定风险等级为低风险，可以实施。",
    "decided_by": "清平县民政局2026年第9次局长办公会议",
    "decided_on": "2026-04-23",
    "text": "同意实施陵园公园改扩建工程，停车场出口改到东侧支路。",
    "adoption": "公示30日，收到意见1条，采纳1条：停车场出口改到东侧。",
}
APPROVALS = (
    {
        "kind": "design",
        "title": "可行性研究报告和初步设计批复",
        "number": "清发改投资〔2026〕31号",
        "organ": "清平县发展和改革局",
        "amount_fen": "18,000,000",
    },
    {"title": "建设工程规划许可证", "number": "建字第530300202600012号", "organ": "清平县自然资源局"},
)
PACKAGE = {
    **{name: str(value) for name, value in TENDER.items() if name != "name"},
    "tender_number": "QPMZ-2026-001",
    "estimate_fen": "14800000",
    "limit_price_fen": "14,800,000",
    "bid_bond_fen": "200,000.00",
    "bids_due_at": "2026-07-04T09:30",  # 19 days: too short
}
FAIR = {f"verdict-{clause.value.replace('.', '-')}": "kept" for clause in Clause}
DOCUMENTS = [
    {
        "document": {
            "name": f"{title}.pdf",
            "mimeType": "application/pdf",
            "buffer": pdf("Chapter 1", info={"/Title": title}),
        },
        "kind": kind,
        "title": title,
    }
    for kind, title in (
        ("main", "招标文件"),
        ("bill", "工程量清单"),
        ("contract-draft", "施工合同文本"),
        ("integrity-draft", "廉政合同文本"),
    )
]
INSTITUTIONS = ("清平县纪律检查委员会", "清平县人民检察院", "清平县政府采购中心")
OPENING = {"chair": "周明远", "recorder": "林晓", "bid_supervisor": "何静"}
SEALS = {"seals_checker": "bidders", "seals_finding": "三份投标文件密封完好"}
ABSENCE = {"mode": "absent", "reason": "当日有出庭任务，已书面请假"}
RECORDING = {"recording": "JY-0706-02"}
DRAW = {
    "pool": "省综合评标专家库",
    "reference": "CQ-20260706-0457",
    "requirement": "建筑工程专业3人，工程造价专业1人",
    "watched_by": "清平县公共资源交易中心",
    "experts": "罗启明，省建筑设计研究院，技术，建筑工程\n段玉兰，滇池学院土木工程系，技术，结构工程\n"
    "许建国，省工程质量监督检测中心，技术，建筑施工\n白雪梅，昆华工程造价咨询有限公司，经济，工程造价",
    "representatives": "唐小军，清平县民政局，项目管理",
}
COMMITTEE = {f"committee__{n}__declares_no_interest": True for n in range(5)} | {
    f"committee__{n}__signature": "signed" for n in range(5)
}
REPORT = {
    "finished_on": "2026-07-07",
    "report_received_on": "2026-07-07",
    "summary": "三份投标均通过初步评审，按综合得分由高到低推荐三名中标候选人。",
    "check_scores": "fine",
    "check_prices": "fine",
    "check_rejections": "fine",
    "check_ranking": "fine",
    "owner_review": "评分无畸高畸低，第一候选人报价未低于成本，无否决投标，同意公示。",
}
ELIGIBILITY = "具有建筑工程施工总承包资质和有效的安全生产许可证，符合招标文件的要求。"
SCORES = ("93.60", "90.25", "88.10")
CONTRACTS = {
    "owner_agent": "赵立新",
    "contractor_address": "清平县工业园区创新路20号",
    "contractor_representative": "董志远",
    "contractor_phone": "0870-5556688",
    "planned_start_on": "2026-08-10",
    "planned_completion_on": "2026-11-07",
    "safety_fee_fen": "352,000",
    "provisional_fen": "400,000",
    "payment_terms": "按月计量，支付已完成工程价款的85%；竣工验收合格并结算后付至97%；余3%为质量保证金。",
    "performance_bond_fen": "1,386,000.00",
    "payment_guarantee": "清平农村商业银行保函，金额1386000元，至竣工结算后28日",
    "warranty": "按《建设工程质量管理条例》：防水5年，电气管线、给排水、装修2年。",
    "dispute_resolution": "协商不成的，向工程所在地人民法院起诉",
    "signing_place": "清平县民政局",
    "integrity__owner_supervision": "县纪委派驻纪检监察组",
    "integrity__owner_supervision_phone": "0870-5550110",
    "integrity__contractor_supervision": "云岭建设工程有限公司纪检监察室",
    "integrity__contractor_supervision_phone": "0870-5556699",
    "integrity__hotline_address": "清平县府前街1号 县纪委信访室",
    "integrity__owner_liaison": "何静",
    "integrity__contractor_liaison": "罗丹",
}


def signatures(prefix=""):
    """Both parties' signatures under one of the two contracts, on the day of the signing."""
    return {
        f"{prefix}owner_signed_by": "陈国平",
        f"{prefix}owner_signed_on": "2026-07-24",
        f"{prefix}contractor_signed_by": "董志远",
        f"{prefix}contractor_signed_on": "2026-07-24",
    }


BUSINESS, INTEGRITY = signatures(), signatures("integrity__")


def blank(fields):
    return dict.fromkeys(fields, "")
