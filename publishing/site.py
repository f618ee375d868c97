"""
The public site: which pages an act touches, and when they are written anew.

Pages are written from the state after the newest act, under one lock: an older state never overwrites a newer one.
Beside its pages each part of the site keeps a mark of what they tell. Work that is done already is passed over, so that
a thousand comments in a minute cost a few pages.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import partial
from hashlib import sha256
from pathlib import Path

from django.db import connection, transaction

from ledger import clock
from ledger.files import write_atomically
from ledger.models import Entry
from publishing import corrections
from publishing.calendars import write_every_calendar
from publishing.channels.website import write_notice
from publishing.feeds import write_every_feed
from publishing.models import Notice, TakeDown
from publishing.output import file_of, form, remove_page, write, write_forever, write_page
from publishing.pages import acts
from publishing.pages.comments import comment_pages
from publishing.pages.files import public_files
from publishing.pages.ledger import is_older_than_check, ledger_page, verify_page
from publishing.pages.notices import notices_page
from publishing.pages.project import project_page
from publishing.pages.projects import home_page, projects_page, public_projects
from publishing.pages.record import newest_size, witnessed_size
from publishing.retracting import remove_files
from publishing.verifier import publish_verifier
from tenders.law import day
from tenders.models import Project

LOCK = 6964  # of those who write pages; the ledger's is 6962, the sealer's 6963
COMMON = "/"
NOTICES = "/notices/"


@dataclass(frozen=True)
class Told:
    """What pages tell: all entries up to one, what is sealed and witnessed, the days left on one day, in which form."""

    seq: int = -1
    size: int = 0
    on: str = ""
    form: str = ""
    witnessed: int = 0

    def covers(self, needed: "Told") -> bool:
        """Whether nothing is new: no act, no seal, no day, and no template since an upgrade."""
        sealed = self.size >= needed.size and self.witnessed >= needed.witnessed
        return self.form == form() and (self.seq >= needed.seq and sealed and self.on >= needed.on)


def publish_subject(entry: Entry, subject: str, size: int = 0, witnessed: int = 0) -> None:
    """
    Write the pages that an act on ``subject`` touches.

    ``size`` is that of the checkpoint which now covers it, ``witnessed`` that of the one which witnesses confirmed.
    """
    needed = Told(entry.seq, size, witnessed=witnessed)
    project = Project.objects.public().filter(number=acts.number_of_project(subject)).first()
    if project:
        publish_project(project, needed)
    publish_common(needed)


def keep_current() -> None:
    """
    Write everything anew once a day, for the days that are left, and after an upgrade. Else it costs one query.

    The page of the ledger also tells what the hourly check of the whole record has found.
    """
    needed = Told(on=day(clock.now()).isoformat())
    if not _tells(COMMON, needed):
        rebuild(needed)
    elif is_older_than_check(file_of("/ledger/")):
        with _writing("/ledger/", None):
            write_page("/ledger/", "public/ledger.html", ledger_page)
            file_of("/ledger/").touch()  # it is current, even if it says the same


def rebuild(needed: Told | None = None) -> int:
    """Write all pages, or those that do not tell what is ``needed``. Return the number of projects."""
    projects = list(Project.objects.public())
    for project in projects:
        publish_project(project, needed)
    publish_common(needed)
    publish_notices(needed)
    return len(projects)


def publish_project(project: Project, needed: Told | None = None) -> None:
    """Write the page, the comments, the data and the files of a project."""
    address = f"/projects/{project.number}/"
    with _writing(address, needed) as at:
        if at is None:
            return
        project.refresh_from_db()
        publish_files(project)
        write_page(address, "public/project.html", partial(project_page, project, at=at))
        publish_comments(project)
        write(f"{address}record.json", record_of(project))


def publish_common(needed: Told | None = None) -> None:
    """Write the pages that belong to no single project."""
    with _writing(COMMON, needed) as at:
        if at is None:
            return
        write_page("/", "public/home.html", partial(home_page, at=at))
        write_page("/projects/", "public/projects.html", lambda: projects_page(public_projects(), at=at))
        corrections.write_register()
        write_page("/ledger/", "public/ledger.html", ledger_page)
        write_page("/verify/", "public/verify.html", verify_page)
        publish_verifier()
        write_page(NOTICES, "public/notices.html", notices_page)


def publish_notices(needed: Told | None = None) -> None:
    """Write all notices, feeds and calendars: after an upgrade, for an act writes those that it touches."""
    if _tells(NOTICES, needed and Told()):
        return
    for notice in Notice.objects.select_related("project", "entry"):
        write_notice(notice)
    write_every_feed()
    write_every_calendar(at=clock.now())
    with _writing(NOTICES, None):
        pass  # all are written: the mark says so


def publish_comments(project: Project) -> None:
    """Write the pages with all comments that are shown. A page that is no longer needed goes with its words."""
    address = f"/projects/{project.number}/comments/"
    pages = comment_pages(project)
    for number, context in enumerate(pages, start=1):
        write_page(_numbered(address, number), "public/comments.html", partial(dict, context))
    beyond = len(pages) + 1
    while remove_page(_numbered(address, beyond)):
        beyond += 1


def publish_files(project: Project) -> None:
    """
    Copy pictures and tender documents to where the public gets them, and take away what has been taken down.

    :raises ValueError: if a file is not what the act that published it has named
    """
    for public in public_files(project):
        if file_of(public.address).is_file():
            continue
        with public.file.open("rb") as file:
            content = file.read()
        if sha256(content).hexdigest() != public.sha256:
            raise ValueError(f"{public.file.name} is not the file that was published as {public.sha256}")
        write_forever(public.address, content)
    remove_files(TakeDown.objects.filter(project=project).digests())


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


@contextmanager
def _writing(address: str, needed: Told | None) -> Iterator[datetime | None]:
    """Hold the lock of the site, and give the moment that the pages tell, or None if they tell all that is needed."""
    if _tells(address, needed):
        yield None
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        if _tells(address, needed):  # by now: whoever held the lock has done it
            yield None
            return
        at = clock.now()
        newest = Entry.objects.order_by("-seq").values_list("seq", flat=True).first()
        telling = Told(
            -1 if newest is None else newest, newest_size(), day(at).isoformat(), form(), witnessed_size() or 0
        )
        yield at
        write_atomically(_mark(address), json.dumps(asdict(telling)).encode())


def _tells(address: str, needed: Told | None) -> bool:
    return needed is not None and _told(address).covers(needed)


def _told(address: str) -> Told:
    mark = _mark(address)
    return Told(**json.loads(mark.read_bytes())) if mark.is_file() else Told()


def _mark(address: str) -> Path:
    return file_of(f"{address}.told")


def _numbered(address: str, number: int) -> str:
    return address if number == 1 else f"{address}{number}/"
