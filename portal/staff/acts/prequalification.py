"""Acts of a prequalification at the desk. Who applies is public before the opening in none of them."""

from django.utils.translation import gettext_lazy as _

from portal.staff import forms_prequalification as forms
from portal.staff.acts.act import MANAGER, Act, by_number, drafting, of_package, own
from portal.staff.finding import find_applicant, find_package
from portal.staff.forms_acts import ActForm
from tenders.operations import prequalification

PREQUALIFICATION = (
    Act(
        "choose-prequalification",
        _("实行资格预审"),
        find_package,
        ActForm,
        drafting(prequalification.choose_prequalification),
        "",
        own,
        public=False,
        roles=MANAGER,
    ),
    Act(
        "drop-prequalification",
        _("改回资格后审"),
        find_package,
        ActForm,
        drafting(prequalification.drop_prequalification),
        "",
        own,
        public=False,
        roles=MANAGER,
    ),
    Act(
        "register-application",
        _("签收资格预审申请文件"),
        find_package,
        forms.RegisterApplicationForm,
        by_number(prequalification.register_application),
        "applicants",
        own,
        public=False,
    ),
    Act(
        "withdraw-application",
        _("登记撤回资格预审申请文件"),
        find_applicant,
        forms.WithdrawApplicationForm,
        by_number(prequalification.withdraw_application),
        "applicants",
        of_package,
        "staff/about/applicant.html",
        public=False,
    ),
)
