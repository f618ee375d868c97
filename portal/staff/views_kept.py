"""Papers that the desk gives out and that are never published: they name the committee, or are for one receiver."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.access import get_project_for, role_required
from portal.papers import if_filled_in, word_file
from portal.staff.finding import Find, find_applicant, find_bid, find_package
from portal.staff.registers import HANDS
from publishing.documents import generate
from tenders.models import Applicant, Bid, Package


@dataclass(frozen=True)
class Kept:
    """Of what a kept paper is made, and when there is something to be made."""

    find: Find
    is_ready: Callable[[Any], bool]


def is_awarded(package: Package) -> bool:
    return package.state == Package.State.AWARDED


def has_lost(bid: Bid) -> bool:
    return is_awarded(bid.package) and bid.status == Bid.Status.ACCEPTED and not bid.has_won


def has_passed(applicant: Applicant) -> bool:
    return _is_told(applicant) and bool(applicant.passed)


def has_failed(applicant: Applicant) -> bool:
    return _is_told(applicant) and applicant.passed is False


def _is_told(applicant: Applicant) -> bool:
    return applicant.package.is_prequalified and applicant.status == Applicant.Status.ACCEPTED


KEPT = {
    "prequalification-passed": Kept(find_applicant, has_passed),
    "prequalification-failed": Kept(find_applicant, has_failed),
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
    with if_filled_in():
        title, content = generate(template, thing.pk)
    return word_file(title, content)
