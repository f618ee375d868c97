"""
By hand, in a real browser: a project from its draft to both contracts signed, through pages alone.

The people are those of the demo county, on the days of the demo's main project. Each has a browser of their own.
"""

import re
from dataclasses import dataclass
from hashlib import sha256

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from contracts.models import Document
from ledger import clock
from ledger.models import Entry
from lifecycle.demo.cemetery import BIDS, PLAN, TENDER
from lifecycle.demo.people import make_people
from lifecycle.steps import TABLE
from tenders.models import Hearing
from tests.factories import PASSWORD, moment
from tests.journeys import typed
from tests.journeys.awarding import evaluate_and_award
from tests.journeys.browsing import DESK, PHONE, Person
from tests.journeys.desk import PROJECT, PUBLIC, Staff
from tests.journeys.room import Observer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TENDER_LAW = "《中华人民共和国招标投标法》"
# This project goes straight, and not to its end; a prequalification has tests of its own.
NOT_TAKEN = {"start_works", "resume", "publish_again", "publish_prequalification", "conclude_prequalification"}


@dataclass
class Cast:
    manager: Staff
    clerk: Staff
    reviewer: Staff
    discipline: Observer
    procurement: Observer
    resident: Person


@pytest.fixture
def cast(sit_down):
    """Everybody at their browsers on 2 March, before there is any project."""
    make_people(PASSWORD)
    clock.advance(moment("03-02 09:00"))
    desks = {"manager": DESK, "reviewer": DESK, "clerk": PHONE}  # the clerk stands at the table where bids come in
    staff = {role: sit_down(Staff, size=size).sign_in(role, PASSWORD) for role, size in desks.items()}
    observers = {name: sit_down(Observer).sign_in(name, PASSWORD) for name in ("discipline", "procurement")}
    return Cast(**staff, **observers, resident=sit_down(size=PHONE))


def test_a_project_goes_by_hand_from_its_draft_to_both_contracts_signed(cast, publish, settings, tmp_path):
    draft_and_publish_the_plan(cast)
    publish()
    code = comment_as_a_resident(cast.resident)
    close_the_comments_not_before_their_end(cast.manager)
    answer_and_decide(cast, code)
    announce_the_tender_not_with_nineteen_days(cast)
    invite_and_receive_bids(cast)
    open_the_bids(cast)
    evaluate_and_award(cast.manager, cast.clerk, cast.reviewer)
    sign_not_one_contract_alone(cast)
    settings.LEDGER_KEY_FILE = tmp_path / "ledger.key"
    call_command("seal", once=True)
    publish()

    of_others = (step for step in TABLE if step.subject is not Hearing)  # hearings have journeys of their own
    steps = [step.kind for step in of_others if step.is_main and step.name not in NOT_TAKEN]
    taken = Entry.objects.filter(kind__startswith="step.").in_order()
    assert list(taken.values_list("kind", flat=True)) == steps
    call_command("seal", once=True)
    call_command("check_ledger")  # fails the test with its problems, if there are any
    read_both_contracts_as_anybody(cast.resident)


# -- plan, comments, decision ------------------------------------------------------------------------------------------


def draft_and_publish_the_plan(cast):
    manager = cast.manager
    manager.reads("还没有项目。").look("desk-empty")
    manager.fill("new-project", name=PLAN.name).send("new-project").reads("2026-001")
    manager.draft("项目信息", "project", **typed.PROJECT).look("draft-project")
    manager.draft("方案与征求意见", "consultation", **typed.CONSULTATION).look("draft-consultation")
    manager.upload("效果图与图纸", "renderings", typed.RENDERINGS).look("renderings")
    manager.is_grey("publish_plan", "尚未经保密和个人信息审查")
    cast.reviewer.go("/desk/").look("desk-reviewer").release("方案公示")
    manager.wait_until("2026-03-09T09:00").look("project-prepared")
    manager.take("publish_plan").take("open_comments").look("project-open")


