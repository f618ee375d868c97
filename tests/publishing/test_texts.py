"""What notices say: the whole act in words, nothing but the record, and no code word."""

import re
from datetime import date, timedelta
from hashlib import sha256

import pytest
from django.utils import translation

from integrity.models import Matter
from integrity.operations.complaints import (
    Paper,
    decide_acceptance,
    decide_complaint,
    receive_complaint,
    withdraw_complaint,
)
from integrity.operations.matters import answer_matter, insist, refer
from integrity.operations.observers import sign_in, state_opinion
from ledger.clock import now
from ledger.models import Entry
from lifecycle.demo.acts import Acts
from lifecycle.demo.drafts import fill
from lifecycle.operations import take
from lifecycle.steps import STEPS
from publishing.models import Notice
from publishing.notices import KINDS, issue
from publishing.texts import FIXED, TEXTS, titles, written
from tenders.models import Comment, Package, Project
from tenders.operations.period import change_period
from tenders.operations.rounds import begin_next_round
from tenders.operations.standstill import resume_tender, suspend_tender
from tests.factories import cemetery_on, courtyard_on, hall_on, moment
from tests.portal.scenes import begin_opening, make_invitation, make_observer
from tests.publishing.announcing import send_out
from tests.tenders.prequalifying import concluded_with

