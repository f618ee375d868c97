"""陵园公园改扩建: the demo's main story, from the review of the plan to the start of works, on the days of law.md 7."""

from datetime import date
from typing import Any

from lifecycle.demo import hearing
from lifecycle.demo.acts import Acts
from lifecycle.demo.calendar import Story, moment, together
from lifecycle.demo.drafts import Plan, draft_package, draft_plan, fill
from lifecycle.demo.people import People
from tenders.models import Answer, Award, Comment, Package, PostingPlace
from tenders.operations.evaluation import Draw, Person

CROSSING, GATE, VILLAGE, RADIO = "凤山路与文化路路口", "县民政局大门公开栏", "凤山镇凤山村村务公开栏", "清平县广播电台"
PLACES = (
    PostingPlace(kind="poster", name=CROSSING, address="凤山镇凤山路与文化路交叉口东北角", notes="大型画框，可贴A0"),
    PostingPlace(kind="board", name=GATE, address="清平县文化路18号", has_box=True, notes="钥匙在传达室"),
    PostingPlace(kind="village-board", name=VILLAGE, address="凤山村村委会", has_box=True),
    PostingPlace(kind="radio", name=RADIO, address="清平县府前街6号县融媒体中心"),
)

PLAN = Plan(
    name="陵园公园改扩建工程",
    name_en="Cemetery Park Expansion",
    facts={
        "code": "2603-530300-04-01-100018",
        "site": "清平县凤山镇凤山路北侧，现陵园公园及其东侧",
        "scale": "改造现有园区2.6公顷，新增1.8公顷；新建生态葬区（树葬、花坛葬、壁葬）格位3600个，骨灰堂1200平方米，"
        "祭扫广场2000平方米，停车位120个，配套道路、给排水、照明和绿化。不新增传统大墓。",
        "purpose": "现有墓位将于2027年用完，清明期间停车和人流拥堵。改扩建以节地生态安葬为主，"
        "满足今后15年需要，并把陵园建成平日可以散步、祭日便于祭扫的公园。",
        "basis": "《殡葬管理条例》；《清平县殡葬设施专项规划（2024—2035年）》；县十八届人大五次会议票决民生实事项目。",
        "estimate_fen": 1_800_000_000,
    },
    funding={"县级财政预算资金": 1_260_000_000, "省级福利彩票公益金": 540_000_000},
    explanation="方案由县民政局委托设计单位编制，比选了三个选址，采用原址改扩建以少占土地。建设前征求了自然资源、"
    "生态环境、林业部门意见。主要争议点是停车场出入口的位置和生态葬格位的比例，请重点提出意见。",
    text="一、总体布局：保留现有纪念轴线和成年乔木，东侧新增生态葬区，南侧设祭扫广场和停车场。\n"
    "二、安葬方式：新增格位全部为节地生态葬，其中树葬1200个、花坛葬900个、壁葬1500个。\n"
    "三、交通：主出入口设在凤山路，另设一处消防和祭扫高峰应急出口。\n"
    "四、环境：雨水收集回用，不设焚烧池，设集中鲜花祭扫点。\n"
    "五、收费：公益性墓位实行政府定价，收费清单在开放前另行公布。\n"
    "六、工期：计划2026年8月开工，工期90日历天。",
    pictures=("cemetery-gate.jpg", "cemetery-plan.jpg", "cemetery-aerial.jpg"),
    channels=("website", "media", "poster", "board"),
    places=PLACES,
    hearing=("interest", "may", "方案直接涉及周边居民和墓主亲属的切身利益，决定举行听证会。"),
)

