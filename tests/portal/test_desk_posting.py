"""At the desk: places are kept and chosen, the poster is looked at, each place is proven or explained."""

import io
from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe
from pypdf import PdfReader

from ledger.models import Entry
from publishing import notices
from publishing.handlers import HANDLERS
from tenders.models import Placement, PostingPlace
from tests.browsers import IS_MISSING, RULES, chromium, session_of
from tests.factories import cemetery_on, hall_on, moment
from tests.portal.desks import errors_of, typed
from tests.portal.test_desk_publishing import act, photo
from tests.publishing.papers import text_of
from tests.tenders.test_required_placements import DRAFTED, promise, told

pytestmark = pytest.mark.django_db

PLACE = {
    "kind": "board",
    "name": "县民政局大门公开栏",
    "address": "文化路18号",
    "notes": "钥匙在传达室",
    "is_active": "on",
}


def at_noon(scene):
    return replace(scene, at=moment("07-20 12:00"))


def page_of(response):
    return response.content.decode()


def test_the_list_of_places_is_kept_at_the_desk_and_writes_no_entry(client, at_desk):
    scene = hall_on(DRAFTED)
    at_desk(scene)
    before = Entry.objects.count()
    assert "名单还是空的" in page_of(client.get("/desk/places/"))
    client.post("/desk/places/", PLACE)
    kept = PostingPlace.objects.get()
    assert "钥匙在传达室" in page_of(client.get("/desk/places/"))
    client.post(f"/desk/places/{kept.pk}/", {**PLACE, "has_box": "on", "is_active": ""})
    kept.refresh_from_db()
    assert (kept.has_box, kept.is_active) == (True, False)
    again = client.post("/desk/places/", PLACE)
    assert again.status_code == 422
    assert "文化路18号" in page_of(again)  # what was typed is still there
    assert Entry.objects.count() == before


@pytest.mark.parametrize("role", ["reviewer", "leader"])
def test_only_those_who_put_things_up_keep_the_list(client, at_desk, role):
    at_desk(hall_on(DRAFTED), role)
    assert client.get("/desk/places/").status_code == 404


def test_places_are_chosen_with_the_draft_of_the_plan(client, at_desk):
    scene = hall_on(DRAFTED)
    desk = at_desk(scene)
    board = PostingPlace.objects.create(kind="board", name="大门公开栏")
    gone = PostingPlace.objects.create(kind="radio", name="停用的电台", is_active=False)
    address = f"{desk}/drafts/consultation/{scene.consultation.pk}/"
    page = page_of(client.get(address))
    assert "大门公开栏" in page
    assert "停用的电台" not in page
    assert "最迟2026年8月1日" in page

    sent = typed("consultation", scene.consultation, scene.project)
    client.post(address, {**sent, "places-0-place": board.pk, "places-1-place": "", "places-1-by_on": ""})
    (required,) = scene.consultation.required_placements.all()
    assert (required.place, required.number, required.due_on) == (board, 1, scene.consultation.opens_on)

    again = typed("consultation", scene.consultation, scene.project)
    refused = client.post(address, {**again, "places-1-place": board.pk})
    assert refused.status_code == 422
    assert "同一个地点选了两次。" in errors_of(refused)
    refused = client.post(address, {**again, "places-1-place": gone.pk})
    assert refused.status_code == 422
    assert scene.consultation.required_placements.get() == required


def test_the_poster_is_looked_at_before_the_publicity_and_printed_after_it(client, at_desk, monkeypatch):
    monkeypatch.setattr("publishing.posters.SIZES", ("a4",))
    scene = hall_on(DRAFTED)
    desk, pk = at_desk(scene), scene.consultation.pk
    page = page_of(client.get(f"{desk}/registers/poster/{pk}/"))
    assert f"{desk}/posters/{pk}/a1.pdf" in page
    preview = client.get(f"{desk}/posters/{pk}/a4.pdf")
    assert "预览" in PdfReader(io.BytesIO(preview.content)).pages[0].extract_text()
    assert client.get(f"{desk}/posters/{pk}/poster.png").content.startswith(b"\x89PNG")
    assert client.get(f"{desk}/posters/{pk}/a9.pdf").status_code == 404

    scene.acts.step("publish_plan", moment("07-20 09:00"))
    (entry,) = scene.entries("step.publish_plan")
    notices.issue(entry)
    assert "海报正在生成" in page_of(client.get(f"{desk}/registers/poster/{pk}/"))
    HANDLERS["posters"](entry)
    page = page_of(client.get(f"{desk}/registers/poster/{pk}/"))
    assert "打印并张贴" in page
    assert f"/notices/{entry.seq}/poster-a4.pdf" in page
    assert client.get(f"{desk}/posters/{pk}/a4.pdf").status_code == 404


