"""What all models of this room share: money, days, what an entry holds of a fact."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

MAX_FEN = 2**53 - 1
MAX_QUOTED = 1500  # characters of a text that an entry quotes in full


def fen_field(label: Any, **options: Any) -> models.BigIntegerField:
    return models.BigIntegerField(
        label, help_text=_("单位：分"), validators=[MinValueValidator(0), MaxValueValidator(MAX_FEN)], **options
    )


def last_moment(day: date) -> datetime:
    """Return the end of ``day``: 24:00, as Civil Code 203 ends a period."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))


_in_full: ContextVar[bool] = ContextVar("in_full", default=False)


@contextmanager
def in_full() -> Iterator[None]:
    """Let facts hold long texts as they are, for somebody who reviews them before they go out."""
    token = _in_full.set(True)
    try:
        yield
    finally:
        _in_full.reset(token)


def first_moment(day: date) -> datetime:
    """Return the beginning of ``day``: 0:00."""
    return timezone.make_aware(datetime.combine(day, time()))


def in_record(value: Any) -> Any:
    """Return a fact as an entry can hold it: days as text, and of a long text its digest, since an entry has 64 KiB."""
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) and len(value) > MAX_QUOTED and not _in_full.get():
        return {"sha256": sha256(value.encode()).hexdigest(), "characters": len(value)}
    return value


def next_number(siblings: Any) -> int:
    """Return the number after the last one among ``siblings``, a queryset or manager. Requires their parent's lock."""
    return (siblings.aggregate(last=models.Max("number"))["last"] or 0) + 1


def facts_of(thing: models.Model, names: Iterable[str]) -> dict[str, Any]:
    """Return the named fields of a row as facts. What is not named is not public."""
    return {name: in_record(getattr(thing, name)) for name in names}


class Drafted(models.Model):
    """Something written by hand before it is published. By ``revision`` two editors notice each other."""

    revision = models.PositiveIntegerField(default=0, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True


class Notice(models.TextChoices):
    """What is reviewed for secrets and personal data, once per document, before it goes out (政府信息公开条例 17)."""

    PLAN = "plan", _("方案公示")
    PLAN_VERSION = "plan-version", _("方案修改")
    ADOPTION_REPORT = "adoption-report", _("意见采纳情况")
    HEARING = "hearing", _("听证公告")
    HEARING_LIST = "hearing-list", _("听证参加人名单")
    HEARING_RECORD = "hearing-record", _("听证笔录")
    DECISION = "decision", _("决策与意见采纳情况")
    PREQUALIFICATION = "prequalification", _("资格预审公告")
    TENDER = "tender", _("招标公告与招标文件")
    CANDIDATES = "candidates", _("中标候选人公示")
    CONTRACT = "contract", _("施工合同")
    INTEGRITY_CONTRACT = "integrity-contract", _("廉政合同")
