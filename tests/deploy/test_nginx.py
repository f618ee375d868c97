"""The nginx configuration, really served on this machine, with an upstream of our own or none."""

import gzip
import http.server
import json
import os
import threading
from pathlib import Path

import pytest

from config.published_files import FOR_EVER, FOR_EVERYONE, SAME_PAGE, content_type, headers_of
from staging import find_tool
from tests.deploy.nginx import Site

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not find_tool("nginx") and not os.environ.get("CI"), reason="apt install nginx-light"),
]
PAGE = "<p>公墓扩建".encode()


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A site whose upstream is down."""
    folder = tmp_path_factory.mktemp("nginx")
    for page, content in {"index.html": b"<p>home", "projects/2026-001/index.html": PAGE}.items():
        (folder / "data" / "public" / page).parent.mkdir(parents=True, exist_ok=True)
        (folder / "data" / "public" / page).write_bytes(content)
    site = Site(folder, folder / "data")
    yield site
    site.stop()


@pytest.fixture
def django(site):
    """An upstream that tells what reached it."""

    class Echo(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Strict-Transport-Security", "max-age=31536000")
            self.end_headers()
            told = {
                "path": self.path,
                "method": self.command,
                "headers": {n.lower(): v for n, v in self.headers.items()},
            }
            self.wfile.write(json.dumps(told).encode())

        do_POST = do_GET  # noqa: N815, the base class names it

        def log_message(self, *arguments):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", site.upstream_port), Echo)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_published_page_is_read_while_django_is_down(site):
    answer = site.get("/projects/2026-001/")

    assert (answer.status, answer.body) == (200, PAGE)
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("place", sorted({"/", *FOR_EVER, *FOR_EVERYONE}))
def test_files_go_out_with_the_headers_that_the_embedded_server_sends(site, place):
    path = f"{place}list.json" if place.endswith("/") else place
    site.publish(path.lstrip("/"), b"[]")
    expected = dict(headers_of(path))
    del expected["Vary"]  # nginx says it where there is a packed form only

    answer = site.get(path)

    assert answer.status == 200
    assert {name: answer.headers.get_all(name) for name in expected} == {
        name: [value] for name, value in expected.items()
    }
    assert answer.headers["Access-Control-Allow-Origin"] == expected.get("Access-Control-Allow-Origin")


@pytest.mark.parametrize(
    "file", ["a.json", "a.html", "a.atom", "a.docx", "a.pdf", "a.png", "a.webp", "ledger/checkpoint"]
)
def test_files_go_out_with_the_types_that_the_embedded_server_sends(site, file):
    site.publish(file, b"content")

    assert site.get(f"/{file}").headers["Content-Type"] == content_type(Path(file))


def test_a_page_packed_by_publishing_is_sent_packed(site):
    site.publish("packed/index.html", b"plain")
    site.publish("packed/index.html.gz", gzip.compress(b"packed"))

    assert site.get("/packed/").body == b"plain"
    answer = site.get("/packed/", Accept_Encoding="gzip")
    assert (answer.headers["Content-Encoding"], answer.headers["Vary"]) == ("gzip", "Accept-Encoding")
    assert gzip.decompress(answer.body) == b"packed"


def test_what_is_missing_is_not_kept(site):
    assert site.get("/ledger/tile/0/999").headers["Cache-Control"] is None


@pytest.mark.parametrize("query", sorted(SAME_PAGE))
def test_large_type_is_the_same_page(site, query):
    assert site.get(f"/projects/2026-001/?{query}").body == PAGE


def test_a_link_does_not_lead_out_of_what_is_published(site, tmp_path):
    (tmp_path / "secret.txt").write_text("secret")
    (site.public / "link.txt").symlink_to(tmp_path / "secret.txt")

    assert site.get("/link.txt").status in {403, 503}


@pytest.mark.parametrize("path", ["/projects/.unfinished-1", "/../secrets/secret_key", "/.env"])
def test_what_is_not_published_is_not_shown(site, path):
    site.publish("projects/.unfinished-1", b"half")

    assert site.get(path).status in {400, 404}


def test_while_django_is_down_the_page_says_so_in_two_languages(site):
    answer = site.get("/desk/")

    assert answer.status == 503
    assert answer.headers["Retry-After"] == "60"
    assert "已公开的项目页面、文件和公开账本仍可查看" in answer.body.decode()
    assert "What has been published can still be read" in answer.body.decode()


def test_while_django_is_down_the_api_answers_in_its_own_format(site):
    answer = site.get("/api/v1/projects/")

    assert (answer.status, answer.headers["Content-Type"]) == (503, "application/problem+json")
    assert json.loads(answer.body)["status"] == 503


def test_a_question_goes_to_django_even_where_a_page_is_published(site, django):
    told = json.loads(site.get("/projects/2026-001/?stage=tender").body)

    assert told["path"] == "/projects/2026-001/?stage=tender"


@pytest.mark.parametrize("path", ["/", "/desk/", "/api/v1/", "/static/none.css"])
def test_whoever_answers_says_once_that_only_tls_will_do(site, django, path):
    assert site.get(path).headers.get_all("Strict-Transport-Security") == ["max-age=31536000"]


def test_what_is_sent_goes_to_django_even_where_a_page_is_published(site, django):
    told = json.loads(site.get("/projects/2026-001/", data=b"text=1").body)

    assert told["method"] == "POST"


def test_a_visitor_cannot_pretend_to_be_someone_else(site, django):
    told = json.loads(
        site.get("/desk/", X_Forwarded_For="203.0.113.7", X_Forwarded_Proto="http", X_Real_IP="203.0.113.7").body
    )

    assert told["headers"]["x-forwarded-for"] == "127.0.0.1"
    assert told["headers"]["x-real-ip"] == "127.0.0.1"
    assert told["headers"]["x-forwarded-proto"] == "https"
