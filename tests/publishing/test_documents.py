"""What each paper says, and what it keeps to itself."""

import io
import re
import zipfile

import docx
import pytest
from django.utils import translation
from docx.oxml.ns import qn
from PIL import Image

from integrity.gates.contract import PRICE_TERM
from lifecycle.steps import TABLE
from publishing.documents import generate
from publishing.documents.authoring.integrity_contract import CHAPTERS
from publishing.documents.registry import REGISTRY
from publishing.handlers import generate_document
from publishing.money import in_capitals
from tenders.models import Award, Bid, Package
from tests.publishing.papers import lines_of, made, text_of
from tests.publishing.samples import (
    MAKERS,
    make_bid,
    make_clarification,
    make_comment,
    make_consultation,
    make_contract,
    make_decision,
    make_integrity_contract,
    make_opening,
    make_project,
)

pytestmark = pytest.mark.django_db

AMOUNT = re.compile(r"([\d,]+\.\d\d)元（大写：人民币([^）]+)）")


@pytest.mark.parametrize("template", REGISTRY)
def test_a_paper_is_complete_and_can_be_opened(template):
    _, content = generate(template, MAKERS[template]().pk)
    text = text_of(content)

    assert not re.search(r"\{\{|\}\}|\{%|%\}", text)
    assert "【待填" not in text
    assert "草　稿" not in text
    assert "None" not in text
    assert not re.search(r"。。|；。|，。|（）|：。", text)


@pytest.mark.parametrize("template", REGISTRY)
def test_a_paper_names_itself_and_its_number_on_each_page(template):
    title, content = generate(template, MAKERS[template]().pk)
    document = docx.Document(io.BytesIO(content))

    assert document.core_properties.title == title
    assert re.search(r"编号：\S*2026-001", document.sections[0].header.paragraphs[-1].text)


@pytest.mark.parametrize("template", REGISTRY)
def test_the_same_paper_has_the_same_bytes(template):
    subject = MAKERS[template]()

    assert generate(template, subject.pk) == generate(template, subject.pk)


@pytest.mark.parametrize("template", REGISTRY)
def test_a_paper_is_chinese_for_a_clerk_who_works_in_english(template):
    subject = MAKERS[template]()
    chinese = generate(template, subject.pk)

    with translation.override("en"):
        assert generate(template, subject.pk) == chinese


# Papers of acts that are no steps
OF_OTHER_ACTS = {"fairness-review", "clarification", "suspension", "resumption", "observer-log"}


def test_every_step_has_its_papers():
    published = {name for name, declared in REGISTRY.items() if not declared.is_kept}
    assert {paper.template for step in TABLE for paper in step.papers} == published - OF_OTHER_ACTS


@pytest.mark.parametrize("template", REGISTRY)
def test_a_title_fits_the_register_however_long_the_name_of_the_project(template):
    subject = MAKERS[template]()
    subject.project.__class__.objects.update(name="长" * 120)

    assert len(generate(template, subject.pk)[0]) <= 160


def test_a_short_row_of_a_table_stands_on_one_page_and_a_long_one_may_part():
    long = make_clarification(text="以结施-03为准。" * 40)
    paper = docx.Document(io.BytesIO(generate("clarification", long.pk)[1]))
    rows = [row._tr for table in paper.tables for row in table.rows]
    kept = {(len("".join(row.itertext())) > 300, row.find(f".//{qn('w:cantSplit')}") is not None) for row in rows}

    assert kept == {(False, True), (True, False)}


@pytest.mark.parametrize("template", ["plan-notice", "tender-notice", "opening-record", "award-notice", "contract"])
def test_capitals_and_figures_say_the_same(template):
    amounts = AMOUNT.findall(made(template))

    assert amounts
    for figures, capitals in amounts:
        assert in_capitals(int(re.sub(r"\D", "", figures))) == capitals


def test_the_plan_notice_says_all_that_the_law_asks_for():
    text = made("plan-notice")

    for said in (
        "青云县陵园公园改扩建工程", "用地面积42.6亩", "缓解骨灰安放设施不足", "《殡葬管理条例》",
        "省级福利彩票公益金",
        "18,000,000.00元（大写：人民币壹仟捌佰万元整）", "（二）生态葬区", "格位已用96%", "骨灰楼与祭扫广场鸟瞰",
        "自2026年3月9日起至2026年4月8日24时止，共30日", "/projects/2026-001/comment/", "邮编655000",
        "mzj@qingyun.example", "0874-3100026", "政府网站、政务新媒体、街头大型效果图、公开栏",
        "周明远（党组书记、局长）", "公职人员政务处分法", "2026年3月9日",
    ):  # fmt: skip
        assert said in text


