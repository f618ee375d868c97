"""Whether a package must be tendered, and whether its project looks as if it had been split to stay below that."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _

from statutes.refusal import Refusal
from statutes.rules import Rule
from tenders.law import figure, law, refuse
from tenders.models import Category, Package, Project, Track

RULE_OF = {
    Category.CONSTRUCTION: "TH-02",
    Category.GOODS: "TH-03",
    Category.DESIGN: "TH-04",
    Category.SUPERVISION: "TH-04",
}
NEAR = Fraction(9, 10)  # of a threshold: close enough below it to be asked why


@dataclass(frozen=True)
class Measure:
    """A package beside the amount from which it must be tendered. Amounts are in fen."""

    rule: Rule
    own_fen: int
    together_fen: int  # with all that could be bought together with it (TH-05)

    @property
    def threshold_fen(self) -> int:
        return int(self.rule.amount or 0)

    @property
    def is_reached(self) -> bool:
        return self.together_fen >= self.threshold_fen > 0

    @property
    def is_split(self) -> bool:
        return self.is_reached and self.own_fen < self.threshold_fen


def measure(package: Package, on: date) -> Measure | None:
    """
    Return a package beside its threshold, or None if no threshold is set for what it buys. Two queries.

    Works, and what belongs to them, fall under the law of tenders if public money pays for them (TH-01); other goods
    and services have the threshold of government procurement (TH-11).
    """
    rule_id = threshold_of(package)
    if rule_id != "TH-11" and not is_paid_publicly(package.project, on):
        return None
    rule = law(rule_id, on)
    if not rule.amount:
        return None
    alike = [other for other in standing(package.project) if kind_of(other) == kind_of(package)]
    return Measure(rule, package.estimate_fen, sum(other.estimate_fen for other in alike))


def threshold_of(package: Package) -> str:
    """Return the rule that says from what amount such a package must be tendered."""
    is_apart = package.track == Track.PROCUREMENT and package.category in {Category.GOODS, Category.SERVICES}
    return "TH-11" if is_apart else RULE_OF.get(Category(package.category), "TH-11")


def kind_of(package: Package) -> tuple[str, str]:
    """Return what packages have in common that count together (TH-05): what they buy, and their threshold."""
    return package.category, threshold_of(package)


def standing(project: Project) -> list[Package]:
    """Return the packages of a project but for those that failed: what is tendered again counts once."""
    return list(project.packages.exclude(state=Package.State.FAILED))


def is_paid_publicly(project: Project, on: date) -> bool:
    """Say whether budget or state money pays so much of a project that its works must be tendered (TH-01)."""
    public = sum(source.amount_fen for source in project.funding.all() if source.is_public)
    least, share = law("TH-01", on).amount or 0, law("TH-01.2", on).amount or 0
    return public >= least and public >= project.estimate_fen * share


def signs_of_splitting(project: Project, on: date) -> list[Refusal]:
    """
    Return what makes a project look split, each with the figures and the article. They warn; they refuse nothing.

    Source: 《招标投标法》第四条; 《必须招标的工程项目规定》第五条第二款.
    """
    groups: dict[tuple[str, str], list[Package]] = defaultdict(list)
    for package in standing(project):
        groups[kind_of(package)].append(package)
    return [sign for packages in groups.values() for sign in _signs(packages, on)]


def _signs(packages: list[Package], on: date) -> list[Refusal]:
    found = measure(packages[0], on)
    if found is None or found.threshold_fen == 0:
        return []
    figures = {"n": len(packages), "category": packages[0].get_category_display(), "limit": figure(found.rule)}
    if all(p.estimate_fen < found.threshold_fen for p in packages) and found.is_reached and len(packages) > 1:
        words = _("%(n)d个%(category)s标段各自低于%(limit)s，合计%(sum)s元，已经达到：应当合并计算，都必须招标。")
        return [refuse("TH-05", words % {**figures, "sum": f"{found.together_fen / 100:,.2f}"}, on)]
    near = [p for p in packages if NEAR * found.threshold_fen <= p.estimate_fen < found.threshold_fen]
    words = _("第%(number)d标段的估算价%(estimate)s元，略低于必须招标的%(limit)s：请核对估算，并确认没有拆分。")
    return [
        refuse("TH-07", words % {**figures, "number": p.number, "estimate": f"{p.estimate_fen / 100:,.2f}"}, on)
        for p in near
    ]
