"""The website itself: the page of a notice, read back from the published files as a visitor gets them."""

from collections.abc import Mapping, Sequence
from functools import partial
from html.parser import HTMLParser

from django.utils.translation import gettext_lazy as _

from publishing.channels.channel import CHANNELS, Channel, Copy, note_down, note_missing
from publishing.channels.files import WITHIN, choose, clear, standing
from publishing.locks import NOTICES, writing
from publishing.models import Notice
from publishing.output import LANGUAGES, remove, write, write_page
from publishing.pages.notices import notice_page

NAME = "website"


def publish(notice: Notice) -> None:
    """Write the page of a notice, and write down what stands there now. Then the page can tell of itself."""
    write_notice(notice)
    _note(notice)
    write_notice(notice)
    _note(notice)


def write_notice(notice: Notice) -> None:
    """Write the page of a notice as its channels stand, and its bare text, whose digest is on record."""
    with writing(NOTICES, notice.pk):
        for address in _addresses(notice):
            clear(address)
        if notice.is_taken_down:
            remove(_text_of(notice))
        else:
            write(_text_of(notice), notice.body.encode())
        write_page(notice.address, "public/notice.html", partial(notice_page, notice, CHANNELS.values()))


def _note(notice: Notice) -> None:
    copy = read([notice])[notice.pk]
    if copy:
        note_down(notice, NAME, text=copy.text, payload=copy.payload)
    else:
        note_missing(notice, NAME)


def read(notices: Sequence[Notice]) -> Mapping[int, Copy | None]:
    """Read the pages of notices back, in each language, and their bare texts."""
    return {notice.pk: _copy_of(notice) for notice in notices}


def _copy_of(notice: Notice) -> Copy | None:
    pages = [standing(address) for address in _addresses(notice)]
    bare = standing(_text_of(notice))
    if not bare or not all(pages):
        return None
    # The page comes last, so that it is what counts if all say the same.
    copies = [Copy(content.decode(errors="replace"), content) for content in bare]
    copies += [Copy(text_in(page), page) for contents in reversed(pages) for page in reversed(contents)]
    return choose(notice, copies)


def _addresses(notice: Notice) -> list[str]:
    return [f"{prefix}{notice.address}" for prefix in LANGUAGES.values()]


def _text_of(notice: Notice) -> str:
    return f"{notice.address}notice.txt"


def text_in(page: bytes) -> str:
    """Return the notice's text as a page carries it: all that stands in its element with the id ``notice-body``."""
    reader = _Reader()
    reader.feed(page.decode(errors="replace"))
    return "".join(reader.found)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.is_inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.is_inside = self.is_inside or ("id", "notice-body") in attrs

    def handle_endtag(self, tag: str) -> None:
        self.is_inside = self.is_inside and tag != "pre"

    def handle_data(self, data: str) -> None:
        if self.is_inside:
            self.found.append(data)


WEBSITE = Channel(NAME, _("本网站"), WITHIN, publish, read=read)
