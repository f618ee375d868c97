"""A whole tender on paper: the extension of a cemetery park, from its plan to both contracts."""

import io
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.core.files.base import ContentFile
from django.db import transaction
from PIL import Image, ImageDraw

from accounts.models import Organisation, User
from contracts.models import Contract
from integrity.models import Attendance, IntegrityContract, Invitation, Objection, Observation
from ledger.operations import record
from tenders.models import (
    AdoptionReport,
    Answer,
    Approval,
    Award,
    Bid,
    Clarification,
    Clause,
    Comment,
    Consultation,
    Decision,
    Evaluation,
    FairnessReview,
    FundingSource,
    Opening,
    Package,
    PlanVersion,
    Project,
    Rendering,
    Suspension,
    TenderDocument,
    Theme,
)
from tests.publishing.samples_award import make_committee, make_report
from tests.publishing.samples_hearing import make_hearing
from tests.publishing.samples_prequalification import make_applicant, make_prequalification

SHANGHAI = ZoneInfo("Asia/Shanghai")
UNQUALIFIED = "未按招标文件要求提交项目经理的注册证书。"
PRICE = 1_280_000_050


def moment(month, day, hour=9, minute=0):
    return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)


def make_owner():
    return Organisation.objects.create(
        name="青云县民政局",
        kind=Organisation.Kind.BUREAU,
        credit_code="11530302MB0A12345X",
        address="青云县文昌路18号",
        phone="0874-3100018",
        representative="周明远",
    )


def make_user(username="manager", role=User.Role.MANAGER, organisation=None):
    return User.objects.create(username=username, name="李文静", role=role, organisation=organisation)


def make_project(**changes):
    owner = make_owner()
    fields = {
        "number": "2026-001",
        "code": "2605-530302-04-01-123456",
        "name": "青云县陵园公园改扩建工程",
        "site": "青云县北郊凤凰山南麓，省道S205线北侧",
        "scale": "用地面积42.6亩。新建骨灰楼一栋，建筑面积3260平方米；新建节地生态葬区，设墓穴（格位）4800个；改造祭扫"
        "广场2400平方米；配建停车位120个。",
        "purpose": "缓解骨灰安放设施不足，推行节地生态安葬，改善群众祭扫条件。",
        "basis": "《殡葬管理条例》；《青云县“十五五”民政事业发展规划》。",
        "estimate_fen": 1_800_000_000,
        "owner": owner,
        "manager": make_user(organisation=owner),
        "leader_name": "周明远",
        "leader_post": "党组书记、局长",
        "responsible_name": "李文静",
        "responsible_post": "社会事务股股长",
        "sanctions": "未按公告的期限和内容办理的，依照《中华人民共和国公职人员政务处分法》处理，并向社会公布处理结果。",
        "contact_name": "李文静",
        "contact_phone": "0874-3100026",
        "contact_address": "青云县文昌路18号青云县民政局社会事务股，邮编655000",
        "contact_email": "mzj@qingyun.example",
        "hotline": "0874-3100012",
        "published_at": moment(3, 9),
        "decided_at": moment(4, 24, 10),
    }
    project = Project.objects.create(**fields | changes)
    FundingSource.objects.create(project=project, name="县级财政预算资金", amount_fen=1_200_000_000)
    FundingSource.objects.create(project=project, name="省级福利彩票公益金", amount_fen=600_000_000)
    Approval.objects.create(
        project=project,
        title="可行性研究报告批复",
        number="青发改投资〔2026〕58号",
        organ="青云县发展和改革局",
        approved_on=date(2026, 5, 8),
    )
    return project


def picture():
    image = Image.new("RGB", (1200, 700), (196, 214, 226))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 430, 1200, 700), fill=(112, 140, 96))
    draw.rectangle((380, 260, 820, 480), fill=(232, 226, 214))
    draw.polygon([(350, 260), (600, 150), (850, 260)], fill=(120, 84, 70))
    output = io.BytesIO()
    image.save(output, "PNG")
    return ContentFile(output.getvalue(), "rendering.png")


