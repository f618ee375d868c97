"""
Finding comments by what is public of them, for the page, the API and the files alike.

No filter tells more than the list: stance, topics and words are looked for in what is shown only.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from urllib.parse import urlencode

from django.db.models import F, OrderBy, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tenders.models import Answer, Comment, CommentQuerySet

LONGEST = 100  # characters of what is searched for
MOST_WORDS = 5

SHOWN = Q(visibility=Comment.Visibility.SHOWN)
STATES: dict[str, tuple[str | Promise, Q]] = {
    "shown": (_("已公开"), SHOWN),
    "masked": (_("遮盖后公开"), SHOWN & ~Q(masked_text="")),
    "withheld": (_("依法不公开"), Q(visibility=Comment.Visibility.WITHHELD)),
    "answered": (_("已答复"), Q(answer__isnull=False)),
    "waiting": (_("待答复"), Q(answer=None)),
}
SORTS: dict[str, tuple[str | Promise, tuple[str | OrderBy, ...]]] = {
    "new": (_("新收到的在前"), ("-received_at", "-pk")),
    "old": (_("先收到的在前"), ("received_at", "pk")),
    "answered": (_("新答复的在前"), (F("answer__answered_at").desc(nulls_last=True), "-pk")),
}


@dataclass(frozen=True)
class Asked:
    """What somebody looks for. What is empty or unknown asks for nothing."""

    q: str = ""
    stance: str = ""
    topic: str = ""
    outcome: str = ""
    state: str = ""
    sort: str = ""

    @property
    def is_filtered(self) -> bool:
        """Whether anything but words is asked for."""
        return any((self.stance, self.topic, self.outcome, self.state))

    @property
    def is_narrowed(self) -> bool:
        return bool(self.q) or self.is_filtered

    @property
    def query(self) -> str:
        """The part of an address, with its question mark, that asks for this."""
        return "?" + urlencode({name: value for name, value in asdict(self).items() if value})


KNOWN: dict[str, Mapping[str, object] | list[str]] = {
    "stance": Comment.Stance.values,
    "topic": Comment.Topic.values,
    "outcome": Answer.Outcome.values,
    "state": STATES,
    "sort": SORTS,
}
NAMES = tuple(field.name for field in fields(Asked))


def choices() -> dict[str, list[tuple[str, str | Promise]]]:
    """Return what can be chosen in each filter, in the order of the form."""
    return {
        "stance": [(stance.value, stance.label) for stance in Comment.Stance],
        "topic": [(topic.value, topic.label) for topic in Comment.Topic],
        "outcome": [(outcome.value, outcome.label) for outcome in Answer.Outcome],
        "state": [(state, label) for state, (label, _holds) in STATES.items()],
        "sort": [(sort, label) for sort, (label, _order) in SORTS.items()],
    }


def asked_in(query: Mapping[str, str]) -> Asked:
    """Read what an address asks for. A word is at most a hundred characters, and five words are looked for."""
    given = {name: value for name, known in KNOWN.items() if (value := query.get(name, "")) in known}
    words = " ".join(query.get("q", "").replace("\0", " ")[:LONGEST].split()[:MOST_WORDS])
    return Asked(q=words, **given)


def readable(comments: CommentQuerySet) -> CommentQuerySet:
    """Those of which the public has the words or the reason why not. Those under review are only counted."""
    return comments.exclude(visibility=Comment.Visibility.PENDING)


def found(comments: CommentQuerySet, asked: Asked) -> CommentQuerySet:
    """Return the comments that are asked for, in no order."""
    if asked.stance:
        comments = comments.filter(SHOWN, stance=asked.stance)
    if asked.topic:
        comments = comments.filter(SHOWN, topics__contains=[asked.topic])
    if asked.outcome:
        comments = comments.filter(answer__outcome=asked.outcome)
    if asked.state:
        comments = comments.filter(STATES[asked.state][1])
    return with_all_words(comments, asked.q)


def with_all_words(comments: CommentQuerySet, query: str) -> CommentQuerySet:
    """Those that have every word in what is shown of them or in their answer; a number is that of a comment, too."""
    if query:
        comments = comments.with_words()
    for word in query.split():
        by_number = Q(number=int(word)) if word.isdecimal() and len(word) < 7 else Q()
        comments = comments.filter(Q(words__icontains=word) | Q(answer__text__icontains=word) | by_number)
    return comments


def in_order(comments: CommentQuerySet, sort: str) -> CommentQuerySet:
    return comments.order_by(*SORTS[sort or "new"][1])