# What every reader of that notice must find in it
SAID = {
    "step.publish_plan": (
        "陵园公园改扩建工程方案公示", "建设单位：清平县民政局", "投资估算：¥18,000,000.00（1800万元）",
        "资金来源：县级财政预算资金¥12,600,000.00（1260万元）；省级福利彩票公益金", "方案正文：\n一、总体布局",
        "自2026年3月9日（星期一）起，至2026年4月8日（星期三）24时止。", "/projects/2026-001/comment/（不用注册",
        "来信地址：清平县文化路18号", "责任人：周明远", "监督电话：0870-12388", "街头大型效果图",
        "文件指纹（SHA-256）：29464f14", "是否举行听证：可以举行听证",
    ),
    "step.publish_again": (
        "厅修缮工程方案重新公示", "第2轮公示，第1版", "改动说明：改为两厅", "至2026年9月30日（星期三）24时止",
    ),
    "step.revise_plan": (
        "陵园公园改扩建工程方案修改公告", "第2版（第1轮公示之内）", "改动说明：停车场出口改到东侧支路",
        "选址、规模、格位数量和投资估算不变", "回应的意见：第1号、第2号、第3号、第5号、第6号",
        "/projects/2026-001/plan/1-2/", "方案正文：\n一、总体布局", "期限不因本次修改而变化",
    ),
    "consultation.superseded": ("第1轮公示自即日起结束", "第2轮公示", "理由\n改为两厅", "意见3条全部保留"),
    "period.extended": (
        "由2026年8月31日（星期一）改为2026年9月10日（星期四），当日24时止。", "理由\n应家属要求", "照样有效",
    ),
    "period.shortened": (
        "由2026年9月10日（星期四）改为2026年8月14日（星期五）", "最初公布的截止日期是2026年8月31日（星期一）。",
        "缩短期限的理由：台风将至",
    ),
    "step.announce_hearing": (
        "陵园公园改扩建工程听证会公告", "听证时间：2026年3月27日（星期五）9:00", "1. 凤山村、文化社区居民，2名",
        "/projects/2026-001/hearings/1/apply/（不用注册", "报名截止日期：2026年3月17日（星期二）", "可以旁听",
    ),
    "step.close_hearing_applications": ("听证报名截止公告", "共收到报名5份", "凭回执查询结果"),
    "step.list_hearing_participants": ("听证参加人名单公告", "共4名", "墓主亲属：2号", "主持人：赵立新"),
    "step.hold_hearing": ("听证会举行公告", "记录人：林晓", "材料送达日期：2026年3月19日（星期四）"),
    "step.publish_hearing_record": (
        "听证笔录公告", "到场4名，发言3人次：支持1人次，建议1人次，反对1人次", "签字3名，拒绝签字1名",
    ),
    "step.cancel_hearing": ("听证会取消公告", "理由\n合并举行。"),
    "hearing.postponed": ("听证会延期公告", "理由\n台风", "2026年8月28日（星期五）14:00"),
    "hearing.need-found": ("应当举行听证的公告", "存在较大分歧", "理由：周边居民分歧很大。"),
    "step.open_comments": ("公开征求意见公告", "任何人都可以提出意见", "至2026年4月8日（星期三）24时止"),
    "step.close_comments": ("征求意见截止公告", "共收到意见7条", "最迟2026年5月11日（星期一）24时"),
    "step.publish_adoption_report": (
        "意见采纳情况公告", "共收到意见7条，其中有效意见6条", "意见来源：网上6条，来信1条",
        "处理结果：采纳4条，部分采纳1条，已说明1条，非本项目1条", "总的情况\n公示30日",
        "1. 出入口和步行安全（1条）：采纳。停车场出口避开凤山小学", "方案因此作出的改动：出口改到东侧支路",
        "另有6条意见逐条答复。", "/projects/2026-001/adoption/1/", "数据指纹（SHA-256）：", "5名专家签署意见", "低风险",
        "编写科室：规划财务股", "监督电话：0870-12388",
    ),
    "step.decide": (
        "决策会议：清平县民政局2026年第9次局长办公会议", "共收到意见7条：采纳4条，部分采纳1条，已说明1条，非本项目1条",
        "社会稳定风险评估结论：", "/projects/2026-001/comments/",
    ),
    "approval.published": ("批准文号：清发改投资〔2026〕31号", "审批机关：清平县发展和改革局", "批准日期：2026年5月"),
    "step.publish_tender_plan": (
        "陵园公园改扩建工程（第1标段）招标计划公告", "招标人（采购人）：清平县民政局", "招标方式：公开招标",
        "计划招标（采购）日期：2026年6月15日", "估算价：¥14,800,000.00（1480万元）", "联系电话：0870-5550102",
        "初步安排",
    ),
    "step.publish_method": (
        "陵园公园改扩建工程（第1标段）不公开招标的理由公示", "招标方式：邀请招标", "可选的投标人很少",
        "不公开招标的理由：古树移植只有三家单位能做", "监督电话：0870-12388",
    ),
    "step.publish_prequalification": (
        "陵园公园改扩建工程（第1标段）资格预审公告", "资格审查方法：合格制", "通过资格预审的才能投标",
        "资格预审文件发售截止日期：2026年6月22日（星期一）", "1. 资格预审文件\n   文件指纹",
        "资格预审申请文件提交截止时间：2026年6月29日（星期一）17:00", "开标之前保密",
        "最迟2026年6月27日（星期六）提出（《中华人民共和国招标投标法实施条例》第二十二条）",
    ),
    "step.conclude_prequalification": (
        "资格预审结果公告", "不少于3个", "由5人组成", "名单的指纹：", "没有通过的告知理由", "异议联系人及电话：",
    ),
    "step.announce_tender": (
        "资金来源：县级财政预算资金、省级福利彩票公益金", "技术标准和要求：执行施工图",
        "核准招标内容的批准文号：清发改",
        "不报名、不登记、不收费", "公平竞争举报渠道（市场监管部门）：清平县市场监督管理局 12315", "自行招标的备案：",
        "陵园公园改扩建工程（第1标段）招标公告", "招标编号：2026-001-01", "招标方式：公开招标", "接受联合体投标：否",
        "投标截止（开标）时间：2026年7月6日（星期一）9:30", "投标保证金：¥200,000.00（20万元）",
        "最迟2026年6月26日（星期五）提出（《中华人民共和国招标投标法实施条例》第二十二条）",
        "招标代理机构：无（招标人自行办理招标事宜）", "4. 廉政合同文本\n   文件指纹",
    ),
    "clarification.published": ("雨棚的钢结构做法", "不变，仍为2026年7月6日（星期一）9:30", "异议联系人及电话：林晓"),
    "objection.received": ("第1号异议（对招标文件的异议）", "暂停招标投标活动", "最迟2026年6月29日（星期一）24时"),
    "objection.answered": ("结果：异议不成立", "向行政监督部门投诉", "行政监督部门及电话：清平县住房"),
    "step.open_bids": (
        "投标文件共3份", "1. 云岭建设工程有限公司（统一社会信用代码91530300MA6K00001A），", "封套2个，密封完好，已签收",
    ),
    "step.conclude_opening": (
        "1. 云岭建设工程有限公司，投标报价¥13,860,000.00（1386万元）", "南盘江建筑有限公司", "投标截止时间后送达",
        "清平县人民检察院，2026年6月29日（星期一）发出邀请，缺席（当日有出庭任务，已书面请假）", "异常1项",
    ),
    "step.evaluate": (
        "收到评标报告日期：2026年7月7日（星期二）", "评标委员会5人，其中技术、经济专家4人", "依法保密",
        "最迟2026年7月10日（星期五）24时",
    ),
    "step.publish_candidates": (
        "第1名：云岭建设工程有限公司\n   统一社会信用代码", "响应招标文件的资格能力条件：具有", "被否决的投标\n无。",
        "核对：报价：没有异常",
        "自2026年7月8日（星期三）起，至2026年7月13日（星期一）24时止（", "异议联系人及电话：林晓",
    ),
    "step.award": ("中标人：云岭建设工程有限公司", "中标价：¥13,860,000.00", "最迟2026年8月13日（星期四）24时"),
    "award.revoked": ("取消云岭建设工程有限公司的中标资格", "投标保证金不予退还", "情形：无正当理由不与招标人订立合同"),
    "bids.validity-extended": ("原投标有效期至：2026年10月4日", "延长至：2026年10月20日", "理由：评标延后"),
    "step.sign_contracts": (
        "同时签订施工合同和廉政合同", "签约合同价：¥13,860,000.00（1386万元）", "合同价格形式：单价合同",
        "廉政保证金：不收取", "发包人签字日期：2026年7月24日（星期五）", "合同编号：2026-001-01-LZ",
    ),
    "matter.answered": ("提出的监督事项第1项，现答复如下", "已列入下季度采购。", "可以要求继续答复，最迟"),
    "matter.insisted": ("监督单位不认可，要求继续答复", "没有写明日期。", "继续答复的期限"),
    "matter.referred": ("已移交行政监督部门，督办继续进行", "已发函移交。"),
    "matter.closed": ("监督单位认可答复，这一项办结。",),
    "bonds.returned": ("已于2026年7月29日（星期三）退还", "第五十七条第二款"),
    "step.start_works": ("施工许可证编号：530300202608030101", "开工日期：2026年8月10日（星期一）", "监理单位：滇衡"),
    "step.suspend": ("决定暂停陵园公园改扩建工程", "理由\n地下管线须先迁改"),
    "step.resume": ("决定恢复陵园公园改扩建工程", "管线迁改完成"),
    "step.cancel": ("决定取消陵园公园改扩建工程", "全部保留", "规划调整"),
    "step.fail_tender": ("（第1标段）招标失败（终止）公告", "招标人终止招标", "投标人不足三家", "5日内全部退还"),
    "tender.suspended": ("决定暂停县养老", "管线迁改", "暂停期间不再有效"),
    "tender.resumed": ("起恢复。", "迁改完成", "改为2026年8月24日"),
    "complaint.received": ("第1号投诉（其他违法违规行为）", "决定是否受理的期限：最迟2026年8月17日"),
    "complaint.acceptance-decided": ("住房和城乡建设局于2026年8月12日（星期三）决定受理", "清建诉受1号"),
    "complaint.decided": ("投诉不成立", "查无此事。", "清建诉决1号"),
    "complaint.withdrawn": ("投诉人于2026年8月12日（星期三）撤回第2号投诉",),
}  # fmt: skip