def comment_as_a_resident(resident):
    """Comment from a phone, without an account, from the published page on. Return the receipt's code."""
    resident.go(PUBLIC).reads(PLAN.name, "还没有人提意见。").look("public-open")
    resident.follow("我要提意见")
    onward = resident.page.get_by_role("button", name="下一步")
    resident.page.get_by_label("反对").check()
    resident.page.get_by_label("交通与停车").check()
    resident.look("comment-stance").press(onward)
    resident.page.get_by_label("您的意见").fill(typed.COMMENT)
    resident.look("comment-text").press(onward)
    resident.look("comment-contact").press(onward)
    resident.reads(typed.COMMENT).look("comment-check")
    # else it waits for eight seconds
    expect(resident.page.locator("[name=altcha]")).to_have_value(re.compile("."), timeout=120_000)
    resident.page.wait_for_timeout(2100)  # a form that comes back sooner is taken for a machine's
    resident.press(resident.page.get_by_role("button", name="提交意见"))
    resident.reads("已收到您的意见", typed.COMMENT).look("receipt")
    return resident.page.locator(".receipt .no").inner_text()


def close_the_comments_not_before_their_end(manager):
    manager.is_refused(
        "close_comments", "征求意见到2026年4月8日24时才截止，不能提前结束。", "《重大行政决策程序暂行条例》第十五条"
    )
    manager.wait_until("2026-04-08T23:59").is_grey("close_comments", "不能提前结束")
    manager.wait_until("2026-04-09T09:00").take("close_comments")


def answer_and_decide(cast, code):
    outcome, text, change = typed.ANSWER
    clerk = cast.clerk.at("意见审核").look("queue-comments")
    clerk.page.get_by_role("checkbox", name="勾选第1号").check()
    clerk.send("queue").send("show-confirmed").reads("已公开所选意见：1条。")
    clerk.at("意见登记").look("register-comments")
    cast.manager.is_grey("decide", "还有1条意见没有答复")
    clerk.act("答复 1", "answer-comment", outcome=outcome, text=text, change=change)
    cast.resident.go(f"/receipts/{code}/").reads("已答复", text).look("receipt-answered")

    cast.manager.wait_until("2026-04-20T09:00").is_grey("decide", "第1轮的意见采纳情况还没有公布")
    cast.manager.draft("意见采纳情况", "adoption", **typed.ADOPTION)
    cast.reviewer.release("意见采纳情况")
    cast.manager.take("publish_adoption_report")
    cast.manager.wait_until("2026-04-24T09:00")
    cast.manager.draft("决策与意见采纳情况", "decision", **typed.DECISION)
    cast.reviewer.release("决策与意见采纳情况")
    cast.manager.take("decide")


# -- tender ------------------------------------------------------------------------------------------------------------


def announce_the_tender_not_with_nineteen_days(cast):
    manager = cast.manager
    manager.at("审批结果")
    for approval in typed.APPROVALS:
        manager.act("公布审批结果", "publish-approval", **approval, approved_on="2026-04-24")
    manager.go(PROJECT).act("新建标段", "new-package", name=TENDER["name"])
    manager.draft("招标公告", "package", **typed.PACKAGE).look("draft-package")
    manager.take("publish_tender_plan")
    manager.wait_until("2026-06-15T09:00")
    manager.upload("招标文件", "documents", typed.DOCUMENTS).look("documents")
    cast.reviewer.review_for_fairness()
    cast.reviewer.release("招标公告与招标文件")
    manager.is_refused("announce_tender", "不得少于20日", "只有19日", f"{TENDER_LAW}第二十四条")

    manager.draft("招标公告", "package", bids_due_at="2026-07-06T09:30")
    manager.is_grey("announce_tender", "在审查之后有改动，须重新审查")
    cast.reviewer.review_for_fairness()
    cast.reviewer.release("招标公告与招标文件")
    manager.take("announce_tender").look("project-announced")


