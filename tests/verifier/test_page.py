"""The page /verify/ in a real browser, opened from a disk: it says what verify.py says, and shows it to a reader."""

import random
import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from django.utils import translation

import verify
from publishing.output import render
from tests.browsers import NEEDS_BROWSER, STRICT_RULES, chromium
from tests.foreign.test_vectors import ED25519
from tests.verifier.boxes import BIDS, GONE, LATE, STOOD, bid_receipt, with_box
from tests.verifier.making import DOCUMENT, NOTICE, Kit, Witness, entries, entry
from tests.verifier.observing import observed, observer_file, with_observer
from tests.verifier.test_receipts import changes as other_parts
from tests.verifier.test_verify import GROUPS, PAGE, changed_texts, mail

CHECK = """async ({proof, file, policy, receiptKey}) => {
  const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const given = file && {name: file.name, bytes: bytes(file.content)};
  return await Verifier.check({proof, file: given, policy, receiptKey});
}"""
WITHOUT_WEBCRYPTO = "Object.defineProperty(window, 'crypto', {value: {}})"

pytestmark = NEEDS_BROWSER


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


@pytest.fixture
def open_page(kit, browser):
    """Return a function that opens the page from the reader's folder, as an export lays it there."""
    for name in ("site.css", "site.js", "verify.js"):
        shutil.copy(finders.find(f"site/{name}"), kit.folder / name)
    keys = {
        "policy": kit.policy(),
        "receipt_key": f"{kit.receipts.verifier}\n",
        "verifier_sha256": "0" * 64,
        "titles": '{"notice.published": "公布公告正文"}',
    }
    for language, name in (("zh-hans", "verify.html"), ("en", "verify.en.html")):
        with translation.override(language):
            page = render("public/verify.html", "/verify/", keys)
        kit.save(name, page.replace("/static/site/", "").replace('href="/', 'href="'))
    contexts = []

    def open_page(name="verify.html", *, width=390, script=""):
        contexts.append(browser.new_context(viewport={"width": width, "height": 844}))
        page = contexts[-1].new_page()
        page.add_init_script(script)
        page.goto(f"file://{kit.folder}/{name}")
        return page

    yield open_page
    for context in contexts:
        context.close()


def ask(page, proof, file=None, policy="", receipt_key=""):
    """Ask the page's script, in the terms of verify.py. Return the exit code and the Chinese lines."""
    given = file and {"name": file[0], "content": verify.base64.b64encode(file[1]).decode()}
    said = page.evaluate(CHECK, {"proof": proof, "file": given, "policy": policy, "receiptKey": receipt_key})
    return said["code"], [f"{line['mark']} {line['zh']}" for line in said["lines"]]


def cases(kit):
    """Yield what a reader may bring: a proof or receipt, a file, a policy."""
    proofs = {seq: kit.proof(seq) for seq in (0, 3, 4, 5, 255, 256, 299)}
    yield from ((proof, None, kit.policy()) for proof in proofs.values())
    yield from ((text, None, kit.policy()) for text in changed_texts(list(proofs.values()), 120))
    yield kit.receipt(), None, kit.policy()
    for changes in ({"text": "别的"}, {"salt": "0"}, {"proof": None}, {"receipt": "x"}, {"entry": "{}"}, {"label": 1}):
        yield kit.receipt(**changes), None, kit.policy()
    for seq, name, content in (
        (4, "a.docx", DOCUMENT),
        (4, "a.docx", DOCUMENT + b"x"),
        (3, "a.html", PAGE.encode()),
        (3, "a.html", PAGE.replace("3月9日", "3月8日").encode()),
        (3, "a.txt", f"您好，\r\n{NOTICE}退订\n".encode()),
        (3, "a.txt", b"\xff\x00" * 50),
        (7, "a.json", kit.bodies[7]),
    ):
        yield kit.proof(seq), (name, content), kit.policy()
    yield kit.proof(7, extra=b""), None, kit.policy()
    yield kit.proof(7, extra=b""), ("7.json", kit.bodies[7]), kit.policy()
    yield kit.proof(7, extra=b""), ("8.json", kit.bodies[8]), kit.policy()
    yield kit.proof(7, checkpoint=kit.checkpoint(witnessed=False)), None, kit.policy()
    yield kit.proof(7, checkpoint=kit.checkpoint(witnessed=False)), None, kit.policy("none")
    yield kit.proof(7), None, Kit(kit.folder / "other", entries(3)).policy()
    for text in ("", "{", "{}", "[" * 10_000, "{" * 10_000, "c2sp.org/tlog-proof@v1\nindex 0\n\n", "\0"):
        yield text, None, kit.policy()
    for policy in ("", "quorum none", "log x\nquorum none\n", kit.policy() + "quorum none\n", kit.policy() + "\x07\n"):
        yield kit.proof(7), None, policy
    yield from counted(kit)
    yield from receipts(kit)


