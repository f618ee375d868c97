"""What the templates of the desk ask for."""

from datetime import datetime
from typing import Any

from django import template
from django.conf import settings
from django.forms import BoundField

from ledger import clock
from ledger.models import Entry
from portal.staff.forms_desk import ClockForm
from portal.staff.sheets import in_words
from publishing.pages import acts

register = template.Library()


@register.filter
def shown(field: BoundField) -> str:
    """Write what a field holds, for a draft that can only be read."""
    return in_words(field)


@register.filter
def act_title(entry: Entry) -> str:
    return acts.title(entry)


@register.filter
def act_place(entry: Entry) -> str:
    return acts.place(entry.subject)


@register.simple_tag
def demo_now() -> datetime:
    return clock.now()


@register.simple_tag(takes_context=True)
def clock_form(context: Any) -> ClockForm | None:
    """The form by which staff put the calendar of a demo instance forward."""
    if not settings.DEMO:
        return None
    return context.get("clock_form") or ClockForm(now=clock.now(), back=context["request"].path)
