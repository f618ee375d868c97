"""
The public pages. They are files, served before Django; these views answer where there is none.

That is the search, an address with a query (``?mode=elder``), and an instance whose files are not written yet.
"""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from ledger.clock import now
from portal.access import get_public_project
from portal.converters import normalised
from publishing import output
from publishing.channels import CHANNELS
from publishing.models import Amendment, Notice
from publishing.pages.adoption import adoption_page, reports_of, themes_page
from publishing.pages.comparison import comparison_page
from publishing.pages.corrections import corrections_page
from publishing.pages.hall import announced_packages, hall_page
from publishing.pages.ledger import ledger_page, verify_page
from publishing.pages.notices import all_notices, kinds, notice_page
from publishing.pages.plan import changes_of, version_page
from publishing.pages.project import project_page
from publishing.pages.projects import home_page, listed, public_projects
from publishing.pages.record import Record
from publishing.pages.sealed_bids import sealed_bids_page
from tenders.models import Project, ProjectQuerySet

ON_ONE_PAGE = 20
LONGEST_QUERY = 100


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return _page(request, "home", home_page(public_projects(), at=now()))


@require_safe
def project(request: HttpRequest, number: str) -> HttpResponse:
    found = get_public_project(number)
    return _page(request, "project", project_page(found, Record(found), at=now()))


@require_safe
def plan_version(request: HttpRequest, number: str, round_number: int, version: int) -> HttpResponse:
    found = get_public_project(number)
    for change in changes_of(found, Record(found)):
        if (change.version.round, change.version.number) == (round_number, version):
            return _page(request, "plan_version", version_page(found, change))
    raise Http404


@require_safe
def themes(request: HttpRequest, number: str) -> HttpResponse:
    return _page(request, "themes", themes_page(get_public_project(number)))


@require_safe
def adoption(request: HttpRequest, number: str, number_of_round: int) -> HttpResponse:
    """The report of a round, if it is out."""
    reports = {report.consultation.round: report for report in reports_of(get_public_project(number))}
    if number_of_round not in reports:
        raise Http404
    return _page(request, "adoption", adoption_page(reports[number_of_round]))


@require_safe
def notice(request: HttpRequest, seq: int) -> HttpResponse:
    found = get_object_or_404(Notice.objects.select_related("project", "entry"), pk=seq)
    return _page(request, "notice", notice_page(found, CHANNELS.values()))


@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """The list of notices: those with all words of ``q`` in title or number, of one ``kind``, of one ``project``."""
    asked = {name: normalised(request.GET.get(name, ""))[:LONGEST_QUERY] for name in ("q", "kind", "project")}
    found = all_notices()
    for word in asked["q"].split():
        found = found.filter(Q(title__icontains=word) | Q(project__number__icontains=word))
    if asked["kind"]:
        found = found.filter(entry__kind=asked["kind"])
    if asked["project"]:
        found = found.filter(project__number=asked["project"])
    page = Paginator(found, ON_ONE_PAGE).get_page(request.GET.get("page"))
    return render(request, "public_forms/notices.html", {"page": page, "kinds": kinds(), "asked": asked})


@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    return _page(request, "ledger", ledger_page())


@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    return _page(request, "verify", verify_page())


@require_safe
def opening(request: HttpRequest, number: str, package: int) -> HttpResponse:
    """The hall page of an opening, where there is no file of it."""
    found = get_object_or_404(announced_packages(get_public_project(number)), number=package)
    return _page(request, "opening", hall_page(found, Record(found.project), at=now()))


@require_safe
def sealed_bids(request: HttpRequest) -> HttpResponse:
    return _page(request, "sealed_bids", sealed_bids_page())


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    """The register, whole as the file is, or of one kind and one project."""
    kind, project = (request.GET.get(name, "")[:LONGEST_QUERY] for name in ("kind", "project"))
    return _page(request, "corrections", corrections_page(kind, project))


@require_safe
def correction(request: HttpRequest, seq: int) -> HttpResponse:
    corrected = Amendment.objects.filter(kind=Amendment.Kind.CORRECTED).select_related("entry", "notice__project")
    return _page(request, "correction", comparison_page(get_object_or_404(corrected, pk=seq)))


def _page(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    """Answer with exactly what would stand in the file."""
    return HttpResponse(output.render(f"public/{name}.html", request.path.removeprefix("/en"), context))


@require_safe
def projects(request: HttpRequest) -> HttpResponse:
    """The list of public projects: those whose name, number or place has all the words of ``q``, in one ``stage``."""
    query = normalised(request.GET.get("q", ""))[:LONGEST_QUERY]
    stage = request.GET.get("stage", "")
    found = matching(public_projects(), query)
    chosen = found.filter(stage=stage) if stage in Project.Stage.values else found
    page = Paginator(chosen, ON_ONE_PAGE).get_page(request.GET.get("page"))
    context = {
        "query": query,
        "stage": stage,
        "stages": stages_of(found),
        "page": page,
        "listed": listed(page.object_list, now()),
    }
    return render(request, "public_forms/projects.html", context)


def matching(projects: ProjectQuerySet, query: str) -> ProjectQuerySet:
    for word in query.split():
        projects = projects.filter(
            Q(name__icontains=word) | Q(name_en__icontains=word) | Q(site__icontains=word) | Q(number__icontains=word)
        )
    return projects


def stages_of(projects: ProjectQuerySet) -> list[dict[str, Any]]:
    """Count the projects in each stage that occurs."""
    counts = dict(projects.order_by().values_list("stage").annotate(Count("pk")))
    return [{"value": s.value, "label": s.label, "count": counts[s]} for s in Project.Stage if s in counts]
