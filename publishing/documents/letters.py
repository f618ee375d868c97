"""Letters that the desk writes beside the papers of the steps: they are sent by hand, so they are no act."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils import translation

from integrity.models import Invitation
from publishing.documents.contexts import observers
from publishing.documents.contexts.project import Context
from publishing.documents.media import broadcast_text, print_text, spoken_length
from publishing.documents.render import render
from publishing.documents.wording import count, day, moment
from publishing.models import Notice
from publishing.pages.posters import has_posters
from publishing.posters import told_as_of

MEDIA_LETTER = "media-letter"
OBSERVER_INVITATION = "observer-invitation"
LETTERS = (MEDIA_LETTER, OBSERVER_INVITATION)
ON_AIR = "播出"
OPTIONAL = {"联系电话": "见网站", "短稿": "无", "字数": "无"}


@dataclass(frozen=True)
class Wish:
    """What is asked of a newspaper or a station."""

    medium: str
    means: str  # 刊登 or 播出
    start: date
    end: date
    times: int


def media_letter(notice: Notice, wish: Wish, *, on: date) -> tuple[str, bytes]:
    """
    Return the title and the bytes of a letter to the press with the whole text of a notice.

    :raises BlankField: naming every blank field
    """
    title = f"新闻媒体刊播函（公开第{notice.pk}号，{wish.medium}）"
    with translation.override("zh-hans"):
        context = context_of(notice, wish, on) | short_texts(notice, wish)
        return title, render(MEDIA_LETTER, context, title=title, optional=OPTIONAL)


def short_texts(notice: Notice, wish: Wish) -> Context:
    """Return what is printed or read out where there is no room for the whole notice: of plans and their periods."""
    told = told_as_of(notice.entry, notice.project) if has_posters(notice.entry) else None
    if told is None:
        return {"有短稿": False, "播出": False, "短稿": "", "字数": ""}
    on_air = wish.means == ON_AIR
    text = broadcast_text(told) if on_air else print_text(told, settings.SITE_URL)
    return {"有短稿": True, "播出": on_air, "短稿": text, "字数": str(spoken_length(text))}


def context_of(notice: Notice, wish: Wish, on: date) -> Context:
    project = notice.project
    return {
        "函号": f"{project.number}-公开{notice.pk}",
        "公告号": str(notice.pk),
        "媒体名称": wish.medium,
        "方式": wish.means,
        "次数": count(wish.times),
        "开始日期": day(wish.start),
        "结束日期": day(wish.end),
        "公告标题": notice.title,
        "公告正文": notice.body,
        "公布时间": moment(notice.at),
        "网上地址": f"{settings.SITE_URL}{notice.address}",
        "正文指纹": notice.sha256,
        "建设单位": project.owner.name,
        "联系人": project.contact_name,
        "联系电话": project.contact_phone,
        "发函日期": day(on),
    }


def invitation_letter(invitation: Invitation) -> tuple[str, bytes]:
    """
    Return the title and the bytes of the letter that asks an institution to watch, with its slip and its own link.

    :raises BlankField: naming every blank field
    """
    with translation.override("zh-hans"):
        title, context = observers.letter_title(invitation), observers.observer_invitation(invitation)
        return title, render(OBSERVER_INVITATION, context, title=title, optional={"联系电话": "见招标公告"})
