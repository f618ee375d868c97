"""Drafting of the two contracts from the award. Writes no entry."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from contracts.models import Commencement, Contract
from integrity.models import IntegrityContract
from statutes.refusal import Refusal
from tenders.locking import lock
from tenders.models import Package
from tenders.operations.common import refused
from tenders.rights import Role, demand


@transaction.atomic
def draft_contracts(package_id: int, *, actor: User) -> Contract:
    """
    Draft both contracts of an awarded package from its award, or return them. Drafting: writes no entry.

    If another candidate has won since they were drafted, they begin anew with that one.
    """
    package = lock(Package, package_id)
    demand(actor, package.project, Role.MANAGER, Role.CLERK)
    if known := Contract.objects.filter(package=package).first():
        return _with_the_winner(known)
    if package.state != Package.State.AWARDED:
        raise refused(Refusal("AW-04", _("定标之后才能起草合同。"), _("本局办事流程")))
    contract = Contract.objects.create(**_from_award(package))
    IntegrityContract.objects.create(
        contract=contract, number=f"{package.tender_number}-LZ", hotline=package.project.hotline
    )
    Commencement.objects.create(contract=contract)
    return contract


def _with_the_winner(contract: Contract) -> Contract:
    if contract.signed_at or contract.contractor_code == contract.package.result.winner.credit_code:
        return contract
    of_the_contractor = dict.fromkeys(("contractor_address", "contractor_representative", "contractor_phone"), "")
    for name, value in (_from_award(contract.package) | of_the_contractor).items():
        setattr(contract, name, value)
    contract.revision += 1
    contract.save()
    return contract


def _from_award(package: Package) -> dict[str, Any]:
    winner = package.result.winner
    return {
        "package": package,
        "number": f"{package.tender_number}-HT",
        "owner": package.project.owner,
        "contractor": winner.bidder,
        "contractor_code": winner.credit_code,
        "scope": package.scope,
        "price_fen": winner.price_fen,
        "duration_days": winner.duration_days,
        "quality": winner.quality,
        "project_manager": winner.project_manager,
    }
