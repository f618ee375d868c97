"""What is wrong with this instance's settings is said at its start, not at its first act."""

from typing import Any

from django.conf import settings
from django.core.checks import Error, register

from ledger.witnesses import configured


@register()
def demo_says_so(**kwargs: Any) -> list[Error]:
    """A demo log must never be taken for a real one, not even by somebody who has nothing but a proof file."""
    if settings.DEMO and "demo" not in settings.LEDGER_ORIGIN:
        return [
            Error(
                "The log of a demo instance must have “demo” in its name.",
                hint=f"LEDGER_ORIGIN is {settings.LEDGER_ORIGIN}; call it demo.example/ledger2026, for instance.",
                id="ledger.E001",
            )
        ]
    return []


@register()
def witnesses_are_named_well(**kwargs: Any) -> list[Error]:
    """A spelling mistake would otherwise be found out by nobody: sealing goes on without witnesses."""
    try:
        named = len(configured())
    except ValueError as e:
        return [Error(f"WITNESSES cannot be read: {e}", id="ledger.E002")]
    if named and not 1 <= settings.WITNESS_QUORUM <= named:
        return [
            Error(f"WITNESS_QUORUM is {settings.WITNESS_QUORUM}, but there are {named} witnesses.", id="ledger.E003")
        ]
    return []
