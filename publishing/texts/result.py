"""The notices from the evaluation to the works: candidates (D22), award (D25), contracts, start."""

from typing import Any

from contracts.models import Commencement, Contract
from integrity.models import IntegrityContract
from publishing.pages.wording import article, day, yuan
from publishing.texts.case import Case
from publishing.texts.sheet import Part, fields, numbered, part, say, until
from tenders.law import law
from tenders.models import Award, Bid, Evaluation, Package, Project

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
    return [
        part(
            "",
            fields(Evaluation, case.facts, ("report_received_on",)),
            "评标结果在公示中标候选人之前依法保密。",
            f"公示中标候选人的期限：最迟{until('AW-01', case.on)}。",
        )
    ]


def candidates(case: Case) -> list[Part]:
    facts = case.facts
    return [
        part("", fields(Evaluation, facts, ("report_received_on", "summary"))),
        part("中标候选人", *(_candidate(bid) for bid in facts["candidates"])),
        part("被否决的投标", numbered(f"{r['bidder']}，{r['reason']}" for r in facts["rejected"]) or ["无。"]),
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
        *(f"   {line}" for line in fields(Bid, bid, ("credit_code", "price_fen", *OFFER))),
    ]


def award(case: Case) -> list[Part]:
    facts, winner = case.facts, case.facts["winner"]
    return [
        part(
            "中标结果",
            say("中标人", winner["bidder"]),
            say("中标价", yuan(winner["price_fen"])),
            fields(Bid, winner, ("credit_code", *OFFER, "rank")),
        ),
        part("定标", fields(Award, facts, ("determined_on", "reason"))),
        part("签订合同的期限", f"施工合同和廉政合同同时签订，最迟{until('AW-07', case.on)}。"),
        part(
            "监督",
            fields(Package, case.tender, ("objection_contact", "supervisor")),
            fields(Project, case.project, ("hotline",)),
        ),
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


def bonds_returned(case: Case) -> list[Part]:
    facts = case.facts
    basis = article(law("AW-10", case.on))
    return [
        part(
            "",
            f"全部投标人的投标保证金及银行同期存款利息已于{day(facts['returned_on'])}退还（{basis}）。",
            say("合同编号", facts["contract"]),
        ),
        part("没有收到的，请联系", fields(Package, case.tender, ("objection_contact", "supervisor"))),
    ]