def receipts(kit):
    """Of bidders and observers: right ones, and each with something changed."""
    bodies, lists = with_box(with_observer(entries(20)))
    small = Kit(kit.folder / "small", bodies, kit.key, kit.receipts, kit.witness)
    listed, lists = with_box(with_observer(entries(20)), listed=True)
    long = Kit(kit.folder / "long", listed, kit.key, kit.receipts, kit.witness)
    dropped = Kit(kit.folder / "x", with_box(entries(20), (GONE, LATE))[0], kit.key, kit.receipts, kit.witness)
    told = [
        *(bid_receipt(small, bid) for bid in BIDS),
        *(bid_receipt(small, STOOD, **change) for change in other_parts(small).values()),
        *(bid_receipt(small, STOOD, **change) for change in ({"opening": None}, {"ticks": None}, {"format": ["x"]})),
        *(bid_receipt(long, LATE, text) for text in (lists, lists + " ", None)),
        bid_receipt(dropped, STOOD),
        observer_file(small),
        observer_file(small, log="x"),
        observer_file(small, []),
        observer_file(small, [observed(small, 11, proof=None), observed(small, 12, leaf="")]),
        observer_file(small, [observed(small, 11), observed(small, 12, proof=None)]),
    ]
    yield from ((text, None, kit.policy()) for text in told)


def counted(kit):
    witnesses = {name: Witness(name=f"{name}.example/w") for name in "abcd"}
    lines = "".join(f"witness {name} {witness.vkey}\n" for name, witness in witnesses.items())
    for signing in ("abd", "bcd", "abc", "abcd"):
        note = kit.checkpoint(witnessed=False)
        for name in signing:
            note = witnesses[name].sign(note, 1_772_000_000)
        yield kit.proof(7, checkpoint=note), None, f"log {kit.key.verifier}\n{lines}{GROUPS}"


def test_the_page_judges_as_the_program_does(kit, open_page, run, monkeypatch):
    page = open_page()
    monkeypatch.chdir(kit.folder)
    differing, codes = [], set()
    for proof, file, policy in cases(kit):
        words = [kit.save("a.tlog-proof", proof)] + ([kit.save(f"files/{file[0]}", file[1])] if file else [])
        kit.save("policy", policy)
        code, said = run(*words)
        answer, lines = ask(page, proof, file, policy, str(kit.receipts.verifier))
        codes.add(code)
        if answer != code:
            differing.append((proof[:80], file, policy, code, said, answer, lines))

    assert differing == []
    assert codes == {0, 1, 2}


@pytest.mark.parametrize("changed", [False, True])
def test_without_webcrypto_the_page_checks_by_its_own_means(kit, open_page, changed):
    page = open_page(script=WITHOUT_WEBCRYPTO)
    proof = kit.proof(7)

    assert page.evaluate("window.crypto.subtle") is None
    assert ask(page, proof.replace("300", "301") if changed else proof, None, kit.policy())[0] == int(changed)


def test_a_browser_that_is_too_old_says_so_and_what_to_do(kit, open_page):
    page = open_page(script=f"{WITHOUT_WEBCRYPTO}; delete window.BigInt; ")

    code, lines = ask(page, kit.proof(7), None, kit.policy())

    assert code == 2
    assert "verify.py" in lines[-1]


