"""The comments on a plan, searched and filtered; one of them; and what was found as a file. Files answer first."""

import tempfile
from collections.abc import Callable, Iterator
from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from ledger.clock import now
from portal.access import get_public_project
from portal.converters import normalised
from publishing import comment_files, output
from publishing.comment_search import NAMES, Asked, asked_in, choices, found, in_order, readable
from publishing.pages.comment_rows import PublicComment, public_comments, rows
from publishing.pages.comments import comment_pages, contact_of, in_either_language, outcomes_of, stances_of
from tenders.models import CommentQuerySet, Project

ON_ONE_PAGE = 20
MOST_IN_A_FILE = 10_000  # of those that were found; the whole list is a file of its own
IN_ONE_GO = 500


@require_safe
def comments(request: HttpRequest, number: str, page: int = 1) -> HttpResponse:
    """The whole list as the file has it, or what is asked for in the address."""
    project = get_public_project(number)
    if page == 1 and any(name in request.GET for name in (*NAMES, "page")):
        return search(request, project)
    pages = comment_pages(project, now())
    if not 1 <= page <= len(pages):
        raise Http404
    address = request.path.removeprefix("/en")
    return HttpResponse(output.render("public/comments.html", address, pages[page - 1]))


def search(request: HttpRequest, project: Project) -> HttpResponse:
    asked, chosen = chosen_of(request, project)
    page = Paginator(listed(chosen, asked), ON_ONE_PAGE).get_page(request.GET.get("page"))
    context = {
        "project": project,
        "asked": asked,
        "choices": choices(),
        "page": page,
        "comments": rows(page.object_list, project),
        "stances": stances_of(chosen),
        "tally": outcomes_of(chosen, page.paginator.count),
        "query": asked.query,
        "most": MOST_IN_A_FILE,
    }
    return render(request, "public_forms/comments.html", context)


def chosen_of(request: HttpRequest, project: Project) -> tuple[Asked, CommentQuerySet]:
    asked = asked_in({name: normalised(request.GET.get(name, "")) for name in NAMES})
    return asked, found(readable(public_comments(project)), asked)


def listed(chosen: CommentQuerySet, asked: Asked) -> CommentQuerySet:
    return in_order(chosen, asked.sort).select_related("consultation").with_answers()


@require_safe
def one(request: HttpRequest, number: str, round_number: int, comment: int) -> HttpResponse:
    """A comment with its answer. One under review is not found: such are only counted."""
    project = get_public_project(number)
    comments = readable(public_comments(project)).select_related("consultation").with_answers()
    wanted = get_object_or_404(comments, consultation__round=round_number, number=comment)
    context = {
        "project": project,
        "comment": rows([wanted], project)[0],
        "contact": contact_of(project),
        "objecting_article": in_either_language("OGI 51"),
    }
    return render(request, "public_forms/public_comment.html", context)


# -- files -------------------------------------------------------------------------------------------------------------


@require_safe
def file(request: HttpRequest, number: str, kind: str) -> Any:
    """What was found, as a file of at most ten thousand rows."""
    project = get_public_project(number)
    asked, chosen = chosen_of(request, project)
    response = FILES[kind](listed(chosen, asked), project)
    response.headers["Content-Type"] = comment_files.KINDS[kind]
    response.headers["Content-Disposition"] = f'attachment; filename="comments-{project.number}.{kind}"'
    return response


def batches(chosen: CommentQuerySet, project: Project) -> Iterator[PublicComment]:
    """Yield the rows, some hundreds of them in memory at a time."""
    for start in range(0, MOST_IN_A_FILE, IN_ONE_GO):
        batch = rows(chosen[start : start + IN_ONE_GO], project)
        yield from batch
        if len(batch) < IN_ONE_GO:
            return


def as_csv(chosen: CommentQuerySet, project: Project) -> StreamingHttpResponse:
    return StreamingHttpResponse(comment_files.csv_lines(batches(chosen, project)))


def as_xlsx(chosen: CommentQuerySet, project: Project) -> FileResponse:
    table = tempfile.TemporaryFile()  # noqa: SIM115, the response closes it
    comment_files.write_xlsx(batches(chosen, project), table)
    table.seek(0)
    return FileResponse(table)


def as_json(chosen: CommentQuerySet, project: Project) -> HttpResponse:
    total, available = chosen.count(), readable(public_comments(project)).count()
    told = comment_files.as_json(
        list(batches(chosen, project)), total, available, per_page=MOST_IN_A_FILE if total > MOST_IN_A_FILE else 0
    )
    return HttpResponse(told)


FILES: dict[str, Callable[[CommentQuerySet, Project], Any]] = {"csv": as_csv, "xlsx": as_xlsx, "json": as_json}