def test_a_place_is_proven_from_its_row(client, at_desk):
    scene, required = told()
    desk = at_desk(at_noon(scene))
    register = page_of(client.get(f"{desk}/registers/placements/{scene.project.pk}/"))
    assert f"{desk}/acts/prove-placement/{required.pk}/" in register
    answers = {"posted_at": "2026-07-20T10:00", "photo_alt": "村务公开栏里的海报", "until": "2026-08-19"}
    response = act(client, desk, "prove-placement", required.pk, **answers, photos=[photo()])
    assert response.status_code == 302
    proof = Placement.objects.get()
    assert (proof.required, proof.place, proof.kind) == (required, "城西村公开栏", "village-board")
    assert "已有证据" in page_of(client.get(response.url))


def test_without_evidence_a_place_is_not_proven_and_what_was_typed_stays(client, at_desk):
    scene, required = told()
    desk = at_desk(at_noon(scene))
    answers = {"posted_at": "2026-07-20T10:00", "photo_alt": "", "note": "下雨天贴的"}
    refused = act(client, desk, "prove-placement", required.pk, **answers)
    assert refused.status_code == 409
    assert "村务公开栏须附现场照片" in page_of(refused)
    assert "下雨天贴的" in page_of(refused)


def test_what_is_asked_fits_the_kind_of_place(client, at_desk):
    scene = cemetery_on("03-09 09:06")
    desk = at_desk(scene)
    fields = {}
    for name in ("清平县广播电台", "县民政局大门公开栏", "凤山路与文化路路口"):
        required = scene.consultation.required_placements.get(place__name=name)
        form = client.get(f"{desk}/acts/prove-placement/{required.pk}/").context["form"]
        fields[name] = {"until", "own_print"} & set(form.fields)
    assert list(fields.values()) == [set(), {"until", "own_print"}, {"until"}]


def test_the_letter_to_a_station_comes_from_its_row_at_once(client, at_desk):
    scene = cemetery_on("03-09 09:06")
    notices.issue(scene.entries("step.publish_plan")[0])
    desk = at_desk(scene)
    places = client.get(f"{desk}/registers/placements/{scene.project.pk}/").context["required"]
    letters = {place.required.place.name: place.letter for place in places}
    assert letters["县民政局大门公开栏"] == ""
    letter = client.get(letters["清平县广播电台"])
    said = text_of(letter.content)
    assert "清平县广播电台：" in said
    assert "口播稿（30秒）" in said


def test_a_manager_explains_what_was_not_put_up_and_a_clerk_does_not(client, at_desk):
    scene, required = told()
    desk = at_desk(at_noon(scene), "clerk")
    assert client.get(f"{desk}/acts/waive-placement/{required.pk}/").status_code == 404
    client.force_login(scene.people.manager)
    act(client, desk, "waive-placement", required.pk, reason="公开栏正在翻修，方案在村委会大厅可以看到。")
    required.refresh_from_db()
    assert required.waive_reason.startswith("公开栏正在翻修")
    assert "已说明没有张贴" in page_of(client.get(f"{desk}/registers/placements/{scene.project.pk}/"))


def test_the_places_of_another_project_are_not_found(client, at_desk):
    scene, _required = told()
    desk = at_desk(at_noon(scene))
    cemetery_on("03-09 09:06", scene.people)
    theirs = PostingPlace.objects.get(name="清平县广播电台").required.get()
    assert client.get(f"{desk}/acts/prove-placement/{theirs.pk}/").status_code == 404


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(IS_MISSING, reason="no Chromium on this machine")
def test_the_desk_of_the_street_fits_a_telephone_and_reads_aloud(live_server, client, at_desk, monkeypatch):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    scene = hall_on(DRAFTED)
    promise(scene)
    desk, pk = at_desk(scene), scene.consultation.pk
    with chromium() as browser:
        context = browser.new_context(viewport={"width": 390, "height": 844})
        session = session_of(client, live_server.url)
        context.add_cookies([session])
        page = context.new_page()
        for address in ("/desk/places/", f"{desk}/registers/poster/{pk}/", f"{desk}/drafts/consultation/{pk}/"):
            page.goto(f"{live_server.url}{address}")
            assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
            assert Axe().run(page, options=RULES).violations_count == 0