def make_consultation(project=None, **changes):
    fields = {
        "project": project or make_project(),
        "explanation": "县城现有骨灰楼建成于1998年，格位已用96%。方案经实地踏勘和两轮专家论证形成，优先利用原有硬化场"
        "地，不占用基本农田。",
        "opens_on": date(2026, 3, 9),
        "closes_on": date(2026, 4, 8),
        "channels": ["website", "new-media", "poster", "board"],
        "published_at": moment(3, 9),
    }
    consultation = Consultation.objects.create(**fields | changes)
    PlanVersion.objects.create(
        consultation=consultation,
        text="本工程分三个区域建设。\n（一）骨灰楼区：地上三层，设格位3600个，设置无障碍电梯和环保焚烧间。\n"
        "（二）生态葬区：采用树葬、花坛葬、草坪葬三种形式，共1200个位置，不立墓碑、不硬化地面。\n"
        "（三）祭扫服务区：改造广场和道路，增设停车位120个、公交停靠点1处、急救点1处。",
    )
    Rendering.objects.create(
        consultation=consultation,
        image=picture(),
        sha256="0" * 64,
        caption="骨灰楼与祭扫广场鸟瞰",
        alt="广场居中，北侧为三层坡屋顶骨灰楼，四周为缓坡草地和乔木。",
    )
    return consultation


def make_comment(consultation, number, text, *, visibility="shown", ground="", outcome="adopted", **changes):
    comment = Comment.objects.create(
        consultation=consultation,
        number=number,
        salt=b"0" * 16,
        text=text,
        received_at=moment(3, 15),
        visibility=visibility,
        withheld_ground=ground,
        **changes,
    )
    if outcome:
        answer = (
            "已采纳，停车位由90个增加到120个。"
            if outcome == "adopted"
            else "经研究，用地规模受规划条件限制，不再扩大。"
        )
        change = "停车位由90个增加到120个，另设公交停靠点1处。" if outcome == "adopted" else ""
        said = {"outcome": outcome, "text": answer, "change": change, "answered_at": moment(4, 10)}
        comment.answer = Answer.objects.create(consultation=consultation, **said)
        comment.save(update_fields=["answer"])
    return comment


def make_comments_of(consultation):
    make_comment(consultation, 1, "清明停车难，请多设车位。", topics=["traffic"], stance="support")
    make_comment(
        consultation, 2, "希望扩大用地，再建一座骨灰楼。", outcome="not-adopted", topics=["site"], channel="letter"
    )
    make_comment(
        consultation,
        3,
        "本人王某某，住某某小区3栋，电话13800000000，反对。",
        visibility="withheld",
        ground="privacy",
        outcome="explained",
        channel="phone",
    )
    make_comment(consultation, 4, "尚未审核的意见。", visibility="pending", outcome="explained")


def make_adoption_report(consultation=None, **changes):
    consultation = consultation or make_consultation()
    make_comments_of(consultation)
    theme = Theme.objects.create(consultation=consultation, number=1, title="停车", summary="多设车位。")
    answer = Answer.objects.create(
        consultation=consultation,
        theme=theme,
        outcome="partly",
        text="增设停车位，祭扫高峰另辟临时停车场。",
        change="停车位由90个增加到120个。",
        answered_at=moment(4, 10),
    )
    Comment.objects.filter(number__in=(1, 4)).update(theme=theme, answer=answer)
    Theme.objects.filter(pk=theme.pk).update(answer=answer)
    fields = {"overview": "收到意见4条，全部答复。", "author": "社会事务股", "reviewed_by": "副局长"}
    report = AdoptionReport(consultation=consultation, **fields | changes)
    report.publish(moment(4, 20))
    report.save()
    return report


def make_decision(project=None, *, make_comments=True, **changes):
    project = project or make_project()
    if make_comments:
        make_comments_of(make_consultation(project))
    fields = {
        "decided_by": "青云县民政局党组2026年第11次会议",
        "decided_on": date(2026, 4, 23),
        "text": "同意按照修改后的方案实施青云县陵园公园改扩建工程，总投资控制在1800万元以内。\n由社会事务股组织实施，规"
        "划财务股负责资金监管，每季度公开一次进展。",
        "adoption": "征求意见期间收到的意见集中在停车、用地规模两个方面。停车方面的意见予以采纳；扩大用地的意见受规划条"
        "件限制，不予采纳。",
        "risk_assessment": "低风险，可以实施。",
    }
    return Decision.objects.create(project=project, **fields | changes)


