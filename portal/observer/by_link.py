"""
What an institution does without an account, by the link in its letter: read the invitation, reply, take the files.

Who holds the link replies for the institution. It shows nothing that is not public anyway, and nobody's name.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from integrity.models import Invitation
from integrity.operations.invitations import answer_invitation
from ledger.clock import now
from ledger.operations import LedgerBusy
from portal.observer.forms import AnswerForm
from portal.public import limits
from portal.word import word_file
from publishing.documents import BlankField
from publishing.documents.letters import invitation_letter
from publishing.invitation_calendar import calendar_of
from publishing.mail.tokens import invitation_of
from statutes.refusal import ActRefused
from tenders.models import Package

SECRECY = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow, noarchive"}


def find(token: str) -> Invitation:
    """Return the invitation of a link. What is not ours is not found."""
    pk = invitation_of(token)
    if pk is None:
        raise Http404
    found = Invitation.objects.select_related("package__project__owner", "institution", "mandate")
    return get_object_or_404(found, pk=pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show an invitation and take the reply. It can be changed until the opening; each reply stays in the record."""
    found = find(token)
    known = {"reply": found.reply, "people": found.people, "reason": found.reply_reason}
    form = AnswerForm(request.POST if request.method == "POST" else None, initial=known)
    if form.is_bound and form.is_valid() and _replied(request, found, form):
        return _kept(redirect("invitation-by-link", token))
    context = {
        "invitation": found,
        "package": found.package,
        "project": found.package.project,
        "token": token,
        "form": form,
        "may_answer": found.package.state == Package.State.ANNOUNCED and not found.mode,
    }
    return _kept(render(request, "observer/by_link.html", context, status=400 if form.errors else 200))


def _kept(response: HttpResponse) -> HttpResponse:
    """Keep the address of the page to its reader."""
    for name, value in SECRECY.items():
        response[name] = value
    return response


def _replied(request: HttpRequest, invitation: Invitation, form: AnswerForm) -> bool:
    try:
        limits.count(request, "invitation")
        answer_invitation(invitation.pk, **form.cleaned_data, actor=None, at=now())
    except ActRefused as refused:
        for refusal in refused.refusals:
            form.add_error(None, refusal.message)
        return False
    except (limits.NotTakenError, LedgerBusy) as e:
        form.add_error(None, str(e))
        return False
    return True


@never_cache
@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    headers = {"Content-Disposition": 'attachment; filename="opening.ics"'}
    return HttpResponse(calendar_of(find(token)), content_type="text/calendar; charset=utf-8", headers=headers)


@never_cache
@require_safe
def letter(request: HttpRequest, token: str) -> HttpResponse:
    return letter_of(find(token))


def letter_of(invitation: Invitation) -> HttpResponse:
    """Give out the letter of an invitation as a Word file."""
    try:
        title, content = invitation_letter(invitation)
    except BlankField as blank:
        message = _("邀请函还缺：%(names)s。请先在项目和招标公告里填好。") % {"names": "、".join(blank.names)}
        return HttpResponse(message, status=409, content_type="text/plain; charset=utf-8")
    return word_file(title, content)