def invite_and_receive_bids(cast):
    cast.manager.is_refused("open_bids", "之前不得开标", "尚未邀请", f"{TENDER_LAW}第三十四条")
    clerk = cast.clerk.invite(*typed.INSTITUTIONS)
    clerk.wait_until("2026-07-06T08:40").at("投标文件签收登记")
    for bidder, code, delivered_by, *_ in BIDS:
        bid = {"bidder": bidder, "credit_code": code, "envelopes": "2", "delivered_by": delivered_by}
        clerk.act("签收投标文件", "register-bid", **bid, sealed=True)
    clerk.look("register-bids")
    cast.manager.is_grey("open_bids", "2026年7月6日 9:30之前不得开标")


def open_the_bids(cast):
    for observer in (cast.discipline, cast.procurement):
        observer.go("/observe/").look("invitations").enter(cast.clerk.room_code()).look("room-before")
    cast.manager.wait_until("2026-07-06T09:30").take("open_bids")
    clerk = cast.clerk.draft("开标会", "opening", **typed.RECORDING).at("开标现场")
    clerk.act("登记密封检查", "check-seals", **typed.SEALS)
    for bidder, _, _, _, price_fen, project_manager, certificate in BIDS:
        read = {"project_manager": project_manager, "manager_certificate": certificate, "bond_fen": "200,000"}
        price = {"price_fen": f"{price_fen / 100:,.2f}", "duration_days": "90", "quality": "合格"}
        clerk.act(f"拆封 {bidder}", "open-envelope").act(f"唱标 {bidder}", "read-bid", **price, **read)
        clerk.act(f"登记确认 {bidder}", "confirm-line", means="signed")
    clerk.act("登记签字", "sign-record").look("register-bids-read")

    cast.discipline.look_again().reads(BIDS[0][0], "13,860,000.00")
    cast.discipline.is_concerned("recording", "后侧摄像机没有录像指示。")
    cast.procurement.look_again().all_is_well("seals").all_is_well("prices").look("room")
    cast.manager.is_grey("conclude_opening", "还没有登记出席情况：清平县人民检察院", "1个异常情况还没有答复")
    clerk.at("监督邀请与监督记录").look("register-observers")
    clerk.act("登记未到场 清平县人民检察院", "record-absence", **typed.ABSENCE)
    clerk.act("答复 后侧摄像机没有录像指示。", "reply", text="已由技术员恢复，前侧摄像机全程录像。")
    cast.manager.take("conclude_opening")
    cast.discipline.look_again().reads("前侧摄像机全程录像")
    cast.discipline.leave("录像问题当场纠正，未见其他异常。").look("room-left")
    cast.procurement.look_again().leave("唱标与投标文件一致，记录完整。")


# -- both contracts ----------------------------------------------------------------------------------------------------


def sign_not_one_contract_alone(cast):
    manager = cast.manager.wait_until("2026-07-24T10:00")
    manager.go(PROJECT).act("起草两份合同", "draft-contracts")
    manager.draft("施工合同与廉政合同", "contracts", **typed.CONTRACTS, **typed.BUSINESS).look("draft-contracts")
    cast.reviewer.release("施工合同", "廉政合同")
    manager.is_refused("sign_contracts", "廉政合同还没有双方签字：廉政合同与施工合同须同时签订，只签一份不生效。")

    manager.draft("施工合同与廉政合同", "contracts", **typed.blank(typed.BUSINESS), **typed.INTEGRITY)
    manager.is_refused("sign_contracts", "施工合同还没有双方签字", f"{TENDER_LAW}第四十六条")

    manager.draft("施工合同与廉政合同", "contracts", **typed.BUSINESS)
    manager.take("sign_contracts").look("project-signed")


def read_both_contracts_as_anybody(resident):
    resident.go(PUBLIC).reads("双合同：同日签订，缺一份都不生效", "县纪委派驻纪检监察组").look("public-signed")
    for title in ("施工合同", "廉政合同"):
        link = resident.page.get_by_role("link", name=re.compile(f"（第1标段）{title}$")).first
        content = resident.download(link)
        assert link.get_attribute("href") == f"/documents/{sha256(content).hexdigest()}.docx"
        assert Document.objects.filter(sha256=sha256(content).hexdigest(), title__endswith=title).exists()
