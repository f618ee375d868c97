"""The offline page of those who hold keys, opened from a disk: from the making of the keys to the opening of bids."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from axe_playwright_python.sync_playwright import Axe

from publishing.key_page import key_page
from tenders.sealing.envelopes import identity_in, lock, new_identity, recipient_of
from tenders.sealing.exchange import KeysFile, PeeledFile, WrappedBid, WrapsFile
from tenders.sealing.head import Head, check_head, check_payload
from tenders.sealing.holding import finish_all, peel_all
from tenders.sealing.opening import open_payload
from tenders.sealing.seal import seal
from tests.browsers import NEEDS_BROWSER, STRICT_RULES
from tests.sealing.making import BIDDER, TENDER, make_content
from tests.verifier.making import SEEN, Kit, entries

pytestmark = NEEDS_BROWSER

SEAL = """async ({content, keys}) => {
  const text = (bytes) => btoa(String.fromCharCode(...bytes));
  const files = content.files.map((file) => ({...file, bytes: new TextEncoder().encode(file.bytes)}));
  const {head, payload, secret, digest} = await SealedBids.seal({...content, files}, keys);
  return {head: new TextDecoder().decode(head), payload: text(payload), secret, digest};
}"""
READING = {
    "price_fen": 98_765_432_10,
    "duration_days": 200,
    "quality": "合格，争创“钱江杯”",
    "project_manager": "钱工",
    "manager_certificate": "浙2330000000002",
    "bond_fen": 0,
}


@pytest.fixture
def page(browser, tmp_path, settings):
    """The page as its user has it: a file on a stick, without a network."""
    settings.PUBLIC_ROOT = tmp_path / "public"
    (tmp_path / "keys.html").write_text(key_page("zh-hans"), encoding="utf-8")
    context = browser.new_context(viewport={"width": 390, "height": 844}, offline=True)
    context.set_default_timeout(120_000)  # milliseconds: the machine may be busy
    page = context.new_page()
    troubles = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.goto((tmp_path / "keys.html").as_uri())
    yield page
    context.close()
    assert not troubles


def save(page, name):
    with page.expect_download() as waiting:
        page.click(f"#{name} output a")
    return waiting.value.path().read_text(encoding="utf-8")


def give(page, form, **files):
    for field, text in files.items():
        page.set_input_files(
            f"#{form} [name={field}]", {"name": f"{field}.txt", "mimeType": "text/plain", "buffer": text.encode()}
        )
    page.click(f"#{form} button")
    page.wait_for_selector(f"#{form} output[aria-busy=false]")
    return page.inner_text(f"#{form} output")


def make_key(page, holder, policy):
    page.select_option("#holder", holder)
    page.fill("#organisation", "县纪委监委")
    page.evaluate("policy => { document.getElementById('policy').value = policy; }", policy)
    page.click("#make button")
    page.wait_for_selector("#make output a")
    return save(page, "make")


def test_keys_are_made_and_bids_opened_on_a_machine_without_a_network(page, tmp_path):
    kit = Kit(tmp_path / "log", entries(4))
    holders = ("observer", "observer-spare", "bureau", "escrow")
    files = {holder: make_key(page, holder, kit.policy()) for holder in holders}
    secrets = {holder: identity_in(text) for holder, text in files.items()}
    keys = {holder: recipient_of(secret) for holder, secret in secrets.items()}
    assert len(set(secrets.values())) == 4
    assert keys["observer"] in give(page, "check", key=files["observer"])
    assert "jiwei" in page.inner_text("#check output")
    assert "不是密钥文件" in give(page, "check", key="AGE-SECRET-KEY-1")

    # A bid that the page has sealed, one of ours, and one whose wrap for the bureau holds nothing of use.
    listed = [{"name": "投标函.pdf", "media_type": "application/pdf", "bytes": "%PDF"}]
    content = {"tender": TENDER, "bidder": BIDDER, "reading": READING, "files": listed}
    by_page = page.evaluate(SEAL, {"content": content, "keys": keys})
    payload = page.evaluate("text => Array.from(atob(text), (c) => c.charCodeAt(0))", by_page["payload"])
    head, payload = Head.parse(by_page["head"].encode()), bytes(payload)
    check_head(head, tender=TENDER, keys=keys)
    check_payload(head, beginning=payload[:2048], size=len(payload), sha256=by_page["digest"])
    ours = seal(make_content(), keys)
    spoilt = lock(lock(new_identity().encode(), keys["bureau"]), keys["observer"])
    broken = (replace(ours.head.wraps[0], data=spoilt), *ours.head.wraps[1:])
    due = datetime.fromtimestamp(SEEN, timezone(timedelta(hours=8)))
    bids = (
        WrappedBid(1, head.bid_key, head.wraps),
        WrappedBid(2, ours.head.bid_key, ours.head.wraps),
        WrappedBid(3, ours.head.bid_key, broken),
    )
    wraps = WrapsFile(TENDER, due, kit.checkpoint(at=SEEN), bids)

    # Before the deadline, by either clock, and with a checkpoint that no witness has seen, nothing comes off.
    for early in (
        replace(wraps, due_at=datetime.now(due.tzinfo) + timedelta(hours=1)),
        replace(wraps, checkpoint=kit.checkpoint(at=SEEN - 1)),
    ):
        assert "现在不能解封" in give(page, "peel", wraps=early.dump(), key=files["observer"])
    unseen = replace(wraps, checkpoint=kit.checkpoint(witnessed=False))
    assert "见证人还没有会签" in give(page, "peel", wraps=unseen.dump(), key=files["observer"])
    assert not page.query_selector("#peel output a")

    assert "请把截止时间与招标公告核对" in give(page, "peel", wraps=wraps.dump(), key=files["observer"])
    page.check("#compared")
    assert "不是这个标段的监督密钥" in give(page, "peel", wraps=wraps.dump(), key=files["bureau"])
    assert "文件不对" in give(page, "peel", wraps="{}", key=files["observer"])
    assert "2026-02-25 14:13:20" in give(page, "peel", wraps=wraps.dump(), key=files["observer"])
    peeled = save(page, "peel")
    parsed = PeeledFile.parse(peeled)
    assert {(one.number, one.pair) for one in parsed.peeled} == {
        (number, pair) for number in (1, 2, 3) for pair in ("observer+bureau", "observer+escrow")
    }

    assert "3（里面装的不是这份投标的密钥）" in give(page, "finish", peeled=peeled, key=files["bureau"])
    by_bureau = KeysFile.parse(save(page, "finish"))
    give(page, "finish", peeled=peeled, key=files["escrow"])
    by_escrow = KeysFile.parse(save(page, "finish"))
    assert [key.number for key in by_bureau.keys] == [1, 2]
    assert [key.number for key in by_escrow.keys] == [1, 2, 3]
    found = open_payload(head, payload, by_bureau.keys[0].secret, bidder=BIDDER)
    assert found.reading.facts() == READING
    assert found.files[0].name == "投标函.pdf"
    assert open_payload(ours.head, ours.payload, by_escrow.keys[1].secret, bidder=BIDDER) == make_content()

    # Both sides write the same files: the page finishes what Python has peeled, and Python what the page has.
    again = peel_all(wraps, secrets["observer"], [])
    give(page, "finish", peeled=again.dump(), key=files["bureau"])
    assert KeysFile.parse(save(page, "finish")) == finish_all(parsed, secrets["bureau"]) == by_bureau

    assert [found["id"] for found in Axe().run(page, options=STRICT_RULES).response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate("fetch('https://example.org/').then(() => 1, () => 0)") == 0
