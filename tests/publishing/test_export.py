"""The site as a folder or a ZIP: complete, readable from a disk, and nothing in it that is not public."""

import zipfile
from io import StringIO
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from django.core.management import CommandError, call_command

from contracts.models import Document
from ledger.files import UNFINISHED
from ledger.keys import publish_verifier
from ledger.models import Entry
from ledger.notes import SigningKey
from ledger.sealer import seal
from publishing import tasks
from publishing.export.links import relative, relinked
from publishing.models import Notice
from publishing.proofs import publish_proofs
from tests.browsers import IS_MISSING, chromium
from tests.deploy.walking import links_in
from tests.factories import cemetery_on, hall_on
from tests.publishing.reading import every_file, path_of, publish

SITE = "https://tracker.example"


@pytest.fixture
def published(db, settings):
    """A sealed site with a finished tender. Its folder holds what no copy may have."""
    settings.DEMO, settings.SITE_URL = True, SITE
    scene = cemetery_on("08-10 10:00")
    key = SigningKey.generate(settings.LEDGER_ORIGIN)
    publish_verifier(settings.PUBLIC_ROOT / "ledger", key)
    seal(settings.PUBLIC_ROOT / "ledger", key)
    publish(scene.at)
    path_of(f"/{UNFINISHED}1").write_bytes(b"half a page")
    (Path(settings.PUBLIC_ROOT) / "leak.txt").symlink_to("/etc/hostname")


@pytest.fixture
def checkable(db, settings):
    """A project whose plan is out with its paper, sealed, and proven by files."""
    settings.DEMO, settings.SITE_URL = True, SITE
    scene = hall_on("07-20 12:00")
    for queue in ("render", "deliver"):
        tasks.drain(queue)
    key = SigningKey.generate(settings.LEDGER_ORIGIN)
    publish_verifier(settings.PUBLIC_ROOT / "ledger", key)
    seal(settings.PUBLIC_ROOT / "ledger", key)
    publish(scene.at)
    publish_proofs()


def export(target, *options):
    call_command("export_site", str(target), *options, stdout=StringIO())
    return target


def test_links_lead_to_files_of_the_copy_or_to_the_living_site():
    files = {"index.html", "projects/2026-001/index.html", "media/a.jpg"}

    def lead(link, page="projects/2026-001/index.html"):
        return relative(link, page=page, files=files, site=SITE)

    assert lead("/") == "../../index.html"
    assert lead("/projects/2026-001/#entry-3") == "index.html#entry-3"
    assert lead(f"{SITE}/media/a.jpg") == "../../media/a.jpg"
    assert lead("/media/a.jpg", page="index.html") == "media/a.jpg"
    assert lead("/projects/2026-001/comment/") == f"{SITE}/projects/2026-001/comment/"
    assert [lead(link) for link in ("#main", "?mode=elder", "https://a.b/c", "data:,", "tel:12345", "//a.b/c")] == [
        "#main", "?mode=elder", "https://a.b/c", "data:,", "tel:12345", "//a.b/c",
    ]  # fmt: skip


def test_a_page_stays_as_it_is_but_for_its_links_and_the_note():
    page = '<!doctype html><p title="a &amp; b" hidden>&lt;&#20013;<!-- c --><a href="/x?a=1&amp;b=2">x</a><br/><main>'

    assert relinked(page, {"/x?a=1&b=2": "y?a=1&b=2"}.get, "<i>note</i>") == page.replace("/x?", "y?").replace(
        "<main>", "<i>note</i><main>"
    )


def test_the_copy_has_every_public_file_and_nothing_else(published, tmp_path):
    folder = export(tmp_path / "copy")

    copied = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert {name for name in every_file() if not name.endswith(".gz")} - {"leak.txt"} <= copied
    assert {"README.txt", "index.html", "static/site/site.css", "ledger/checkpoint"} <= copied
    assert not [name for name in copied if "/." in f"/{name}" or name.endswith(".gz") or name == "leak.txt"]
    assert not list(tmp_path.glob(".*"))


