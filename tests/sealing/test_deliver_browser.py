"""A bidder seals and delivers in a real browser, under the strict policy of the site, over a line that breaks."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from ledger.clock import real_now
from tenders import sealed_files
from tenders.models import BidUpload, SealedBid
from tenders.sealing.envelopes import identity_in
from tenders.sealing.opening import finish, open_payload, peel
from tests.bidding import company, open_tender, register_keys, secrets
from tests.browsers import AGAINST_SERVER, STRICT_RULES, chromium, session_of
from tests.factories import make_people

pytestmark = AGAINST_SERVER
TYPED = {
    "price": "１２,345,678.9",
    "duration_days": "180",
    "quality": "合格　 创优\u200b",
    "project_manager": "高文斌",
    "manager_certificate": "云1532006202312345",
}


@pytest.fixture
def bidder():
    people = make_people("a-password-of-tests")
    register_keys(people, real_now())
    open_tender(people)
    return company(1)


@pytest.fixture
def page(live_server, client, bidder, monkeypatch):
    """The page of the tender on a small phone, as its bidder has it. No error in it passes unseen."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # a test may look at rows while the browser runs
    client.force_login(bidder)
    troubles = []
    with chromium() as browser:
        context = browser.new_context(viewport={"width": 320, "height": 640})
        context.set_default_timeout(120_000)  # milliseconds: the machine may be busy
        context.add_cookies([session_of(client, live_server.url)])
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.goto(f"{live_server.url}/bid/tenders/2026-001/1/")
        yield page
    assert not troubles


def drop_every_second(page):
    """Let the line break at every second piece, before it has left or before the answer is here. Once, be too quick."""
    passed = []

    def handle(route):
        passed.append(route.request.headers["upload-offset"])
        if len(passed) % 2:
            route.continue_()
        elif len(passed) == 2:
            route.fulfill(status=429)
        else:
            if len(passed) % 4 == 0:
                route.fetch()
            route.abort()

    page.route("**/bid/uploads/**", handle)
    return passed


def test_what_a_bidder_typed_leaves_the_browser_sealed_and_is_delivered_over_a_broken_line(page, bidder):
    sent = []
    page.on("request", lambda request: sent.append((request.url, request.post_data_buffer or b"")))
    passed = drop_every_second(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert [found["id"] for found in Axe().run(page, options=STRICT_RULES).response["violations"]] == []

    for name, value in {**TYPED, "duration_days": "半年"}.items():
        page.fill(f"#seal [name={name}]", value)
    page.set_input_files(
        "#seal [name=files]", {"name": "投标 函.pdf", "mimeType": "application/pdf", "buffer": b"%PDF canary" * 9}
    )
    page.evaluate("document.getElementById('seal').noValidate = true")  # our own words are tried, not the browser's
    page.click("#seal button")
    page.wait_for_selector("#seal-error:not(:empty)")
    assert "工期请写成整数天" in page.inner_text("#seal-error")
    assert page.input_value("#seal [name=price]") == TYPED["price"]  # what was typed is kept

    page.fill("#seal [name=duration_days]", TYPED["duration_days"])
    page.set_input_files(
        "#seal [name=files]", {"name": "投标 函.pdf", "mimeType": "application/pdf", "buffer": b"%PDF canary" * 99_999}
    )
    page.click("#seal button")
    page.wait_for_selector("a[download^=recovery]")
    assert not BidUpload.objects.exists()  # nothing is sent before the recovery key is saved
    with page.expect_download() as waiting:
        page.click("a[download^=recovery]")
    recovery = identity_in(waiting.value.path().read_text(encoding="utf-8"))
    page.click("text=已经保存，开始上传")
    page.wait_for_selector("#deliver [type=submit]")
    assert not SealedBid.objects.exists()  # and what is uploaded is not delivered
    page.click("#deliver [type=submit]")
    page.wait_for_selector("pre.receipt")

    sealed = SealedBid.objects.select_related("upload").get()
    head, payload = sealed.parsed_head(), sealed_files.read(sealed.upload.pk)
    assert sealed.payload_sha256 in page.inner_text("pre.receipt")
    key = secrets()
    secret = finish(peel(head.wrap("observer+bureau").data, key["observer"]), key["bureau"], head.bid_key)
    assert secret == recovery
    content = open_payload(head, payload, secret, bidder=bidder.organisation.credit_code)
    assert content.reading.facts() == {
        **{name: TYPED[name] for name in ("project_manager", "manager_certificate")},
        "price_fen": 1_234_567_890,
        "duration_days": 180,
        "quality": "合格 创优",
        "bond_fen": 0,
    }
    assert [(file.name, len(file.data)) for file in content.files] == [("投标 函.pdf", 11 * 99_999)]
    assert len(passed) > len(payload) / (1 << 20)  # the line did break
    for url, body in sent:
        for planted in ("12345678", "1234567890", "高文斌", "canary", recovery):
            assert planted not in url
            assert planted.encode() not in body


def test_a_browser_does_not_run_a_script_with_one_byte_more(page):
    changed = []

    def change(route):
        changed.append(route.request.url)
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.body() + b"\n")

    page.locator("#seal").wait_for(state="visible")
    page.route("**/sealing/deliver.js", change)
    page.reload()
    page.wait_for_load_state("networkidle")
    assert changed
    expect(page.locator("#seal")).to_be_hidden()
    expect(page.get_by_text("看不到填写的表格")).to_be_visible()