# What the cemetery park did not live through; of hearings: test_hearing_pages; of awards: test_award_pages
STOPPED = {
    "step.fail_tender", "tender.suspended", "tender.resumed", "complaint.received", "complaint.acceptance-decided",
    "complaint.decided", "complaint.withdrawn",
}  # fmt: skip
AWARDS = {"award.revoked", "bids.validity-extended"}
FOLLOWED_UP = ("matter.answered", "matter.insisted", "matter.referred")
PREQUALIFIED = ("step.publish_prequalification", "step.conclude_prequalification")
ELSEWHERE = {
    *STOPPED,
    *AWARDS,
    *FOLLOWED_UP,
    "step.publish_method",
    *PREQUALIFIED,
    "step.cancel_hearing",
    "hearing.postponed",
    "hearing.need-found",
}
TOLD: dict[str, str] = {}


@pytest.fixture
def told(db):
    """The text of one notice of each kind, told once."""
    if not TOLD:
        scene = cemetery_on("08-10 10:00")
        later = scene.at
        for name, reason in (
            ("suspend", "地下管线须先迁改"), ("resume", "管线迁改完成"), ("cancel", "规划调整，另行选址"),
        ):  # fmt: skip
            later += timedelta(minutes=1)
            take(STEPS[name], scene.project.pk, actor=scene.people.leader, at=later, reason=reason)
        change_the_plan(scene.people)
        TOLD.update({e.kind: written(e)[1] for e in Entry.objects.filter(kind__in=TEXTS).order_by("-seq")})
    return TOLD


