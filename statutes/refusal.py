"""What a gate answers when the law does not allow an act yet."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar


@dataclass(frozen=True)
class Refusal:
    """Why an act may not be done now, in words that a citizen can read."""

    code: str  # stable, for machines: a rule's id or a word
    message: str  # one sentence: what is missing, with the figures
    basis: str  # the provision that requires it, as in "《中华人民共和国招标投标法》第二十四条"


class ActRefused(Exception):  # noqa: N818, it is an outcome, not an error
    """Raised if an act would break the law. Carries every reason, not only the first."""

    def __init__(self, refusals: list[Refusal]) -> None:
        super().__init__("; ".join(refusal.message for refusal in refusals))
        self.refusals = refusals


# Which rules a gate rests on, for the pages that say what a step needs
RULES_OF: dict[Callable[..., "Refusal | None"], tuple[str, ...]] = {}

G = TypeVar("G", bound=Callable[..., "Refusal | None"])

# The second argument is the day, or the moment, on which the act would be done.
Gate = Callable[[Any, Any], Refusal | None]


def unmet(gates: Iterable[Gate], subject: Any, on: Any) -> list[Refusal]:
    """Return the refusals of all ``gates``: none is skipped because another has refused."""
    return [refusal for gate in gates if (refusal := gate(subject, on))]


def rests_on(*rule_ids: str) -> Callable[[G], G]:
    """Say on which rules a gate rests, by their ids."""

    def mark(gate: G) -> G:
        RULES_OF[gate] = rule_ids
        return gate

    return mark
