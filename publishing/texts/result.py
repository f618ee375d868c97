"""The notices from the evaluation to the works: candidates (D22), award (D25), contracts, start."""

from typing import Any

from contracts.models import Commencement, Contract
from integrity.models import IntegrityContract
from publishing.pages.facts import why_rejected, word
from publishing.pages.wording import article, as_day, day, yuan
from publishing.texts.case import Case
from publishing.texts.sheet import Part, fields, joined, numbered, part, say, until
from tenders.law import law
from tenders.models import CHECKED, Award, Bid, BidBond, Evaluation, Package, Project
from tenders.periods import BONDS_BACK

OFFER = ("quality", "duration_days", "project_manager", "manager_certificate")
CONTRACT = (
    "number", "contractor", "contractor_code", "scope", "price_fen", "safety_fee_fen", "provisional_fen", "price_form",
    "duration_days", "planned_start_on", "planned_completion_on", "quality", "project_manager", "payment_terms",
    "performance_bond_fen", "payment_guarantee", "warranty", "dispute_resolution", "signing_place", "copies",
)  # fmt: skip
SIGNATURES = ("owner_signed_by", "owner_signed_on", "contractor_signed_by", "contractor_signed_on")
INTEGRITY_CONTRACT = (
    "number", "owner_supervision", "owner_supervision_phone", "contractor_supervision",
    "contractor_supervision_phone", "hotline", "hotline_address", "owner_liaison", "contractor_liaison",
    "further_terms", "deposit_fen", "copies",
)  # fmt: skip
ABSENT = {"performance_bond_fen": "不要求提供", "deposit_fen": "不收取", "further_terms": "无"}
COMMENCEMENT = ("permit_number", "permit_organ", "permit_on", "starts_on", "supervisor")


def evaluation(case: Case) -> list[Part]:
    facts, received = case.facts, as_day(case.facts["report_received_on"])
    by_procurement = case.tender.get("track") == Package.Track.PROCUREMENT
    next_duty = f"确定中标人的期限：最迟{until('GP-13', received)}。" if by_procurement else ""
    return [
        part(
            "",
            fields(Evaluation, facts, ("report_received_on",)),
            f"评标委员会{facts['committee']}人，其中技术、经济专家{facts['committee_experts']}人。"
            if "committee" in facts
            else "",
            "评标结果和评标委员会成员名单在公布结果之前依法保密。",
            say("评标报告的指纹（收到时固定，以后改动会被发现）", facts["commitment"]) if "commitment" in facts else "",
            next_duty or f"公示中标候选人的期限：最迟{until('AW-01', received)}。",
        )
    ]


def candidates(case: Case) -> list[Part]:
    facts = case.facts
    rejected = numbered(joined(bid["bidder"], why_rejected(bid)) for bid in facts["rejected"])
    return [
        part("", fields(Evaluation, facts, ("report_received_on", "summary"))),
        part("中标候选人", *(_candidate(bid) for bid in facts["candidates"])),
        part("被否决的投标", rejected or ["无。"]),
        part("招标人公示前的核对", fields(Evaluation, facts.get("checks", {}), CHECKED)),
        part("公示期", f"自{day(case.on)}起，至{until('AW-02', case.on, '止')}。公示期满前不定标。"),
        part(
            "提出异议的渠道",
            "投标人或者其他利害关系人对评标结果有异议的，应当在公示期间提出；作出答复前，暂停招标投标活动。",
            fields(Package, facts, ("objection_contact",)),
            fields(Package, case.tender, ("supervisor",)),
            fields(Project, case.project, ("hotline",)),
        ),
    ]


def _candidate(bid: dict[str, Any]) -> list[str]:
    return [
        f"第{bid['rank']}名：{bid['bidder']}",
        *(f"   {line}" for line in fields(Bid, bid, ("credit_code", "price_fen", *OFFER, "eligibility"))),
    ]


