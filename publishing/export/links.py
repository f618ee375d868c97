"""Makes the links of a page relative, so that it works from wherever its folder lies."""

import posixpath
from collections.abc import Callable, Iterable
from html import escape
from html.parser import HTMLParser
from urllib.parse import urlsplit

ATTRIBUTES = {"href", "src", "action", "poster"}

Attributes = list[tuple[str, str | None]]


class Relinker(HTMLParser):
    """Copies a page, but for where its links lead, and with ``note`` put before its main part."""

    def __init__(self, lead: Callable[[str], str], note: str) -> None:
        super().__init__(convert_charrefs=False)
        self.lead = lead
        self.note = note
        self.written: list[str] = []

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        if tag == "main":
            self.written.append(self.note)
        changed = [(name, self.changed(name, value) if value else value) for name, value in attrs]
        self.written.append(self.get_starttag_text() or "" if changed == attrs else _tag(tag, changed))

    def changed(self, name: str, value: str) -> str:
        """Return an attribute with its link, or each link of a set of pictures, led elsewhere."""
        if name == "srcset":
            candidates = (candidate.split() for candidate in value.split(","))
            return ", ".join(" ".join([self.lead(link), *width]) for link, *width in candidates)
        return self.lead(value) if name in ATTRIBUTES else value

    handle_startendtag = handle_starttag

    def handle_endtag(self, tag: str) -> None:
        self.written.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.written.append(data)

    def handle_entityref(self, name: str) -> None:
        self.written.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.written.append(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        self.written.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.written.append(f"<!{decl}>")


def relinked(page: str, lead: Callable[[str], str], note: str) -> str:
    """Return a page whose every link is what ``lead`` makes of it."""
    relinker = Relinker(lead, note)
    relinker.feed(page)
    relinker.close()
    return "".join(relinker.written)


def relative(link: str, *, page: str, files: Iterable[str], site: str) -> str:
    """
    Return where a link on ``page`` leads in the export: to a file of it, else to the living site.

    ``page`` and ``files`` are paths below the export's folder, as ``projects/2026-001/index.html``. A link that names
    no place on our site stays as it is, and so does one to a part of its own page.
    """
    parts = urlsplit(link.removeprefix(site) if link.startswith(f"{site}/") else link)
    if parts.scheme or parts.netloc or not parts.path.startswith("/"):
        return link
    target = parts.path[1:] + ("index.html" if parts.path.endswith("/") else "")
    if target not in files:
        return f"{site}{link}" if link.startswith("/") else link
    path = posixpath.relpath(target, posixpath.dirname(page) or ".")
    return path + (f"?{parts.query}" if parts.query else "") + (f"#{parts.fragment}" if parts.fragment else "")


def _tag(name: str, attributes: Attributes) -> str:
    words = [attribute if value is None else f'{attribute}="{escape(value)}"' for attribute, value in attributes]
    return f"<{' '.join([name, *words])}>"