def test_no_link_of_the_copy_leads_to_nothing(published, tmp_path):
    folder = export(tmp_path / "copy")

    broken = []
    for page in folder.rglob("*.html"):
        for link in links_in(page.read_text(encoding="utf-8")):
            parts = urlsplit(link)
            if not parts.scheme and parts.path and not (page.parent / unquote(parts.path)).is_file():
                broken.append((str(page.relative_to(folder)), link))
    assert broken == []


def test_each_page_says_that_it_is_a_copy_and_of_when(published, tmp_path):
    folder = export(tmp_path / "copy")

    assert all('id="copy"' in page.read_text(encoding="utf-8") for page in folder.rglob("*.html"))
    assert "这是网站的离线副本" in (folder / "index.html").read_text(encoding="utf-8")
    assert SITE in (folder / "README.txt").read_text(encoding="utf-8")


def test_the_same_site_gives_the_same_zip(published, tmp_path):
    (tmp_path / "a").mkdir()
    first = export(tmp_path / "a" / "site.zip", "--zip")
    second = export(tmp_path / "site.zip", "--zip")

    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(second) as archive:
        assert archive.testzip() is None
        assert "site/projects/2026-001/index.html" in archive.namelist()


def test_an_export_takes_the_place_of_an_earlier_one_and_of_nothing_else(published, tmp_path):
    folder = export(tmp_path / "copy")
    (folder / "stale.html").write_text("of the last export")
    export(folder)
    assert not (folder / "stale.html").exists()

    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "letter.txt").write_text("mine")
    with pytest.raises(CommandError, match="is no export"):
        export(mine)
    assert (mine / "letter.txt").read_text() == "mine"


@pytest.mark.browser
@pytest.mark.skipif(IS_MISSING, reason="no Chromium on this machine")
def test_from_a_disk_a_browser_shows_the_project_its_pictures_and_the_way_to_check(published, tmp_path):
    folder = export(tmp_path / "copy")
    asked, complaints = [], []
    with chromium() as browser:
        page = browser.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("requestfailed", lambda request: complaints.append(request.url))
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto((folder / "index.html").as_uri())
        page.locator('a[href^="projects/index.html"]').first.click()
        page.locator("h3 a").first.click()

        assert "陵园公园" in page.locator("h1").inner_text()
        assert page.evaluate("getComputedStyle(document.querySelector('.top')).backgroundColor") != "rgba(0, 0, 0, 0)"
        widths = page.evaluate("[...document.images].map(image => (image.loading = 'eager', image.src))")
        page.wait_for_function("[...document.images].every(image => image.complete && image.naturalWidth)")
        page.get_by_role("link", name="怎样核对我们").last.click()
        assert "怎样核对我们" in page.locator("h1").inner_text()

    assert widths
    assert complaints == []
    assert {url for url in asked if not url.startswith((folder.as_uri(), "data:"))} == set()


@pytest.mark.browser
@pytest.mark.skipif(IS_MISSING, reason="no Chromium on this machine")
def test_from_a_disk_a_browser_checks_a_paper_and_a_notice_and_refuses_what_was_changed(checkable, tmp_path):
    folder = export(tmp_path / "copy")
    registered = Entry.objects.get(kind="document.published").seq
    document, notice = Document.objects.get(), Notice.objects.get(entry__kind="step.publish_plan")
    paper = folder / "documents" / document.file_name
    false = tmp_path / "false.docx"
    false.write_bytes(paper.read_bytes() + b"!")
    page_of_notice = folder / "notices" / str(notice.pk) / "index.html"

    with chromium() as browser:
        page = browser.new_page()
        page.goto((folder / "verify" / "index.html").as_uri())

        def verdict(seq, file):
            page.set_input_files("#v-proof", folder / "ledger" / "entries" / f"{seq}.tlog-proof")
            page.set_input_files("#v-file", file)
            page.locator("#verifier button").click()
            page.wait_for_function("document.querySelector('#answer').dataset.code")
            code = page.locator("#answer").get_attribute("data-code")
            page.evaluate("delete document.querySelector('#answer').dataset.code")
            return code

        assert verdict(registered, paper) == "0"
        assert verdict(registered, false) == "1"
        assert verdict(notice.published_by_id, page_of_notice) == "0"
        assert verdict(notice.published_by_id, paper) == "1"
