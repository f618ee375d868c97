"""The papers of a hearing: its announcement (D05), the list of participants, and the record (D06)."""

from django.conf import settings

from publishing.documents.contexts.project import Context, of_project
from publishing.documents.pictures import qr_code
from publishing.documents.wording import day, day_of, moment, time_of
from tenders.models import Hearing, HearingApplication, HearingStatement


def notice_title(hearing: Hearing) -> str:
    return f"关于举行{hearing.project.name}听证会的公告"


def list_title(hearing: Hearing) -> str:
    return f"{hearing.project.name}听证会参加人名单"


def record_title(hearing: Hearing) -> str:
    return f"{hearing.project.name}听证笔录"


def hearing_notice(hearing: Hearing) -> Context:
    address = f"{settings.SITE_URL}/projects/{hearing.project.number}/hearings/{hearing.number}/apply/"
    return {
        **_of_hearing(hearing),
        "标题": notice_title(hearing),
        "报名截止日期": day(hearing.applications_until),
        "其他报名方式": hearing.how_to_apply,
        "网上地址": address,
        "二维码": qr_code(address, "扫码打开网上报名的页面"),
        "遴选方式": hearing.get_selection_display(),
        "遴选办法": hearing.selection_method,
        "抽签用的随机数": hearing.draw_source,
        "类别": [
            {"名称": group.name, "名额": f"{group.seats}名" if group.seats else "不限"}
            for group in hearing.groups.all()
        ],
        "公布日期": day_of(hearing.announced_at),
    }


def hearing_participants(hearing: Hearing) -> Context:
    return {
        **_of_hearing(hearing),
        "标题": list_title(hearing),
        "主持人": f"{hearing.chair}（{hearing.chair_post}）",
        "参加人": [_participant(a, a.public_name) for a in hearing.participants()],
        "抽签号码": hearing.draw_seed,
        "公布日期": day_of(hearing.listed_at),
    }


def hearing_record(hearing: Hearing) -> Context:
    """The record as the public reads it: names masked, but for those who agreed to more."""
    return _record(hearing, full_names=False)


def signing_copy(hearing: Hearing) -> Context:
    """The record as the participants sign it: with full names, for the bureau's archive alone."""
    return _record(hearing, full_names=True)


def _record(hearing: Hearing, *, full_names: bool) -> Context:
    participants = list(hearing.participants())
    statements = hearing.statements.select_related("application__group")
    return {
        **_of_hearing(hearing),
        "标题": record_title(hearing),
        "开始时间": moment(hearing.held_at),
        "主持人": f"{hearing.chair}（{hearing.chair_post}）",
        "记录人": hearing.recorder,
        "方案陈述人": hearing.presenter,
        "材料送达": f"{day(hearing.materials_on)}，{hearing.materials_means}" if hearing.materials_on else "",
        "人数": str(len(participants)),
        "到场人数": str(sum(bool(a.attended) for a in participants)),
        "参加人": [_participant(a, a.name if full_names else a.public_name) | _outcome(a) for a in participants],
        "发言": [_statement(s, full_names=full_names) for s in statements],
        "签字稿": full_names,
        "公布日期": "尚未公布" if full_names else day_of(hearing.recorded_at),
    }


def _of_hearing(hearing: Hearing) -> Context:
    return {
        **of_project(hearing.project),
        "听证种类": hearing.get_kind_display(),
        "听证事项": hearing.matter,
        "听证时间": moment(hearing.starts_at),
        "听证地点": hearing.place,
    }


def _participant(application: HearingApplication, name: str) -> Context:
    return {
        "编号": f"{application.number}号",
        "姓名": name,
        "类别": application.group.name,
        "所在": application.origin,
    }


def _outcome(application: HearingApplication) -> Context:
    if not application.attended:
        return {"到场": "未到场", "确认": "/"}
    confirmed = application.get_signature_display()
    remark = f"：{application.signature_remark}" if application.signature_remark else ""
    return {"到场": "到场", "确认": f"{confirmed}{remark}"}


def _statement(statement: HearingStatement, *, full_names: bool) -> Context:
    speaker = statement.application
    return {
        "时间": time_of(statement.said_at),
        "发言人": f"{speaker.number}号{speaker.name if full_names else speaker.public_name}（{speaker.group.name}）",
        "态度": statement.get_stance_display(),
        "摘要": statement.summary,
        "答复": statement.reply,
    }
