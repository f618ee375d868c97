"""The committee that evaluates the tender of ``samples``, and what is told of its result."""

from tenders.models import CommitteeDraw, CommitteeMember, TenderReport

MEMBERS = (
    ("technical", "罗启明", "省建筑设计研究院", "建筑工程"),
    ("technical", "段玉兰", "滇池学院土木工程系", "结构工程"),
    ("technical", "许建国", "省工程质量监督检测中心", "建筑施工"),
    ("economic", "白雪梅", "昆华工程造价咨询有限公司", "工程造价"),
    ("owner", "唐小军", "青云县民政局", "项目管理"),
)


def make_committee(package, at):
    draw = CommitteeDraw.objects.create(
        package=package,
        number=1,
        pool="云南省综合评标专家库",
        reference="CQ-20260706-0457",
        requirement="建筑工程3人，工程造价1人",
        drawn_at=at,
        watched_by="青云县公共资源交易中心",
        salt=bytes(16),
    )
    for number, (kind, name, employer, speciality) in enumerate(MEMBERS, start=1):
        CommitteeMember.objects.create(
            package=package, draw=draw, number=number, kind=kind, name=name, employer=employer, speciality=speciality,
            declares_no_interest=True, signature="signed",
        )  # fmt: skip
    evaluation = package.evaluation
    evaluation.finished_on = evaluation.report_received_on
    evaluation.save()
    return package


def make_report(package):
    TenderReport.objects.create(package=package, overview="2026年6月15日发布招标公告，7月6日开标，7月14日定标。")
    return package
