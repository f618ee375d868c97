"""Atom and JSON feeds: an act writes the three to which its notice belongs, and no other."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from publishing.channels.channel import Channel, Copy, note_down, note_missing
from publishing.channels.files import WITHIN, choose, clear, standing
from publishing.feeds import ATOM_FORM, ENTRIES, JSON_FORM, Feed, Form, feeds_with
from publishing.locks import FEEDS, writing
from publishing.models import Notice
from publishing.output import write


def publish(notice: Notice, name: str, form: Form) -> None:
    """Write the feeds that do not carry the notice yet, as it is, and write down what stands in them now."""
    with writing(FEEDS):
        for feed in feeds_with(notice):
            address = f"{feed.address}{form.suffix}"
            clear(address)
            if not _carries(notice, standing(address), form):
                write(address, form.written(feed))
    found = read([notice], form)
    copy = found.get(notice.pk)
    if copy:
        note_down(notice, name, text=copy.text, payload=copy.payload)
    elif notice.pk in found:
        note_missing(notice, name)


def _carries(notice: Notice, contents: Iterable[bytes], form: Form) -> bool:
    return [form.texts(content).get(notice.pk) for content in contents] == [notice.body]


def read(notices: Sequence[Notice], form: Form) -> Mapping[int, Copy | None]:
    """Read notices back from all feeds that have to carry them. Each feed is parsed once, with one query."""
    shelf = _Shelf(form)
    found = {notice: shelf.copies_of(notice) for notice in notices}
    return {notice.pk: choose(notice, copies) for notice, copies in found.items() if copies is not None}


class _Shelf:
    """The feeds as they stand, each read when it is first asked for."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.known: dict[str, _Standing] = {}

    def copies_of(self, notice: Notice) -> list[Copy] | None:
        """Return what the feeds carry of a notice, nothing if one lacks it, None if it has become too old for all."""
        due = [found for feed in feeds_with(notice) if notice.pk in (found := self.standing(feed)).due]
        copies = [found.copies_of(notice) for found in due]
        if not due:
            return None
        return [copy for each in copies for copy in each] if all(copies) else []

    def standing(self, feed: Feed) -> "_Standing":
        if feed.address not in self.known:
            contents = standing(f"{feed.address}{self.form.suffix}")
            due = set(feed.notices.values_list("pk", flat=True)[:ENTRIES])
            self.known[feed.address] = _Standing([(content, self.form.texts(content)) for content in contents], due)
        return self.known[feed.address]


@dataclass(frozen=True)
class _Standing:
    """A feed's file, with its packed form if that says something else, and the notices that it has to carry."""

    contents: list[tuple[bytes, dict[int, str]]]
    due: set[int]

    def copies_of(self, notice: Notice) -> list[Copy]:
        """Return the notice's text in each content; nothing if one of them lacks it."""
        copies = [Copy(texts[notice.pk], content) for content, texts in self.contents if notice.pk in texts]
        return copies if len(copies) == len(self.contents) else []


def _channel(name: str, title: Any, form: Form) -> Channel:
    return Channel(name, title, WITHIN, partial(publish, name=name, form=form), read=partial(read, form=form))


ATOM = _channel("atom", _("Atom订阅源"), ATOM_FORM)
JSON_FEED = _channel("json-feed", _("JSON订阅源"), JSON_FORM)