def test_each_paragraph_of_a_plan_is_a_paragraph():
    lines = made("plan-notice").split("\n")

    assert "本工程分三个区域建设。" in lines
    assert any(line.startswith("（一）骨灰楼区") for line in lines)


def test_a_picture_is_small_enough_to_be_mailed_and_said_in_words():
    _, content = generate("plan-notice", make_consultation().pk)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        pictures = [name for name in archive.namelist() if name.startswith("word/media/")]
        sizes = [Image.open(io.BytesIO(archive.read(name))).size for name in pictures]
        body = archive.read("word/document.xml").decode()

    assert len(pictures) == 3  # the rendering, the code for the telephone, and the one that leads to the verifier
    assert all(max(size) <= 1600 for size in sizes)
    assert 'descr="广场居中，北侧为三层坡屋顶骨灰楼，四周为缓坡草地和乔木。"' in body
    assert len(content) < 300_000


def test_a_full_period_gives_no_reason():
    assert "期限缩短" not in made("plan-notice")


def test_a_shortened_period_says_why():
    text = made("plan-notice", shortened_reason="汛期将至，须在五月底前完成边坡加固。")

    assert "本次征求意见的期限缩短，理由如下：\n汛期将至，须在五月底前完成边坡加固。" in text


def test_the_decision_counts_all_comments_and_shows_only_public_words():
    text = made("decision-notice")

    assert "共收到意见4件" in text
    assert "已说明2件，采纳1件，不采纳1件" in text
    assert "清明停车难，请多设车位。" in text
    assert "停车位由90个增加到120个，另设公交停靠点1处。" in text
    assert "（依法不公开：涉及个人隐私）" in text
    assert "（正在审核，暂不公开）" in text
    assert "王某某" not in text
    assert "尚未审核的意见" not in text


def test_comments_of_two_rounds_are_told_apart():
    decision = make_decision()
    second = make_consultation(decision.project, round=2)
    make_comment(second, 1, "第二轮的意见。")

    text = text_of(generate("decision-notice", decision.pk)[1])

    assert "\n1-1\n清明停车难" in text
    assert "\n2-1\n第二轮的意见。" in text


def test_a_decision_without_comments_says_so():
    project = make_project()
    make_consultation(project)
    decision = make_decision(project, make_comments=False)

    text = text_of(generate("decision-notice", decision.pk)[1])

    assert "共收到意见0件" in text
    assert "征求意见期间未收到意见" in text
    assert "未因意见改动方案" in text


def test_the_tender_notice_says_all_that_the_law_asks_for():
    text = made("tender-notice")

    for said in (
        "QY2026-001-01", "青发改投资〔2026〕58号", "县级财政预算资金、省级福利彩票公益金", "建筑工程施工总承包三级",
        "本次招标不接受联合体投标", "2026年6月15日", "2026年6月22日", "免费下载", "2026年7月6日9时30分",
        "青云县公共资源交易中心第二开标室", "90日历天", "280,000.00元", "综合评估法", "廉政合同文本", "3b7e3b7e",
        "应当在投标截止时间十日前提出", "0874-3110008", "青云县人民政府网站。", "无（招标人自行办理招标事宜）",
    ):  # fmt: skip
        assert said in text


def test_procurement_by_the_procurement_law_names_its_own_remedy():
    text = made("tender-notice", track="gp")

    assert "七个工作日内，以书面形式提出质疑" in text
    assert "投标截止时间十日前" not in text


def test_a_selective_tender_is_an_invitation_and_says_why():
    text = made("tender-notice", method="selective", method_reason="技术复杂，只有少量潜在投标人可供选择。")

    assert "投标邀请书" in text
    assert "技术复杂，只有少量潜在投标人可供选择。" in text


