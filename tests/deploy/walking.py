"""Walks a site as a visitor could: every link, picture, style and script that can be reached from a page."""

from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

# What is asked for by a link, and what comes along with a page
ATTRIBUTES = ("href", "src", "action")


class Links(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found += [value for name, value in attrs if name in ATTRIBUTES and value]


def links_in(page):
    reader = Links()
    reader.feed(page)
    return reader.found


def walk(get, start="/"):
    """
    Return the answer to every address of this site that can be reached from ``start``. ``get`` takes a path.

    Of the many searches that a page offers, one is asked for: they are answered alike.
    """
    answers, searched, waiting = {}, set(), [start]
    while waiting:
        path = waiting.pop()
        page, is_search, _query = path.partition("?")
        if path in answers or (is_search and page in searched):
            continue
        if is_search:
            searched.add(page)
        answers[path] = answer = get(path)
        if answer.status == 200 and answer.headers["Content-Type"].startswith("text/html"):
            waiting += [next_ for link in links_in(answer.body.decode()) if (next_ := on_this_site(path, link))]
    return answers


def on_this_site(page, link):
    """Return the path to which a link leads, without its place in the page, or nothing if it leads elsewhere."""
    parts = urlsplit(urljoin(f"http://here{page}", link))
    if (parts.scheme, parts.netloc) != ("http", "here"):
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")
