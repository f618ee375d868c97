"""A document never has a silent blank."""

import pytest

from publishing.documents import BlankField, generate
from publishing.documents.registry import REGISTRY
from publishing.documents.render import render
from tests.publishing.papers import highlighted, made, text_of
from tests.publishing.samples import (
    MAKERS,
    make_bid,
    make_comment,
    make_contract,
    make_decision,
    make_integrity_contract,
    make_opening,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("template", "changes", "names"),
    [
        ("plan-notice", {"explanation": ""}, ["起草说明"]),
        ("plan-notice", {"explanation": " \n\t "}, ["起草说明"]),
        ("plan-notice", {"published_at": None, "closes_on": None}, ["截止日期", "天数", "公布日期"]),
        ("plan-notice", {"channels": []}, ["公布渠道"]),
        ("decision-notice", {"decided_on": None}, ["决策日期"]),
        ("tender-notice", {"qualification": "", "estimate_fen": 0}, ["估算价", "资格要求"]),
        ("contract", {"dispute_resolution": "", "copies": 0}, ["争议解决", "份数", "发包人份数", "承包人份数"]),
        ("contract", {"contractor_signed_on": None}, ["签订日期"]),
        ("integrity-contract", {"contractor_supervision_phone": ""}, ["承包人监督单位电话"]),
    ],
)
def test_a_paper_with_a_blank_is_refused_and_every_blank_is_named(template, changes, names):
    with pytest.raises(BlankField) as refused:
        generate(template, MAKERS[template](**changes).pk)

    assert sorted(refused.value.names) == sorted(names)
    assert all(name in str(refused.value) for name in names)


def test_a_blank_in_a_row_is_named_with_its_row():
    package = make_opening()
    make_bid(package, 6, "云山园林有限公司", price_fen=None)

    with pytest.raises(BlankField) as refused:
        generate("opening-record", package.pk)

    assert refused.value.names == ["投标第5项报价"]


def test_a_comment_without_an_answer_is_a_blank():
    decision = make_decision()
    make_comment(decision.project.current_consultation(), 5, "谁来答复我？", outcome="")

    with pytest.raises(BlankField) as refused:
        generate("decision-notice", decision.pk)

    assert refused.value.names == ["意见处理第5项结果", "意见处理第5项答复"]


def test_an_empty_list_is_a_blank():
    consultation = MAKERS["plan-notice"]()
    consultation.project.funding.all().delete()

    with pytest.raises(BlankField, match="资金来源"):
        generate("plan-notice", consultation.pk)


def test_a_placeholder_that_a_clerk_left_standing_is_a_blank():
    with pytest.raises(BlankField, match="付款方式"):
        generate("contract", make_contract(payment_terms="按月支付【待填：比例】。").pk)


def test_a_placeholder_is_a_blank_even_where_nothing_is_allowed():
    with pytest.raises(BlankField, match="补充条款"):
        generate("integrity-contract", make_integrity_contract(further_terms="【待填：补充条款】").pk)


def test_what_may_be_blank_is_said_in_words():
    text = made("contract", safety_fee_fen=0, performance_bond_fen=0)

    assert "安全文明施工费：未单列；" in text
    assert "履约担保：不要求提供。" in text


@pytest.mark.parametrize("template", REGISTRY)
def test_a_draft_says_on_each_page_that_it_is_one(template):
    assert "草　稿" in text_of(generate(template, MAKERS[template]().pk, draft=True)[1])


def test_a_draft_shows_its_blanks_highlighted():
    contract = make_contract(dispute_resolution="", owner_signed_by="", owner_signed_on=None)

    _, content = generate("contract", contract.pk, draft=True)

    assert "双方发生争议的，按照下列约定解决：【待填：争议解决】。" in text_of(content)
    assert set(highlighted(content)) == {"【待填：争议解决】", "【待填：发包人签字人】", "【待填：签订日期】"}


def test_a_draft_shows_that_a_list_is_empty():
    consultation = MAKERS["plan-notice"]()
    consultation.project.funding.all().delete()

    _, content = generate("plan-notice", consultation.pk, draft=True)

    assert "【待填：资金来源】" in highlighted(content)


def test_a_paper_that_goes_out_has_nothing_highlighted():
    assert highlighted(generate("contract", make_contract().pk)[1]) == []


def test_what_the_template_does_not_name_may_be_blank():
    declared = REGISTRY["award-notice"]
    context = declared.context(MAKERS["award-notice"]())

    assert render("award-notice", context | {"从不出现": ""}, optional=declared.optional)