def test_the_plain_hashes_and_signatures_are_right(open_page):
    page = open_page()
    chance = random.Random(180_4)
    for length in (0, 1, 55, 56, 63, 64, 65, 111, 112, 127, 128, 129, 1000):
        content = chance.randbytes(length)
        for name, size in (("sha256", "plainSha256"), ("sha512", "plainSha512")):
            found = page.evaluate(f"(text) => Verifier.hex(Verifier.{size}(Verifier.unhex(text)))", content.hex())
            assert found == verify.hashlib.new(name, content).hexdigest()
    judge = "(texts) => Verifier.plainEd25519(...texts.map(Verifier.unhex))"
    for key, message, signature in ED25519:
        assert page.evaluate(judge, [key, message.strip("-"), signature]) is True
        assert page.evaluate(judge, [key, message.strip("-") + "00", signature]) is False
        assert page.evaluate(judge, [key, message.strip("-"), "00" + signature[2:]]) is False


def test_a_reader_chooses_a_proof_and_a_file_and_reads_the_answer(kit, open_page):
    page = open_page()

    page.get_by_label("证明文件或者回执文件").set_input_files(kit.save("4.tlog-proof", kit.proof(4)))
    page.get_by_text("核对无误", exact=True).wait_for()
    page.get_by_text("已收录：账本第 4 条").wait_for()
    page.get_by_label("文书、图片、保存下来的公告网页").set_input_files(kit.save("wrong.docx", b"other"))
    page.get_by_text("不相符，不能相信", exact=True).wait_for()

    page.get_by_label("文书、图片、保存下来的公告网页").set_input_files(kit.save("right.docx", DOCUMENT))
    page.get_by_text("文件 right.docx 与账本一致").wait_for()

    page.get_by_text("您相信谁的公钥").click()
    page.get_by_label("信任名单").fill("quorum none\n")
    page.get_by_role("button", name="核对").click()
    page.get_by_text("信任名单里的账本都没有签过它").wait_for()


def test_files_that_are_dropped_go_where_they_belong(kit, open_page):
    page = open_page()
    drop = """({proof, paper}) => {
      const files = new DataTransfer();
      files.items.add(new File([paper], "paper.docx"));
      files.items.add(new File([proof], "4.tlog-proof"));
      document.body.dispatchEvent(new DragEvent("drop", {dataTransfer: files, bubbles: true, cancelable: true}));
    }"""

    page.evaluate(drop, {"proof": kit.proof(4), "paper": DOCUMENT.decode()})

    page.get_by_text("文件 paper.docx 与账本一致").wait_for()


def test_what_an_entry_says_is_shown_as_text(tmp_path, kit, open_page):
    page = open_page()
    hostile = Kit(tmp_path / "x", [entry(0, title="<img src=x onerror=document.title='taken'>")], kit.key, kit.receipts)
    hostile.witness = kit.witness

    page.get_by_label("证明文件或者回执文件").set_input_files(kit.save("0.tlog-proof", hostile.proof(0)))
    page.get_by_text("核对无误", exact=True).wait_for()

    assert page.locator("#answer img").count() == 0
    assert "taken" not in page.title()


def test_a_raw_mail_is_sent_to_the_program(kit, open_page):
    code, lines = ask(open_page(), kit.proof(3), ("a.eml", mail(NOTICE, "base64")), kit.policy())

    assert code == 2
    assert "verify.py" in lines[-1]


def test_a_code_on_paper_leads_to_the_proof_of_its_entry(open_page):
    page = open_page("verify.html#entry-12")

    link = page.get_by_role("link", name="下载这一条的证明文件")

    assert link.get_attribute("href").endswith("ledger/entries/12.tlog-proof")
    assert link.is_visible()


def test_the_page_fits_a_phone_and_axe_finds_nothing(kit, open_page):
    for name, width in (("verify.html", 320), ("verify.html", 1280), ("verify.en.html", 390)):
        page = open_page(name, width=width)
        page.locator("#v-proof").set_input_files(kit.save("4.tlog-proof", kit.proof(4)))
        page.locator("#answer[data-code='0']").wait_for()
        page.locator("details").first.evaluate("(details) => { details.open = true; }")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert [found["id"] for found in Axe().run(page, options=STRICT_RULES).response["violations"]] == []
