"""How a refused act is told: every reason, each with what it rests on."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from ledger.operations import LedgerBusy
from statutes.refusal import ActRefused


def tell(request: HttpRequest, refused: ActRefused) -> None:
    for refusal in refused.refusals:
        messages.error(request, _("%(message)s（%(basis)s）") % {"message": refusal.message, "basis": refusal.basis})


def do_or_tell(request: HttpRequest, act: Callable[[], Any]) -> bool:
    """Do an act. If it is refused, or the record is busy, tell why. Return whether it was done."""
    try:
        act()
    except ActRefused as refused:
        tell(request, refused)
        return False
    except LedgerBusy as e:
        messages.error(request, str(e))
        return False
    return True
