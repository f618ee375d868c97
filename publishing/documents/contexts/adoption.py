"""The report on what became of the comments of a round (D07), as it was published."""

from datetime import date
from typing import Any

from django.conf import settings

from publishing.documents.charts import bars
from publishing.documents.contexts.project import Context, listed, of_project
from publishing.documents.pictures import qr_code
from publishing.documents.wording import count, day, day_of
from publishing.pages.outcomes import by_channel, by_outcome, by_theme, verdict
from tenders.models import AdoptionReport, Consultation


def title(report: AdoptionReport) -> str:
    number = report.consultation.round
    again = f"（第{count(number)}轮）" if number > 1 else ""
    return f"关于{report.project.name}建设方案征求意见采纳情况的公告{again}"


def adoption_report(report: AdoptionReport) -> Context:
    content = report.content or report.facts()
    project, number = report.project, report.consultation.round
    address = f"{settings.SITE_URL}/projects/{project.number}/adoption/{number}/"
    outcomes, channels = by_outcome(content["n_by_outcome"]), by_channel(content["n_by_channel"])
    themes = by_theme(content["n_by_theme"])
    of_theme = [line for line in content["theme"] if line["number"]]
    own = [line for line in content["theme"] if not line["number"]]
    return {
        **of_project(project),
        "标题": title(report),
        "轮次": f"第{count(number)}轮",
        "方案版次": str(content["draft_version"]),
        "开始日期": day(date.fromisoformat(content["from"])),
        "截止日期": day(date.fromisoformat(content["to"])),
        "公布渠道": listed(str(Consultation.Channel(channel).label) for channel in content["channels"]),
        "意见总数": str(content["n_total"]),
        "有效意见": str(content["n_valid"]),
        "结果图": bars(outcomes, "各种处理结果的意见条数"),
        "结果表": _rows(outcomes, content["n_total"]),
        "来源表": _rows(channels, content["n_total"]),
        "主题图": bars(themes, "各主题的意见条数"),
        "总的情况": content["overview"],
        "主题答复": [_theme(line) for line in of_theme],
        "单独答复": [_own(line) for line in own],
        "听证": content["hearing_ref"],
        "专家论证": content["expert_ref"],
        "风险评估": content["risk_ref"],
        "编写科室": content["author"],
        "审核人": content["reviewed_by"],
        "公开网址": address,
        "二维码": qr_code(address, "二维码：扫码看每条意见的结果"),
        "公布日期": day_of(report.published_at),
    }


def _rows(counts: dict[str, int], total: int) -> list[Context]:
    return [{"名称": label, "条数": str(n), "比例": f"{100 * n / total:.1f}%"} for label, n in counts.items()]


def _theme(line: dict[str, Any]) -> Context:
    return {
        "主题": line["title"],
        "主要意见": line["summary"],
        "编号": _numbers(line),
        "条数": str(line["n"]),
        "结果": verdict(line["verdict"]),
        "理由": line["reason"],
        "改动": line["change_ref"],
        "去向": line["referral"],
    }


def _own(line: dict[str, Any]) -> Context:
    parts = (line["reason"], line["change_ref"] and f"改动：{line['change_ref']}", line["referral"])
    return {"编号": _numbers(line), "结果": verdict(line["verdict"]), "答复": "\n".join(filter(None, parts))}


def _numbers(line: dict[str, Any]) -> str:
    return "、".join(str(number) for number in line["comments"])
