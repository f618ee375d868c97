"""The law as it stands for this county: the rules of ``statutes`` in its region, with every holiday notice loaded."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from statutes.calendar import CHINA, Calendar, DueDay, year_from_notice
from statutes.refusal import Refusal
from statutes.rules import Rule, due, rule
from tenders.models import HolidayYear


def calendar() -> Calendar:
    """Return the official calendar with the years that an administrator has uploaded. One query."""
    known = CHINA
    for holiday_year in HolidayYear.objects.all():
        known = known.with_year(year_from_notice(holiday_year.notice))
    return known


def law(rule_id: str, on: date) -> Rule:
    """
    Return the rule in force here on a day.

    :raises LookupError: if there is none
    """
    return rule(rule_id, on=on, region=settings.REGION)


def due_day(rule_id: str, start: date) -> DueDay:
    """Return when the period of a rule ends that an act on ``start`` begins."""
    return due(law(rule_id, start), start, calendar())


def day(at: datetime) -> date:
    """Return the day of a moment, as the bureau's wall clock shows it."""
    return timezone.localdate(at)


def basis(rule: Rule) -> str:
    return rule.citation_en if (get_language() or "").startswith("en") else rule.citation


def figure(rule: Rule) -> str:
    """Return a rule's amount or period as people say it."""
    return rule.figure_en if (get_language() or "").startswith("en") else rule.figure


def refuse(rule_id: str, message: str, on: date) -> Refusal:
    """Return a refusal that rests on a rule: its id is the code, its article the basis."""
    return Refusal(rule_id, message, basis(law(rule_id, on)))


def listed(names: Iterable[Any]) -> str:
    """Return names one after another, as people write them within a sentence."""
    return _("、").join(str(name) for name in names)


def shown(value: Any) -> str:
    """Return a day or a moment as people write it."""
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), _("Y年n月j日 G:i"))
    return date_format(value, _("Y年n月j日"))
