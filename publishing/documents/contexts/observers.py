"""The papers of observers: the letter that invites them, and the log of what each of them watched (D19)."""

from django.conf import settings
from django.urls import reverse

from integrity.models import Attendance, Invitation, Matter, Observation, items_for
from publishing.documents.contexts.project import Context
from publishing.documents.contexts.tender import full_name, of_package, titled
from publishing.documents.wording import day, moment, time_of
from publishing.mail.tokens import token_of_invitation
from tenders.law import day as day_of
from tenders.law import due_day

DECLARED = "无利害关系；对依法应当保密的事项保密"


def invitation_address(invitation: Invitation) -> str:
    """Return where an institution replies without an account. Whoever has it replies for the institution."""
    return f"{settings.SITE_URL}{reverse('invitation-by-link', args=[token_of_invitation(invitation.pk)])}"


def of_invitation(invitation: Invitation) -> Context:
    mandate = invitation.mandate
    return {
        **of_package(invitation.package),
        "函号": invitation.label,
        "开标时间": moment(invitation.package.bids_due_at),
        "身份": str(mandate.get_capacity_display()) if mandate else "监督单位",
        "依据": mandate.basis if mandate else "本局开标监督制度",
    }


def letter_title(invitation: Invitation) -> str:
    return f"{full_name(invitation.package)}开标监督邀请函（{invitation.institution.name}）"


def observer_invitation(invitation: Invitation) -> Context:
    return {
        **of_invitation(invitation),
        "受邀单位": invitation.institution.name,
        "回复网址": invitation_address(invitation),
        "签到网址": f"{settings.SITE_URL}{reverse('observe')}",
        "发函日期": day(day_of(invitation.sent_at)),
    }


def log_title(attendance: Attendance) -> str:
    invitation = attendance.invitation
    return titled(invitation.package, f"监督记录（{invitation.institution.name}）")


def observer_log(attendance: Attendance) -> Context:
    """What is published of a log: the office of its author, not the name (《个人信息保护法》第十三条)."""
    invitation = attendance.invitation
    observations = list(attendance.observations.prefetch_related("photos"))
    office = attendance.observer.post or str(attendance.observer.get_role_display())
    return {
        **of_invitation(invitation),
        "监督单位": invitation.institution.name,
        "监督代表": f"{office}（代为监督）" if attendance.is_deputy else office,
        "监督方式": "远程" if attendance.remote else "到场",
        "签到时间": moment(attendance.signed_in_at),
        "签退时间": moment(attendance.signed_out_at),
        "声明": DECLARED,
        "监督事项": [_item(item, observations) for item in items_for(invitation.package)],
        "记录": [_observation(observation) for observation in observations],
        "监督意见": attendance.opinion,
        "督办": [_matter(matter) for matter in attendance.matters.select_related("observation")],
        "签字": "　　　　　　",
        "主持人": "　　　　　　",
        "记录人": "　　　　　　",
    }


def signing_copy(attendance: Attendance) -> Context:
    """The same log with the names, to be printed and signed, for the file."""
    opening = attendance.invitation.package.opening
    office = f"{attendance.observer} {attendance.observer.post}".strip()
    named = {"监督代表": office, "签字": "　　　　　　", "主持人": opening.chair, "记录人": opening.recorder}
    return observer_log(attendance) | named


def _item(item: Observation.Item, observations: list[Observation]) -> Context:
    """One line of the checklist: the worst that was found, and at which minutes."""
    found = [observation for observation in observations if observation.item == item]
    rank = list(Observation.Finding)
    worst = max((Observation.Finding(o.finding) for o in found), key=rank.index, default=None)
    times = "、".join(time_of(o.observed_at) for o in found)
    return {"事项": str(item.label), "所见": str(worst.label) if worst else "", "记录": times}


def _observation(observation: Observation) -> Context:
    photos = len(observation.photos.all())
    text = f"{observation.text}（附照片{photos}张）" if photos else observation.text
    return {
        "时间": time_of(observation.observed_at),
        "事项": str(observation.get_item_display()),
        "所见": str(observation.get_finding_display()),
        "说明": text,
        "答复": observation.reply,
    }


def _matter(matter: Matter) -> Context:
    return {
        "序号": str(matter.number),
        "内容": matter.text,
        "期限": day(due_day("SV-01", day_of(matter.asked_at)).strict),
        "现在": str(matter.get_state_display()),
    }
