"""The website itself: the page of a notice, read back from the published file as a visitor gets it."""

from datetime import timedelta
from html.parser import HTMLParser

from django.utils.translation import gettext_lazy as _

from publishing.channels.channel import Channel, note_down
from publishing.models import Notice
from publishing.output import file_of, write_page

NAME = "website"


def publish(notice: Notice) -> None:
    """Write the page of a notice, and write down what stands there now."""
    write_page(notice.address, "public/notice.html", lambda: {"notice": notice})
    page = file_of(notice.address).read_bytes()
    note_down(notice, NAME, text=text_in(page.decode()), payload=page)


def text_in(page: str) -> str:
    """Return the notice's text as a page carries it: all that stands in its element with the id ``notice-body``."""
    reader = _Reader()
    reader.feed(page)
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


WEBSITE = Channel(NAME, _("本网站"), timedelta(minutes=1), publish)
