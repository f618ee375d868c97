"""Acts from the evaluation to the contracts."""

from django.utils.translation import gettext_lazy as _

from contracts import operations as contracts
from integrity.operations.drafting import draft_contracts
from portal.staff.acts.act import Act, by_number, drafting, own
from portal.staff.finding import (
    find_contract,
    find_package,
)
from portal.staff.forms_acts import ActForm

AWARD = (
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
