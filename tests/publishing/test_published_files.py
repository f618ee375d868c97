"""The published site is served as files, before Django and without it."""

import gzip
import os
from wsgiref.util import setup_testing_defaults
from wsgiref.validate import validator

import pytest

from config.published_files import CACHED_BYTES, PublishedFiles

PAGE = "<!doctype html><p>陵园公园改扩建</p>".encode()


def django(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain"), ("X-From", "django")])
    return [b"django"]


@pytest.fixture
def root(tmp_path):
    folder = tmp_path / "public"
    for name, content in {
        "index.html": PAGE,
        "projects/2026-001/index.html": PAGE,
        "documents/0a1b.docx": b"word",
        "feeds/all.atom": b"<feed/>",
        "ledger/checkpoint": b"demo.localhost/ledger2026\n3\n",
        "ledger/tile/0/000.p/3": b"\x00" * 96,
        ".rendered": b"{}",
        "projects/.rendered": b"{}",
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (tmp_path / "secret.txt").write_bytes(b"secret")
    return folder


class Browser:
    def __init__(self, root):
        self.application = validator(PublishedFiles(django, root))

    def get(self, path, method="GET", query="", **headers):
        environ = {"SCRIPT_NAME": "", "PATH_INFO": path, "REQUEST_METHOD": method, "QUERY_STRING": query} | headers
        setup_testing_defaults(environ)
        environ.pop("HTTP_HOST", None)
        answer = {}

        def start_response(status, response_headers, exc_info=None):
            answer.update(status=int(status[:3]), headers=dict(response_headers))
            return lambda chunk: None

        result = self.application(environ, start_response)
        answer["body"] = b"".join(result)
        result.close()
        answer["published"] = "X-From" not in answer["headers"]
        return answer


@pytest.fixture
def browser(root):
    return Browser(root)


def test_an_address_with_a_slash_means_the_page_in_that_folder(browser):
    answer = browser.get("/projects/2026-001/")

    assert (answer["status"], answer["body"]) == (200, PAGE)
    assert answer["headers"]["Content-Type"] == "text/html; charset=utf-8"
    assert answer["headers"]["Content-Length"] == str(len(PAGE))
    assert answer["headers"]["Cache-Control"] == "no-cache"
    assert "default-src 'none'" in answer["headers"]["Content-Security-Policy"]


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/projects/../../secret.txt",
        "/./index.html",
        "/.rendered",
        "/projects/.rendered",
        "//index.html",
        "/projects//2026-001/",
        "/projects\\..\\..\\secret.txt",
        "/index.html\0",
        "/%2e%2e/secret.txt",
        "/\u00e9\u00ad",
        "/index.html\n",
        "/projects/2026-001",
        "/missing/",
        "/ledger/",
        f"/{'a' * 300}/",
        "/index.html/",
    ],
)
def test_what_is_no_published_file_is_left_to_django(browser, path):
    assert not browser.get(path)["published"]


