"""What must be shown before the public is told that something hangs on a wall or stands in a newspaper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from statutes.refusal import Refusal, unmet
from tenders.law import day as day_of
from tenders.law import refuse, shown
from tenders.models import Placement

MOST_PHOTOS = 3


@dataclass(frozen=True)
class Photo:
    """A picture as it is to be stored, checked and drawn anew by who received it."""

    file: ContentFile
    sha256: str


def refused_here(code: str, message: str) -> Refusal:
    return Refusal(code, message, _("本局公开栏管理办法（四统一）"))


def act_belongs_to_the_project(placement: Placement, at: datetime) -> Refusal | None:
    subject, path = placement.announced.subject, placement.project.path
    if subject == path or subject.startswith(f"{path}/"):
        return None
    return refused_here("announced", _("所选事项不属于本项目。"))


def is_not_in_the_future(placement: Placement, at: datetime) -> Refusal | None:
    if placement.posted_at <= at:
        return None
    return refused_here("future", _("张贴（刊登）时间不能晚于现在：还没有张贴的，不能登记。"))


def act_was_announced_before(placement: Placement, at: datetime) -> Refusal | None:
    """What is put up before the act was announced here is no copy of it (FO-17)."""
    announced_at = placement.announced.at
    if placement.posted_at >= announced_at:
        return None
    message = _("张贴（刊登）时间早于该事项的公布时间（%(moment)s）。") % {"moment": shown(announced_at)}
    return refuse("FO-17", message, day_of(at))


def stays_until_a_later_day(placement: Placement, at: datetime) -> Refusal | None:
    if placement.until is None or placement.until >= day_of(placement.posted_at):
        return None
    return refused_here("until", _("保留至的日期早于张贴日期。"))


def evidence_is_there(placement: Placement, photos: Sequence[Photo]) -> Refusal | None:
    """A wall is proven by a photo, a platform by its number, the press by either."""
    kind = Placement.Kind(placement.kind)
    if len(photos) > MOST_PHOTOS:
        return refused_here("evidence", _("照片最多%(most)d张。") % {"most": MOST_PHOTOS})
    if kind in Placement.SEEN and not photos:
        return refused_here("evidence", _("%(kind)s须附现场照片。") % {"kind": kind.label})
    if kind in Placement.NUMBERED and not placement.receipt:
        return refused_here("evidence", _("%(kind)s须填写平台给出的回执号。") % {"kind": kind.label})
    if not photos and not placement.receipt:
        return refused_here("evidence", _("%(kind)s须附剪报、截图，或者填写期号、版面。") % {"kind": kind.label})
    return None


def photos_are_described(placement: Placement, photos: Sequence[Photo]) -> Refusal | None:
    if not photos or placement.photo_alt:
        return None
    return refused_here("alt", _("请写照片说明：看不见照片的人要知道照片上有什么。"))


def is_not_there_already(placement: Placement, at: datetime) -> Refusal | None:
    there = Placement.objects.filter(
        announced=placement.announced_id, kind=placement.kind, place=placement.place, ended_at=None
    )
    if not there.exists():
        return None
    return refused_here("duplicate", _("同一事项在这个地点的张贴（刊登）已经登记过，尚未撤下。"))


RECORDING = (
    act_belongs_to_the_project,
    is_not_in_the_future,
    act_was_announced_before,
    stays_until_a_later_day,
    is_not_there_already,
)


def against_recording(placement: Placement, photos: Sequence[Photo], at: datetime) -> list[Refusal]:
    """Return every reason why a placement may not be entered."""
    evidence = (evidence_is_there(placement, photos), photos_are_described(placement, photos))
    return [*unmet(RECORDING, placement, at), *(refusal for refusal in evidence if refusal)]


def still_hangs(placement: Placement) -> Refusal | None:
    if placement.ended_at is None:
        return None
    return refused_here("wrong-state", _("这一处已经登记撤下。"))


def ends_in_its_time(placement: Placement, ended_at: datetime, at: datetime) -> Refusal | None:
    if placement.posted_at <= ended_at <= at:
        return None
    return refused_here("ended-at", _("撤下时间不能早于张贴时间，也不能晚于现在。"))


def against_ending(placement: Placement, ended_at: datetime, at: datetime) -> list[Refusal]:
    """Return every reason why a placement may not be entered as taken down."""
    return [refusal for refusal in (still_hangs(placement), ends_in_its_time(placement, ended_at, at)) if refusal]
