"""How figures, days and laws are written on a page: as people write them, in either language."""

from datetime import date, datetime
from typing import Any

from django.db.models import BooleanField, DateField, DateTimeField, Field
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from publishing import money
from statutes.rule import Rule
from tenders.law import basis
from tenders.models import Project

FEN_IN_WAN = 1_000_000


def yuan(fen: int | None) -> str:
    """Write an amount with its fen; from 10,000 yuan on, in 万元 as well: ¥12,800,000.00（1280万元）."""
    if fen is None:
        return ""
    amount = f"¥{money.yuan(fen)}"
    if fen < FEN_IN_WAN:
        return amount
    wan = f"{fen / FEN_IN_WAN:.2f}".rstrip("0").rstrip(".")
    return _("%(amount)s（%(wan)s万元）") % {"amount": amount, "wan": wan}


def as_day(value: date | datetime | str) -> date:
    if isinstance(value, str):
        value = parse_date(value) or parse_datetime(value) or value
    if isinstance(value, datetime):
        return timezone.localdate(value)
    if isinstance(value, date):
        return value
    raise ValueError(f"{value!r} is no day")


def as_moment(value: datetime | str) -> datetime:
    moment = parse_datetime(value) if isinstance(value, str) else value
    if moment is None:
        raise ValueError(f"{value!r} is no moment")
    return timezone.localtime(moment)


def day(value: date | datetime | str | None) -> str:
    """Write a day with its weekday: 2026年12月22日（星期二）."""
    # Translators: how a day is written, in the letters of Django's date format: l j F Y
    return date_format(as_day(value), _("Y年n月j日（l）")) if value else ""


def moment(value: datetime | str | None) -> str:
    """Write a moment by the clock on the wall: 2026年7月6日（星期一）9:30."""
    # Translators: how a moment is written, in the letters of Django's date format: l j F Y, H:i
    return date_format(as_moment(value), _("Y年n月j日（l）G:i")) if value else ""


def second(value: datetime | str | None) -> str:
    """Write a moment to the second, where a second decides: 2026年7月6日 9:29:41."""
    # Translators: how a moment is written to the second, in the letters of Django's date format: j F Y, H:i:s
    return date_format(as_moment(value), _("Y年n月j日 G:i:s")) if value else ""


def iso(value: date | datetime | str | None) -> str:
    """Write a day for machines."""
    return as_day(value).isoformat() if value else ""


def article(rule: Rule) -> str:
    """Cite the provision that a rule rests on."""
    return basis(rule)


def short(digest: str) -> str:
    """Write the beginning of a digest: enough to compare by eye, never to verify."""
    return f"{digest[:12]}…"


def in_words(field: Field, value: Any) -> str:
    """Write a fact as its field is meant: an amount, a day, a choice, yes or no."""
    if field.name.endswith("_fen"):
        return yuan(value)
    if isinstance(field, BooleanField):
        return _("是") if value else _("否")
    if isinstance(field, DateTimeField):
        return moment(value)
    if isinstance(field, DateField):
        return day(value)
    if isinstance(value, dict):  # a text too long for an entry, which holds its digest instead
        return _("全文%(n)d字，载于所附文书；全文指纹（SHA-256）%(sha256)s") % {
            "n": value["characters"],
            "sha256": value["sha256"],
        }
    return str(dict(field.flatchoices).get(value, value))


def name(project: Project) -> str:
    """Return a project's name in the reader's language, if it has one there."""
    return project.name_en if project.name_en and (get_language() or "").startswith("en") else project.name
