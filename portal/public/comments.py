"""The comment form: what counts, the text, who you are if you like, a last look. It loses and doubles nothing."""

import json
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from ledger.clock import now
from ledger.operations import LedgerBusy
from portal.access import get_public_project
from portal.context import large_type
from portal.once import once
from portal.public import limits, proof
from portal.public.forms_comment import LAST, CommentForm, is_mail_address
from statutes.refusal import ActRefused, Refusal, unmet
from tenders.gates import project_is_active
from tenders.gates.plan import comment_is_on_time
from tenders.models import Consultation, Project
from tenders.operations.comments import receive_comment
from tenders.personal import masked, numbers_in, personal_data

SCREENS = tuple(CommentForm.SCREENS)


@csrf_exempt  # nobody is signed in here, so there is no authority to borrow; and no cookie is needed (docs/adr/0016)
@cache_control(private=True, no_cache=True)  # not "no-store": the back button shows what was typed, and asks nothing
@require_http_methods(["GET", "HEAD", "POST"])
def comment(request: HttpRequest, number: str) -> HttpResponse:
    project = get_public_project(number)
    consultation = project.consultations.exclude(state=Consultation.State.DRAFT).order_by("round").last()
    if consultation is None:
        raise Http404
    consultation.project = project
    if refusals := unmet((project_is_active, comment_is_on_time), consultation, now()):
        return _closed(request, consultation, refusals)
    if request.method != "POST":
        return _page(request, consultation, CommentForm(initial={"token": limits.new_token()}), SCREENS[0])
    return _go(request, consultation, CommentForm(request.POST), request.POST.get("go", ""))


@never_cache
@require_safe
def challenge(request: HttpRequest) -> HttpResponse:
    """A puzzle for a phone to solve while its owner reads."""
    return JsonResponse(proof.new_challenge())


def _go(request: HttpRequest, consultation: Consultation, form: CommentForm, wanted: str) -> HttpResponse:
    """Show the wanted screen, or the one before it on which something is wrong; send from the last one."""
    screen = form.reached(wanted)
    if screen == LAST and wanted == "send":
        return _send(request, consultation, form)
    if screen == wanted:
        form.keep_errors_of(LAST)  # what one has come to write is not wrong yet
    form.keep_errors_of(screen)
    return _page(request, consultation, form, screen, status=400 if form.errors else 200)


def _send(request: HttpRequest, consultation: Consultation, form: CommentForm) -> HttpResponse:
    try:
        code = _take(request, consultation, form.cleaned_data)
    except ActRefused as refused:
        return _closed(request, consultation, refused.refusals)
    except limits.TooOldError as e:
        again = request.POST.copy()
        again["token"] = limits.new_token()  # sending it once more will do
        form = CommentForm(again)
        form.add_error(None, str(e))
        return _page(request, consultation, form, LAST, status=e.status)
    except (limits.NotTakenError, LedgerBusy) as e:
        form.add_error(None, str(e))
        return _page(request, consultation, form, LAST, status=getattr(e, "status", 503))
    return redirect(_with_large_type(request, reverse("receipt", args=[code])))


def _take(request: HttpRequest, consultation: Consultation, typed: dict[str, Any]) -> str:
    """
    Take the comment once, however often it is sent, and return its receipt code.

    A form is known by its token and by what it says: who goes back from the receipt, writes something else and sends
    that, has said a second thing.
    """
    token = typed["token"]

    def receive() -> None:
        proven = proof.is_proven(request.POST.get("altcha", ""), token)
        limits.check_age(token, proven=proven)
        limits.count(request, proven=proven)
        if not proven:
            limits.count_flood(request)
        receive_comment(consultation.pk, at=now(), **{name: typed[name] for name in CommentForm.KEPT})

    said = salted_hmac("comment-form", json.dumps([typed[name] for name in CommentForm.KEPT]), algorithm="sha256")
    entry: Any = once(f"comment:{consultation.pk}:{token}:{said.hexdigest()}", receive)  # a comment always has one
    return consultation.comments.get(number=entry.facts["number"]).code


def _with_large_type(request: HttpRequest, address: str) -> str:
    """Keep large type without a cookie: it stands in the address."""
    return f"{address}?{urlencode({'mode': large_type(request)})}" if large_type(request) else address


def _closed(request: HttpRequest, consultation: Consultation, refusals: list[Refusal]) -> HttpResponse:
    context = {
        "consultation": consultation,
        "project": consultation.project,
        "refusals": refusals,
        "text": request.POST.get("text", ""),
    }
    status = 409 if request.method == "POST" else 200
    return render(request, "public_forms/comment_closed.html", context, status=status)


def _page(
    request: HttpRequest, consultation: Consultation, form: CommentForm, screen: str, status: int = 200
) -> HttpResponse:
    draft = f"comment-{consultation.project.number}"
    form.fields["text"].widget.attrs["data-draft"] = draft  # a browser keeps it on the device, should the line break
    context: dict[str, Any] = {
        "consultation": consultation,
        "project": consultation.project,
        "form": form,
        "screen": screen,
        "template": f"public_forms/comment/{screen}.html",
        "step": SCREENS.index(screen) + 1,
        "steps": len(SCREENS),
        "draft": draft,
        "kept": form.kept_on(screen),
    }
    if screen == LAST:
        context |= _last_look(form, consultation.project)
    return render(request, "public_forms/comment.html", context, status=status)


def _last_look(form: CommentForm, project: Project) -> dict[str, Any]:
    """What the public would see, and a warning if the text seems to hold personal data. An office's number is none."""
    text, contact = form.cleaned_data["text"], form.cleaned_data["contact"]
    allowed = numbers_in(f"{project.contact_phone} {project.hotline}")
    return {
        "personal": bool(personal_data(text, allowed)),
        "masked": masked(text, allowed),
        "mails_to": contact if is_mail_address(contact) else "",
    }