TENDER = {
    "name": "陵园公园改扩建工程施工",
    "estimate_fen": 1_480_000_000,
    "limit_price_fen": 1_480_000_000,
    "approval_number": "清发改投资〔2026〕31号",
    "approved_method": "open",
    "approved_organising": "self",
    "planned_on": date(2026, 6, 15),
    "scope": "施工图纸和工程量清单范围内的土建、安装、道路、给排水、照明及绿化工程。",
    "standard_text": "《中华人民共和国标准施工招标文件》（2007年版）",
    "technical": "执行施工图设计文件和现行国家、行业标准；保留乔木的保护做法见图纸绿施-03。",
    "price_terms": "固定综合单价，按工程量清单计价；投标报价不得超过最高投标限价。",
    "qualification": "具有建筑工程施工总承包三级及以上资质和有效的安全生产许可证；"
    "项目经理具有建筑工程专业二级及以上注册建造师执业资格和安全生产考核合格证书，且未担任其他在建工程的项目经理。",
    "duration_days": 90,
    "quality": "合格",
    "evaluation_method": "综合评估法：投标报价60分，施工组织设计30分，项目管理机构10分。",
    "bid_validity_days": 90,
    "bid_bond_fen": 20_000_000,
    "documents_from": "在全国公共资源交易平台（清平县）免费下载，不需要报名。",
    "submission": "纸质投标在开标地点当面递交，须密封，不接受邮寄；电子投标在本平台加密递交。",
    "self_filing": "2026年6月2日已向清平县住房和城乡建设局备案",
    "fairness_channel": "清平县市场监督管理局 12315",
    "documents_issued_on": date(2026, 6, 15),
    "documents_until": date(2026, 6, 22),
    "bids_due_at": moment("07-06 09:30"),
    "opening_place": "清平县公共资源交易中心第二开标室",
    "objection_contact": "林晓 0870-5550102",
    "supervisor": "清平县住房和城乡建设局 0870-5550140",
    "media": "中国招标投标公共服务平台；全国公共资源交易平台（清平县）；本平台",
}

# bidder, credit code, who delivered, when, price in fen, project manager and certificate
BIDS = (
    ("云岭建设工程有限公司", "91530300MA6K00001A", "王海", "07-06 08:41", 1_386_000_000, "高峰", "云253202100318"),
    ("滇东市政园林有限公司", "91530300MA6K00002B", "李娜", "07-06 08:55", 1_412_500_000, "杨柳", "云253202000127"),
    ("清平第一建筑有限公司", "91530300MA6K00003C", "张伟", "07-06 09:12", 1_435_800_000, "郑刚", "云253201900086"),
)  # fmt: skip
# How each of them has paid the bid bond: money goes back with interest, a letter of guarantee as it came
BONDS: tuple[dict[str, Any], ...] = (
    {},
    {"form": "guarantee", "valid_until": date(2026, 10, 31), "from_basic_account": False},
    {},
)

DRAW = Draw(
    pool="省综合评标专家库",
    reference="CQ-20260706-0457",
    requirement="建筑工程专业3人，工程造价专业1人",
    drawn_at=moment("07-06 16:00"),
    watched_by="清平县公共资源交易中心",
)
COMMITTEE = (
    Person("technical", "罗启明", "省建筑设计研究院", "建筑工程"),
    Person("technical", "段玉兰", "滇池学院土木工程系", "结构工程"),
    Person("technical", "许建国", "省工程质量监督检测中心", "建筑施工"),
    Person("economic", "白雪梅", "昆华工程造价咨询有限公司", "工程造价"),
    Person("owner", "唐小军", "清平县民政局", "项目管理"),
)
ELIGIBILITY = "具有建筑工程施工总承包资质和有效的安全生产许可证，项目经理具有注册建造师资格，均符合招标文件的要求。"
REPORT = {
    "finished_on": date(2026, 7, 7),
    "report_received_on": date(2026, 7, 7),
    "summary": "三份投标均通过初步评审，按综合得分由高到低推荐三名中标候选人。",
    **dict.fromkeys(("check_scores", "check_prices", "check_rejections", "check_ranking"), "fine"),
    "owner_review": "评分无畸高畸低，第一候选人报价未低于成本，无否决投标，同意公示。",
}

COURSE = (
    "2026年6月15日发布招标公告，招标文件免费下载。三家单位按时投标，一份逾期送达的被拒收。7月6日公开开标，7月7日评标，"
    "7月8日至13日公示中标候选人，期间答复异议一件，不成立。7月14日定标。"
)

COMMENTS = (
    ("03-10 10:22", "停车场出口正对凤山小学，上下学时很危险，建议改到东侧。", "object", "traffic", "design"),
    ("03-12 20:05", "支持生态葬。希望壁葬区有雨棚，老人下雨天也能祭扫。", "support", "graves"),
    ("03-18 09:40", "请保留入口那两棵老柏树，是1950年种的。", "neutral", "environment"),
    ("03-25 15:31", "为什么要花一千八百万？请公开造价的构成。", "object", "cost"),
    ("04-07 21:58", "清明当天来看了展板，建议增加到公交站的步行道。", "neutral", "traffic"),
)
TRAFFIC = ("出入口和步行安全", "停车场出口避开凤山小学；从园区到公交站要有步行道。")
ANSWERS = (
    ("adopted", "出口改到东侧支路，凤山路一侧只设入口，上下学时段管控。", "出口改到东侧支路（方案第三条）。"),
    ("adopted", "壁葬区全部加设连廊雨棚。", "壁葬区增加连廊雨棚320米。"),
    ("adopted", "两棵柏树已列入保护，施工时设围栏。", "总平面图标注保留乔木，含入口两棵柏树。"),
    ("explained", "投资估算的构成：建筑安装工程1480万元，勘察设计监理110万元，其他费用及预备费210万元。", ""),
    ("partly", "园区至凤山路公交站的步行道纳入本工程；站台改造由交通部门另行安排。", "增加步行道180米。"),
)  # fmt: skip


