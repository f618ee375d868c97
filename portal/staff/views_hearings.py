"""What the desk prints for a hearing and keeps from the public."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.access import get_project_for, role_required
from portal.papers import if_filled_in, word_file
from portal.staff.finding import find_hearing
from portal.staff.registers import HANDS
from publishing import documents


@role_required(*HANDS)
@never_cache
@require_safe
def signing_copy(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Give out the record with full names and lines to sign, for the archive: what is published hides the names."""
    hearing = find_hearing(get_project_for(request.user, number), pk)
    if hearing.held_at is None:
        raise Http404
    with if_filled_in():
        _title, content = documents.signing_copy("hearing-record", hearing)
    return word_file(f"{hearing.project.number}-hearing-{hearing.number}-signing", content)
