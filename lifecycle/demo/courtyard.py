"""养老服务中心适老化改造: a tender that receives bids just now."""

from datetime import date

from lifecycle.demo.acts import Acts
from lifecycle.demo.calendar import Story, moment
from lifecycle.demo.cemetery import TENDER
from lifecycle.demo.drafts import Plan, draft_package, draft_plan, fill
from lifecycle.demo.people import People

PLAN = Plan(
    name="县养老服务中心适老化改造工程",
    name_en="County Elderly Care Centre: Age-friendly Renovation",
    facts={
        "code": "2604-530300-04-01-100027",
        "site": "清平县东城街道敬老路5号",
        "scale": "改造居室86间，加装电梯2部，建设围合庭院和康复花园1500平方米。",
        "purpose": "现有居室没有扶手和紧急呼叫，二、三层老人下楼困难。",
        "basis": "《清平县“十五五”养老服务规划》；县政府民生实事。",
        "estimate_fen": 620_000_000,
    },
    funding={"县级财政预算资金": 320_000_000, "中央财政养老服务补助": 300_000_000},
    explanation="改造分两期，老人在院内周转，不外迁。",
    text="一、居室加装扶手、防滑地面和紧急呼叫。\n二、南北楼各加装担架电梯1部。\n三、中庭改为康复花园，设环形步道。",
    pictures=("courtyard.jpg",),
)


def story(people: People) -> Story:
    yield moment("04-16 09:00")
    project = draft_plan(PLAN, people, opens_on=date(2026, 4, 20), closes_on=date(2026, 5, 20))
    acts = Acts(project, people)
    yield moment("04-20 09:00")
    acts.step("publish_plan", moment("04-20 09:00"))
    acts.step("open_comments", moment("04-20 09:10"), subject=acts.project.consultations.get())
    yield moment("05-06 14:10")
    lift = acts.comment(moment("05-06 14:10"), "电梯要能放下担架。", stance="support", topics=["design"])
    acts.show(lift, moment("05-06 17:00"))
    yield moment("05-12 09:00")
    acts.move_end(moment("05-12 09:00"), date(2026, 5, 25), "应入住老人家属要求，5月24日周末加开一场现场说明会。")
    yield moment("05-26 00:00")
    acts.by_clock(moment("05-26 00:00"))
    yield moment("05-26 10:00")
    acts.answer(lift, moment("05-26 10:00"), "adopted", "两部电梯均按担架电梯选型。", "电梯改为担架电梯。")
    yield from decision(acts)
    yield from tender(acts)


def decision(acts: Acts) -> Story:
    yield moment("05-28 09:00")
    acts.report(moment("05-28 09:00"), "公示30日，收到意见1条，已采纳：电梯改为担架电梯。")
    yield moment("06-12 09:00")
    fill(
        acts.project.decision,
        decided_by="清平县民政局2026年第14次局长办公会议",
        decided_on=date(2026, 6, 11),
        text="同意实施县养老服务中心适老化改造工程。",
        adoption="公示35日，收到意见1条，已采纳。",
        legality_sent_on=date(2026, 5, 29),
        legality_returned_on=date(2026, 6, 9),
        legality_opinion="合法，同意提请审议。",
        risk_assessment="低风险。",
    )
    acts.step("decide", moment("06-12 09:00"))
    yield moment("07-10 16:00")
    acts.approve(
        moment("07-10 16:00"),
        "初步设计批复",
        "清发改投资〔2026〕63号",
        "清平县发展和改革局",
        kind="design",
        amount_fen=PLAN.facts["estimate_fen"],
    )


def tender(acts: Acts) -> Story:
    yield moment("07-13 09:00")
    notice = TENDER | {
        "name": "县养老服务中心适老化改造工程施工",
        "estimate_fen": 510_000_000,
        "limit_price_fen": 510_000_000,
        "bid_bond_fen": 10_000_000,
        "approval_number": "清发改投资〔2026〕63号",
        "planned_on": date(2026, 7, 27),
        "technical": "执行施工图设计文件和现行国家、行业标准；施工分区进行，老人在院内周转。",
        "self_filing": "2026年7月13日已向清平县住房和城乡建设局备案",
        "duration_days": 150,
        "documents_from": "在全国公共资源交易平台（清平县）免费下载，不需要报名；平台服务电话0870-5550188。",
        "documents_issued_on": date(2026, 7, 27),
        "documents_until": date(2026, 8, 3),
        "bids_due_at": moment("08-18 09:30"),
    }
    package = draft_package(acts.project, acts.people, notice)
    acts.step("publish_tender_plan", moment("07-13 09:00"), subject=package)
    yield moment("07-27 09:00")
    acts.step("announce_tender", moment("07-27 09:00"), subject=package)
    yield moment("07-27 10:00")
    acts.place(
        "step.announce_tender", "platform", "中国招标投标公共服务平台", moment("07-27 09:30"), moment("07-27 10:00"),
        receipt="ZB-20260727-0208",
    )  # fmt: skip
    yield moment("08-10 10:00")
    acts.invite_all(package, moment("08-10 10:00"))
    fill(package.opening, chair="周明远", recorder="林晓", bid_supervisor="何静")
