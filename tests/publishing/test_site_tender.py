"""What the public sees of a tender: nothing of bids before the opening, everything of it after."""

import re

import pytest

from ledger.models import Entry
from publishing import key_page, site
from publishing.pages import acts
from publishing.texts import written
from tenders.models import Bid
from tenders.operations.bids import note_arrival, void_arrival
from tenders.operations.opening import read_bid
from tests.factories import cemetery_on, courtyard_on, moment
from tests.publishing.reading import every_file, publish, text, words

PAGE = "/projects/2026-001/"


@pytest.mark.django_db
def test_nothing_in_public_depends_on_bids_before_the_opening(settings):
    settings.DEMO = True
    scene = courtyard_on("08-18 09:00")
    publish(scene.at)
    before = every_file()

    for number in range(1, 4):
        scene.acts.receive_bid(
            scene.package, moment(f"08-18 09:1{number}"), f"第{number}建筑公司", f"91530300MA6K0000{number}X", "某人"
        )
    arrival = note_arrival(scene.package.pk, actor=scene.people.clerk, at=moment("08-18 09:20"))
    void_arrival(arrival.pk, reason="递交人当场带走", actor=scene.people.clerk, at=moment("08-18 09:21"))
    site.rebuild()

    assert every_file() == before


@pytest.mark.django_db
def test_an_envelope_that_was_taken_away_again_stands_there_after_the_opening(settings):
    settings.DEMO = True
    scene = cemetery_on("07-06 09:20")
    arrival = note_arrival(scene.package.pk, actor=scene.people.clerk, at=moment("07-06 09:21"))
    void_arrival(arrival.pk, reason="递交人当场带走", actor=scene.people.clerk, at=moment("07-06 09:22"))
    scene.acts.step("open_bids", moment("07-06 09:30"), subject=scene.package)
    publish(moment("07-06 09:35"))

    told = "2026年7月6日 9:21:00 作废 2026年7月6日 9:22:00 原因：递交人当场带走"
    assert told in text(PAGE)
    assert told in text(f"{PAGE}opening/1/")
    opened = Entry.objects.get(kind="step.open_bids")
    assert "2026年7月6日 9:21:00送达，2026年7月6日 9:22:00作废：递交人当场带走" in written(opened)[1]


@pytest.mark.django_db
def test_a_corrected_reading_shows_the_new_figure_and_that_it_is_one(settings):
    settings.DEMO = True
    scene = cemetery_on("07-06 09:25")
    bid = _open_and_read(scene)
    read = {"duration_days": 90, "quality": "合格", "project_manager": "高峰", "manager_certificate": "云1"}
    read |= {"bond_fen": 0, "actor": scene.people.clerk, "at": moment("07-06 09:42")}
    read_bid(bid.pk, price_fen=1_386_000_100, remark="唱标时口误", **read)
    publish(moment("07-06 09:45"))

    assert "¥13,860,001.00（1386万元）已更正：唱标时口误" in text(PAGE)
    assert "更正：唱标 1标段 第1号投标：唱标时口误" in text("/corrections/")
    assert "待唱标" in text(PAGE)


def _open_and_read(scene):
    scene.acts.step("open_bids", moment("07-06 09:30"), subject=scene.package)
    bid = Bid.objects.get(number=1)
    scene.acts.check_seals(scene.package, moment("07-06 09:35"))
    scene.acts.open_and_read(bid, moment("07-06 09:40"), 1_386_000_000, "高峰", "云1")
    return bid


# -- the finished project ----------------------------------------------------------------------------------------------

FINISHED: dict[str, bytes] = {}


@pytest.fixture
def finished(db, settings):
    """Every public file of 陵园公园改扩建 on the day on which works start. Told once, read by each test."""
    settings.DEMO = True
    if not FINISHED:
        scene = cemetery_on("08-10 10:00")
        publish(scene.at)
        FINISHED.update(every_file())
        FINISHED["kinds"] = ",".join(Entry.objects.order_by().values_list("kind", flat=True).distinct()).encode()
    return FINISHED


def page(files, address=PAGE):
    return words(files[f"{address}index.html".lstrip("/")].decode())


def test_after_the_opening_every_bid_stands_there_the_late_one_too(finished):
    told = page(finished)

    assert "1 云岭建设工程有限公司 2026年7月6日 8:41:00 已签收 ¥13,860,000.00（1386万元）90 合格 高峰" in told
    assert "4 南盘江建筑有限公司 2026年7月6日 9:33:00 拒收：投标截止时间后送达 未开启" in told


def test_each_institution_stands_there_with_its_office_or_the_reason_why_nobody_came(finished):
    told = page(finished)

    assert "清平县纪律检查委员会 到场" in told
    assert "清平县人民检察院 缺席 原因：当日有出庭任务，已书面请假" in told
    assert "录音录像：异常 开标室后侧摄像机没有录像指示。主持人答复：已由交易中心技术员恢复" in told
    assert "唱标与投标文件一致，记录完整。" in told
    assert "何静" in told  # named as supervisor of bids in the opening record
    assert "93.60" not in told


def test_of_an_objection_only_its_kind_and_its_result_are_public(finished):
    told = page(finished)

    assert "异议（2）对招标文件的异议：异议不成立 第1号，2026年6月26日（星期五）15:00收到" in told
    assert "对评标结果的异议：异议不成立 第2号，2026年7月10日（星期五）11:00收到" in told
    assert not [name for name, content in finished.items() if "请求核实".encode() in content]


def test_both_contracts_stand_side_by_side(finished):
    told = page(finished)

    assert "双合同：同日签订，缺一份都不生效 施工合同 合同编号 2026-001-01-HT" in told
    assert "廉政合同 合同编号 2026-001-01-LZ" in told


def test_every_stage_is_told_with_its_day(finished):
    told = page(finished)

    for stage in (
        "方案公示，征求意见 已完成 2026-04-09 完成",
        "答复意见，作出决策 已完成 2026-04-24 完成",
        "公开招标 已完成 2026-07-06 完成",
        "评标、公示、定标 已完成 2026-07-14 完成",
        "签订双合同 已完成 2026-07-24 完成",
        "施工 2026-08-10 开始",
    ):
        assert stage in told


def test_every_clock_names_its_article(finished):
    told = page(finished).partition("期限和依据")[2]

    assert "签订合同 已办 我们的时限：2026年7月14日（星期二）起，最迟2026年8月13日（星期四）" in told
    assert "《中华人民共和国招标投标法》第四十六条第一款" in told


def test_tender_documents_can_be_had_by_everybody_under_their_digest(finished):
    links = re.findall(r'href="/(documents/[0-9a-f]{64}[.][a-z]+)"', finished["projects/2026-001/index.html"].decode())

    assert len(links) >= 4
    assert all(link in finished for link in links)


def test_withheld_comments_are_listed_with_their_ground(finished):
    assert "依法不公开意见原文 第7号意见：广告或者重复灌水" in page(finished, "/corrections/")


def test_every_kind_of_act_that_occurs_has_a_name(finished):
    assert set(finished["kinds"].decode().split(",")) <= set(acts.TITLES)


def test_no_page_needs_what_the_content_policy_forbids(finished):
    forbidden = re.compile(rb"<script(?![^>]* src=)|<style| style=| on[a-z]+=|https?://(?!127[.]0[.]0[.]1)")

    # the tool for keys is saved and used without a network: its scripts are inside, under a policy of its own
    pages = {
        name: c for name, c in finished.items() if name.endswith(".html") and not f"/{name}".endswith(key_page.ADDRESS)
    }
    assert not {name: found for name, c in pages.items() if (found := forbidden.findall(c))}