def change_the_plan(people):
    """Another project, whose period is moved and whose plan changes in substance."""
    hall_on("08-12 10:00", people)
    project = Project.objects.get(number="2026-002")
    first, act = project.consultations.get(), {"actor": people.manager, "at": moment("08-12 11:00")}
    change_period(first.pk, closes_on=date(2026, 9, 10), reason="应家属要求", **act)
    change_period(first.pk, closes_on=date(2026, 8, 14), reason="抢修", shortened_reason="台风将至", **act)
    following = begin_next_round(first.pk, reason="改为两厅", **act)
    following.plans.update(change_note="改为两厅")
    fill(following, opens_on=date(2026, 8, 17), closes_on=date(2026, 9, 30))
    Acts(project, people).step("publish_again", moment("08-17 09:00"))


@pytest.fixture
def failed(db):
    scene = courtyard_on()
    package, at, manager = Package.objects.get(), scene.at, scene.people.manager
    stopped = suspend_tender(package.pk, reason="管线迁改", basis="招标文件第一章", actor=manager, at=at)
    told = {"reason": "迁改完成", "new_due_at": at + timedelta(days=12), "actor": manager}
    resume_tender(stopped.pk, at=at + timedelta(hours=1), **told)
    complain(package, scene.people.clerk, at)
    take(STEPS["fail_tender"], package.pk, actor=manager, at=at, reason="投标人不足三家")
    return {e.kind: written(e)[1] for e in Entry.objects.filter(kind__in=STOPPED).order_by("-seq")}


def complain(package, clerk, at):
    told = {"kind": "other", "complainant": "某建筑有限公司", "text": "有人围标。", "known_on": at.date()}
    first, second = (receive_complaint(package.pk, actor=clerk, at=at, **told) for _ in range(2))
    act = {"actor": clerk, "at": at}
    decide_acceptance(first.pk, accepted=True, paper=Paper("住房和城乡建设局", "清建诉受1号", at.date()), **act)
    paper = Paper("住房和城乡建设局", "清建诉决1号", at.date())
    decide_complaint(first.pk, upheld=False, result="查无此事。", paper=paper, **act)
    withdraw_complaint(second.pk, withdrawn_on=at.date(), **act)


def test_every_announced_kind_has_a_text_of_its_own():
    assert set(titles()) == KINDS
    assert set(TEXTS) == KINDS - set(FIXED) == set(SAID)


@pytest.mark.parametrize("kind", sorted(set(SAID) - ELSEWHERE))
def test_a_notice_says_all_that_a_citizen_needs(told, kind):
    missing = [words for words in SAID[kind] if words not in told[kind]]

    assert not missing, told[kind]


@pytest.mark.django_db
def test_each_turn_of_what_is_followed_up_is_told(settings):
    observer = make_observer()
    invitation = make_invitation(observer)
    promised = {"remote": True, "no_conflict": True, "keeps_confidential": True}
    attendance = sign_in(invitation.pk, **promised, actor=observer, at=now())
    begin_opening(invitation.package)
    at, manager = moment("07-06 10:00"), invitation.project.manager
    state_opinion(attendance.pk, text="建议更换摄像设备。", wants_answer=True, actor=observer, at=at)
    matter = Matter.objects.get()
    answer_matter(matter.pk, text="已列入下季度采购。", actor=manager, at=at)
    insist(matter.pk, text="没有写明日期。", actor=observer, at=at)
    refer(matter.pk, text="已发函移交。", actor=manager, at=at)

    for kind in FOLLOWED_UP:
        _title, text = written(Entry.objects.get(kind=kind))
        assert all(words in text for words in SAID[kind]), text


def test_what_stops_a_tender_is_announced_with_its_reason(failed):
    missing = [words for kind in STOPPED for words in SAID[kind] if words not in failed[kind]]
    assert not missing, failed
    assert not any("某建筑" in text or "围标" in text for text in failed.values())


@pytest.mark.django_db
def test_why_a_tender_is_not_open_is_told_before(settings):
    scene = cemetery_on("06-12 09:00")
    fill(scene.package, method="selective", method_ground="few-bidders", method_reason="古树移植只有三家单位能做")
    scene.acts.step("publish_method", scene.at, subject=scene.package)
    _title, text = written(Entry.objects.get(kind="step.publish_method"))
    assert all(words in text for words in SAID["step.publish_method"]), text


