"""
Whether words may become public: the one gate for personal data, for everything that people type.

It refuses with a sentence that names the kind and the place, never the datum.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from statutes.refusal import Refusal
from tenders.findings import Finding
from tenders.gates.placement import Photo
from tenders.models import MAY_STAY, Comment, FindingKind, Project
from tenders.offices import office_numbers
from tenders.personal import Found, excerpts, personal_data
from tenders.scanning.apart import look_through

MOST_NAMED = 5


def personal_data_basis() -> str:
    return _("《中华人民共和国个人信息保护法》第二十五条")


def words_name_nobody(
    project: Project, words: Mapping[str, str], *, public: str = "", ground: str = ""
) -> Refusal | None:
    """
    Ask whether texts may go public as they stand. ``words`` are the texts by what people call them.

    The numbers of the project's own offices may. So may what stands in ``public``, which is out already, and what
    ``ground`` lets stay.
    """
    found = data_in(project, words, public=public)
    places = [
        _("“%(what)s”第%(n)d个字起像是%(kind)s")
        % {"what": what, "n": one.start + 1, "kind": FindingKind(one.kind).label}
        for what, one in found
        if ground not in MAY_STAY[one.kind]
    ]
    advice = _("公开的文字里不能有个人信息，请删去、遮盖或者换个说法；单位的办公电话，请系统管理员先登记到单位里")
    return _refusal(places, advice) if places else None


def data_in(project: Project, words: Mapping[str, str], *, public: str = "") -> list[tuple[str, Found]]:
    """Return the personal data in texts, each with what people call its text. Without any, which is usual, no query."""
    if not any(personal_data(text) for text in words.values()):
        return []
    known = office_numbers(project)
    known |= {one.number for one in excerpts(public, known)}
    return [(what, found) for what, text in words.items() for found in personal_data(text, known)]


def _refusal(places: Sequence[str], advice: str) -> Refusal:
    shown = "；".join(places[:MOST_NAMED])
    more = _("，共%(n)d处") % {"n": len(places)} if len(places) > MOST_NAMED else ""
    return Refusal("personal-data", f"{shown}{more}。{advice}。", personal_data_basis())


def comment_names_nobody(comment: Comment, at: datetime) -> Refusal | None:
    """What the public would read of a comment holds no personal data, or it is masked."""
    text = getattr(comment, "public_text", comment.text)
    places = [
        _("第%(n)d个字起像是%(kind)s") % {"n": found.start + 1, "kind": FindingKind(found.kind).label}
        for _what, found in data_in(comment.project, {"": text})
    ]
    return _refusal(places, _("请先遮盖，再公开这条意见")) if places else None


def open_findings(found: Iterable[Finding], grounds: Mapping[str, str]) -> list[Finding]:
    """Return those findings for which no ground is given that lets their kind stay."""
    return [finding for finding in found if grounds.get(finding.key) not in MAY_STAY[finding.kind]]


def every_finding_is_resolved(found: Collection[Finding], grounds: Mapping[str, str]) -> Refusal | None:
    """Nothing that was found in a document goes out before somebody has said why it may."""
    left = open_findings(found, grounds)
    if not left:
        return None
    named = "；".join(f"{finding.title}（{finding.place}）" for finding in left[:MOST_NAMED])
    named += "……" if len(left) > MOST_NAMED else ""
    message = _(
        "还有%(n)d处没有处理：%(named)s。请逐处选择可以公开的理由；没有理由的，选“否”退回起草人删去或者遮盖，再重新审查。"
    )
    basis = _("《中华人民共和国政府信息公开条例》第十五条、第十七条，《中华人民共和国个人信息保护法》第二十五条")
    return Refusal("personal-data", message % {"n": len(left), "named": named}, basis)


def pictures_tell_only_what_they_show(pictures: Sequence[Photo], at: datetime) -> Refusal | None:
    """What a camera wrote beside a picture was taken away when it was drawn anew. This proves it."""
    contents = [picture.file.open().read() for picture in pictures]
    if not any(look_through(content, ()) for content in contents):
        return None
    message = _("照片里带有拍摄地点、设备或者作者等信息，不能公开：请用本页面上传照片，这些信息会自动去掉。")
    return Refusal("personal-data", message, personal_data_basis())
