"""Papers that the desk gives out and that are never published: they name the committee, or are for one receiver."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.access import get_project_for, role_required
from portal.staff.finding import Find, find_bid, find_package
from portal.staff.registers import HANDS
from portal.word import word_file
from publishing.documents import BlankField, generate
from tenders.models import Bid, Package


@dataclass(frozen=True)
class Kept:
    """Of what a kept paper is made, and when there is something to be made."""

    find: Find
    is_ready: Callable[[Any], bool]


def is_awarded(package: Package) -> bool:
    return package.state == Package.State.AWARDED


def has_lost(bid: Bid) -> bool:
    told = is_awarded(bid.package) and bid.status == Bid.Status.ACCEPTED
    return told and bid.package.result.winner_id != bid.pk


KEPT = {
    "evaluation-report": Kept(find_package, lambda package: package.evaluated_at is not None),
    "award-letter": Kept(find_package, is_awarded),
    "loss-letter": Kept(find_bid, has_lost),
    "tender-report": Kept(find_package, is_awarded),
}


@role_required(*HANDS)
@never_cache
@require_safe
def kept(request: HttpRequest, number: str, template: str, pk: int) -> HttpResponse:
    paper = KEPT.get(template)
    project = get_project_for(request.user, number)
    if paper is None or not paper.is_ready(thing := paper.find(project, pk)):
        raise Http404
    try:
        title, content = generate(template, thing.pk)
    except BlankField as blank:
        raise Http404(_("先填好：%(names)s。") % {"names": "、".join(blank.names)}) from blank
    return word_file(title, content)
