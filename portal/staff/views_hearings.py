"""What the desk prints for a hearing and keeps from the public."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.access import get_project_for, role_required
from portal.staff.finding import find_hearing
from portal.staff.registers import HANDS
from portal.word_files import word_file
from publishing.documents.contexts.hearing import record_title, signing_copy_context
from publishing.documents.registry import REGISTRY
from publishing.documents.render import render


@role_required(*HANDS)
@never_cache
@require_safe
def signing_copy(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Give out the record with full names and lines to sign, for the archive: what is published hides the names."""
    hearing = find_hearing(get_project_for(request.user, number), pk)
    if hearing.held_at is None:
        raise Http404
    with translation.override("zh-hans"):
        optional, context = REGISTRY["hearing-record"].optional, signing_copy_context(hearing)
        content = render("hearing-record", context, title=record_title(hearing), optional=optional)
    return word_file(f"{hearing.project.number}-hearing-{hearing.number}-signing", content)
