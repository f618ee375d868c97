"""How a refused act is told: every reason, each with what it rests on."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from statutes.refusal import ActRefused


def tell(request: HttpRequest, refused: ActRefused) -> None:
    for refusal in refused.refusals:
        messages.error(request, _("%(message)s（%(basis)s）") % {"message": refusal.message, "basis": refusal.basis})
