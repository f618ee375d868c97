"""Feeds of what happens, for feed readers and for media that take our news over."""

from collections.abc import Iterable

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from ledger.models import Entry
from publishing.pages import acts
from tenders.models import Project

ENTRIES = 100


def feed_of_all(projects: Iterable[Project]) -> str:
    """Return the feed of the newest acts of these projects."""
    named = {project.number: project for project in projects}
    entries = Entry.objects.exclude(kind__in=acts.SWARMING).order_by("-seq")[: 2 * ENTRIES]
    own = [(named[n], e) for e in entries if (n := acts.number_of_project(e.subject)) in named]
    return _feed(_("阳光工程公开平台：全部项目"), "/", "/feeds/all.atom", own[:ENTRIES])


def feed_of(project: Project) -> str:
    """Return the feed of a project's newest acts."""
    entries = Entry.objects.about(project.path).exclude(kind__in=acts.SWARMING).order_by("-seq")[:ENTRIES]
    address = f"/projects/{project.number}/"
    return _feed(project.name, address, f"/feeds{address[:-1]}.atom", [(project, entry) for entry in entries])


def _feed(title: str, page: str, address: str, entries: list[tuple[Project, Entry]]) -> str:
    feed = Atom1Feed(
        title=title,
        link=settings.SITE_URL + page,
        description=None,
        language="zh-CN",
        feed_url=settings.SITE_URL + address,
        feed_guid=tag(address.strip("/")),
        author_name=_("县民政局"),
    )
    for project, entry in entries:
        feed.add_item(
            title=" ".join(filter(None, (acts.title(entry), acts.place(entry.subject), project.name))),
            link=f"{settings.SITE_URL}/projects/{project.number}/#entry-{entry.seq}",
            description=acts.detail(entry),
            unique_id=tag(f"ledger/{entry.seq}"),
            pubdate=entry.at,
            updateddate=entry.recorded_at,
        )
    return feed.writeString("utf-8")


def tag(name: str) -> str:
    """Return an id that stays the same wherever the site moves (RFC 4151): an act's is that of its entry in the log."""
    host, _slash, log = settings.LEDGER_ORIGIN.partition("/")
    return f"tag:{host},2026-01-01:{log}/{name}"
