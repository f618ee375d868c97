"""Acts that prepare a tender and lead it to its deadline."""

from django.utils.translation import gettext_lazy as _

from portal.staff import forms_acts as forms
from portal.staff.acts.act import MANAGER, SECOND, Act, by_number, drafting, own
from portal.staff.finding import find_package, find_project
from portal.staff.forms_acts import ActForm
from portal.staff.forms_fairness import FairnessForm
from tenders.drafting import new_package, retender
from tenders.operations import plan
from tenders.operations.fairness import review_fairness
from tenders.operations.trustee_keys import replace_keys

TENDER = (
    Act(
        "replace-keys",
        _("更换开标密钥"),
        find_package,
        ActForm,
        by_number(replace_keys),
        "clarifications",
        own,
        "staff/about/keys.html",
        roles=MANAGER,
    ),
    Act(
        "publish-approval",
        _("公布审批结果"),
        find_project,
        forms.ApprovalForm,
        by_number(plan.publish_approval),
        "approvals",
        own,
    ),
    Act(
        "new-package",
        _("新建标段"),
        find_project,
        forms.NewPackageForm,
        drafting(new_package),
        "",
        own,
        public=False,
        roles=MANAGER,
    ),
    Act(
        "review-fairness",
        _("公平竞争审查"),
        find_package,
        FairnessForm,
        by_number(review_fairness),
        "fairness",
        own,
        roles=SECOND,
    ),
    Act(
        "retender",
        _("重新招标"),
        find_package,
        ActForm,
        drafting(retender),
        "",
        own,
        public=False,
        roles=MANAGER,
    ),
)
