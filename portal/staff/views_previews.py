"""Making a link by which a leader sees a plan as the public will, before it is published."""

from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ledger.clock import real_now
from portal.access import get_project_for, role_required
from portal.previews import token_of
from portal.staff.forms import DeskForm
from portal.staff.registers import HANDS
from publishing.pages.preview import pending


class PreviewForm(DeskForm):
    days = forms.TypedChoiceField(
        label=_("链接的有效期"),
        choices=((1, _("1天")), (3, _("3天")), (7, _("7天"))),
        coerce=int,
        initial=3,
        help_text=_("到期自动失效，不能提前收回；请只发给需要审看的人。"),
        widget=forms.RadioSelect,
    )


@role_required(*HANDS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, number: str) -> HttpResponse:
    """Ask for how long, and show the link. Nothing of it is kept, and nothing is recorded."""
    project = get_project_for(request.user, number)
    draft = pending(project)
    form = PreviewForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"project": project, "draft": draft, "form": form}
    if draft and form.is_bound and form.is_valid():
        until = real_now() + timedelta(days=form.cleaned_data["days"])
        address = reverse("preview", args=[token_of(draft.plan, until)])
        context |= {"link": f"{settings.SITE_URL}{address}", "address": address, "until": until}
    return render(request, "staff/preview.html", context, status=422 if form.errors else 200)
