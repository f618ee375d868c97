"""
The public site: which pages an act touches, and when they are written anew.

Work that is done already is passed over, so that a thousand comments in a minute cost a few pages.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import partial
from hashlib import sha256

from django.conf import settings

from ledger import clock
from ledger.files import sweep
from ledger.models import Entry
from publishing import corrections, crew, entries
from publishing.adoption import publish_adoption
from publishing.calendars import write_every_calendar
from publishing.channels.board import write_sheets
from publishing.channels.website import write_notice
from publishing.comment_files import publish_lists
from publishing.feeds import write_every_feed
from publishing.key_page import publish_key_page
from publishing.machines import project_data
from publishing.marks import Told, mark_form, newest, tells, told, writing
from publishing.models import Notice, TakeDown
from publishing.output import file_of, form, name, remove_page, write, write_forever, write_page
from publishing.pages import acts
from publishing.pages.comments import comment_pages
from publishing.pages.files import PublicFile, public_files
from publishing.pages.hall import announced_packages, hall_page, lists_of
from publishing.pages.hearings import hearing_page, public_hearings
from publishing.pages.ledger import is_older_than_check, ledger_page, verify_page
from publishing.pages.notices import notices_page
from publishing.pages.plan import changes_of, version_page
from publishing.pages.project import project_page
from publishing.pages.projects import home_page, projects_page, public_projects
from publishing.pages.record import Record
from publishing.pages.sealed_bids import sealed_bids_page
from publishing.posters import write_posters
from publishing.retracting import remove_files
from publishing.variants import write_smaller
from publishing.verifier import publish_verifier
from tenders.law import day
from tenders.models import Project

COMMON = "/"
NOTICES = "/notices/"
IN_ONE_GO = 50  # notices
STRAY_AFTER = 3600.0  # seconds


def publish_subject(entry: Entry, subject: str, size: int = 0, witnessed: int = 0) -> None:
    """
    Write the pages that an act on ``subject`` touches.

    ``size`` is that of the checkpoint which now covers it, ``witnessed`` that of the one which witnesses confirmed.
    """
    needed = Told(entry.seq, size, witnessed=witnessed)
    project = Project.objects.public().filter(number=acts.number_of_project(subject)).first()
    entries.publish_new(needed)  # first: the pages lead to them
    if project:
        publish_project(project, needed)
    publish_common(needed)


def keep_current() -> None:
    """
    Write everything anew once a day, for the days that are left, and after an upgrade. Else it costs one query.

    The page of the ledger also tells what the hourly check of the whole record has found.
    """
    needed = Told(on=day(clock.now()).isoformat())
    if not tells(COMMON, needed):
        rebuild(needed)
    elif is_older_than_check(file_of("/ledger/")):
        with writing("/ledger/", None):
            write_page("/ledger/", "public/ledger.html", ledger_page)
            file_of("/ledger/").touch()  # it is current, even if it says the same


def rebuild(needed: Told | None = None, *, jobs: int = 1, report: crew.Report = crew.silent) -> set[str]:
    """
    Write all pages, or those that do not tell what is ``needed``. Return the addresses that were found current or made.

    May run beside acts and beside itself. What cannot be written does not keep the rest from being written.

    :raises Exception: the first of those that kept a part from being written
    """
    sweep(settings.PUBLIC_ROOT, STRAY_AFTER)
    telling = newest()
    named = crew.work(list(_parts(needed, telling)), jobs, report)
    entries.mark_all(telling)
    mark_form(NOTICES)
    return named


def _parts(needed: Told | None, telling: Told) -> Iterator[Callable[[], None]]:
    """Yield the parts of the whole site. Entries and notices never change but in their form."""
    if needed is None or told(entries.ENTRIES).form != form():
        yield from (partial(entries.publish_batch, seqs) for seqs in entries.batches(telling))
    if needed is None or told(NOTICES).form != form():
        yield from (partial(publish_notices, batch) for batch in _batches_of_notices())
        yield write_every_feed
        yield partial(write_every_calendar, at=clock.now())
    for number in Project.objects.public().values_list("number", flat=True):
        yield partial(_publish_numbered, number, needed)
    yield partial(publish_common, needed)


def _batches_of_notices() -> Iterator[list[int]]:
    keys = list(Notice.objects.order_by("pk").values_list("pk", flat=True))
    yield from (keys[i : i + IN_ONE_GO] for i in range(0, len(keys), IN_ONE_GO))


def publish_notices(keys: Iterable[int]) -> None:
    """Write the pages of these notices, and the sheets that are missing. Going out on channels is another matter."""
    for notice in Notice.objects.select_related("project", "entry").filter(pk__in=keys):
        write_notice(notice)
        write_sheets(notice)
        write_posters(notice)


def _publish_numbered(number: str, needed: Told | None) -> None:
    publish_project(Project.objects.get(number=number), needed)


def publish_project(project: Project, needed: Told | None = None) -> None:
    """Write the page, the hearings, the openings, the comments, the data and the files of a project."""
    address = f"/projects/{project.number}/"
    with writing(address, needed) as at:
        if at is None:
            return
        project = public_projects().get(pk=project.pk)
        record = Record(project)
        publish_files(project, record)
        write_page(address, "public/project.html", partial(project_page, project, record, at=at))
        publish_hearings(project, record, at)
        publish_openings(project, record, at)
        publish_versions(project, record)
        publish_comments(project, at)
        publish_adoption(project)
        write(f"{address}record.json", record_of(project))
        write(f"{address}project.json", project_data(project, record, at=at))


def publish_common(needed: Told | None = None) -> None:
    """Write the pages that belong to no single project."""
    with writing(COMMON, needed) as at:
        if at is None:
            return
        projects = list(public_projects())
        write_page("/", "public/home.html", partial(home_page, projects, at=at))
        write_page("/projects/", "public/projects.html", partial(projects_page, projects, at=at))
        corrections.write_register()
        write_page("/ledger/", "public/ledger.html", ledger_page)
        write_page("/verify/", "public/verify.html", verify_page)
        publish_verifier()
        write_page("/sealed-bids/", "public/sealed_bids.html", sealed_bids_page)
        publish_key_page()
        write_page(NOTICES, "public/notices.html", notices_page)


def publish_hearings(project: Project, record: Record, at: datetime) -> None:
    """Write the page of each hearing that was announced."""
    for hearing in public_hearings(project):
        address = f"/projects/{project.number}/hearings/{hearing.number}/"
        write_page(address, "public/hearing.html", partial(hearing_page, hearing, record, at=at))


def publish_versions(project: Project, record: Record) -> None:
    """Write the page of each published version of the plan, beside the version before it."""
    for change in changes_of(project, record):
        write_page(change.version.address, "public/plan_version.html", partial(version_page, project, change))


def publish_openings(project: Project, record: Record, at: datetime) -> None:
    """Write the page of each opening, and the file of lists beside it, if its entry names one."""
    for package in announced_packages(project):
        address = f"/projects/{project.number}/opening/{package.number}/"
        if lists := lists_of(package):
            write(f"{address}lists.json", lists.encode())
        write_page(address, "public/opening.html", partial(hall_page, package, record, at=at))


def publish_comments(project: Project, at: datetime) -> None:
    """Write the pages and files with all comments that are shown. A page no longer needed goes with its words."""
    address = f"/projects/{project.number}/comments/"
    pages = comment_pages(project, at)
    for number, context in enumerate(pages, start=1):
        write_page(_numbered(address, number), "public/comments.html", partial(dict, context))
    beyond = len(pages) + 1
    while remove_page(_numbered(address, beyond)):
        beyond += 1
    publish_lists(project, [comment for context in pages for comment in context["comments"]])


def publish_files(project: Project, record: Record) -> None:
    """
    Copy pictures and tender documents to where the public gets them, and take away what has been taken down.

    :raises ValueError: if a file is not what the act that published it has named
    """
    for public in public_files(project, record):
        if file_of(public.address).is_file():
            name(public.address)
        else:
            write_forever(public.address, content_of(public))
        write_smaller(public)
    remove_files(TakeDown.objects.filter(project=project).digests())


def content_of(public: PublicFile) -> bytes:
    """
    Return the bytes of a file as it was uploaded.

    :raises ValueError: if they are not what the act that published them has named
    """
    with public.file.open("rb") as file:
        content = file.read()
    if sha256(content).hexdigest() != public.sha256:
        raise ValueError(f"{public.file.name} is not the file that was published as {public.sha256}")
    return content


def record_of(project: Project) -> bytes:
    """Return the list of a project's acts for machines: where each stands in the record, and its leaf hash."""
    entries = Entry.objects.about(project.path).in_order()
    listed = [
        {
            "seq": entry.seq,
            "kind": entry.kind,
            "subject": entry.subject,
            "at": entry.at.isoformat(),
            "recorded_at": entry.recorded_at.isoformat(),
            "leaf": bytes(entry.leaf).hex(),
        }
        for entry in entries.defer("body")
    ]
    return json.dumps({"project": project.number, "entries": listed}, ensure_ascii=False, indent=1).encode()


def _numbered(address: str, number: int) -> str:
    return address if number == 1 else f"{address}{number}/"
