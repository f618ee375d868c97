"""The act of the fair-competition review (D12)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from ledger.canonical import new_salt
from ledger.operations import FollowUp, record
from tenders import gates
from tenders.gates import fairness
from tenders.locking import lock
from tenders.models import Clause, FairnessFinding, FairnessReview, Package, next_number
from tenders.operations.common import hold_words, refuse_if
from tenders.rights import Role, demand

Verdict, Conclusion = FairnessFinding.Verdict, FairnessReview.Conclusion


@transaction.atomic(durable=True)
def review_fairness(
    package_id: int, *, findings: fairness.Findings, exception_ground: str = "", actor: User, at: datetime
) -> FairnessReview:
    """
    Record whether a tender's announcement and documents keep competition fair, clause by clause.

    The one who drafts it does not review it. What follows from the clauses is the conclusion: one that is broken makes
    the whole unfair. A later change makes the review stale.
    Source: 《招标投标领域公平竞争审查规则》第十三条、第二十条.

    :raises ActRefused: if a clause has no answer, or one is not explained that must be
    """
    package = lock(Package, package_id)
    demand(actor, package.project, Role.REVIEWER, Role.LEADER)
    refuse_if(
        fairness.package_is_a_draft(package, at),
        fairness.every_clause_is_answered(findings, at),
        fairness.what_was_pointed_at_is_explained(package, findings, at),
        fairness.exception_has_its_ground(findings, exception_ground, at),
    )
    remarks = {str(Clause(clause).label): remark for clause, (_verdict, remark) in findings.items()}
    hold_words(package.project, {**remarks, _("例外理由"): exception_ground})
    salt = new_salt()
    done = FairnessReview.objects.create(
        package=package,
        number=next_number(package.fairness_reviews),
        conclusion=_conclusion(findings),
        exception_ground=exception_ground.strip(),
        salt=salt,
        digest=gates.digest(salt, fairness.words_under_review(package)),
        reviewer=actor,
        reviewed_at=at,
    )
    FairnessFinding.objects.bulk_create(
        FairnessFinding(review=done, clause=clause, verdict=findings[clause][0], remark=findings[clause][1].strip())
        for clause in Clause
    )
    paper = {"template": "fairness-review", "model": done._meta.label_lower, "pk": done.pk}
    record(
        "fairness.reviewed",
        subject=done.path,
        actor=actor,
        at=at,
        facts=done.facts(),
        key=f"fairness:{done.path}",
        then=[FollowUp("document", paper)],
    )
    return done


def _conclusion(findings: fairness.Findings) -> FairnessReview.Conclusion:
    verdicts = {verdict for verdict, _remark in findings.values()}
    if Verdict.BROKEN in verdicts:
        return Conclusion.UNFAIR
    return Conclusion.EXCEPTION if Verdict.EXCEPTION in verdicts else Conclusion.FAIR