@pytest.mark.django_db
def test_a_prequalification_is_told_without_saying_who_applied_or_how_many():
    concluded_with(passing=(1, 2, 3), failing=(4,))
    for kind in PREQUALIFIED:
        _title, text = written(Entry.objects.get(kind=kind))
        assert all(words in text for words in SAID[kind]), text
        assert "建筑有限公司" not in text


def test_every_notice_says_who_when_and_where_it_stands_on_record(told):
    for kind, text in told.items():
        entry = Entry.objects.filter(kind=kind).order_by("-seq").first()
        seq = re.search(r"公开账本：账本第(\d+)条\n", text)[1]
        assert f"/notices/{seq}/\n" in text, (kind, entry)
        assert re.search(r"公布单位：清平县(民政局|纪律检查委员会)（", text), kind  # an observer accepts an answer
        assert re.search(r"公布时间：2026年\d+月\d+日（星期.）\d+:\d\d\n", text), kind


def test_no_notice_shows_a_code_word_or_a_blank(told):
    allowed = re.compile(r"https?://\S+|[0-9a-f]{64}|\S+@\S+|SHA-256|[A-Z0-9]{18}|[A-Z]{2}-\d\S+|\d[\d-]*-[A-Z]+")
    for kind, text in told.items():
        left = allowed.sub("…", text)
        assert not re.findall(r"[A-Za-z_]{3,}|None|True|False", left), (kind, left)
        assert not re.findall(r"：\n(?!\S)|：$|{|}", left), (kind, left)


def test_headings_are_numbered_without_a_gap_and_a_lone_one_is_not(told):
    headings = re.findall("^([一二三四五六七]、.{2,4})$", told["step.publish_plan"], re.MULTILINE)

    names = ("项目概况", "方案", "效果图", "征求意见", "张贴刊播", "听证", "谁负责")
    assert headings == [f"{n}、{name}" for n, name in zip("一二三四五六七", names, strict=True)]
    assert "\n联系方式\n" in told["step.close_comments"]


@pytest.mark.django_db
def test_what_people_keep_private_is_in_no_notice():
    scene = hall_on()
    scene.acts.comment(scene.at, "请叫我张三，电话13800138000", name="张三", contact="13800138000")
    send_out("render")

    bodies = "".join(Notice.objects.values_list("body", flat=True))
    secrets = ("张三", "13800138000", *Comment.objects.values_list("code", flat=True))
    assert bodies
    assert not [secret for secret in secrets if secret in bodies]


@pytest.mark.django_db
def test_of_an_objection_neither_the_objector_nor_the_words_are_announced(told):
    text = told["objection.received"] + told["objection.answered"]

    assert "滇东" not in text
    assert "业绩" not in text


@pytest.mark.django_db
def test_a_notice_says_what_the_record_says_whatever_the_rows_say_by_now():
    hall_on("07-20 12:00")
    entry = Entry.objects.get(kind="step.publish_plan")
    before = written(entry)

    Project.objects.update(name="改了名", contact_phone="000", hotline="")

    assert written(entry) == before
    assert "改了名" not in before[1]


@pytest.mark.django_db
def test_a_notice_is_chinese_whoever_triggers_it_and_has_one_text_for_ever():
    hall_on("07-20 12:00")
    entry = Entry.objects.get(kind="step.publish_plan")
    with translation.override("en"):
        first = issue(entry)
        again = issue(entry)

    assert first == again
    assert "征求意见" in first.body
    assert first.sha256 == sha256(first.body.encode()).hexdigest()
    assert first.body.endswith("\n")
    assert first.body.startswith(f"{first.title}\n\n")
    assert Entry.objects.filter(kind="notice.published", key=f"notice:{entry.seq}").count() == 1


@pytest.mark.django_db
def test_a_text_too_long_for_an_entry_is_named_by_its_digest():
    scene = hall_on("07-20 12:00")
    entry = Entry.objects.get(kind="step.publish_plan")
    entry.content["facts"]["explanation"] = {"sha256": "ab" * 32, "characters": 2345}

    assert f"起草说明：全文2345字，载于所附文书；全文指纹（SHA-256）{'ab' * 32}" in written(entry)[1]
    assert scene.project.name in written(entry)[0]


@pytest.mark.django_db
def test_an_act_on_a_draft_has_no_notice():
    cemetery_on("03-02 15:00")

    assert all(issue(entry) is None for entry in Entry.objects.all())
