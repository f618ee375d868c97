"""Machines of other offices that are told of notices; and, on a demonstration, the letters that were not sent."""

from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from ledger.clock import real_now
from portal.access import person, role_required
from portal.staff.forms_webhooks import WebhookForm
from publishing.mail import kept
from publishing.models import Webhook
from publishing.webhooks import entering

RECENT_CALLS = 30
RECENT_LETTERS = 20
ROLES = (User.Role.MANAGER, User.Role.ADMINISTRATOR)


@role_required(*ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def webhooks(request: HttpRequest) -> HttpResponse:
    form = WebhookForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        answers = form.cleaned_data
        entered = entering.enter(
            answers["url"], label=answers["label"], project=answers["project"], actor=person(request)
        )
        messages.success(request, _("已添加。请把签名密钥交给对方，再发一次测试。"))
        return redirect("desk-webhook", entered.pk)
    context = {"webhooks": Webhook.objects.select_related("project"), "form": form}
    return render(request, "staff/webhooks.html", context, status=422 if form.errors else 200)


@role_required(*ROLES)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def webhook(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Webhook.objects.select_related("project", "created_by"), pk=pk)
    if request.method == "POST":
        act = BUTTONS.get(request.POST.get("go", ""))
        if act is None:
            raise Http404
        messages.success(request, act(found))
        return redirect("desk-webhook", found.pk)
    calls = found.calls.select_related("notice").order_by("-tried_at", "-pk")[:RECENT_CALLS]
    return render(request, "staff/webhook.html", {"webhook": found, "calls": calls, "now": real_now()})


def _try_out(found: Webhook) -> str:
    entering.try_out(found)
    return _("测试已经排队，几秒后刷新这一页看结果。")


def _rotate(found: Webhook) -> str:
    entering.rotate(found, real_now())
    return _("已换新密钥。旧密钥再用一天，请在这期间让对方换好。")


def _disable(found: Webhook) -> str:
    entering.disable(found, _("由工作人员停用。"))
    return _("已停用，不再推送。")


def _enable(found: Webhook) -> str:
    entering.enable(found)
    return _("已启用，从下一条公告起推送。")


BUTTONS: dict[str, Callable[[Webhook], str]] = {
    "test": _try_out,
    "rotate": _rotate,
    "disable": _disable,
    "enable": _enable,
}


@role_required(*User.STAFF_ROLES)
@never_cache
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """The letters of a demonstration, which go nowhere else."""
    if not settings.DEMO:
        raise Http404
    letters = [_shown(letter) for letter in kept.newest(RECENT_LETTERS)]
    return render(request, "staff/outbox.html", {"letters": letters})


def _shown(letter: EmailMessage) -> dict[str, Any]:
    return {"subject": letter["Subject"], "to": letter["To"], "date": letter["Date"], "text": letter.get_content()}
