"""The comment form: write, check, send. It needs no account and no scripts, and loses nothing that was typed."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ledger.clock import now
from ledger.operations import LedgerBusy
from portal.access import get_public_project
from portal.once import once
from portal.public import limits
from portal.public.forms import CommentForm
from statutes.refusal import ActRefused, Refusal, unmet
from tenders.gates import project_is_active
from tenders.gates.plan import comment_is_on_time
from tenders.models import Consultation
from tenders.operations.comments import receive_comment

KEPT = ("text", "stance", "topics", "name", "contact")


@never_cache
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
        return _ask(request, consultation, CommentForm(initial={"token": limits.new_token()}))
    return STEPS.get(request.POST.get("go", ""), check)(request, consultation)


def edit(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    return _ask(request, consultation, CommentForm(initial=request.POST.dict()))


def check(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    form = CommentForm(request.POST)
    return _show(request, consultation, form) if form.is_valid() else _ask(request, consultation, form)


def send(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _ask(request, consultation, form)
    try:
        code = _take(request, consultation, form.cleaned_data)
    except ActRefused as refused:
        return _closed(request, consultation, refused.refusals)
    except (limits.NotTakenError, LedgerBusy) as e:
        form.add_error(None, str(e))
        return _show(request, consultation, form, status=getattr(e, "status", 503))
    return redirect("receipt", code)


STEPS = {"edit": edit, "check": check, "send": send}


def _take(request: HttpRequest, consultation: Consultation, typed: dict[str, Any]) -> str:
    """Take the comment once, however often it is sent, and return its receipt code."""

    def receive() -> None:
        limits.count(request)
        receive_comment(consultation.pk, at=now(), **{name: typed[name] for name in KEPT})

    limits.check_age(typed["token"])
    entry: Any = once(f"comment:{consultation.pk}:{typed['token']}", receive)  # a comment always has one
    return consultation.comments.get(number=entry.facts["number"]).code


def _ask(request: HttpRequest, consultation: Consultation, form: CommentForm) -> HttpResponse:
    """Show the form. A browser keeps a draft of the text on the device, should the line break."""
    form.fields["text"].widget.attrs["data-draft"] = f"comment-{consultation.project.number}"
    return _page(request, "comment", consultation, form=form, status=400 if form.errors else 200)


def _show(request: HttpRequest, consultation: Consultation, form: CommentForm, status: int = 200) -> HttpResponse:
    """Show what would be sent. A form that is too old gets a new token, so that sending it again will do."""
    kept = CommentForm(initial={name: form.cleaned_data[name] for name in KEPT} | {"token": _token(form)})
    return _page(request, "comment_check", consultation, form=form, kept=kept, status=status)


def _token(form: CommentForm) -> str:
    try:
        limits.check_age(form.cleaned_data["token"])
    except limits.TooOldError:
        return limits.new_token()
    except limits.TooFastError:
        pass  # it will be old enough in a moment
    return form.cleaned_data["token"]


def _closed(request: HttpRequest, consultation: Consultation, refusals: list[Refusal]) -> HttpResponse:
    status = 409 if request.method == "POST" else 200
    text = request.POST.get("text", "")
    return _page(request, "comment_closed", consultation, refusals=refusals, text=text, status=status)


def _page(request: HttpRequest, name: str, consultation: Consultation, status: int, **context: Any) -> HttpResponse:
    context |= {"consultation": consultation, "project": consultation.project}
    return render(request, f"public_forms/{name}.html", context, status=status)
