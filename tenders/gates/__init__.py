"""
What the law and the bureau's order demand before an act: each gate answers a refusal, or None if it is content.

A gate is named as a sentence that is true when it is met. It changes nothing; it is asked for the moment of the act.
"""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from ledger.canonical import canonical_bytes
from statutes.refusal import Refusal, rests_on
from tenders.law import day, listed, refuse
from tenders.models import Project, Review


def own_rule(message: str, code: str = "wrong-state") -> Refusal:
    """Return a refusal that rests on no law, but on the order in which the bureau works."""
    return Refusal(code, message, _("本局办事流程"))


def labels_of(thing: Model, names: Iterable[str]) -> list[str]:
    """Return what people call the named fields."""
    return [str(thing._meta.get_field(name).verbose_name) for name in names]  # type: ignore[union-attr]


def blank_labels(thing: Model, names: Iterable[str]) -> list[str]:
    """Return what people call those of the named fields that are still empty."""
    return labels_of(thing, [name for name in names if getattr(thing, name) in (None, "", [], 0)])


def incomplete(code: str, what: str, blank: list[str], at: datetime) -> Refusal | None:
    if not blank:
        return None
    return refuse(code, _("%(what)s还缺：%(blank)s。") % {"what": what, "blank": listed(blank)}, day(at))


def project_is_active(subject: Any, at: datetime) -> Refusal | None:
    project: Project = subject.project
    if project.standing == Project.Standing.ACTIVE:
        return None
    message = _("项目%(standing)s，不能办理此事项。") % {"standing": project.get_standing_display()}
    return own_rule(message, "not-active")


def digest(salt: bytes, facts: dict[str, Any]) -> str:
    return sha256(salt + canonical_bytes(facts)).hexdigest()


@rests_on("D03")
def is_released(document: Any, at: datetime) -> Refusal | None:
    """The confidentiality and personal-data review of exactly this content is recorded, and it was let out."""
    review = Review.objects.filter(subject=document.path, notice=document.notice).last()
    title = document.notice.label
    if review is None:
        return refuse("D03", _("《%(title)s》尚未经保密和个人信息审查。") % {"title": title}, day(at))
    if not review.released:
        return refuse("D03", _("《%(title)s》的审查结论是不予公开。") % {"title": title}, day(at))
    if review.digest != digest(bytes(review.salt), document.facts()):
        return refuse("D03", _("《%(title)s》在审查之后有改动，须重新审查。") % {"title": title}, day(at))
    return None
