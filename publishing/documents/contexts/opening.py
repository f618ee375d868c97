"""The record of an opening (D18): what was read from each bid, who confirmed it, who watched; objections (D20)."""

from integrity.models import Attendance, Invitation, Objection, Observation
from publishing.documents.contexts.project import Context, listed
from publishing.documents.contexts.tender import of_package, titled
from publishing.documents.wording import amount, day_of, figures, moment, moment_to_the_second, second_of, time_of
from tenders.models import Bid, LineConfirmation, Opening, Package
from tenders.session import confirmations, present


def title(package: Package) -> str:
    return titled(package, "开标记录")


def objections_title(package: Package) -> str:
    return titled(package, "开标异议记录")


def opening_objections(package: Package) -> Context:
    """What the public reads of objections in the room: who objected, and in which words, stays in the archive."""
    return _objections(package, in_full=False)


def objections_signing_copy(package: Package) -> Context:
    """The record as objector and chair sign it, for the bureau's archive alone."""
    return _objections(package, in_full=True)


def _objections(package: Package, *, in_full: bool) -> Context:
    raised = package.objections.filter(kind=Objection.Kind.OPENING)
    return {
        **of_package(package),
        "主持人": package.opening.chair,
        "开标时间": moment(package.opened_at),
        "异议": [_objection(objection, in_full=in_full) for objection in raised],
        "签字稿": in_full,
        "公布时间": "尚未公布" if in_full else moment(package.opening_concluded_at),
    }


def _objection(objection: Objection, *, in_full: bool) -> Context:
    return {
        "序号": str(objection.number),
        "时间": time_of(objection.received_at),
        "异议人": objection.objector if in_full else "",
        "内容": objection.text if in_full else "",
        "答复": objection.answer if in_full else objection.summary,
        "答复时间": time_of(objection.answered_at),
        "结果": str(objection.get_outcome_display()),
    }


def opening_record(package: Package) -> Context:
    """Before the opening it is an empty form: who has bid, and how many, is under embargo (EM-01)."""
    bids = package.bids.all() if package.is_opened else package.bids.none()
    heard = confirmations(package) if package.is_opened else {}
    return {
        **of_package(package),
        **_session(package),
        **_supervision(package),
        "投标截止时间": moment(package.bids_due_at),
        "开标时间": moment(package.opened_at),
        "最高投标限价": amount(package.limit_price_fen),
        "投标": [_bid(bid, package.opening, heard.get(bid.number)) for bid in bids.accepted()],
        "未开启的投标": [_unopened(bid) for bid in bids.exclude(status=Bid.Status.ACCEPTED)],
        "公布时间": moment(package.opening_concluded_at),
    }


def _session(package: Package) -> Context:
    opening = package.opening
    return {
        "主持人": opening.chair,
        "记录人": opening.recorder,
        "监标人": opening.bid_supervisor,
        "密封检查人": opening.seals_checked_by or opening.get_seals_checker_display(),
        "密封检查结果": opening.seals_finding,
        "录音录像编号": opening.recording,
        "其他记录": opening.notes,
        "标底": amount(opening.reserve_price_fen),
        "到场的投标人": listed(attendance.bidder for attendance in present(package)) if package.is_opened else "",
    }


def _bid(bid: Bid, opening: Opening, heard: LineConfirmation | None) -> Context:
    return {
        "序号": str(bid.number),
        "投标人": bid.bidder,
        "送达日期": day_of(bid.arrived_at),
        "送达时刻": second_of(bid.arrived_at),
        "密封": _seal(bid, opening),
        "报价": figures(bid.price_fen),
        "工期": str(bid.duration_days or ""),
        "质量": bid.quality,
        "项目经理": bid.project_manager,
        "证书编号": bid.manager_certificate,
        "保证金": figures(bid.bond_fen),
        "备注": bid.remark,
        "确认": f"{heard.get_means_display()}{f'：{heard.remark}' if heard.remark else ''}" if heard else "",
    }


def _seal(bid: Bid, opening: Opening) -> str:
    if bid.form != Bid.Form.PAPER:
        return "已加密"
    return "完好" if bid.sealed and bid.number not in opening.broken_seals else "破损"


def _unopened(bid: Bid) -> Context:
    return {
        "序号": str(bid.number),
        "投标人": bid.bidder,
        "送达时间": moment_to_the_second(bid.arrived_at),
        "情况": bid.get_status_display(),
        "原因": bid.refusal_reason,
    }


def _supervision(package: Package) -> Context:
    observations = Observation.objects.filter(attendance__invitation__package=package)
    concerns = observations.filter(finding=Observation.Finding.CONCERN)
    objections = package.objections.filter(kind=Objection.Kind.OPENING)
    return {
        "监督单位": [_invitation(i) for i in package.invitations.select_related("institution")],
        "监督记录数": str(observations.count()),
        "异常数": str(concerns.count()),
        "异常已答复数": str(concerns.exclude(replied_at=None).count()),
        "异议数": str(objections.count()),
        "异议已答复数": str(objections.exclude(answered_at=None).count()),
        "监督意见": [_opinion(a) for a in Attendance.objects.filter(invitation__package=package).exclude(opinion="")],
    }


def _invitation(invitation: Invitation) -> Context:
    """Who was asked and came. Names of observers stay in the attendance list (PIPL 13)."""
    present = invitation.attendances.count()
    return {
        "单位": invitation.institution.name,
        "方式": invitation.get_means_display(),
        "发出时间": moment(invitation.sent_at),
        "出席": invitation.get_mode_display(),
        "人数": f"{present}人",
        "说明": "已签到，声明无利害关系并承诺保密" if present else invitation.reason,
    }


def _opinion(attendance: Attendance) -> Context:
    return {"单位": attendance.invitation.institution.name, "意见": attendance.opinion}