def award(case: Case) -> list[Part]:
    facts, winner = case.facts, case.facts["winner"]
    by_procurement = case.tender.get("track") == Package.Track.PROCUREMENT
    contract_rule = "GP-16" if by_procurement else "AW-07"
    return [
        part(
            "中标结果",
            say("中标人", winner["bidder"]),
            fields(Award, facts, ("winner_address",)),
            say("中标价", yuan(winner["price_fen"])),
            fields(Bid, winner, ("credit_code", *OFFER, "rank")),
            fields(Award, facts, ("items",)),
        ),
        part("定标", fields(Award, facts, ("determined_on", "ground", "reason"))),
        part("评审专家名单", "、".join(facts.get("experts", []))),
        part("中标公告期限", f"至{until('GP-15', case.on, '止')}。" if by_procurement else ""),
        part("通知投标人", f"中标通知书和结果通知同时向{facts['told']}家投标人发出。" if facts.get("told") else ""),
        part("签订合同的期限", f"施工合同和廉政合同同时签订，最迟{until(contract_rule, case.on)}。"),
        part(
            "监督",
            fields(Package, case.tender, ("objection_contact", "supervisor")),
            fields(Project, case.project, ("hotline",)),
        ),
    ]


def award_revoked(case: Case) -> list[Part]:
    facts = case.facts
    kept = "投标保证金不予退还。" if facts["bond_is_kept"] else ""
    return [
        part(
            "",
            f"取消{facts['bidder']}的中标资格（{article(law('AW-13', case.on))}）。{kept}",
            say("情形", word(Bid, "passed_over", facts["ground"])),
            say("理由", facts["reason"]),
            "可以按照评标委员会提出的中标候选人名单排序，依次确定其他中标候选人为中标人，也可以重新招标；结果另行公告。",
        ),
        part("联系方式", fields(Package, case.tender, ("objection_contact", "supervisor"))),
    ]


def validity_extended(case: Case) -> list[Part]:
    facts = case.facts
    return [
        part(
            "",
            say("原投标有效期至", day(facts["from"])) if facts["from"] else "",
            say("延长至", day(facts["to"])),
            say("理由", facts["reason"]),
            "同意延长的投标人不得修改投标文件；不同意的，投标失效，投标保证金退还。",
        )
    ]


def both_contracts(case: Case) -> list[Part]:
    contract, integrity = case.facts["contract"], case.facts["integrity_contract"]
    return [
        part("", f"{case.name}{case.place}已经同时签订施工合同和廉政合同，现公布如下。"),
        part(
            "施工合同",
            say("发包人", contract["owner"]),
            fields(Contract, contract, CONTRACT, ABSENT),
            fields(Contract, contract, SIGNATURES),
        ),
        part(
            "廉政合同",
            fields(IntegrityContract, integrity, INTEGRITY_CONTRACT, ABSENT),
            fields(IntegrityContract, integrity, SIGNATURES),
        ),
        part("监督", "任何人发现违反廉政合同的，可以举报。", fields(Project, case.project, ("hotline",))),
    ]


def commencement(case: Case) -> list[Part]:
    starts = case.facts["contracts"]
    return [
        part("", f"{case.name}开工条件已经具备，现公布开工。"),
        *(
            part(f"合同{start['contract']}", fields(Commencement, start, COMMENCEMENT, {"supervisor": "无"}))
            for start in starts
        ),
        part("谁负责", fields(Project, case.project, ("responsible_name", "responsible_post", "hotline"))),
    ]


def _bond(bond: dict[str, Any]) -> str:
    name = f"{bond['bidder']}，{word(BidBond, 'form', bond['form'])}{yuan(bond['amount_fen'])}"
    if bond["kept_reason"]:
        return joined(name, f"依法不予退还：{bond['kept_reason']}")
    interest = "" if bond["interest_fen"] is None else f"，利息{yuan(bond['interest_fen'])}"
    return joined(name, f"{day(bond['returned_on'])}退还{interest}")


def bonds_returned(case: Case) -> list[Part]:
    facts = case.facts
    track = Package.Track(case.tender.get("track", Package.Track.WORKS))
    basis = article(law(BONDS_BACK[track] if "contract" in facts else "TB-13", case.on))
    return [
        part(
            "",
            f"全部投标人的投标保证金及银行同期存款利息已于{day(facts['returned_on'])}退还（{basis}）。",
            say("合同编号", facts["contract"]) if "contract" in facts else "",
        ),
        part("逐笔情况", numbered(_bond(bond) for bond in facts.get("bonds", ()))),
        part("没有收到的，请联系", fields(Package, case.tender, ("objection_contact", "supervisor"))),
    ]
