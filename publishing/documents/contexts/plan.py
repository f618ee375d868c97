"""The notice by which a plan is shown to the public and its comments are asked for (D01)."""

from django.conf import settings

from publishing.documents.contexts.project import Context, funding_of, listed, of_project
from publishing.documents.pictures import qr_code, scaled
from publishing.documents.wording import count, day, day_of
from tenders.models import Consultation, PlanVersion, Project


def title(consultation: Consultation) -> str:
    again = f"（第{count(consultation.round)}轮）" if consultation.round > 1 else ""
    return f"关于{consultation.project.name}建设方案公示并征求意见的公告{again}"


def plan_notice(consultation: Consultation) -> Context:
    project = consultation.project
    return {
        **of_project(project),
        **funding_of(project),
        **_plan(consultation),
        **_period(consultation),
        **_responsibility(project),
        "标题": title(consultation),
        "建设目的": project.purpose,
        "建设依据": project.basis,
        "公布日期": day_of(consultation.published_at),
    }


def _plan(consultation: Consultation) -> Context:
    plan = consultation.current_plan() or PlanVersion()
    return {
        "起草说明": consultation.explanation,
        "方案版次": count(plan.number),
        "方案正文": plan.text,
        "有改动": bool(plan.change_note),
        "改动说明": plan.change_note,
        "效果图": [
            {"画面": scaled(r.image, r.alt), "图名": r.caption, "文字说明": r.alt}
            for r in consultation.renderings.of_version(1)
        ],
    }


def _period(consultation: Consultation) -> Context:
    opens_on, closes_on = consultation.opens_on, consultation.closes_on
    address = f"{settings.SITE_URL}/projects/{consultation.project.number}/comment/"
    channels = [Consultation.Channel(channel).label for channel in consultation.channels]
    return {
        "开始日期": day(opens_on),
        "截止日期": day(closes_on),
        "天数": str((closes_on - opens_on).days) if opens_on and closes_on else "",
        "缩短": bool(consultation.shortened_reason),
        "缩短理由": consultation.shortened_reason,
        "公布渠道": listed(str(label) for label in channels),
        "网上地址": address,
        "二维码": qr_code(address, "扫码打开网上提交意见的页面"),
    }


def _responsibility(project: Project) -> Context:
    return {
        "分管领导": project.leader_name,
        "分管领导职务": project.leader_post,
        "责任人": project.responsible_name,
        "责任人职务": project.responsible_post,
        "责任追究办法": project.sanctions,
    }
