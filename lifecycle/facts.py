"""What the entry of each step says in public. What is reviewed before it goes out is said here in the same words."""

from datetime import datetime
from typing import Any

from contracts.gates import contracts_of
from contracts.models import Contract
from integrity.gates.contract import integrity_contract_of
from integrity.models import Observation
from tenders.gates import evaluation as evaluation_gates
from tenders.gates import prequalification as prequalification_gates
from tenders.gates.plan import consultation_of
from tenders.gates.report import report_of
from tenders.gates.standstill import ending_of, ground_of_ending
from tenders.models import Bid, Consultation, Hearing, Package, PlanVersion, Project, TrusteeKey, facts_of
from tenders.revealing import opening_revealed
from tenders.session import confirmations


def nothing_more(subject: Any) -> dict[str, Any]:
    return {}


def plan(project: Project) -> dict[str, Any]:
    return consultation_of(project).facts()


def plan_version(version: PlanVersion) -> dict[str, Any]:
    return version.facts()


def comment_period(consultation: Consultation) -> dict[str, Any]:
    return facts_of(consultation, ("round", "opens_on", "closes_on", "shortened_reason"))


def comments_received(consultation: Consultation) -> dict[str, Any]:
    return {"round": consultation.round, "received": consultation.comments.count()}


def adoption_report(consultation: Consultation) -> dict[str, Any]:
    report = report_of(consultation)
    return report.in_entry() if report else {}


def hearing_announcement(hearing: Hearing) -> dict[str, Any]:
    return hearing.facts()


def applications_received(hearing: Hearing) -> dict[str, Any]:
    return {"number": hearing.number, "received": hearing.applications.count()}


def hearing_participants(hearing: Hearing) -> dict[str, Any]:
    """The participants by their numbers: names stand on the page, where they can be masked, and not in the record."""
    told = facts_of(hearing, ("number", "starts_at", "place", "chair", "chair_post"))
    return {**told, "listed": hearing.numbers_by_group()}


def hearing_begun(hearing: Hearing) -> dict[str, Any]:
    names = ("number", "starts_at", "place", "chair", "chair_post", "recorder", "presenter", "materials_on")
    return facts_of(hearing, names)


def hearing_record(hearing: Hearing) -> dict[str, Any]:
    """Who was heard for and against, by numbers; of what was said only the digests, since a text may have to go."""
    signatures = [a.signature for a in hearing.participants() if a.attended]
    said = [s.public_facts() for s in hearing.statements.select_related("application")]
    return {
        **hearing.summary(),
        "signed": signatures.count("signed"),
        "refused": signatures.count("refused"),
        "signed_scan_sha256": hearing.signed_scan_sha256,
        "said": [{name: s[name] for name in ("number", "participant", "stance", "digest")} for s in said],
    }


def hearing_cancelled(hearing: Hearing) -> dict[str, Any]:
    return facts_of(hearing, ("number", "starts_at", "place"))


def decision(project: Project) -> dict[str, Any]:
    return project.decision.facts()


def tender_plan(package: Package) -> dict[str, Any]:
    return package.plan()


def choice_of_method(package: Package) -> dict[str, Any]:
    names = ("name", "category", "track", "estimate_fen", "approval_number")
    return {"package": package.number, **facts_of(package, names), **package.chosen()}


def announcement(package: Package) -> dict[str, Any]:
    """What the announcement says; and to whose keys a bid is sealed, if bids may come electronically."""
    keys = TrusteeKey.objects.filter(boxes=package.pk)
    told = package.facts() | ({"prequalified": True} if package.is_prequalified else {})
    return told | ({"trustee_keys": [key.facts() for key in keys]} if keys else {})


def prequalification(package: Package) -> dict[str, Any]:
    return package.prequalification.facts()


def prequalification_result(package: Package) -> dict[str, Any]:
    """Only whether enough have passed, and what binds the list: names and numbers stay secret (EM-01)."""
    ours = package.prequalification
    told = {"package": package.number, **facts_of(package, ("name", "tender_number"))}
    reviewers = prequalification_gates.number_of_reviewers(ours)
    return {**told, "enough": ours.enough, "reviewer_count": reviewers, "commitment": ours.digest}


def register_of_bids(package: Package) -> dict[str, Any]:
    """The whole register, refused envelopes included: with the opening its embargo ends."""
    return opening_revealed(package)


def opening_record(package: Package) -> dict[str, Any]:
    concerns = Observation.objects.filter(
        attendance__invitation__package=package, finding=Observation.Finding.CONCERN
    ).count()
    names = (
        "chair", "recorder", "bid_supervisor", "seals_checker", "seals_checked_by", "seals_finding",
        "reserve_price_fen", "recording", "no_evaluator_attended", "notes", "signers", "signed_at",
        "signed_scan_sha256",
    )  # fmt: skip
    heard = confirmations(package)
    invitations = package.invitations.select_related("institution")
    refused = package.bids.filter(status=Bid.Status.REFUSED)  # late ones came after the opening's entry
    return {
        **facts_of(package.opening, names),
        "prices": [
            {**facts_of(bid, ("number", "bidder", "price_fen")), "confirmed": heard[bid.number].means}
            for bid in package.bids.accepted()
            if bid.number in heard
        ],
        "refused": [facts_of(bid, ("number", "bidder", "arrived_at", "refusal_reason")) for bid in refused],
        "observers": [
            {"institution": i.institution.name, **facts_of(i, ("mode", "reason", "sent_at"))} for i in invitations
        ],
        "concerns": concerns,
        "objections": package.objections.count(),
    }


def ending(package: Package) -> dict[str, Any]:
    """How money goes back, and what comes after."""
    return ending_of(package).facts()


def ground_of(package: Package, at: datetime) -> dict[str, Any]:
    """Why the tender ends, as the facts have it at that moment."""
    return {"ground": ground_of_ending(package, at).value}


def evaluation(package: Package) -> dict[str, Any]:
    """Only that the report has come in: what it says stays secret until the candidates are published (EM-04)."""
    report = package.evaluation
    told = facts_of(report, ("finished_on", "report_received_on"))
    return {**told, **report.committee(), "commitment": report.commitment()}


def candidates(package: Package) -> dict[str, Any]:
    """Whom the committee proposes; and what binds us to the report as it is now, if it was corrected meanwhile."""
    report = package.evaluation
    return {
        **report.facts(),
        "corrected": evaluation_gates.was_corrected(package),
        "commitment": report.commitment(),
    }


def award(package: Package) -> dict[str, Any]:
    return package.result.facts() | {"commitment": package.evaluation.commitment()}


def both_contracts(contract: Contract) -> dict[str, Any]:
    integrity_contract = integrity_contract_of(contract)
    return {
        "contract": contract.facts() | contract.signatures(),
        "integrity_contract": integrity_contract and integrity_contract.facts() | integrity_contract.signatures(),
    }


def commencement(project: Project) -> dict[str, Any]:
    return {"contracts": [contract.commencement.facts() for contract in contracts_of(project)]}
