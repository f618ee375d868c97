"""The preview of a plan before its publicity: for whoever holds the link, as long as it holds."""

from datetime import timedelta
from hashlib import sha256

import pytest

from ledger.clock import real_now
from ledger.models import Entry
from lifecycle.demo.drafts import fill
from portal.previews import token_of
from publishing.output import file_of
from publishing.site import publish_project
from tenders.operations.rounds import begin_next_round, draft_revision
from tests.factories import cemetery_on, hall_on, moment

pytestmark = pytest.mark.django_db


def link(plan, hours=1):
    return f"/preview/{token_of(plan, real_now() + timedelta(hours=hours))}/"


@pytest.fixture
def draft():
    scene = cemetery_on("03-02 09:00")
    return scene, link(scene.consultation.current_plan())


def main_of(page):
    """Return what a page says in its middle, without what the preview says of itself and how the record stands."""
    middle = page[page.index("<main") : page.index("</main>")]
    return middle[middle.index("<h1>") : middle.index('<section aria-labelledby="h-acts"')]


def test_the_preview_is_the_page_that_the_public_gets(client, draft):
    scene, address = draft
    before = main_of(client.get(address).text)

    scene.acts.step("publish_plan", moment("03-09 09:00"))
    publish_project(scene.project)

    public = main_of(file_of("/projects/2026-001/").read_text(encoding="utf-8"))
    token = address.strip("/").partition("/")[2]
    assert "陵园公园改扩建工程" in public
    for part in ("h-facts", "h-responsible", "h-plan"):
        assert section(before, part) == section(public, part)
    assert section(before, "h-gal").count(f"/preview/{token}/") == 2 * section(public, "h-gal").count("<figure>")


def section(page, name):
    start = page.index(f'<section aria-labelledby="{name}"')
    return " ".join(page[start : page.index("</section>", start)].split())


def test_the_preview_says_that_it_is_one_and_is_kept_nowhere(client, draft):
    _scene, address = draft
    entries = Entry.objects.count()

    answer = client.get(address)

    assert "预览：这个方案还没有公布。" in answer.text
    assert '<meta name="robots" content="noindex' in answer.text
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert Entry.objects.count() == entries
    assert not file_of("/projects/2026-001/").exists()
    assert client.get(f"/en{address}").status_code == 200


def test_pictures_of_the_draft_are_shown_to_the_holder_only(client, draft):
    scene, address = draft
    picture = scene.consultation.renderings.first()

    shown = client.get(f"{address}{picture.sha256}.jpg")

    assert (shown.status_code, shown.headers["Content-Type"]) == (200, "image/jpeg")
    assert "no-store" in shown.headers["Cache-Control"]
    assert sha256(shown.content).hexdigest() == picture.sha256
    assert client.get(f"{address}{'0' * 64}.jpg").status_code == 404
    assert client.get(f"/media/{picture.sha256}.jpg").status_code == 404


def test_a_link_runs_out_by_itself(client, draft):
    scene, _address = draft
    plan = scene.consultation.current_plan()

    over = client.get(link(plan, hours=-1))

    assert over.status_code == 410
    assert "已经到期" in over.text
    assert "陵园公园改扩建工程" not in over.text


def test_nobody_makes_up_a_link_or_bends_one(client, draft):
    _scene, address = draft
    payload, _dot, signature = address.strip("/").removeprefix("preview/").rpartition(".")
    for token in ("x", f"{payload}.{signature[::-1]}", f"{payload}x.{signature}", payload):
        assert client.get(f"/preview/{token}/").status_code == 404


def test_after_the_publicity_the_link_leads_to_the_public_page(client, draft):
    scene, address = draft
    scene.acts.step("publish_plan", moment("03-09 09:00"))
    assert client.get(address).url == "/projects/2026-001/"


def test_a_new_version_and_a_new_round_are_previewed_as_well(client):
    scene = hall_on("08-12 10:00")
    act = {"actor": scene.people.manager, "at": scene.at}
    version = draft_revision(scene.consultation.pk, minor_reason="局部", **act)
    fill(version, text="一、坡道改缓。", change_note="坡道改缓")
    page = client.get(link(version)).text
    assert "一、坡道改缓。" in page
    assert "第1轮公示第2版" in page

    following = begin_next_round(scene.consultation.pk, reason="改为两厅", **act)
    page = client.get(link(following.current_plan())).text
    assert "第2轮公示第1版" in page
    assert client.get(link(version)).status_code == 404  # it went into the next round


def test_staff_make_a_link_at_the_desk(client, at_desk, settings):
    scene = cemetery_on("03-02 09:00")
    desk = at_desk(scene)
    assert "预览链接" in client.get(f"{desk}/").text

    page = client.post(f"{desk}/preview/", {"days": "3"})

    address = page.context["address"]
    assert f'value="{settings.SITE_URL}{address}"' in page.text
    assert client.get(address).status_code == 200
    assert client.post(f"{desk}/preview/", {"days": "365"}).status_code == 422
    client.force_login(scene.people.discipline)
    assert client.get(f"{desk}/preview/").status_code == 404
