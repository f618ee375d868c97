"""Receipts are signed at once, by a key of the web server's own, and every key there has been stays known."""

import json

import pytest

import verify
from ledger.models import Entry
from portal.public import receipt_key
from portal.public.receipt_key import sign_receipt
from tests.portal.scenes import make_consultation
from tests.portal.test_public_record import make_comment

pytestmark = pytest.mark.django_db


@pytest.fixture
def comment(db):
    return make_comment(make_consultation())


@pytest.fixture(autouse=True)
def fresh():
    receipt_key._key.cache_clear()


def published(settings):
    text = (settings.PUBLIC_ROOT / "ledger" / "receipt-vkey").read_text()
    return [verify.Key.parse(line) for line in text.splitlines()]


def told(client, comment):
    return json.loads(client.get(f"/receipts/{comment.code}.json").content)


def test_the_receipt_of_the_first_second_is_signed_and_says_what_was_received(client, comment, settings):
    receipt = told(client, comment)
    note = verify.Note.parse(receipt["receipt"])

    assert note.signature_of(published(settings)[0]) is True
    assert note.text.splitlines() == [
        "receipt/v1",
        f"origin {settings.LEDGER_ORIGIN}",
        f"entry {Entry.objects.get().seq}",
        f"commitment {receipt['commitment']}",
        f"recorded_at {Entry.objects.get().content['recorded_at']}",
    ]
    assert receipt["proof"] is None


def test_a_receipt_says_neither_the_code_nor_the_words(client, comment):
    receipt = told(client, comment)

    assert receipt["code"] not in receipt["receipt"]
    assert receipt["text"] not in receipt["receipt"]


def test_the_page_of_the_receipt_shows_the_signature_and_leads_to_where_it_is_checked(client, comment):
    page = client.get(f"/receipts/{comment.code}/").content.decode()

    assert "receipt/v1" in page
    assert f'href="/verify/#entry-{Entry.objects.get().seq}"' in page


def test_the_key_is_readable_by_its_owner_alone_and_is_not_the_log_s(comment, settings):
    sign_receipt(Entry.objects.get(), "0" * 64)

    assert settings.RECEIPT_KEY_FILE.stat().st_mode & 0o777 == 0o600
    assert settings.RECEIPT_KEY_FILE != settings.LEDGER_KEY_FILE
    assert published(settings)[0].name == f"{settings.LEDGER_ORIGIN}/receipts"


def test_after_a_new_key_old_receipts_stay_good(client, comment, settings):
    old = verify.Note.parse(told(client, comment)["receipt"])
    settings.RECEIPT_KEY_FILE.unlink()
    receipt_key._key.cache_clear()
    new = verify.Note.parse(told(client, comment)["receipt"])

    keys = published(settings)
    assert [old.signature_of(key) for key in keys] == [True, False]
    assert [new.signature_of(key) for key in keys] == [False, True]


def test_two_processes_that_make_the_key_at_once_use_the_same(comment, settings, monkeypatch):
    make, keys = receipt_key._make, []

    def slowly(path, key):
        keys.append(key)
        if len(keys) == 1:
            receipt_key._key.__wrapped__(path, settings.LEDGER_ORIGIN)  # the other one, a moment earlier
        make(path, key)

    monkeypatch.setattr(receipt_key, "_make", slowly)
    signed = sign_receipt(Entry.objects.get(), "0" * 64)

    assert len(keys) == 2
    assert [verify.Note.parse(signed).signature_of(key) for key in published(settings)] == [True]
    assert list(settings.RECEIPT_KEY_FILE.parent.iterdir()) == [settings.RECEIPT_KEY_FILE]


def test_a_receipt_is_signed_even_if_its_key_cannot_be_published(comment, settings):
    settings.PUBLIC_ROOT.mkdir()
    (settings.PUBLIC_ROOT / "ledger").write_text("in the way")

    assert sign_receipt(Entry.objects.get(), "0" * 64).startswith("receipt/v1\n")
