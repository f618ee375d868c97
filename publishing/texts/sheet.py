"""What a notice is put together from: parts with a heading, and lines that say a fact in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model

from publishing.pages.facts import lines
from publishing.pages.wording import article
from publishing.pages.wording import day as day_in_words
from statutes.rules import Confidence, due
from tenders.law import calendar, law


@dataclass(frozen=True)
class Part:
    """A stretch of a notice. Without a heading it stands before the numbered ones."""

    heading: str
    lines: tuple[str, ...]


def part(heading: str, *lines: str | Iterable[str]) -> Part:
    """Return a part of these lines; one that is empty is left out."""
    flat = [line for item in lines for line in ((item,) if isinstance(item, str) else item)]
    return Part(heading, tuple(line for line in flat if line))


def say(label: str, value: str) -> str:
    """Say one fact. Words of several lines begin below their label."""
    return f"{label}：\n{value}" if "\n" in value else f"{label}：{value}"


def fields(
    model: type[Model], facts: Mapping[str, Any], names: Iterable[str], absent: Mapping[str, str] | None = None
) -> list[str]:
    """
    Say the named facts, each labelled as the model's field is, in the order of the names.

    What is blank or zero is left out, or said in the words of ``absent``.
    """
    said: list[str] = []
    for name in names:
        if facts.get(name) in (None, "", 0, []) and facts.get(name) is not False:
            instead = (absent or {}).get(name)
            said += [say(_label(model, name), instead)] if instead else []
        else:
            said += [say(line.label, line.value) for line in lines(model, facts, [name])]
    return said


def _label(model: type[Model], name: str) -> str:
    return str(model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def numbered(items: Iterable[str]) -> list[str]:
    return [f"{n}. {item}" for n, item in enumerate(items, start=1)]


def joined(*words: str) -> str:
    """Join what is there of a row's words: 云岭建设工程有限公司，报价¥13,860,000.00."""
    return "，".join(word for word in words if word)


def until(rule_id: str, start: date, ends: str = "") -> str:
    """Say the last day of a period of the law that begins with an act on ``start``, with the article if it is known."""
    rule = law(rule_id, start)
    end = due(rule, start, calendar())
    basis = "" if rule.confidence is Confidence.UNSURE else article(rule)
    doubt = "当年放假安排公布后可能顺延" if end.provisional else ""
    remarks = "；".join(filter(None, (basis, doubt)))
    return f"{day_in_words(end.strict)}24时{ends}" + (f"（{remarks}）" if remarks else "")
