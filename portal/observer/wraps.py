"""What the holder of the observer's key does in the opening: takes the wraps, and brings them back peeled."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ledger.clock import now
from portal.access import get_invitation_for, person
from portal.observer.views import observers_only
from portal.refusals import tell
from portal.sealed_files import take_peeled, wraps_answer
from portal.staff.forms_sealed import ExchangeForm
from statutes.refusal import ActRefused
from tenders.models import Package


@observers_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def keys(request: HttpRequest, pk: int) -> HttpResponse:
    invitation = get_invitation_for(request.user, pk)
    form = ExchangeForm(request.POST, request.FILES) if request.method == "POST" else ExchangeForm()
    if form.is_bound and take_peeled(request, form, invitation.package, person(request), now()):
        messages.success(request, _("已收下。招标人现在可以完成解密；单靠您交来的打不开任何投标。"))
        return redirect("invitation", pk)
    is_open = invitation.package.state == Package.State.OPENING
    context = {"invitation": invitation, "package": invitation.package, "form": form, "is_open": is_open}
    return render(request, "observer/wraps.html", context, status=422 if form.is_bound else 200)


@observers_only
@never_cache
@require_safe
def wraps(request: HttpRequest, pk: int) -> HttpResponse:
    invitation = get_invitation_for(request.user, pk)
    try:
        return wraps_answer(invitation.package)
    except ActRefused as refused:
        tell(request, refused)
        return redirect("observer-keys", pk)
