"""Registers and the acts in them: one view lists, one view acts."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from ledger import clock
from ledger.operations import LedgerBusy
from portal import refusals
from portal.access import get_project_for, role_of, role_required
from portal.once import once
from portal.staff.acts import ACTS, REVIEW_PREFIX, Act
from portal.staff.facts import document_lines
from portal.staff.finding import find_consultation
from portal.staff.forms_acts import ActForm
from portal.staff.forms_moderation import CommentsChosenForm
from portal.staff.registers import HANDS, REGISTERS, Register
from statutes.refusal import ActRefused
from tenders.findings import files_of
from tenders.models import Comment, Notice, in_full
from tenders.operations.comments import show_comment

staff_required = role_required(*User.STAFF_ROLES)


@staff_required
@require_safe
def register(request: HttpRequest, number: str, register: Register, pk: int) -> HttpResponse:
    if role_of(request.user) not in register.roles:
        raise Http404
    project = get_project_for(request.user, number)
    thing = register.find(project, pk)
    rows = register.rows(thing, request.GET, clock.now())
    context = {"project": project, "register": register, "thing": thing, **rights(role_of(request.user)), **rows}
    return render(request, register.template, context)


def rights(role: str) -> dict[str, Any]:
    """What a register offers a role; the operations have the last word."""
    return {
        "role": role,
        "is_hand": role in HANDS,
        "may_show": role in ACTS["show-comment"].roles,
        "may_decide": role in ACTS["confirm-withholding"].roles,
        "review_prefix": REVIEW_PREFIX,
    }


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, number: str, act: Act, pk: int) -> HttpResponse:
    if role_of(request.user) not in act.roles:
        raise Http404
    project = get_project_for(request.user, number)
    thing, at = act.find(project, pk), clock.now()
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = act.form(sent[0], files=sent[1], thing=thing, at=at)
    if not form.is_bound:
        return page(request, act, thing, form)
    if not form.is_valid():
        return page(request, act, thing, form, status=422)
    return perform(request, act, thing, form)


def perform(request: HttpRequest, act: Act, thing: Any, form: ActForm) -> HttpResponse:
    """Act once, however often the button is pressed; what was typed stays on the page if the act is refused."""

    def do() -> None:
        act.do(thing, form.answers, request.user, form.at)  # type: ignore[arg-type]

    try:
        entry = once(f"desk:{act.name}:{thing.pk}:{form.cleaned_data['token']}", do)
    except ActRefused as refused:
        return page(request, act, thing, form, status=409, refusals=refused.refusals)
    except LedgerBusy:
        form.add_error(None, _("系统正忙，什么都没有丢失，请稍后再提交一次。"))
        return page(request, act, thing, form, status=503)
    messages.success(request, _("已办理：%(title)s。") % {"title": act.title})
    return redirect(act.leads_to(thing, entry) if act.leads_to and entry else back(act, thing))


def back(act: Act, thing: Any) -> str:
    """Return the address of the register to which one comes back, or of the project's desk."""
    number = thing.project.number
    if not act.register:
        return reverse("desk-project", args=[number])
    return reverse("desk-register", args=[number, act.register, act.anchor(thing)])


def page(request: HttpRequest, act: Act, thing: Any, form: ActForm, status: int = 200, **more: Any) -> HttpResponse:
    context = {"project": thing.project, "act": act, "thing": thing, "form": form, "back_url": back(act, thing), **more}
    if act.register:
        context["register"] = REGISTERS[act.register]
    if act.name.startswith(REVIEW_PREFIX):
        context |= about_document(thing)
    return render(request, "staff/act.html", context, status=status)


def about_document(document: Any) -> dict[str, Any]:
    """All that would go out, long texts in full, and how many files were looked through with it."""
    with in_full():
        lines = document_lines(document, document.facts())
    return {"lines": lines, "files_url": url_of_files(document), "files_count": len(files_of(document))}


def url_of_files(document: Any) -> str:
    """Return where the reviewer looks at the files of a document, if it has any."""
    if document.notice == Notice.PLAN_VERSION:  # its pictures are laid to the round
        document = document.consultation
    if document.notice == Notice.PREQUALIFICATION:  # and its files to the package
        document = document.package
    upload = {Notice.PLAN: "renderings", Notice.TENDER: "documents"}.get(document.notice)
    return reverse("desk-uploads", args=[document.project.number, upload, document.pk]) if upload else ""


@role_required(*ACTS["show-comment"].roles)
@require_POST
def show_chosen(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Let the public read the comments that were ticked, after a second look: each is an act of its own."""
    project = get_project_for(request.user, number)
    consultation = find_consultation(project, pk)
    sent = request.POST.copy()
    if "every" in sent:  # all that the page had on offer
        sent.setlist("comment", sent.getlist("listed"))
    form = CommentsChosenForm(sent, pending=consultation.comments.filter(visibility=Comment.Visibility.PENDING))
    if form.is_valid() and not form.cleaned_data["confirmed"]:
        context = {"project": project, "thing": consultation, "comments": form.cleaned_data["comment"]}
        return render(request, "staff/comments_show.html", context)
    if form.is_valid():
        show(request, list(form.cleaned_data["comment"]))
    else:
        messages.error(request, _("请先勾选要公开的意见。"))
    return redirect("desk-register", number, "moderation", pk)


def show(request: HttpRequest, comments: list[Comment]) -> None:
    at, done = clock.now(), 0
    for comment in comments:
        try:
            show_comment(comment.pk, actor=request.user, at=at)  # type: ignore[arg-type]
        except ActRefused as refused:
            messages.error(request, _("第%(n)d号没有公开。") % {"n": comment.number})
            refusals.tell(request, refused)
        else:
            done += 1
    if done:
        messages.success(request, _("已公开所选意见：%(n)d条。") % {"n": done})
