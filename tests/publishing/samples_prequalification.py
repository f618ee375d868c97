"""A prequalification on paper: its notice, one who passed, and one who did not."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from accounts.models import User
from tenders.models import Applicant, Prequalification, TenderDocument

SHANGHAI = ZoneInfo("Asia/Shanghai")


def make_prequalification(package):
    TenderDocument.objects.create(package=package, kind="prequalification", title="资格预审文件", sha256="5e" * 32)
    return Prequalification.objects.create(
        package=package,
        mode="limited",
        most=7,
        standard="资质、业绩、信誉和在建工程情况逐项符合公告要求的，为合格；合格的超过七家的，按得分取前七家。",
        documents_from="在本页直接下载，不需要报名。",
        documents_issued_on=date(2026, 5, 11),
        documents_until=date(2026, 5, 18),
        due_at=datetime(2026, 5, 25, 17, tzinfo=SHANGHAI),
        submission="密封后当面递交。",
        place="青云县公共资源交易中心一楼受理窗口",
        concluded_at=datetime(2026, 5, 27, 10, tzinfo=SHANGHAI),
        enough=True,
    )


def make_applicant(package, *, passed):
    if not hasattr(package, "prequalification"):
        make_prequalification(package)
    number = package.applicants.count() + 1
    return Applicant.objects.create(
        package=package,
        number=number,
        applicant=f"云南第{number}建设集团有限公司",
        credit_code=f"91530302MA6K{number:06}",
        arrived_at=datetime(2026, 5, 25, 16, number, tzinfo=SHANGHAI),
        delivered_by="赵某",
        received_by=User.objects.get(username="manager"),
        status=Applicant.Status.ACCEPTED,
        passed=passed,
        reason="" if passed else "安全生产许可证已于2026年4月30日到期，申请文件中没有延期的证明。",
    )
