"""What the desk prints for an opening session and keeps from the public."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.access import get_project_for, role_required
from portal.papers import word_file
from portal.staff.finding import find_package
from portal.staff.registers import HANDS
from publishing.documents import signing_copy


@role_required(*HANDS)
@never_cache
@require_safe
def objections_copy(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Give out the record of objections in full, to be signed: the public reads only what came of them."""
    package = find_package(get_project_for(request.user, number), pk)
    if not package.is_opened:
        raise Http404
    _title, content = signing_copy("opening-objections", package)
    return word_file(f"{package.project.number}-opening-{package.number}-objections", content)