# The plan as the answers have changed it
REVISED = (
    PLAN.text.replace(
        "南侧设祭扫广场和停车场。", "南侧设祭扫广场和停车场；入口两棵柏树和现有三区的墓原样保留，三区施工时设围挡。"
    )
    .replace("壁葬1500个。", "壁葬1500个；壁葬区全部加设连廊雨棚320米。")
    .replace("主出入口设在凤山路", "凤山路一侧只设入口，停车场出口设在东侧支路，并修园区至公交站的步行道180米")
)
CHANGE = "停车场出口改到东侧支路，壁葬区加连廊雨棚，保留入口两棵柏树，三区设围挡，增加到公交站的步行道。"
MINOR = "都是按采纳的意见作的局部调整，选址、规模、格位数量和投资估算不变。"


def story(people: People) -> Story:
    yield moment("03-02 09:00")
    project = draft_plan(PLAN, people, opens_on=date(2026, 3, 9), closes_on=date(2026, 4, 8))
    acts = Acts(project, people)
    acts.release([project.consultations.get()], moment("03-02 15:00"))
    yield from together([consultation(acts), hearing.story(acts)])
    yield from decision(acts)
    yield moment("06-01 09:00")
    package = draft_package(acts.project, people, TENDER)
    acts.step("publish_tender_plan", moment("06-01 09:00"), subject=package)
    yield moment("06-12 09:00")
    yield from tender(acts, package)
    yield from opening(acts, package)
    yield from award(acts, package)
    yield from contracts(acts, package)


def consultation(acts: Acts) -> Story:
    yield moment("03-09 09:00")
    acts.step("publish_plan", moment("03-09 09:00"))
    acts.step("open_comments", moment("03-09 09:05"), subject=acts.project.consultations.get())
    yield from plan_in_town(acts)
    received = []
    for when, text, stance, *topics in COMMENTS:
        yield moment(when)
        received.append(acts.comment(moment(when), text, stance=stance, topics=topics))
        acts.show(received[-1], moment(when.split(maxsplit=1)[0] + " 23:10"))
    yield moment("04-08 10:00")
    letter = acts.comment(
        moment("04-08 10:00"), "我家老人王桂兰葬在三区，请施工时不要动三区的墓。我的电话13987654321。",
        topics=["graves"], channel="letter", received_at=moment("04-07 16:20"),
    )  # fmt: skip
    advert = acts.comment(moment("04-08 11:30"), "专业墓碑雕刻，量大从优，欢迎来电。", topics=["other"])
    acts.mask(letter, moment("04-08 14:00"), "我家老人███葬在三区，请施工时不要动三区的墓。我的电话139****4321。")
    acts.withhold(advert, moment("04-08 14:05"), "spam")
    yield moment("04-09 00:00")
    acts.by_clock(moment("04-09 00:00"))
    yield moment("04-09 16:00")
    acts.take_away(CROSSING, moment("04-09 16:00"), "征求意见期满")
    yield moment("04-10 10:00")
    answer(acts, received)
    acts.answer(letter, moment("04-10 10:30"), "adopted", "三区不在施工范围内，施工时设围挡。", "增加三区围挡。")
    acts.answer(advert, moment("04-10 10:35"), "out-of-scope", "广告内容，与本项目无关。", referral="不转交：不是意见")
    yield moment("04-10 16:00")
    promised = Answer.objects.filter(consultation__project=acts.project).exclude(change="")
    acts.revise(moment("04-10 16:00"), MINOR, promised, text=REVISED, change_note=CHANGE)


