"""Taking a step: first what the public will see, then the act."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from contracts.models import Contract
from ledger import clock
from ledger.models import Entry
from ledger.operations import LedgerBusy
from lifecycle.operations import is_offered, refusals, take
from lifecycle.steps import Step
from portal.access import get_project_for, role_of, role_required
from portal.staff.facts import lines
from portal.staff.finding import (
    Find,
    find_consultation,
    find_contract,
    find_hearing,
    find_package,
    find_plan_version,
    find_project,
)
from portal.staff.places import explained, shelves_of
from portal.word import word_file
from publishing.documents import generate
from publishing.pages import acts
from statutes.refusal import ActRefused, Refusal
from tenders.models import Consultation, Hearing, Package, PlanVersion, Project

staff_required = role_required(*User.STAFF_ROLES)
FIND: dict[type[Model], Find] = {
    Project: find_project,
    Consultation: find_consultation,
    PlanVersion: find_plan_version,
    Hearing: find_hearing,
    Package: find_package,
    Contract: find_contract,
}


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, number: str, step: Step, pk: int) -> HttpResponse:
    project = get_project_for(request.user, number)
    subject = FIND[step.subject](project, pk)
    at = clock.now()
    if request.method != "POST":
        return confirm(request, step, subject, refusals(subject, step, at=at), at=at)
    reason = request.POST.get("reason", "")
    try:
        take(step, pk, actor=request.user, at=at, reason=reason)
    except ActRefused as refused:
        return confirm(request, step, subject, refused.refusals, at=at, reason=reason, status=409)
    except LedgerBusy:
        messages.error(request, _("系统正忙，什么都没有改动，请稍后再办理一次。"))
        return confirm(request, step, subject, [], at=at, reason=reason, status=503)
    messages.success(request, done(step, subject))
    return redirect("desk-project", number)


def done(step: Step, subject: Any) -> str:
    """Say what was done, with the entry by which everybody can check it."""
    entry = Entry.objects.filter(kind=step.kind, subject=subject.path).latest("seq")
    return _("已办理并公开：%(title)s（公开账本第%(seq)d条）。") % {"title": acts.title(entry), "seq": entry.seq}


def confirm(
    request: HttpRequest,
    step: Step,
    subject: Any,
    reasons: list[Refusal],
    *,
    at: datetime,
    status: int = 200,
    reason: str = "",
) -> HttpResponse:
    """``lines`` are for whoever takes the step: before an opening, what it will reveal is secret (EM-01)."""
    project, is_own = subject.project, role_of(request.user) == step.role
    context = {
        "project": project,
        "step": step,
        "subject": subject,
        "reasons": explained(reasons, shelves_of(project, request.user)) if reasons else [],  # type: ignore[arg-type]
        "reason": reason,
        "lines": lines(step, step.says(subject, at)) if is_own and not reasons else [],
        "papers": step.documents if is_offered(step, subject) else (),
        "is_own": is_own,
    }
    return render(request, "staff/step.html", context, status=status)


@staff_required
@require_safe
def paper(request: HttpRequest, number: str, step: Step, pk: int, template: str) -> HttpResponse:
    """The draft of a document that a step will publish, as soon as the step is on offer. Blanks are marked in it."""
    project = get_project_for(request.user, number)
    subject = FIND[step.subject](project, pk)
    made_of = {paper.template: paper.of for paper in step.papers}
    if template not in made_of or not is_offered(step, subject):
        raise Http404
    try:
        _title, content = generate(template, made_of[template](subject).pk, draft=True)
    except ObjectDoesNotExist as e:
        raise Http404(_("还没有起草这份文书所依据的内容。")) from e
    return word_file(f"{project.number}-{template}-draft", content)
