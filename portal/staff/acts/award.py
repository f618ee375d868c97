"""Acts from the draw of experts to the contracts."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from contracts import operations as contracts
from integrity.operations.drafting import draft_contracts
from portal.staff import forms_award
from portal.staff.acts.act import Act, by_number, drafting, of_package, own
from portal.staff.finding import (
    find_contract,
    find_member,
    find_package,
)
from portal.staff.forms_acts import ActForm
from tenders.operations import evaluation

MEMBER = "staff/about/member.html"


def draw_experts(thing: Any, answers: dict[str, Any], actor: User, at: datetime) -> Any:
    members = [*answers.pop("experts"), *answers.pop("representatives")]
    return evaluation.draw_experts(thing.pk, evaluation.Draw(**answers), members, actor=actor, at=at)


AWARD = (
    Act(
        "draw-experts",
        _("登记抽取评标专家"),
        find_package,
        forms_award.DrawExpertsForm,
        draw_experts,
        "committee",
        own,
    ),
    Act(
        "withdraw-member",
        _("登记评标委员会成员退出"),
        find_member,
        forms_award.WithdrawMemberForm,
        by_number(evaluation.withdraw_member),
        "committee",
        of_package,
        MEMBER,
    ),
    Act(
        "draft-contracts",
        _("起草两份合同"),
        find_package,
        ActForm,
        drafting(draft_contracts),
        "",
        own,
        public=False,
    ),
    Act(
        "return-bonds",
        _("公告投标保证金已经退还"),
        find_contract,
        ActForm,
        by_number(contracts.return_bonds),
        "",
        own,
    ),
)
