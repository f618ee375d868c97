"""The days that the law allows, beside the field where a day is chosen."""

from datetime import date

from django.utils.translation import gettext as _

from publishing.pages.wording import day
from tenders.law import basis, due_day, figure, law


def earliest_day(rule_id: str, start: date | None, words: str) -> str:
    """Say the first lawful day of a period that begins on ``start``, why, and whether it is provisional."""
    if start is None:
        return ""
    rule, due = law(rule_id, start), due_day(rule_id, start)
    doubt = _("；放假安排尚未公布，暂定") if due.provisional else ""
    reason = _("（%(figure)s，%(law)s%(doubt)s）") % {"figure": figure(rule), "law": basis(rule), "doubt": doubt}
    return f"{words}{day(due.strict)}{reason}"
