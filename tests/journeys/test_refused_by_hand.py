"""
What the law forbids is refused to whoever tries it by hand: the button is grey, the reason and its article stand beside
it, and pressing it all the same changes nothing. What mends it is on the desk too.
"""

import pytest

from ledger import clock
from ledger.models import Entry
from lifecycle.demo.cemetery import BIDS
from lifecycle.demo.drafts import fill
from tests.factories import PASSWORD, cemetery_on, hall_on, moment
from tests.journeys import typed
from tests.journeys.desk import Staff

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

UNSIGNED = {"owner_signed_by": "", "owner_signed_on": None, "contractor_signed_by": "", "contractor_signed_on": None}
TENDER_LAW = "《中华人民共和国招标投标法》"


@pytest.fixture
def manager_of(sit_down):
    """Return a function that sits the manager of a scene down at the desk, at a minute of 2026."""

    def manager_of(scene, at):
        manager = sit_down(Staff).sign_in("manager", PASSWORD)
        clock.advance(moment(at))  # now, for of that minute nothing is to be lost
        return manager.go("/desk/")

    return manager_of


@pytest.fixture
def staffed(site):
    """Return a function that makes a tender of which only bids or invitations are missing before it can be opened."""

    def staffed(until):
        scene = cemetery_on(until)
        fill(scene.package.opening, **typed.OPENING)
        return scene

    return staffed


def steps_taken():
    return Entry.objects.filter(kind__startswith="step.").count()


def test_fewer_than_three_bids_are_not_opened_but_tendered_again(staffed, manager_of):
    scene = staffed("07-06 08:55")
    manager, before = manager_of(scene, "07-06 09:29"), steps_taken()
    manager.wait_until("2026-07-06T09:30")
    manager.is_refused("open_bids", "投标人少于3个，不得开标，应当重新招标。", f"{TENDER_LAW}第二十八条")
    assert steps_taken() == before

    manager.take("fail_tender", reason="投标截止时投标人少于3个")
    manager.act("重新招标", "retender").reads("招标失败（终止）", "2 陵园公园改扩建工程施工")


def test_without_invitations_nothing_is_opened_until_they_are_sent(staffed, manager_of):
    scene = staffed("06-26 14:00")
    for bidder, code, delivered_by, when, *_ in BIDS:
        scene.acts.receive_bid(scene.package, moment(when), bidder, code, delivered_by)
    manager, before = manager_of(scene, "07-06 09:30"), steps_taken()
    manager.is_refused("open_bids", "开标前须邀请监督单位，尚未邀请：", "清平县人民检察院", "本局开标监督制度")
    assert steps_taken() == before

    manager.at("监督邀请与监督记录")
    for _ in range(3):
        manager.act("邀请监督单位", "invite", means="letter")
    manager.take("open_bids")


def test_comments_are_not_closed_a_minute_early(site, manager_of):
    manager = manager_of(hall_on("08-12 10:00"), "08-31 23:59")
    manager.is_refused("close_comments", "不能提前结束", "《重大行政决策程序暂行条例》第十五条")
    manager.wait_until("2026-09-01T00:00").take("close_comments")


def test_nineteen_days_to_bid_are_refused_with_the_article(site, manager_of):
    scene = cemetery_on("06-12 09:00")
    fill(scene.package, bids_due_at=moment("07-04 09:30"))
    scene.acts.release([scene.package], moment("06-12 15:00"))
    manager = manager_of(scene, "06-15 09:00")
    manager.is_refused("announce_tender", "不得少于20日", "只有19日", f"{TENDER_LAW}第二十四条")
    manager.draft("招标公告", "package").reads("最早可截止于2026年7月6日")


@pytest.mark.parametrize(
    ("unsigned", "reason"),
    [("integrity", "廉政合同还没有双方签字：廉政合同与施工合同须同时签订"), ("business", "施工合同还没有双方签字")],
    ids=["business", "integrity"],
)
def test_one_contract_alone_is_not_signed(site, manager_of, unsigned, reason):
    scene = cemetery_on("07-23 15:00")
    contracts = {"business": scene.contract, "integrity": scene.contract.integrity_contract}
    fill(contracts[unsigned], **UNSIGNED)
    scene.acts.release(contracts.values(), scene.at)
    manager = manager_of(scene, "07-24 10:00")
    manager.is_refused("sign_contracts", reason)
    assert {contract.state for contract in (scene.contract, scene.contract.integrity_contract)} == {"draft"}
