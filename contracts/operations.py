"""The register of papers, each published by an act of its own; the return of bid bonds; the loss of an award."""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from contracts.gates import award_can_be_revoked
from contracts.models import Contract, Document
from ledger.models import Entry
from ledger.operations import record
from tenders.gates.bonds import bonds_are_settled
from tenders.law import day, refuse
from tenders.locking import lock
from tenders.models import Bid, Package, Project, Track
from tenders.operations.bonds import settlement
from tenders.operations.common import hold_to, publishable, refuse_if, refused
from tenders.periods import BONDS_BACK
from tenders.rights import Role, demand


@dataclass(frozen=True)
class Source:
    """Of what a paper was made: the number of the thing, and the digest of its data."""

    pk: int | None = None
    data_sha256: str = ""


@transaction.atomic(durable=True)
def register_document(
    *,
    project: Project,
    subject: str,
    template: str,
    title: str,
    content: bytes,
    caused_by: Entry,
    at: datetime,
    source: Source = Source(),
) -> Document:
    """
    Enter a paper into the register, once for each act that caused it.

    Called again, for instance by a worker that took over from a dead one, it returns the paper that is there already:
    Word files of the same data differ in their bytes, and the first is the one that counts.
    """
    project = lock(Project, project.pk)
    if known := Document.objects.filter(caused_by=caused_by, template=template, subject=subject).first():
        return known
    document = Document.objects.create(
        project=project,
        subject=subject,
        template=template,
        title=title,
        sha256=sha256(content).hexdigest(),
        size=len(content),
        caused_by=caused_by,
        made_of=source.pk,
        data_sha256=source.data_sha256,
        published_at=at,
    )
    facts = {
        "template": template,
        "title": title,
        "name": document.file_name,
        "sha256": document.sha256,
        "size": document.size,
        "of": caused_by.seq,
    }
    record(
        "document.published",
        subject=subject,
        actor=None,
        at=at,
        facts=facts,
        key=f"document:{caused_by.seq}:{template}:{subject}",
    )
    return document


@transaction.atomic(durable=True)
def return_bonds(contract_id: int, *, actor: User, at: datetime) -> Contract:
    """
    Tell the public that all bid bonds are back with the bank's interest (TBR 57; GPR 33), each as the register has it.

    The day is that of the last one.
    """
    contract = lock(Contract, contract_id)
    demand(actor, contract.project, Role.MANAGER, Role.CLERK)
    if contract.state != Contract.State.SIGNED or contract.bonds_returned_on:
        rule_id = BONDS_BACK[Track(contract.package.track)]
        raise refused(refuse(rule_id, _("合同签订之后、保证金实际退还以后才能登记，且只登记一次。"), day(at)))
    hold_to(contract.package, at, bonds_are_settled)
    facts = {"contract": contract.number, **settlement(contract.package)}
    contract.bonds_returned_on = date.fromisoformat(facts["returned_on"])
    contract.save(update_fields=["bonds_returned_on"])
    record("bonds.returned", subject=contract.path, actor=actor, at=at, facts=facts, key=f"bonds:{contract.path}")
    return contract


@transaction.atomic(durable=True)
def revoke_award(package_id: int, *, ground: str, reason: str, actor: User, at: datetime) -> Package:
    """
    Take the award from a winner who does not sign, or may not: the bid bond is kept, the next candidate may win.

    Source: 《招标投标法实施条例》第五十五条、第七十四条.
    """
    package = lock(Package, package_id)
    demand(actor, package.project, Role.MANAGER)
    refuse_if(award_can_be_revoked(package, at))
    if ground not in Bid.PassedOver.values:
        raise refused(refuse("AW-13", _("请选择法律列举的情形。"), day(at)))
    winner = package.result.winner
    winner.passed_over = ground
    winner.save(update_fields=["passed_over"])
    package.revoke_award(at)
    package.save()
    facts = {
        "number": winner.number,
        "bidder": winner.bidder,
        "ground": ground,
        "reason": publishable(reason, _("理由"), package.project, most=1000),
        "bond_is_kept": ground in Bid.BOND_IS_KEPT,
    }
    key = f"revoked:{winner.path}"
    record("award.revoked", subject=winner.path, actor=actor, at=at, facts=facts, key=key)
    return package