def answer(acts: Acts, received: list[Comment]) -> None:
    """Answer the comments on traffic together, one of them on its own as well, and the others one by one."""
    at = moment("04-10 10:00")
    traffic = acts.group((received[0], received[4]), at, *TRAFFIC)
    for comment, (outcome, text, change) in zip(received, ANSWERS, strict=True):
        if comment is received[0]:
            acts.answer_theme(traffic, at, outcome, text, change)
        else:
            acts.answer(comment, at, outcome, text, change)


def plan_in_town(acts: Acts) -> Story:
    """The plan where people pass: on the street, on boards, in the newspaper."""
    until = date(2026, 4, 8)
    yield moment("03-09 11:00")
    acts.prove(
        GATE, moment("03-09 10:00"), moment("03-09 11:00"), until=until, own_print=True, picture="placed-board.jpg"
    )
    acts.prove(CROSSING, moment("03-09 10:40"), moment("03-09 11:05"), until=until, picture="placed-street.jpg")
    yield moment("03-10 10:00")
    acts.prove(
        VILLAGE, moment("03-09 16:30"), moment("03-10 10:00"), until=until, own_print=True, picture="placed-village.jpg"
    )
    acts.prove(RADIO, moment("03-09 18:32"), moment("03-10 10:03"), receipt="播出登记号2026-0309-1832，晚间新闻后")
    acts.place(
        "step.publish_plan", "newspaper", "《清平报》", moment("03-10 07:00"), moment("03-10 10:05"),
        receipt="2026年3月10日第3版",
    )  # fmt: skip


def decision(acts: Acts) -> Story:
    yield moment("04-20 09:00")
    acts.report(
        moment("04-20 09:00"),
        "公示30日，收到意见7条，其中有效意见6条，全部答复。停车场出口改到东侧，壁葬区加设雨棚，保留入口两棵老柏树，"
        "增加到公交站的步行道，三区施工时设围挡。",
        expert_ref="2026年4月14日总平面方案专家论证会，5名专家签署意见，同意方案。",
        risk_ref="清民风评〔2026〕3号社会稳定风险评估报告：低风险。",
    )
    yield moment("04-24 09:00")
    fill(
        acts.project.decision,
        decided_by="清平县民政局2026年第9次局长办公会议",
        decided_on=date(2026, 4, 23),
        text="同意实施陵园公园改扩建工程。方案按公众意见作四处修改后执行，由规划财务股组织实施。",
        adoption="公示30日，收到意见7条：采纳4条，部分采纳1条，作出说明1条，与本项目无关1条。主要改动：停车场出口改到东侧，"
        "壁葬区加雨棚，保留入口老柏树，增加步行道，三区设围挡。",
        legality_sent_on=date(2026, 4, 13),
        legality_returned_on=date(2026, 4, 22),
        legality_opinion="主体、权限、程序和内容合法，同意提请审议。",
        risk_assessment="社会稳定风险等级为低风险，可以实施。",
    )
    acts.step("decide", moment("04-24 09:00"))
    yield moment("05-08 16:00")
    acts.approve(
        moment("05-08 16:00"),
        "可行性研究报告批复",
        "清发改投资〔2026〕31号",
        "清平县发展和改革局",
        kind="feasibility",
        amount_fen=PLAN.facts["estimate_fen"],
    )
    yield moment("05-29 16:00")
    acts.approve(
        moment("05-29 16:00"),
        "初步设计批复",
        "清发改投资〔2026〕47号",
        "清平县发展和改革局",
        kind="design",
        amount_fen=PLAN.facts["estimate_fen"],
    )
    acts.approve(
        moment("05-29 16:10"), "建设工程规划许可证", "建字第530300202600012号", "清平县自然资源局", kind="planning"
    )