def test_the_opening_record_has_every_bid_as_it_was_read():
    lines = lines_of(docx.Document(io.BytesIO(generate("opening-record", make_opening().pk)[1])))

    start = lines.index("曲靖市宏图建设集团有限公司")
    assert lines[start - 1 : start + 9] == [
        "2", "曲靖市宏图建设集团有限公司", "2026年7月6日\n9时02分00秒", "完好", "12,820,000.50", "90", "合格",
        "何丽\n云2532021202100002", "280,000.00", "/",
    ]  # fmt: skip


def test_the_opening_record_shows_the_refused_envelope_and_the_absent_institution():
    text = made("opening-record")

    assert "滇东路桥有限公司\n2026年7月6日9时05分00秒\n拒收\n投标截止时间后送达。" in text
    assert "青云县人民检察院\n公函\n2026年6月29日9时00分\n谢绝\n0人\n当日另有公务，已书面复函。" in text
    assert "现场记录1项，其中提出异常1项，主持人已答复1项" in text
    assert "建议拒收的封套当场退还" in text


def test_before_the_opening_a_draft_of_its_record_betrays_no_bidder():
    package = make_opening()
    package.opened_at = None
    package.save()

    text = text_of(generate("opening-record", package.pk, draft=True)[1])

    assert "有限公司" not in text
    assert "没有拒收或者撤回的投标文件" in text


def test_the_opening_record_does_not_name_observers_or_who_delivered():
    text = made("opening-record")

    assert "李文静" not in text  # all observers of the sample are called so
    assert "赵某" not in text


def test_what_a_bid_left_out_is_said():
    package = make_opening()
    make_bid(package, 6, "云山园林有限公司", quality="", project_manager="", manager_certificate="", bond_fen=None)

    text = text_of(generate("opening-record", package.pk)[1])

    assert "90\n未填报\n未填报\n未填报\n/\n/" in text


def test_candidates_are_shown_in_order_with_the_period_and_the_remedy():
    text = made("candidate-notice")

    assert text.index("第一名") < text.index("第二名") < text.index("第三名")
    assert "人民币壹仟贰佰捌拾万元零伍角" in text
    assert "昆明明远建设有限公司\n不符合规定的资格条件\n未按招标文件要求提交项目经理的注册证书。" in text
    assert "自2026年7月8日起至2026年7月13日24时止" in text  # 07-11 is a Saturday
    assert "0874-3100031" in text


def test_the_award_is_announced_to_everybody_and_told_to_the_winner_apart():
    package = MAKERS["award-notice"]()
    notice = text_of(generate("award-notice", package.pk)[1])
    letter = text_of(generate("award-letter", package.pk)[1])

    assert "中标结果公告" in notice
    assert "罗启明" not in notice  # a works tender names no expert
    assert "中标通知书\n招标编号：QY2026-001-01\n云南恒泰建筑工程有限公司：" in letter
    assert "12,800,000.50元（大写：人民币壹仟贰佰捌拾万元零伍角）" in letter
    assert "最迟2026年8月13日" in letter


def test_the_result_of_a_procurement_names_experts_and_what_was_bought():
    package = MAKERS["award-notice"]()
    Package.objects.update(track="gp", agency="云南诚信招标有限公司")
    Award.objects.update(winner_address="曲靖市建业路66号", items="改扩建工程施工一项")
    text = text_of(generate("award-notice", package.pk)[1])

    for said in ("罗启明、段玉兰、许建国、白雪梅", "曲靖市建业路66号", "改扩建工程施工一项", "云南诚信招标有限公司"):
        assert said in text
    assert "至2026年7月15日止" in text


@pytest.mark.parametrize(("track", "told"), [("works", False), ("gp", True)])
def test_a_loser_is_told_of_the_winner_and_in_a_procurement_of_the_own_score(track, told):
    bid = MAKERS["loss-letter"]()
    Package.objects.update(track=track)
    Bid.objects.filter(pk=bid.pk).update(score="90.25")
    text = text_of(generate("loss-letter", bid.pk)[1])

    assert "曲靖市宏图建设集团有限公司：" in text
    assert "云南恒泰建筑工程有限公司" in text
    assert ("你单位的评审得分为90.25，名次为第二名。" in text) is told


def test_who_was_rejected_is_told_why():
    bid = MAKERS["award-notice"]().bids.get(number=4)

    assert "未按招标文件要求提交项目经理的注册证书。" in text_of(generate("loss-letter", bid.pk)[1])


