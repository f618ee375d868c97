"""What the adoption report says of the comments of a round, counted from their rows (law.md 5.6)."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from tenders.models.answer import Answer
from tenders.models.comment import Comment
from tenders.models.consultation import Consultation

WITHOUT_THEME = "未归入主题"
# A comment withheld on one of these grounds is counted and answered, but is no opinion on the plan
NOT_VALID = (Comment.Ground.SPAM, Comment.Ground.ABUSIVE, Comment.Ground.OFF_TOPIC)
VERDICTS = {
    Answer.Outcome.ADOPTED: "adopted",
    Answer.Outcome.PARTLY: "partly",
    Answer.Outcome.NOT_ADOPTED: "not",
    Answer.Outcome.EXPLAINED: "explained",
    Answer.Outcome.OUT_OF_SCOPE: "out_of_scope",
}


def counts(comments: list[Comment]) -> dict[str, Any]:
    """Return how many there are, in all and by each mark. What does not occur is left out."""
    answered = [comment.answer for comment in comments if comment.answer]
    return {
        "n_total": len(comments),
        "n_valid": sum(comment.withheld_ground not in NOT_VALID for comment in comments),
        "n_by_channel": _tally(Comment.Channel.values, (comment.channel for comment in comments)),
        "n_by_outcome": _tally(Answer.Outcome.values, (answer.outcome for answer in answered)),
        "n_by_theme": dict(Counter(str(comment.theme or WITHOUT_THEME) for comment in _themed_first(comments))),
    }


def _tally(order: Iterable[str], values: Iterable[str]) -> dict[str, int]:
    found = Counter(values)
    return {value: found[value] for value in order if found[value]}


def _themed_first(comments: list[Comment]) -> list[Comment]:
    return sorted(comments, key=lambda comment: (comment.theme is None, comment.theme and comment.theme.number))


def verdicts(comments: list[Comment]) -> list[dict[str, Any]]:
    """
    Return each answer in force with the comments that it covers, those of themes first.

    Every answered comment stands in exactly one of them, so their ``n`` add up to all.
    """
    covered: dict[Answer, list[Comment]] = defaultdict(list)
    for comment in comments:
        if comment.answer:
            covered[comment.answer].append(comment)
    of_themes = {answer: found for answer, found in covered.items() if answer.theme_id}
    ordered = sorted(of_themes, key=lambda answer: answer.theme.number)  # type: ignore[union-attr]
    own = [answer for answer in covered if answer not in of_themes]
    return [_verdict(answer, covered[answer]) for answer in (*ordered, *own)]


def _verdict(answer: Answer, comments: list[Comment]) -> dict[str, Any]:
    theme = answer.theme
    return {
        "number": theme.number if theme else None,
        "title": theme.title if theme else "",
        "summary": theme.summary if theme else "",
        "n": len(comments),
        "comments": [comment.number for comment in comments],
        "verdict": VERDICTS[Answer.Outcome(answer.outcome)],
        "reason": answer.text,
        "change_ref": answer.change,
        "referral": answer.referral,
        "is_petition": answer.is_petition,
        "entry": answer.entry_id,
    }


def hearings_of(consultation: Consultation) -> str:
    """Say of each hearing of the round when it was held, who came and who spoke for and against; empty without any."""
    held = [hearing.summary() for hearing in consultation.hearings.exclude(recorded_at=None)]
    return "；".join(
        f"第{one['number']}场听证会，{one['held_on']}举行，参加人{one['participants']}名，到场{one['attended']}名，发言"
        + "、".join(f"{Comment.Stance(stance).label}{n}次" for stance, n in one["statements"].items())
        for one in held
    )


def round_of(consultation: Consultation) -> dict[str, Any]:
    """Return which plan was before the public, when and where."""
    plan = consultation.current_plan()
    return {
        "round_id": consultation.path,
        "draft_version": plan.number if plan else None,
        "from": consultation.opens_on and consultation.opens_on.isoformat(),
        "to": consultation.closes_on and consultation.closes_on.isoformat(),
        "channels": list(consultation.channels),
    }