def tender(acts: Acts, package: Package) -> Story:
    yield moment("06-15 09:00")
    acts.step("announce_tender", moment("06-15 09:00"), subject=package)
    yield moment("06-15 10:30")
    acts.place(
        "step.announce_tender", "platform", "中国招标投标公共服务平台", moment("06-15 09:40"), moment("06-15 10:30"),
        receipt="ZB-20260615-0173",
    )  # fmt: skip
    acts.place(
        "step.announce_tender", "board", "县民政局大门公开栏", moment("06-15 10:10"), moment("06-15 10:35"),
        until=date(2026, 7, 6), own_print=True, picture="placed-board.jpg",
    )  # fmt: skip
    yield moment("06-17 10:00")
    question = acts.ask(package, moment("06-17 10:00"), "雨棚的钢结构没有做法，结施-11引用的图找不到。")
    yield moment("06-18 11:00")
    acts.clarify(
        package, moment("06-18 11:00"), "壁葬区雨棚的钢结构做法见补充图纸结施-12，工程量清单不变。", question,
        kind="answer", item="图纸结施-11", question="壁葬区雨棚的钢结构做法见哪张图？",
    )  # fmt: skip
    yield moment("06-26 15:00")
    objection = acts.object(
        package, moment("06-26 15:00"), "documents", BIDS[1][0], "项目经理不得有在建工程的要求过严，请求放宽。"
    )
    yield moment("06-29 10:00")
    acts.settle(
        objection, moment("06-29 10:00"), "该要求是法规对项目经理的规定，维持招标文件原条款。",
        summary="对项目经理不得有在建工程的要求有异议；该要求有法规依据，维持。",
    )  # fmt: skip
    acts.invite_all(package, moment("06-29 15:00"))
    yield moment("07-01 10:00")
    acts.answer_invitation(package, acts.people.discipline, moment("07-01 10:00"), "present")


def opening(acts: Acts, package: Package) -> Story:
    people, bids = acts.people, []
    yield moment("07-03 10:00")
    for (bidder, code, *_), details in zip(BIDS, BONDS, strict=True):
        acts.receive_bond(package, moment("07-03 10:00"), bidder, code, **details)
    for bidder, code, delivered_by, when, *_ in BIDS:
        yield moment(when)
        bids.append(acts.receive_bid(package, moment(when), bidder, code, delivered_by))
    yield moment("07-06 09:15")
    discipline = acts.sign_in(package, people.discipline, moment("07-06 09:15"))
    procurement = acts.sign_in(package, people.procurement, moment("07-06 09:18"))
    for minute, (bidder, code, representative, *_) in enumerate(BIDS):
        acts.attend(package, moment(f"07-06 09:{20 + minute}"), bidder, code, representative)
    fill(package.opening, chair="周明远", recorder="林晓", bid_supervisor="何静")
    yield moment("07-06 09:30")
    acts.step("open_bids", moment("07-06 09:30"), subject=package)
    acts.receive_bid(package, moment("07-06 09:33"), "南盘江建筑有限公司", "91530300MA6K00004D", "周强")
    acts.check_seals(package, moment("07-06 09:35"), "三份投标文件密封完好")
    acts.observe(discipline, moment("07-06 09:36"), "deadline", "note", "09:33送达的一份被拒收，程序正确。")
    acts.observe(procurement, moment("07-06 09:38"), "seals")
    for minute, (bid, row) in enumerate(zip(bids, BIDS, strict=True)):
        acts.open_and_read(bid, moment(f"07-06 09:{40 + 3 * minute}"), *row[4:])
    concern = acts.observe(discipline, moment("07-06 09:50"), "recording", "concern", "开标室后侧摄像机没有录像指示。")
    acts.reply(concern, moment("07-06 09:55"), "已由交易中心技术员恢复，前侧摄像机全程录像，编号JY-0706-02。")
    acts.observe(procurement, moment("07-06 09:56"), "prices")
    acts.absent(package, people.procurator, moment("07-06 09:58"), "当日有出庭任务，已书面请假")
    fill(package.opening, recording="JY-0706-02")
    for bid in bids:
        acts.confirm(bid, moment("07-06 10:05"))
    acts.sign_record(package, moment("07-06 10:08"))
    acts.step("conclude_opening", moment("07-06 10:10"), subject=Package.objects.get(pk=package.pk))
    acts.accept(concern, moment("07-06 10:14"), "已到机房核对，前侧录像完整。")
    acts.leave(discipline, moment("07-06 10:15"), "开标按规定程序进行，录像问题当场纠正，未见其他异常。")
    acts.leave(procurement, moment("07-06 10:16"), "唱标与投标文件一致，记录完整。")


