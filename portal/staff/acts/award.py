"""Acts from the draw of experts to the contracts."""

from datetime import datetime
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from contracts import operations as contracts
from integrity.operations.drafting import draft_contracts
from portal.staff import forms_award
from portal.staff.acts.act import MANAGER, Act, by_number, drafting, of_package, own
from portal.staff.finding import find_bid, find_contract, find_member, find_package
from portal.staff.forms_acts import ActForm
from publishing.documents import generate
from tenders.operations import award as awarding
from tenders.operations import evaluation

MEMBER = "staff/about/member.html"


def draw_experts(thing: Any, answers: dict[str, Any], actor: User, at: datetime) -> Any:
    members = [*answers.pop("experts"), *answers.pop("representatives")]
    return evaluation.draw_experts(thing.pk, evaluation.Draw(**answers), members, actor=actor, at=at)


def submit_report(thing: Any, answers: dict[str, Any], actor: User, at: datetime) -> Any:
    """The digest is that of the report as the desk gives it out at this moment."""
    _title, content = generate("tender-report", thing.pk)
    digest = sha256(content).hexdigest()
    return awarding.submit_tender_report(thing.pk, **answers, sha256=digest, actor=actor, at=at)


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
        "extend-validity",
        _("延长投标有效期"),
        find_package,
        forms_award.ExtendValidityForm,
        by_number(awarding.extend_validity),
        "results",
        own,
        roles=MANAGER,
    ),
    Act(
        "deliver-letter",
        _("登记送达中标（结果）通知"),
        find_bid,
        forms_award.DeliverLetterForm,
        by_number(awarding.deliver_letter),
        "results",
        of_package,
        "staff/about/letter.html",
    ),
    Act(
        "submit-report",
        _("登记报送招标投标情况书面报告"),
        find_package,
        forms_award.SubmitReportForm,
        submit_report,
        "results",
        own,
    ),
    Act(
        "revoke-award",
        _("取消中标资格"),
        find_package,
        forms_award.RevokeAwardForm,
        by_number(contracts.revoke_award),
        "results",
        own,
        roles=MANAGER,
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
