"""Papers that the desk writes on demand: letters to the press."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ledger import clock
from portal.access import get_project_for, role_required
from portal.staff.finding import find_notice, find_objection
from portal.staff.forms_publishing import MediaLetterForm
from portal.staff.registers import HANDS
from portal.word import word_file
from publishing.documents import BlankField, generate
from publishing.documents.letters import Wish, media_letter
from tenders.law import day


@role_required(*HANDS)
@require_safe
def letter(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Ask for whom the letter is; with the answers in the address, give it out. Nothing is changed by it."""
    project = get_project_for(request.user, number)
    notice, today = find_notice(project, pk), day(clock.now())
    form = MediaLetterForm(request.GET or None, initial={"start": today, "end": today})
    if form.is_valid():
        try:
            title, content = media_letter(notice, Wish(**form.cleaned_data), on=today)
        except BlankField as blank:
            form.add_error(None, _("先把项目里的这几项填好：%(names)s。") % {"names": "、".join(blank.names)})
        else:
            return word_file(title, content)
    context = {"project": project, "notice": notice, "form": form}
    return render(request, "staff/media_letter.html", context, status=422 if form.errors else 200)


@role_required(*HANDS)
@require_safe
def objection_answer(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """The answer to an objection, to be handed to the objector. It is no act: the answer itself was."""
    project = get_project_for(request.user, number)
    try:
        title, content = generate("objection-answer", find_objection(project, pk).pk)
    except BlankField as e:
        raise Http404(_("异议答复以后才有答复书。")) from e
    return word_file(title, content)
