"""The review of a document before it goes out."""

from datetime import datetime
from operator import attrgetter
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from portal.staff import forms_acts as forms
from portal.staff.acts.act import REVIEW_PREFIX, Act, Role
from portal.staff.finding import (
    Find,
    find_consultation,
    find_contract,
    find_decision,
    find_evaluation,
    find_hearing,
    find_hearing_record,
    find_integrity_contract,
    find_package,
    find_participants_list,
    find_plan_version,
    find_prequalification,
    find_report,
)
from tenders.operations.review import review as review_document


def review(thing: Any, answers: dict[str, Any], actor: User, at: datetime) -> Any:
    return review_document(thing, **answers, actor=actor, at=at)


def review_of(name: str, title: Any, find: Find) -> Act:
    return Act(
        f"{REVIEW_PREFIX}{name}", title, find, forms.ReviewForm, review, "reviews", attrgetter("project.pk"),
        "staff/about/document.html", roles=(Role.REVIEWER,),
    )  # fmt: skip


REVIEWS = (
    review_of("plan", _("审查：方案公示"), find_consultation),
    review_of("plan-version", _("审查：方案修改"), find_plan_version),
    review_of("adoption-report", _("审查：意见采纳情况"), find_report),
    review_of("decision", _("审查：决策与意见采纳情况"), find_decision),
    review_of("hearing", _("审查：听证公告"), find_hearing),
    review_of("hearing-list", _("审查：听证参加人名单"), find_participants_list),
    review_of("hearing-record", _("审查：听证笔录"), find_hearing_record),
    review_of("prequalification", _("审查：资格预审公告"), find_prequalification),
    review_of("tender", _("审查：招标公告与招标文件"), find_package),
    review_of("candidates", _("审查：中标候选人公示"), find_evaluation),
    review_of("contract", _("审查：施工合同"), find_contract),
    review_of("integrity-contract", _("审查：廉政合同"), find_integrity_contract),
)
