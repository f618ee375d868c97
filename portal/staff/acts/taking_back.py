"""Acts that correct or take back what is published."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from contracts.models import Document
from portal.staff import forms_publishing as publishing_forms
from portal.staff.acts.act import MANAGER, SECOND, Act, Role, by_number, of_project, own
from portal.staff.finding import find_notice, find_paper, find_project, find_take_down
from portal.staff.forms_acts import ActForm
from publishing import operations as publishing
from publishing.models import TakeDown
from tenders.models import Package

NOTICE = "staff/about/notice.html"
PAPER = "staff/about/paper.html"
TAKE_DOWN = "staff/about/take_down.html"


def propose_take_down(thing: Any, answers: dict[str, Any], actor: User, at: datetime) -> Any:
    return publishing.propose_take_down(TakeDown(project=thing, **answers), actor=actor, at=at)


def package_of_paper(paper: Document) -> int:
    """Return the number of the package in whose list of papers it stands."""
    return Package.objects.named(paper.subject).get().pk


TAKING_BACK = (
    Act(
        "correct-notice",
        _("更正公告"),
        find_notice,
        publishing_forms.CorrectForm,
        by_number(publishing.correct_notice),
        "published",
        of_project,
        NOTICE,
        roles=MANAGER,
    ),
    Act(
        "withdraw-notice",
        _("撤回公告"),
        find_notice,
        publishing_forms.WithdrawForm,
        by_number(publishing.withdraw_notice),
        "published",
        of_project,
        NOTICE,
        roles=MANAGER,
    ),
    Act(
        "renew-paper",
        _("重新生成文书"),
        find_paper,
        publishing_forms.RenewPaperForm,
        by_number(publishing.renew_paper),
        "papers",
        package_of_paper,
        PAPER,
    ),
    Act(
        "take-down",
        _("提出下架"),
        find_project,
        publishing_forms.TakeDownForm,
        propose_take_down,
        "published",
        own,
        public=False,
        roles=(Role.MANAGER, Role.CLERK, Role.REVIEWER),
    ),
    Act(
        "confirm-take-down",
        _("复核：同意下架"),
        find_take_down,
        ActForm,
        by_number(publishing.confirm_take_down),
        "published",
        of_project,
        TAKE_DOWN,
        roles=SECOND,
    ),
    Act(
        "drop-take-down",
        _("复核：不予下架"),
        find_take_down,
        ActForm,
        by_number(publishing.drop_take_down),
        "published",
        of_project,
        TAKE_DOWN,
        public=False,
        roles=SECOND,
    ),
)
