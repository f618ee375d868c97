"""Links by which a leader sees a draft as the public will. Who holds one needs no account; time alone takes it away."""

from dataclasses import dataclass
from datetime import datetime

from django.core.signing import BadSignature, Signer

from tenders.models import PlanVersion

_signer = Signer(sep=".", salt="portal.preview")


@dataclass(frozen=True)
class Pass:
    """Of which version of which plan a link shows the draft, and until when, in seconds since 1970."""

    version: int
    until: int

    def is_valid(self, now: datetime) -> bool:
        return now.timestamp() < self.until


def token_of(plan: PlanVersion, until: datetime) -> str:
    """Return what stands in the address of a preview. Nothing is kept of it, so it cannot be called back."""
    return _signer.sign_object({"version": plan.pk, "until": int(until.timestamp())})


def pass_of(token: str) -> Pass | None:
    """Return what a token lets its holder see, or None if it is not ours."""
    try:
        return Pass(**_signer.unsign_object(token))
    except (BadSignature, TypeError, ValueError):
        return None