def make_package(project=None, **changes):
    fields = {
        "project": project or make_project(),
        "name": "青云县陵园公园改扩建工程施工",
        "tender_number": "QY2026-001-01",
        "estimate_fen": 1_480_000_000,
        "limit_price_fen": 1_450_000_000,
        "scope": "施工图纸和工程量清单所示的土建、安装、道路、绿化工程的施工、竣工验收和缺陷责任期内的修复。",
        "qualification": "具备建筑工程施工总承包三级及以上资质和有效的安全生产许可证；项目经理具备建筑工程专业二级及以"
        "上注册建造师资格，未担任其他在建工程的项目经理。",
        "duration_days": 90,
        "quality": "合格",
        "evaluation_method": "综合评估法：投标报价60分，施工组织设计25分，项目管理机构10分，业绩5分。",
        "bid_validity_days": 90,
        "bid_bond_fen": 28_000_000,
        "documents_from": "凭企业数字证书登录青云县公共资源交易平台免费下载，无须报名。",
        "documents_issued_on": date(2026, 6, 15),
        "documents_until": date(2026, 6, 22),
        "bids_due_at": moment(7, 6, 9, 30),
        "opening_place": "青云县公共资源交易中心第二开标室",
        "objection_contact": "青云县民政局规划财务股　陈志强　0874-3100031",
        "supervisor": "青云县住房和城乡建设局招标投标监督管理股　0874-3110008",
        "media": "云南省公共资源交易电子服务系统、青云县人民政府网站。",
        "approval_number": "青发改投资〔2026〕12号",
        "planned_on": date(2026, 6, 15),
        "planned_at": moment(6, 1, 9),
        "announced_at": moment(6, 15),
        "standard_text": "《中华人民共和国标准施工招标文件》（2007年版）",
        "technical": "执行施工图设计文件和现行国家、行业标准；保留乔木的保护做法见绿化图纸。",
        "price_terms": "固定综合单价，按工程量清单计价；投标报价不得超过最高投标限价。",
        "submission": "在开标地点当面递交密封的投标文件，不接受邮寄。",
        "fairness_channel": "青云县市场监督管理局 12315",
        "self_filing": "2026年6月5日已向青云县住房和城乡建设局备案",
        "opened_at": moment(7, 6, 9, 30),
        "opening_concluded_at": moment(7, 6, 10, 25),
        "candidates_published_at": moment(7, 8),
        "awarded_at": moment(7, 14),
    }
    package = Package.objects.create(**fields | changes)
    for kind, name in (
        ("main", "施工招标文件"),
        ("bill", "工程量清单"),
        ("contract-draft", "施工合同文本"),
        ("integrity-draft", "廉政合同文本"),
    ):
        TenderDocument.objects.create(package=package, kind=kind, title=name, sha256="3b7e" * 16)
    return package


def make_fairness_review(package=None):
    package = package or make_package()
    review = FairnessReview.objects.create(
        package=package,
        number=1,
        conclusion="exception",
        exception_ground="保护区内的古树移植由专业队伍承担，属于国务院规定的例外。",
        salt=b"0" * 16,
        digest="3b7e" * 16,
        reviewer=make_user("fairness", User.Role.REVIEWER, package.project.owner),
        reviewed_at=moment(6, 12, 15),
    )
    for clause in Clause:
        verdict, remark = ("exception", "古树移植须有专业队伍。") if clause == Clause.LICENCE else ("kept", "")
        review.findings.create(clause=clause, verdict=verdict, remark=remark)
    return review


