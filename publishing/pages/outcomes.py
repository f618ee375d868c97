"""How outcomes of comments, and the figures of an adoption report, are called."""

from collections.abc import Mapping

from django.utils import timezone
from django.utils.translation import gettext as _

from tenders.law import basis, day, law
from tenders.models import Answer, Comment
from tenders.models.counting import VERDICTS, WITHOUT_THEME

OUTCOMES = {verdict: outcome for outcome, verdict in VERDICTS.items()}


def verdict(value: str) -> str:
    """Return the word for a verdict of a report."""
    return str(OUTCOMES[value].label)


def by_outcome(counts: Mapping[str, int]) -> dict[str, int]:
    """Return how many there are of each outcome, by its word, in the order of the outcomes."""
    return {str(outcome.label): counts[outcome] for outcome in Answer.Outcome if counts.get(outcome)}


def by_channel(counts: Mapping[str, int]) -> dict[str, int]:
    return {str(channel.label): counts[channel] for channel in Comment.Channel if counts.get(channel)}


def by_theme(counts: Mapping[str, int]) -> dict[str, int]:
    """Return how many there are of each theme, the largest first, those without one at the end."""
    largest_first = sorted(counts.items(), key=lambda item: (item[0] == WITHOUT_THEME, -item[1]))
    return {_("未归入主题") if title == WITHOUT_THEME else title: n for title, n in largest_first}


def petition_terms(answer: Answer) -> str:
    """Say within which time a matter must be handled that is a petition, and what can be done then (PD-16)."""
    on = day(answer.answered_at or timezone.now())
    receipt, handling, again = (law(rule_id, on) for rule_id in ("PD-16", "PD-16.2", "PD-16.4"))
    words = _(
        "属于信访事项：有权处理的机关在%(receipt)s日内书面告知是否受理（%(article)s），受理之日起%(handling)s日内办结"
        "（%(handled)s）；对处理意见不服的，可以在%(again)s日内请求复查（%(reviewed)s）。"
    )
    return words % {
        "receipt": receipt.amount,
        "article": basis(receipt),
        "handling": handling.amount,
        "handled": basis(handling),
        "again": again.amount,
        "reviewed": basis(again),
    }