def test_a_link_that_leads_out_of_the_folder_is_not_followed(browser, root):
    (root / "leak.txt").symlink_to(root.parent / "secret.txt")

    assert not browser.get("/leak.txt")["published"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_whoever_sends_something_speaks_to_django(browser, method):
    assert browser.get("/", method=method)["body"] == b"django"


def test_a_question_in_the_address_is_answered_by_django(browser):
    assert browser.get("/", query="q=陵园".encode().decode("latin-1"))["body"] == b"django"


@pytest.mark.parametrize("query", ["mode=elder", "mode="])
def test_the_switch_to_large_type_needs_no_django(browser, query):
    assert browser.get("/", query=query)["body"] == PAGE


def test_head_tells_the_length_and_sends_nothing(browser):
    answer = browser.get("/", method="HEAD")

    assert (answer["status"], answer["body"]) == (200, b"")
    assert answer["headers"]["Content-Length"] == str(len(PAGE))


@pytest.mark.parametrize("condition", ["{}", '"other", {}', "*", "strong"])
def test_who_has_the_page_already_gets_only_word_of_it(browser, condition):
    etag = browser.get("/")["headers"]["ETag"]
    named = etag.removeprefix("W/") if condition == "strong" else condition.format(etag)

    answer = browser.get("/", HTTP_IF_NONE_MATCH=named)

    assert (answer["status"], answer["body"]) == (304, b"")
    assert answer["headers"]["ETag"] == etag
    assert "Content-Length" not in answer["headers"]


def test_who_has_an_older_version_gets_the_new_page_at_once(browser, root):
    old = browser.get("/")["headers"]["ETag"]
    new = root / "new"
    new.write_bytes(b"a new version")
    new.rename(root / "index.html")

    answer = browser.get("/", HTTP_IF_NONE_MATCH=old)

    assert (answer["status"], answer["body"]) == (200, b"a new version")


def test_a_page_is_not_read_from_the_disk_twice(browser, root):
    browser.get("/")
    state = (root / "index.html").stat()
    (root / "index.html").write_bytes(b"x" * state.st_size)
    os.utime(root / "index.html", ns=(state.st_atime_ns, state.st_mtime_ns))

    assert browser.get("/")["body"] == PAGE


def test_a_large_file_is_not_kept_in_memory(browser, root):
    big = root / "media" / "plan.webp"
    big.parent.mkdir()
    big.write_bytes(b"a" * (CACHED_BYTES + 1))
    state = big.stat()
    browser.get("/media/plan.webp")
    big.write_bytes(b"b" * state.st_size)
    os.utime(big, ns=(state.st_atime_ns, state.st_mtime_ns))

    answer = browser.get("/media/plan.webp")

    assert answer["body"] == b"b" * state.st_size
    assert answer["headers"]["Content-Type"] == "image/webp"


@pytest.mark.parametrize("accepted", ["gzip", "br, gzip;q=0.8", "deflate,GZIP", "*", "gzip ; q=1.0, br"])
def test_the_packed_form_goes_to_those_who_take_it(browser, root, accepted):
    (root / "index.html.gz").write_bytes(gzip.compress(PAGE))

    answer = browser.get("/", HTTP_ACCEPT_ENCODING=accepted)

    assert answer["headers"]["Content-Encoding"] == "gzip"
    assert answer["headers"]["Vary"] == "Accept-Encoding"
    assert gzip.decompress(answer["body"]) == PAGE


@pytest.mark.parametrize("accepted", ["", "br", "gzip;q=0", "gzip; q=0.0, br", "x-gzipped"])
def test_others_get_the_plain_form(browser, root, accepted):
    (root / "index.html.gz").write_bytes(gzip.compress(PAGE))

    answer = browser.get("/", HTTP_ACCEPT_ENCODING=accepted)

    assert "Content-Encoding" not in answer["headers"]
    assert answer["body"] == PAGE


@pytest.mark.parametrize(
    ("path", "kind", "caching"),
    [
        (
            "/documents/0a1b.docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "public, max-age=31536000, immutable",
        ),
        ("/feeds/all.atom", "application/atom+xml; charset=utf-8", "no-cache"),
        ("/ledger/checkpoint", "text/plain; charset=utf-8", "no-cache"),
        ("/ledger/tile/0/000.p/3", "application/octet-stream", "public, max-age=31536000, immutable"),
    ],
)
def test_a_file_is_served_as_what_it_is_and_kept_only_if_it_never_changes(browser, path, kind, caching):
    headers = browser.get(path)["headers"]

    assert headers["Content-Type"] == kind
    assert headers["Cache-Control"] == caching


def test_the_record_may_be_read_by_any_sites_scripts_but_pages_may_not(browser):
    assert browser.get("/ledger/checkpoint")["headers"]["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Origin" not in browser.get("/")["headers"]
