"""The published checkpoint is signed with the time, so that an old copy cannot pass for today's."""

from datetime import timedelta

import pytest

from ledger.check import check_ledger
from ledger.clock import real_now
from ledger.models import Checkpoint
from ledger.notes import Note, SigningKey, newest_signature, open_note
from ledger.publication import publish, published_at
from ledger.sealer import seal
from tests.ledger.making import make_entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(db, monkeypatch):
    """Stop the clock of the publication, and put it forward or back."""
    began = real_now()

    def put(seconds):
        monkeypatch.setattr("ledger.publication.real_now", lambda: began + timedelta(seconds=seconds))

    put(0)
    return put


def seconds_in(folder, key):
    note = Note.parse((folder / "checkpoint").read_text(encoding="utf-8"))
    return newest_signature(note.signatures, note.text, key.verifier.cosigner).seconds


def test_the_checkpoint_bears_the_time_and_verifiers_that_know_nothing_of_it_accept_it(folder, key):
    make_entry()
    seal(folder, key)

    note = (folder / "checkpoint").read_text(encoding="utf-8")
    assert open_note(note, [key.verifier])[1] == [key.verifier]
    assert open_note(note, [key.verifier, key.verifier.cosigner])[1] == [key.verifier, key.verifier.cosigner]
    assert abs(published_at(folder, [key.verifier]) - real_now()) < timedelta(seconds=30)


@pytest.mark.parametrize(("later", "is_renewed"), [(30, False), (46, True), (3600, True), (-3600, False)])
def test_an_idle_log_signs_the_time_anew_in_less_than_a_minute_and_never_backwards(
    folder, key, clock, later, is_renewed
):
    make_entry()
    checkpoint = seal(folder, key)
    before = seconds_in(folder, key)
    clock(later)

    assert seal(folder, key) is None

    after = seconds_in(folder, key)
    assert (after > before) is is_renewed
    assert Checkpoint.objects.count() == 1
    assert (folder / "checkpoint").read_text(encoding="utf-8").startswith(checkpoint.note)


def test_a_log_that_is_no_longer_published_is_found(folder, key, clock):
    make_entry()
    clock(-600)
    seal(folder, key)

    found = check(folder, key, timedelta(minutes=5))

    assert found == ["公开的检查点已超过 300 秒没有续签时间"]
    assert check(folder, key, timedelta(minutes=20)) == check(folder, key, None) == []


@pytest.mark.parametrize("thief", ["test.example/ledger2026", "other"])
def test_a_time_signed_with_another_key_does_not_count(folder, key, thief):
    make_entry()
    checkpoint = seal(folder, key)
    text = Note.parse(checkpoint.note).text
    (folder / "checkpoint").write_text(
        checkpoint.note + str(SigningKey.generate(thief).cosign(text, int(real_now().timestamp())))
    )

    assert check(folder, key, timedelta(minutes=5)) == ["公开的检查点已超过 300 秒没有续签时间"]


@pytest.mark.parametrize("content", ["", "damaged", "damaged\n\n— a b\n"])
def test_a_damaged_file_has_no_time(folder, key, content):
    folder.mkdir(exist_ok=True)
    (folder / "checkpoint").write_text(content)

    assert published_at(folder, [key.verifier]) is None


def test_a_wrong_time_under_the_note_is_replaced(folder, key):
    make_entry()
    checkpoint = seal(folder, key)
    good = (folder / "checkpoint").read_text(encoding="utf-8")
    (folder / "checkpoint").write_text(good.replace(good[-8:], "AAAAAAA\n"))

    publish(folder, checkpoint, key)

    assert open_note((folder / "checkpoint").read_text(encoding="utf-8"), [key.verifier, key.verifier.cosigner])


def check(folder, key, within):
    report = check_ledger(folder, key.name, [key.verifier], timedelta(minutes=1), within)
    return [problem.zh for problem in report.problems]