def make_bid(package, number, bidder, **changes):
    fields = {
        "credit_code": f"91530302MA6K{number:06}",
        "arrived_at": moment(7, 6, 9, number),
        "delivered_by": "赵某",
        "received_by": User.objects.get(username="manager"),
        "status": Bid.Status.ACCEPTED,
        "price_fen": PRICE + number * 1_000_000,
        "duration_days": 90,
        "quality": "合格",
        "project_manager": "杨建国",
        "manager_certificate": f"云25320212021{number:05}",
        "bond_fen": 28_000_000,
        "read_at": moment(7, 6, 9, 40),
        "eligibility": "建筑工程施工总承包二级资质，项目经理二级注册建造师，均符合招标文件要求。",
    }
    return Bid.objects.create(package=package, number=number, bidder=bidder, **fields | changes)


def make_clarification(package=None, **changes):
    fields = {
        "number": 1,
        "kind": "change",
        "item": "第三章2.1",
        "question": "墙体厚度以哪张图为准？",
        "old_text": "墙厚200毫米。",
        "new_text": "墙厚240毫米。",
        "text": "以结施-03为准，工程量清单相应调整。",
        "affects_bids": True,
        "old_due_at": moment(7, 6, 9, 30),
        "new_due_at": moment(7, 9, 9, 30),
        "published_at": moment(6, 24),
    }
    return Clarification.objects.create(package=package or make_package(), **fields | changes)


def make_suspension(package=None, **changes):
    fields = {
        "number": 1,
        "reason": "处理投诉期间暂停招标投标活动。",
        "basis": "《中华人民共和国招标投标法实施条例》第六十二条",
        "ordered_by": "青云县住房和城乡建设局",
        "order_number": "青建停〔2026〕2号",
        "suspended_at": moment(6, 26),
        "old_due_at": moment(7, 6, 9, 30),
        "resumed_at": moment(7, 1),
        "resume_reason": "投诉已经处理完毕。",
        "new_due_at": moment(7, 13, 9, 30),
    }
    return Suspension.objects.create(package=package or make_package(), **fields | changes)


def make_answered_objection(package=None, **changes):
    fields = {
        "number": 1,
        "kind": "documents",
        "capacity": "potential",
        "objector": "曲靖市宏图建设集团有限公司",
        "contact": "0874-3200066",
        "text": "资格条件第三项要求本地业绩，请删去。",
        "salt": b"0" * 16,
        "received_at": moment(6, 24, 10),
        "answer": "该项要求予以删去，修改公告同日发布。",
        "summary": "对本地业绩要求的异议，成立。",
        "measures": "6月25日发布修改公告。",
        "upheld": True,
        "outcome": "upheld",
        "answered_at": moment(6, 25),
    }
    return Objection.objects.create(package=package or make_package(), **fields | changes)


def make_failed_package(package=None, **changes):
    package = package or make_package(**{"failed_at": moment(7, 6, 10), **changes})
    facts = {"ground": "too-few-bidders", "reason": "投标截止时投标人少于三个。"}
    with transaction.atomic():
        record("step.fail_tender", subject=package.path, actor=None, at=moment(7, 6, 10), facts=facts, key="failed")
    return package


def make_opened_package(project=None, **changes):
    package = make_package(project, **changes)
    make_bid(package, 1, "云南恒泰建筑工程有限公司", rank=1, price_fen=PRICE)
    make_bid(package, 2, "曲靖市宏图建设集团有限公司", rank=2, project_manager="何丽")
    make_bid(package, 3, "青云县第二建筑工程公司", rank=3, remark="报价函大小写一致")
    make_bid(package, 4, "昆明明远建设有限公司", rejection_ground="unqualified", rejection_reason=UNQUALIFIED)
    unread = {"price_fen": None, "duration_days": None, "quality": "", "project_manager": "", "read_at": None}
    late = "投标截止时间后送达。"
    make_bid(package, 5, "滇东路桥有限公司", status="refused", refusal_reason=late, bond_fen=None, **unread)
    Opening.objects.create(
        package=package,
        chair="陈志强",
        recorder="王秀兰",
        bid_supervisor="张丽华",
        seals_checked_by="各投标人推选的代表刘洋",
        seals_finding="5个封套中4个密封完好，1个逾期送达未予签收。",
        recording="QY-KB-20260706-02",
    )
    Evaluation.objects.create(
        package=package,
        report_received_on=date(2026, 7, 7),
        summary="共4份投标文件进入评审，其中1份未通过资格评审。评标委员会对其余3份投标文件进行了技术和经济评审，按得分由高到低"
        "推荐3名中标候选人。",
    )
    return package


