from datetime import date

import pytest

from contracts.models import Contract
from integrity.models import IntegrityContract
from lifecycle.demo.drafts import fill
from lifecycle.operations import refusals, take
from lifecycle.steps import STEPS
from tenders.models import Project
from tests.factories import cemetery_on, moment
from tests.refusing import refuses

pytestmark = pytest.mark.django_db

SIGNING = moment("07-24 10:00")
UNSIGNED = {"owner_signed_by": "", "owner_signed_on": None, "contractor_signed_by": "", "contractor_signed_on": None}


def drafted(contract=(), integrity_contract=()):
    """Both contracts as drafted on the eve of signing, with some fields changed, and released as they stand."""
    scene = cemetery_on("07-23 15:00")
    fill(scene.contract, **dict(contract))
    fill(scene.contract.integrity_contract, **dict(integrity_contract))
    scene.acts.release([scene.contract, scene.contract.integrity_contract], scene.at)
    return scene


def sign(scene):
    return take(STEPS["sign_contracts"], scene.contract.pk, actor=scene.people.manager, at=SIGNING)


def codes(scene):
    return [r.code for r in refusals(scene.contract, STEPS["sign_contracts"], at=SIGNING)]


def test_both_contracts_are_signed_by_one_act():
    scene = drafted()
    sign(scene)
    assert scene.contract.state == Contract.State.SIGNED
    assert scene.contract.integrity_contract.state == IntegrityContract.State.SIGNED
    (entry,) = scene.entries("step.sign_contracts")
    assert entry.facts["contract"]["price_fen"] == 1_386_000_000
    assert entry.facts["integrity_contract"]["owner_signed_on"] == "2026-07-24"


@pytest.mark.rule("AW-16")
def test_the_business_contract_is_not_signed_without_the_integrity_contract():
    scene = drafted(integrity_contract=UNSIGNED)
    with refuses("AW-16") as refused:
        sign(scene)
    assert "廉政合同还没有双方签字" in str(refused.value)
    assert scene.contract.state == Contract.State.DRAFT
    assert scene.contract.integrity_contract.state == IntegrityContract.State.DRAFT


@pytest.mark.rule("AW-16")
def test_the_integrity_contract_is_not_signed_without_the_business_contract():
    scene = drafted(contract=UNSIGNED)
    with refuses("AW-07") as refused:
        sign(scene)
    assert "施工合同还没有双方签字" in str(refused.value)
    assert scene.contract.integrity_contract.state == IntegrityContract.State.DRAFT


@pytest.mark.rule("AW-16")
def test_both_are_signed_on_one_day():
    scene = drafted(integrity_contract={"contractor_signed_on": date(2026, 7, 25)})
    assert codes(scene) == ["AW-16"]


@pytest.mark.rule("AW-08")
@pytest.mark.parametrize(
    ("field", "value"),
    [("price_fen", 1_386_000_001), ("duration_days", 91), ("quality", "优良"), ("project_manager", "别人")],
)
def test_what_the_award_fixed_the_contract_cannot_change(field, value):
    scene = drafted(contract={field: value})
    with refuses("AW-08") as refused:
        sign(scene)
    assert str(Contract._meta.get_field(field).verbose_name) in str(refused.value)


def test_an_integrity_deposit_is_unlawful():
    scene = drafted(integrity_contract={"deposit_fen": 1})
    with refuses("EX-11") as refused:
        sign(scene)
    assert "不得收取廉政保证金" in str(refused.value)


@pytest.mark.rule("AW-08", "G3")
@pytest.mark.parametrize(
    "term", ["违约的扣除合同价款的5%", "乙方应缴纳５万元", "工期每延误一日罚款", "质量标准另行约定"]
)
def test_the_integrity_contract_settles_no_price_term_or_quality(term):
    assert codes(drafted(integrity_contract={"further_terms": term})) == ["AW-08"]


def test_the_integrity_contract_may_say_more_about_integrity():
    assert codes(drafted(integrity_contract={"further_terms": "双方每季度互相通报一次廉政情况。"})) == []


@pytest.mark.rule("AW-09")
@pytest.mark.parametrize(("bond", "allowed"), [(138_599_999, True), (138_600_000, True), (138_600_001, False)])
def test_the_performance_bond_is_ten_percent_at_most(bond, allowed):
    assert ("AW-09" not in codes(drafted(contract={"performance_bond_fen": bond}))) is allowed


@pytest.mark.rule("GP-20")
@pytest.mark.parametrize(("bond", "allowed"), [(138_600_000, True), (138_600_001, False)])
def test_the_performance_bond_of_a_procurement_has_its_own_ceiling(bond, allowed):
    scene = drafted(contract={"performance_bond_fen": bond})
    fill(scene.package, track="gp")
    assert ("GP-20" not in codes(scene)) is allowed


@pytest.mark.rule("AW-12")
def test_the_owner_guarantees_payment():
    assert codes(drafted(contract={"payment_guarantee": ""})) == ["AW-12"]


@pytest.mark.rule("G2")
def test_a_blank_in_either_contract_is_named():
    scene = drafted(contract={"warranty": ""}, integrity_contract={"owner_liaison": ""})
    found = {r.code: r.message for r in refusals(scene.contract, STEPS["sign_contracts"], at=SIGNING)}
    assert "质量保修" in found["AW-07"]
    assert "发包人廉政联络员" in found["AW-16"]


def test_a_contract_edited_after_the_review_is_reviewed_again():
    scene = drafted()
    fill(scene.contract, payment_terms="另议")
    assert codes(scene) == ["D03"]


# -- start of works


def test_works_start_on_the_permitted_day_with_both_contracts_in_force():
    scene = cemetery_on("08-10 08:30")
    assert scene.project.stage == Project.Stage.CONSTRUCTION


def test_works_do_not_start_before_the_contracts_are_signed():
    scene = cemetery_on("07-23 15:00")
    with refuses("EX-03", "EX-03", "AW-16"):
        take(STEPS["start_works"], scene.project.pk, actor=scene.people.manager, at=moment("07-24 09:00"))


def test_works_do_not_start_without_the_permit():
    scene = cemetery_on("07-29 15:00")
    with refuses("EX-03") as refused:
        take(STEPS["start_works"], scene.project.pk, actor=scene.people.manager, at=moment("08-10 08:30"))
    assert "施工许可证编号" in str(refused.value)


def test_works_do_not_start_before_their_day():
    scene = cemetery_on("07-29 15:00")
    fill(
        scene.contract.commencement,
        permit_number="530300202608030101",
        permit_organ="县住建局",
        permit_on=date(2026, 8, 3),
        starts_on=date(2026, 8, 10),
        supervisor="滇衡监理",
    )
    with refuses("EX-03"):
        take(STEPS["start_works"], scene.project.pk, actor=scene.people.manager, at=moment("08-09 23:59"))
    take(STEPS["start_works"], scene.project.pk, actor=scene.people.manager, at=moment("08-10 00:00"))
