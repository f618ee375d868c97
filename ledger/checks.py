"""What is wrong with this instance's settings is said at its start, not at its first act."""

from typing import Any

from django.conf import settings
from django.core.checks import Error, register


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
