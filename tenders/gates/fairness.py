"""Fair competition: the review before anything is issued, and what it must answer (FC-01, FC-02; D12)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from statutes.refusal import Refusal, rests_on
from tenders.fairness import hints_of
from tenders.gates import digest, own_rule
from tenders.law import day, refuse
from tenders.models import Clause, FairnessFinding, FairnessReview, Package

Verdict, Conclusion = FairnessFinding.Verdict, FairnessReview.Conclusion
Findings = Mapping[str, tuple[str, str]]  # by clause: the verdict, and a remark


def words_under_review(package: Package) -> dict[str, Any]:
    """Return what a review binds: the announcement with its documents, and those of the prequalification if any."""
    ours = getattr(package, "prequalification", None)
    return package.facts() | ({"prequalification": ours.facts()} if ours else {})


@rests_on("FC-01", "FC-02")
def competition_is_reviewed(package: Package, at: datetime) -> Refusal | None:
    """Exactly this announcement with these documents was reviewed, and found fair."""
    review = package.fairness_reviews.last()
    if review is None:
        return refuse("FC-01", _("招标公告和招标文件尚未经公平竞争审查。"), day(at))
    if review.conclusion == Conclusion.UNFAIR:
        return refuse("FC-02", _("公平竞争审查的结论是不符合审查标准，须修改后重新审查。"), day(at))
    if review.digest != digest(bytes(review.salt), words_under_review(package)):
        return refuse("FC-01", _("招标公告或者招标文件在公平竞争审查之后有改动，须重新审查。"), day(at))
    return None


@rests_on("FC-01")
def every_clause_is_answered(findings: Findings, at: datetime) -> Refusal | None:
    missing = [clause.label for clause in Clause if findings.get(clause, ("", ""))[0] not in Verdict.values]
    if not missing:
        return None
    return refuse("FC-01", _("还有%(n)d条没有审查结果。") % {"n": len(missing)}, day(at))


@rests_on("FC-02")
def what_was_pointed_at_is_explained(package: Package, findings: Findings, at: datetime) -> Refusal | None:
    """Where the words of the announcement look restrictive, a verdict says why they are not."""
    silent = [
        str(Clause(clause).label)
        for clause in hints_of(package)
        if findings.get(clause) and not findings[clause][1].strip()
    ]
    if not silent:
        return None
    message = _("公告里有须说明的字句，请在这几条写明理由：%(clauses)s。") % {"clauses": "；".join(silent)}
    return refuse("FC-02", message, day(at))


@rests_on("FC-01")
def exception_has_its_ground(findings: Findings, ground: str, at: datetime) -> Refusal | None:
    """Source: 《招标投标领域公平竞争审查规则》第十三条第二款."""
    is_claimed = any(verdict == Verdict.EXCEPTION for verdict, _remark in findings.values())
    if is_claimed == bool(ground.strip()):
        return None
    if is_claimed:
        return refuse("FC-01", _("适用例外规定的，须写明依据和理由。"), day(at))
    return refuse("FC-01", _("没有适用例外的条目，不写例外理由。"), day(at))


def package_is_a_draft(package: Package, at: datetime) -> Refusal | None:
    if package.state == Package.State.DRAFT:
        return None
    return own_rule(_("招标公告已经发布，不再审查。"))