def award(acts: Acts, package: Package) -> Story:
    yield moment("07-06 16:30")
    acts.draw_experts(package, moment("07-06 16:30"), DRAW, COMMITTEE)
    yield moment("07-07 16:00")
    evaluate(package)
    acts.step("evaluate", moment("07-07 16:00"), subject=Package.objects.get(pk=package.pk))
    yield moment("07-08 09:00")
    acts.step("publish_candidates", moment("07-08 09:00"), subject=Package.objects.get(pk=package.pk))
    yield moment("07-10 11:00")
    objection = acts.object(
        package, moment("07-10 11:00"), "result", BIDS[2][0], "认为第一候选人的项目经理另有在建工程，请求核实。"
    )
    yield moment("07-13 16:00")
    acts.settle(
        objection, moment("07-13 16:00"), "经住建部门核实，该项目经理的前一工程已于5月竣工验收，异议不成立。",
        summary="认为第一候选人的项目经理另有在建工程；经核实，该工程已竣工验收。",
    )  # fmt: skip
    yield moment("07-14 09:00")
    winner = package.bids.candidates()[0]
    Award.objects.create(package=package, winner=winner, determined_on=date(2026, 7, 14))
    acts.step("award", moment("07-14 09:00"), subject=Package.objects.get(pk=package.pk))
    yield moment("07-14 10:00")
    for minute, (bid, row) in enumerate(zip(package.bids.accepted(), BIDS, strict=True)):
        acts.hand_over_letter(bid, moment(f"07-14 10:{minute:02}"), row[2])
    yield moment("07-15 10:00")
    complaint = acts.complain(objection, moment("07-15 10:00"), BIDS[2][0], "不服异议答复，认为核实不实。")
    yield moment("07-17 16:00")
    organ, reason = "清平县住房和城乡建设局", "投诉书没有提出新的线索，也没有必要的证明材料。"
    acts.reject(complaint, moment("07-17 16:00"), organ, "清建诉不受〔2026〕3号", reason)
    yield moment("07-20 10:00")
    acts.report_tender(package, moment("07-20 10:00"), COURSE, "清平县住房和城乡建设局", "清建招收〔2026〕27号")


def evaluate(package: Package) -> None:
    """Write down what the committee hands over: its findings on each bid, its signatures, its report."""
    ranked = zip(package.bids.accepted(), ("93.60", "90.25", "88.10"), strict=True)
    for rank, (bid, score) in enumerate(ranked, start=1):
        fill(bid, rank=rank, score=score, eligibility=ELIGIBILITY)
    package.committee.update(declares_no_interest=True, signature="signed")
    fill(package.evaluation, **REPORT)


def contracts(acts: Acts, package: Package) -> Story:
    yield moment("07-23 15:00")
    contract = acts.draft_contracts(package)
    integrity_contract = contract.integrity_contract
    signatures = {
        "owner_signed_by": "陈国平",
        "owner_signed_on": date(2026, 7, 24),
        "contractor_signed_by": "董志远",
        "contractor_signed_on": date(2026, 7, 24),
    }
    fill(
        contract,
        owner_agent="赵立新",
        contractor_address="清平县工业园区创新路20号",
        contractor_representative="董志远",
        contractor_phone="0870-5556688",
        planned_start_on=date(2026, 8, 10),
        planned_completion_on=date(2026, 11, 7),
        safety_fee_fen=35_200_000,
        provisional_fen=40_000_000,
        payment_terms="按月计量，支付已完成工程价款的85%；竣工验收合格并结算后付至97%；余3%为质量保证金，缺陷责任期24个月。"
        "人工费按月足额拨付至农民工工资专用账户。",
        performance_bond_fen=138_600_000,
        payment_guarantee="清平农村商业银行保函，金额1386000元，至竣工结算后28日",
        warranty="按《建设工程质量管理条例》：主体结构为设计文件规定的合理使用年限，防水5年，电气管线、给排水、装修2年。",
        dispute_resolution="协商不成的，向工程所在地人民法院起诉",
        signing_place="清平县民政局",
        **signatures,
    )
    fill(
        integrity_contract,
        owner_supervision="县纪委派驻纪检监察组",
        owner_supervision_phone="0870-5550110",
        contractor_supervision="云岭建设工程有限公司纪检监察室",
        contractor_supervision_phone="0870-5556699",
        hotline_address="清平县府前街1号 县纪委信访室",
        owner_liaison="何静",
        contractor_liaison="罗丹",
        **signatures,
    )
    yield moment("07-24 10:00")
    acts.step("sign_contracts", moment("07-24 10:00"), subject=contract)
    yield moment("07-29 15:00")
    acts.return_bonds(contract, moment("07-29 15:00"), interest_fen=2_192)
    yield moment("08-10 08:30")
    fill(
        contract.commencement,
        permit_number="530300202608030101",
        permit_organ="清平县住房和城乡建设局",
        permit_on=date(2026, 8, 3),
        starts_on=date(2026, 8, 10),
        supervisor="滇衡工程监理有限公司",
    )
    acts.step("start_works", moment("08-10 08:30"))