def test_the_evaluation_report_holds_everything_that_the_rules_list():
    text = made("evaluation-report")

    for said in (
        "云南省综合评标专家库\nCQ-20260706-0457", "白雪梅", "昆明明远建设有限公司\n不符合规定的资格条件", "综合评估法",
        "第一名：云南恒泰建筑工程有限公司；第二名", "没有不同意见",
    ):  # fmt: skip
        assert said in text


def test_the_report_to_the_supervisor_lists_what_the_law_wants():
    text = made("tender-report")

    for said in ("第四十七条", "公开招标", "评标委员会的组成", "招标文件", "云南恒泰建筑工程有限公司", "7月14日定标"):
        assert said in text


@pytest.mark.parametrize("template", [name for name, declared in REGISTRY.items() if declared.is_kept])
def test_what_is_kept_in_the_house_is_never_published(template):
    with pytest.raises(ValueError, match="kept in the house"):
        generate_document(None, template, "tenders.package", 1)


def test_the_contract_has_the_thirteen_items_of_the_model_agreement():
    lines = made("contract").split("\n")
    items = [line for line in lines if re.match(r"^[一二三四五六七八九十]+、", line)]

    assert [item.partition("、")[2] for item in items] == [
        "工程概况", "合同工期", "质量标准", "签约合同价与合同价格形式", "项目经理", "合同文件构成", "承诺", "词语含义",
        "签订时间", "签订地点", "补充协议", "合同生效", "合同份数",
    ]  # fmt: skip


def test_the_contract_says_what_was_awarded():
    text = made("contract")

    for said in (
        "签约合同价为：12,800,000.50元（大写：人民币壹仟贰佰捌拾万元零伍角）", "安全文明施工费：256,000.00元",
        "工期总日历天数：90天",
        "承包人项目经理：杨建国", "一式六份", "发包人执三份，承包人执三份", "2026年7月24日", "预付款为签约合同价的10%",
        "附件12\n廉政合同", "青发改投资〔2026〕58号",
    ):  # fmt: skip
        assert said in text


def test_what_the_review_did_not_release_stays_in_the_original_of_the_contract():
    contract = make_contract()

    public = text_of(generate("contract", contract.pk)[1])
    for_signing = text_of(generate("contract", contract.pk, draft=True)[1])

    for private in ("0874-3200066", "建业路66号"):
        assert private not in public
        assert private in for_signing
    assert "载于合同原件，不公开" in public


def test_the_contract_is_concluded_with_the_later_signature():
    contract = make_contract(contractor_signed_on="2026-07-27")

    assert "本合同于2026年7月27日签订" in text_of(generate("contract", contract.pk)[1])


def test_the_integrity_contract_has_every_article():
    text = made("integrity-contract")
    codes = [article.code for _, articles in CHAPTERS for article in articles]

    assert {
        "IC-01", "IC-02", "IC-03", "IC-11", "IC-12", "IC-13", "IC-14", "IC-15", "IC-16", "IC-21", "IC-22", "IC-23",
        "IC-24", "IC-25", "IC-26", "IC-31", "IC-32", "IC-41", "IC-51",
    } <= set(codes)  # fmt: skip
    assert len(set(codes)) == len(codes)
    assert len(re.findall(r"^第[一二三四五六七八九十]+条　", text, re.MULTILINE)) == len(codes)


def test_the_integrity_contract_settles_no_price_and_takes_no_deposit():
    text = made("integrity-contract")

    assert PRICE_TERM.search(text) is None
    assert "不设定、不收取任何形式的廉政保证金" in text


def test_the_integrity_contract_names_who_watches():
    text = made("integrity-contract", further_terms="乙方每季度向甲方监督单位报送一次廉政情况。")

    for said in (
        "青云县纪委县监委派驻第五纪检监察组", "0874-3100099", "云南恒泰建筑工程有限公司纪律检查委员会", "0874-3200099",
        "0874-12388", "甲方廉政联络员为王秀兰，乙方廉政联络员为马俊", "一式四份", "竣工验收合格之日止",
        "乙方每季度向甲方监督单位报送一次廉政情况。", "QY2026-001-01-HT",
    ):  # fmt: skip
        assert said in text


def test_without_further_terms_the_integrity_contract_says_none():
    assert "双方补充约定如下：\n无。" in text_of(
        generate("integrity-contract", make_integrity_contract(further_terms="").pk)[1]
    )
