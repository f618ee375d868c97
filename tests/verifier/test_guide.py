"""The guide docs/verify.md, followed step by step in another folder, with only Python and what was downloaded."""

import re
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

import verify
from ledger.keys import publish_verifier
from ledger.models import Entry
from ledger.notes import SigningKey
from ledger.sealer import seal
from publishing import tasks
from publishing.output import file_of
from publishing.pages.acts import TITLES
from publishing.verifier import policy
from tenders.models import Comment
from tests.factories import hall_on
from tests.ledger.making import make_entries

GUIDE = (Path(__file__).parents[2] / "docs" / "verify.md").read_text(encoding="utf-8")
STEPS = [step.split() for step in re.findall(r"^ +python3 (verify\.py .*)$", GUIDE, re.MULTILINE)]


@pytest.fixture
def published(db, settings):
    """The site of a demo with one project. Return how to seal and publish what was recorded since."""
    settings.DEMO = True
    key = SigningKey.generate(settings.LEDGER_ORIGIN)
    folder = settings.PUBLIC_ROOT / "ledger"
    publish_verifier(folder, key)

    def publish():
        for _ in range(2):  # notices are acts of publication, and are sealed after it
            seal(folder, key)
            for queue in ("render", "deliver"):
                tasks.drain(queue)

    hall_on()
    publish()
    return publish


@pytest.fixture
def downloads(published, client, tmp_path):
    """A folder with the files that the guide names, as a browser saves them."""
    folder = tmp_path / "下载"
    folder.mkdir()
    notice = Entry.objects.filter(kind="notice.published").first()
    receipt = client.get(f"/receipts/{Comment.objects.first().code}.json").content
    for name, address in {
        "verify.py": "/verify/verify.py",
        "receipt-vkey": "/ledger/receipt-vkey",
        "old-checkpoint": "/ledger/checkpoint",
        "12.tlog-proof": f"/ledger/entries/{notice.seq}.tlog-proof",
        "notice.html": f"/notices/{notice.facts['of']}/",
    }.items():
        shutil.copy(file_of(address), folder / name)
    (folder / "receipt.json").write_bytes(receipt)
    (folder / "policy").write_text(policy(), encoding="utf-8")
    return folder


def follow(folder, *words, python=("-I",)):
    done = subprocess.run(
        [sys.executable, *python, *words], cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.stderr == ""
    return done.returncode, done.stdout


@pytest.mark.parametrize("python", [("-I",), ("-I", "-S")], ids=["with packages", "bare"])
def test_every_step_of_the_guide_ends_well(downloads, published, settings, python):
    make_entries(5)  # since the reader saved a checkpoint
    published()
    shutil.copytree(settings.PUBLIC_ROOT, downloads / "site")

    ends = {" ".join(step): follow(downloads, *step, python=python)[0] for step in STEPS}

    assert len(ends) == 4
    assert set(ends.values()) == {0}


def test_a_wrong_file_is_refused(downloads):
    page = (downloads / "notice.html").read_text(encoding="utf-8")
    body = re.search(r'id="notice-body"[^>]*>(.*?)\n', page)[1]
    (downloads / "notice.html").write_text(page.replace(body, body + "（二）"), encoding="utf-8")

    code, said = follow(downloads, "verify.py", "12.tlog-proof", "notice.html")

    assert code == 1
    assert "不相符，不能相信" in said


def test_a_wrong_receipt_is_refused(downloads):
    receipt = downloads / "receipt.json"
    receipt.write_text(receipt.read_text(encoding="utf-8").replace('"text": "', '"text": "不'), encoding="utf-8")

    assert follow(downloads, "verify.py", "receipt.json")[0] == 1


def test_a_stranger_s_policy_is_not_met(downloads):
    (downloads / "policy").write_text(f"log {SigningKey.generate('x').verifier}\nquorum none\n")

    assert follow(downloads, "verify.py", "12.tlog-proof")[0] == 1


def test_the_page_tells_the_digest_of_the_program(published):
    program = file_of("/verify/verify.py").read_bytes()
    assert sha256(program).hexdigest() in file_of("/verify/").read_text(encoding="utf-8")
    assert program == (Path(__file__).parents[2] / "verify.py").read_bytes()


def test_the_program_calls_acts_as_the_pages_do():
    titles = {kind: str(title) for kind, title in TITLES.items()}

    assert {kind: titles.get(kind) for kind in verify.KINDS} == verify.KINDS
