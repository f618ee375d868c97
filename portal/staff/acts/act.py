"""What an act of the registers is, and how it calls its operation."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any

from django.utils.functional import Promise

from accounts.models import User
from ledger.models import Entry
from portal.staff.finding import Find
from portal.staff.forms_acts import ActForm

Role = User.Role
REVIEW_PREFIX = "review-"  # before the name of the notice
Do = Callable[[Any, dict[str, Any], User, datetime], Any]


@dataclass(frozen=True)
class Act:
    """``anchor`` leads from the thing to the number of the register's own thing; ``public`` acts cannot be undone."""

    name: str
    title: str | Promise
    find: Find
    form: type[ActForm]
    do: Do
    register: str
    anchor: Callable[[Any], int]
    about: str = ""  # the template that shows the thing above the form
    public: bool = True
    roles: tuple[str, ...] = (Role.MANAGER, Role.CLERK)
    leads_to: Callable[[Any, Entry], str] | None = None  # where one goes on, if not back to the register


def by_number(operation: Callable[..., Any]) -> Do:
    """Call an operation that takes the number of its thing and the moment."""
    return lambda thing, answers, actor, at: operation(thing.pk, **answers, actor=actor, at=at)


def drafting(operation: Callable[..., Any]) -> Do:
    """Call an operation that is no act: it needs no moment."""
    return lambda thing, answers, actor, at: operation(thing.pk, **answers, actor=actor)


of_project = attrgetter("project_id")
own, of_consultation, of_package = attrgetter("pk"), attrgetter("consultation_id"), attrgetter("package_id")
MANAGER = (Role.MANAGER,)
SECOND = (Role.REVIEWER, Role.LEADER)
