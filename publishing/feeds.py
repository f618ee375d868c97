"""
Feeds of the notices: of all, of one project, of one kind of act. Each holds the newest notices with their whole text.

A feed is Chinese, as the notices are. An item's id is that of the act's entry in the log, wherever the site moves.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree as ET

from django.conf import settings
from django.db.models import QuerySet
from django.utils.feedgenerator import Atom1Feed
from django.utils.xmlutils import SimplerXMLGenerator

from publishing.locks import FEEDS, writing
from publishing.models import Notice
from publishing.output import write
from publishing.texts import titles
from tenders.models import Project

ENTRIES = 100
FIRST = datetime(2026, 1, 1, tzinfo=UTC)  # that of the tags
ATOM = "{http://www.w3.org/2005/Atom}"
SITE_NAME = "阳光工程公开平台"


@dataclass(frozen=True)
class Feed:
    """Some notices under one address, in each form that a feed can have."""

    address: str  # without its suffix
    title: str
    page: str
    notices: QuerySet[Notice]  # newest first


@dataclass(frozen=True)
class Form:
    """How feeds are written, and how the texts in one are read back, by the numbers of their entries."""

    suffix: str
    written: Callable[[Feed], bytes]
    texts: Callable[[bytes], dict[int, str]]


def feed_of_all() -> Feed:
    return Feed("/feeds/all", f"{SITE_NAME}：全部公告", "/notices/", _newest())


def feed_of_project(number: str, name: str) -> Feed:
    found = _newest().filter(project__number=number)
    return Feed(f"/feeds/projects/{number}", f"{name}：公告", f"/projects/{number}/", found)


def feed_of_kind(kind: str) -> Feed:
    named = titles().get(kind, kind)
    return Feed(f"/feeds/kinds/{kind}", f"{SITE_NAME}：{named}", "/notices/", _newest().filter(entry__kind=kind))


def feeds_with(notice: Notice) -> list[Feed]:
    """Return the feeds that a notice belongs to: three, however many there are."""
    project = notice.project
    return [feed_of_all(), feed_of_project(project.number, project.name), feed_of_kind(notice.entry.kind)]


def every_feed() -> Iterator[Feed]:
    yield feed_of_all()
    for project in Project.objects.public():
        yield feed_of_project(project.number, project.name)
    for kind in titles():
        yield feed_of_kind(kind)


def write_every_feed() -> None:
    """Write all feeds anew, the empty ones too: a reader may follow what has not happened yet."""
    write_feeds(every_feed())


def write_feeds(feeds: Iterable[Feed]) -> None:
    """Write feeds anew, in each form."""
    for feed in feeds:
        for form in FORMS:
            with writing(FEEDS):
                write(f"{feed.address}{form.suffix}", form.written(feed))


def _newest() -> QuerySet[Notice]:
    return Notice.objects.filter(taken_down_at=None).select_related("entry", "project").order_by("-pk")


# -- Atom (RFC 4287) ---------------------------------------------------------------------------------------------------


class _Atom(Atom1Feed):
    """Atom with the whole text of each item, as text and not as HTML. An empty feed always has the same bytes."""

    def latest_post_date(self) -> datetime:
        return max((item["updateddate"] for item in self.items), default=FIRST)

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["text"], {"type": "text"})


def atom(feed: Feed) -> bytes:
    written = _Atom(
        title=feed.title,
        link=settings.SITE_URL + feed.page,
        description=None,
        language="zh-CN",
        feed_url=f"{settings.SITE_URL}{feed.address}.atom",
        feed_guid=tag(f"{feed.address.strip('/')}.atom"),
        author_name=settings.SITE["owner"],
    )
    for notice in feed.notices[:ENTRIES]:
        written.add_item(
            title=notice.title,
            link=settings.SITE_URL + notice.address,
            description="",
            unique_id=tag(f"ledger/{notice.pk}"),
            pubdate=notice.at,
            updateddate=notice.entry.recorded_at,
            categories=[notice.entry.kind, notice.project.number],
            text=notice.body,
        )
    return written.writeString("utf-8").encode()


def texts_in_atom(content: bytes) -> dict[int, str]:
    """Return the texts of a feed. What is no feed has none."""
    try:
        feed = ET.fromstring(content)  # noqa: S314, a file of our own, and expat bounds what entities may grow to
        entries = feed.findall(f"{ATOM}entry")
        return {_seq(e.findtext(f"{ATOM}id", "")): e.findtext(f"{ATOM}content", "") for e in entries}
    except (ET.ParseError, ValueError):
        return {}


# -- JSON Feed 1.1 (jsonfeed.org) --------------------------------------------------------------------------------------


def json_feed(feed: Feed) -> bytes:
    address = f"{settings.SITE_URL}{feed.address}.json"
    content = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": settings.SITE_URL + feed.page,
        "feed_url": address,
        "language": "zh-CN",
        "authors": [{"name": settings.SITE["owner"], "url": settings.SITE_URL}],
        "items": [_json_item(notice) for notice in feed.notices[:ENTRIES]],
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def _json_item(notice: Notice) -> dict[str, Any]:
    return {
        "id": tag(f"ledger/{notice.pk}"),
        "url": settings.SITE_URL + notice.address,
        "title": notice.title,
        "content_text": notice.body,
        "date_published": notice.at.isoformat(),
        "date_modified": notice.entry.recorded_at.isoformat(),
        "tags": [notice.entry.kind, notice.project.number],
        "_ledger": {"entry": notice.pk, "published_by": notice.published_by_id, "sha256": notice.sha256},
    }


def texts_in_json(content: bytes) -> dict[int, str]:
    """Return the texts of a feed. What is no feed has none."""
    try:
        return {_seq(item["id"]): item["content_text"] for item in json.loads(content)["items"]}
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}


def tag(name: str) -> str:
    """Return an id that stays the same wherever the site moves (RFC 4151): an act's is that of its entry in the log."""
    host, _slash, log = settings.LEDGER_ORIGIN.partition("/")
    return f"tag:{host},2026-01-01:{log}/{name}"


def _seq(id: str) -> int:
    return int(id.rpartition("/")[2])


ATOM_FORM = Form(".atom", atom, texts_in_atom)
JSON_FORM = Form(".json", json_feed, texts_in_json)
FORMS = (ATOM_FORM, JSON_FORM)
