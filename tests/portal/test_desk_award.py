"""The desk from the draw of experts to the report on the tender: what its forms ask, and what it gives out to whom."""

from hashlib import sha256

import pytest
from django.urls import reverse

from lifecycle.demo.cemetery import COMMITTEE
from portal.staff.forms_award import PeopleField
from tenders.models import Package, TenderReport
from tests.factories import cemetery_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def sit(client, settings):
    """Return a function that lets somebody sit at the desk at a moment of the cemetery park."""
    settings.DEMO = True

    def sit(scene, role="clerk"):
        client.force_login(getattr(scene.people, role))
        return client

    return sit


def at(scene, name, *args):
    return reverse(name, args=[scene.project.number, *args])


def act(client, address, **answers):
    token = client.get(address).context["form"]["token"].value()
    return client.post(address, {"token": token} | answers)


DRAW = {"pool": "省综合评标专家库", "reference": "CQ-9", "requirement": "建筑4人", "drawn_at": "2026-07-06T16:00"}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("罗启明", "第1行至少要有姓名和工作单位"),
        ("罗启明，省建筑设计研究院", "第1行的第三项请写“技术”或者“经济”"),
        ("罗启明，省建筑设计研究院，法律", "第1行的第三项请写“技术”或者“经济”"),
    ],
)
def test_a_line_that_names_nobody_is_told_and_kept(sit, line, said):
    scene = cemetery_on("07-06 09:30")
    client, address = sit(scene), at(scene, "desk-act", "draw-experts", scene.package.pk)
    page = act(client, address, **DRAW, experts=line)
    assert page.status_code == 422
    assert said in page.text
    assert line in page.text


@pytest.mark.parametrize("kind", ["技术", "技术专家", "technical", "Technical expert"])
def test_the_kind_of_an_expert_is_written_in_either_language(kind):
    (person,) = PeopleField(are_experts=True).clean(f"罗启明，省建筑设计研究院，{kind}，建筑工程")
    assert (person.kind, person.speciality) == ("technical", "建筑工程")


def test_a_draw_is_typed_line_by_line_and_read_by_who_leads_the_tender(sit):
    scene = cemetery_on("07-07 16:00")
    package = scene.package
    register = at(scene, "desk-register", "committee", package.pk)
    page = sit(scene).get(register).text
    assert all(person.name in page for person in COMMITTEE)
    assert "登记补抽" not in page  # the report is in
    assert sit(scene, "leader").get(register).status_code == 404


def test_letters_are_given_out_after_the_award_and_noted_when_delivered(sit, django_assert_max_num_queries):
    scene = cemetery_on("07-14 10:00")
    package = scene.package
    winner, loser = package.bids.get(rank=1), package.bids.get(rank=2)
    client, register = sit(scene), at(scene, "desk-register", "results", package.pk)
    with django_assert_max_num_queries(15):
        page = client.get(register).text
    assert page.count("王海") == 1  # who took it: here, and nowhere in public
    for template, thing in (("award-letter", package), ("loss-letter", loser), ("evaluation-report", package)):
        paper = client.get(at(scene, "desk-kept", template, thing.pk))
        assert paper.status_code == 200
        assert paper.content[:2] == b"PK"
        assert "no-store" in paper["Cache-Control"]
    assert client.get(at(scene, "desk-kept", "loss-letter", winner.pk)).status_code == 404
    assert client.get(at(scene, "desk-kept", "contract", package.pk)).status_code == 404
    assert sit(scene, "leader").get(at(scene, "desk-kept", "evaluation-report", package.pk)).status_code == 404


def test_no_letter_is_given_out_before_the_award(sit):
    scene = cemetery_on("07-13 16:00")
    client = sit(scene)
    assert client.get(at(scene, "desk-kept", "award-letter", scene.package.pk)).status_code == 404
    assert client.get(at(scene, "desk-kept", "loss-letter", scene.package.bids.get(rank=2).pk)).status_code == 404
    assert "投标有效期至：2026年10月4日" in client.get(at(scene, "desk-register", "results", scene.package.pk)).text


def test_the_record_holds_the_digest_of_the_report_that_was_given_out(sit):
    scene = cemetery_on("07-14 09:00")
    TenderReport.objects.create(package=scene.package, overview="公开招标，三家投标。")
    client = sit(scene)
    paper = client.get(at(scene, "desk-kept", "tender-report", scene.package.pk)).content
    address = at(scene, "desk-act", "submit-report", scene.package.pk)
    assert act(client, address, submitted_to="清平县住房和城乡建设局", receipt="收文1号").status_code == 302
    (entry,) = scene.entries("tender-report.submitted")
    assert entry.facts["sha256"] == sha256(paper).hexdigest()


def test_the_manager_takes_an_award_back_and_the_desk_offers_the_next_one(sit):
    scene = cemetery_on("07-14 09:00")
    address = at(scene, "desk-act", "revoke-award", scene.package.pk)
    assert sit(scene, "clerk").get(address).status_code == 404
    client = sit(scene, "manager")
    assert act(client, address, ground="refused", reason="书面表示不签合同").status_code == 302
    assert scene.package.state == Package.State.CANDIDATES
    assert "该候选人已经取消中标资格" in client.get(at(scene, "desk-project")).text


@pytest.mark.rule("AW-13")
def test_an_award_that_is_taken_back_leads_to_the_bond_that_is_kept(sit):
    scene = cemetery_on("07-14 09:00")
    client = sit(scene, "manager")
    revoke = at(scene, "desk-act", "revoke-award", scene.package.pk)
    answer = act(client, revoke, ground="refused", reason="书面表示不签合同")
    bond = scene.package.bonds.get(credit_code=scene.package.result.winner.credit_code)
    keep = at(scene, "desk-act", "keep-bond", bond.pk)
    assert keep in client.get(answer.headers["Location"]).text
    register = at(scene, "desk-register", "bonds", scene.package.pk)
    page = client.get(register).text
    assert keep in page
    assert at(scene, "desk-act", "return-bond", bond.pk) not in page
    reason = client.get(keep).context["form"]["reason"].value()
    assert "第七十四条" in reason
    assert act(client, keep, reason=reason).status_code == 302
    assert keep not in client.get(answer.headers["Location"]).text + client.get(register).text