def make_observers(package):
    for kind, name in (
        ("discipline", "青云县纪委县监委派驻第五纪检监察组"),
        ("procuratorate", "青云县人民检察院"),
        ("procurement-centre", "青云县政府采购中心"),
    ):
        institution = Organisation.objects.create(name=name, kind=kind)
        sent = {"number": package.invitations.count() + 1, "sent_at": moment(6, 29), "mode": "present"}
        Invitation.objects.create(package=package, institution=institution, **sent)
    absent = package.invitations.get(institution__kind="procuratorate")
    absent.mode, absent.reason = "declined", "当日另有公务，已书面复函。"
    absent.save()
    opinion = "开标程序规范，唱标完整，建议拒收的封套当场退还并留存影像。"
    make_attendance(package.invitations.get(institution__kind="procurement-centre"), "observer2")
    attendance = make_attendance(package.invitations.get(institution__kind="discipline"), "observer1", opinion)
    Observation.objects.create(
        attendance=attendance,
        number=1,
        item="seals",
        finding="concern",
        text="2号封套封口有折痕。",
        observed_at=moment(7, 6, 9, 33),
        reply="经投标人代表确认，封条完整，折痕为运输造成。",
        replied_at=moment(7, 6, 9, 36),
    )


def make_attendance(invitation, username, opinion=""):
    return Attendance.objects.create(
        invitation=invitation,
        observer=make_user(username, User.Role.OBSERVER, invitation.institution),
        no_conflict=True,
        keeps_confidential=True,
        signed_in_at=moment(7, 6, 9, 5),
        opinion=opinion,
        opinion_at=moment(7, 6, 10, 20) if opinion else None,
    )


def make_opening():
    package = make_opened_package()
    make_observers(package)
    return package


def make_log(package=None):
    """The attendance of an observer who found and said something."""
    package = package or make_opening()
    return package.invitations.get(institution__kind="discipline").attendances.get()


def make_award(package=None):
    package = package or make_opened_package()
    Award.objects.create(package=package, winner=package.bids.get(rank=1), determined_on=date(2026, 7, 14))
    return make_report(make_committee(package, moment(7, 6, 16)))


def make_contract(package=None, **changes):
    package = package or make_award()
    fields = {
        "package": package,
        "number": "QY2026-001-01-HT",
        "owner": package.project.owner,
        "owner_agent": "李文静",
        "contractor": "云南恒泰建筑工程有限公司",
        "contractor_code": "91530302MA6K000001",
        "contractor_address": "曲靖市麒麟区建业路66号",
        "contractor_representative": "高志远",
        "contractor_phone": "0874-3200066",
        "scope": package.scope,
        "price_fen": PRICE,
        "safety_fee_fen": 25_600_000,
        "provisional_fen": 50_000_000,
        "duration_days": 90,
        "planned_start_on": date(2026, 8, 10),
        "planned_completion_on": date(2026, 11, 7),
        "quality": "合格",
        "project_manager": "杨建国",
        "payment_terms": "预付款为签约合同价的10%，开工前7日内支付。\n进度款按月计量，每月支付已完工程价款的85%。\n"
        "竣工结算经审核后28日内付至结算价的97%，余款在缺陷责任期满后14日内付清。",
        "performance_bond_fen": 128_000_005,
        "payment_guarantee": "中国农业银行青云县支行出具的保函，金额为签约合同价的10%，有效期至竣工结算款付清之日",
        "warranty": "按《建设工程质量管理条例》规定的最低保修期限执行：屋面防水五年，电气管线、给排水两年，缺陷责任期二"
        "十四个月。",
        "dispute_resolution": "向工程所在地人民法院提起诉讼",
        "signing_place": "青云县民政局",
        "owner_signed_by": "周明远",
        "owner_signed_on": date(2026, 7, 24),
        "contractor_signed_by": "高志远",
        "contractor_signed_on": date(2026, 7, 24),
    }
    return Contract.objects.create(**fields | changes)


