"""Facts of the record as lines of a page: what they are called, and how they are written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from publishing.pages.wording import in_words
from tenders.models import Bid, Consultation


@dataclass(frozen=True)
class Line:
    label: str
    value: str


def lines(model: type[Model], facts: Mapping[str, Any], names: Iterable[str]) -> list[Line]:
    """Return a line for each named fact that says something, labelled as the model's field is."""
    fields = [(model._meta.get_field(name), facts.get(name)) for name in names]
    return [
        Line(str(field.verbose_name), in_words(field, value))  # type: ignore[union-attr, arg-type]
        for field, value in fields
        if value not in (None, "", [])
    ]


def word(model: type[Model], name: str, value: Any) -> str:
    """Return the word for one value of a field."""
    return in_words(model._meta.get_field(name), value)  # type: ignore[arg-type]


def why_rejected(bid: Mapping[str, Any]) -> str:
    """Return ground and reason of a bid's rejection, in words."""
    ground = word(Bid, "rejection_ground", bid.get("rejection_ground", ""))
    return _("，").join(part for part in (ground, bid["reason"]) if part)


def channels(plan: dict[str, Any]) -> list[str]:
    """Return where a plan was made public, in words."""
    labels = dict(Consultation.Channel.choices)
    return [str(labels.get(channel, channel)) for channel in plan.get("channels", [])]