def make_integrity_contract(contract=None, **changes):
    fields = {
        "contract": contract or make_contract(),
        "number": "QY2026-001-01-LZ",
        "owner_supervision": "青云县纪委县监委派驻第五纪检监察组",
        "owner_supervision_phone": "0874-3100099",
        "contractor_supervision": "云南恒泰建筑工程有限公司纪律检查委员会",
        "contractor_supervision_phone": "0874-3200099",
        "hotline": "0874-12388",
        "hotline_address": "青云县文昌路18号青云县民政局办公室",
        "owner_liaison": "王秀兰",
        "contractor_liaison": "马俊",
        "owner_signed_by": "周明远",
        "owner_signed_on": date(2026, 7, 24),
        "contractor_signed_by": "高志远",
        "contractor_signed_on": date(2026, 7, 24),
    }
    return IntegrityContract.objects.create(**fields | changes)


def make_heard(project=None, **changes):
    """A hearing on the plan, with its record."""
    return make_hearing(make_consultation(project), moment(3, 27), **changes)


MAKERS = {
    "plan-notice": make_consultation,
    **dict.fromkeys(("hearing-notice", "hearing-participants", "hearing-record"), make_heard),
    "adoption-report": make_adoption_report,
    "decision-notice": make_decision,
    "bid-register": make_opening,
    **dict.fromkeys(("tender-plan", "tender-notice", "tender-documents"), make_package),
    "prequalification-notice": lambda: make_prequalification(make_package()),
    "prequalification-passed": lambda: make_applicant(make_package(), passed=True),
    "prequalification-failed": lambda: make_applicant(make_package(), passed=False),
    "fairness-review": make_fairness_review,
    "clarification": make_clarification,
    **dict.fromkeys(("suspension", "resumption"), make_suspension),
    "tender-ending": make_failed_package,
    "objection-answer": make_answered_objection,
    **dict.fromkeys(("opening-record", "opening-objections"), make_opening),
    "observer-log": make_log,
    "candidate-notice": make_opened_package,
    **dict.fromkeys(("evaluation-report", "award-notice", "award-letter", "tender-report"), make_award),
    "loss-letter": lambda: make_award().bids.get(rank=2),
    "contract": make_contract,
    "integrity-contract": make_integrity_contract,
}


def make_everything():
    """One project with all that papers are made of, by the names of the templates."""
    project = make_project()
    consultation = make_consultation(project)
    package = make_award(make_opened_package(project))
    make_observers(package)
    contract = make_contract(package)
    prequalified = make_package(project, number=3)
    return {
        "prequalification-notice": make_prequalification(prequalified),
        "prequalification-passed": make_applicant(prequalified, passed=True),
        "prequalification-failed": make_applicant(prequalified, passed=False),
        "plan-notice": consultation,
        **dict.fromkeys(
            ("hearing-notice", "hearing-participants", "hearing-record"), make_hearing(consultation, moment(3, 27))
        ),
        "adoption-report": make_adoption_report(consultation),
        "decision-notice": make_decision(project, make_comments=False),
        **dict.fromkeys(
            (
                "tender-plan",
                "tender-notice",
                "tender-documents",
                "bid-register",
                "opening-record",
                "opening-objections",
                "candidate-notice",
                "award-notice",
            ),
            package,
        ),
        "observer-log": make_log(package),
        "fairness-review": make_fairness_review(package),
        **dict.fromkeys(("evaluation-report", "award-letter", "tender-report"), package),
        "loss-letter": package.bids.get(rank=2),
        "clarification": make_clarification(package),
        **dict.fromkeys(("suspension", "resumption"), make_suspension(package)),
        "tender-ending": make_failed_package(make_package(project, number=2, failed_at=moment(7, 6, 10))),
        "objection-answer": make_answered_objection(package),
        "contract": contract,
        "integrity-contract": make_integrity_contract(contract),
    }
