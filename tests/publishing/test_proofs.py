"""Proof files: one for each entry, written once, and once more when a witness has signed."""

from threading import Thread

import pytest
from django.db import connection

from ledger.keys import publish_verifier
from ledger.models import Checkpoint, Entry
from ledger.notes import SigningKey
from ledger.proofs import LogProof
from ledger.sealer import seal
from publishing import proofs
from publishing.output import file_of
from publishing.proofs import publish_proofs
from tests.ledger.making import make_entries, make_many
from tests.verifier.making import SEEN, Witness

WITNESS = Witness()


@pytest.fixture
def key(db, settings):
    key = SigningKey.generate(settings.LEDGER_ORIGIN)
    publish_verifier(settings.PUBLIC_ROOT / "ledger", key)
    return key


def seal_ledger(settings, key):
    return seal(settings.PUBLIC_ROOT / "ledger", key)


def proof_of(seq):
    return LogProof.parse(file_of(f"/ledger/entries/{seq}.tlog-proof").read_text(encoding="utf-8"))


def test_every_sealed_entry_has_a_proof_that_holds_it(settings, key):
    make_many(300)
    seal_ledger(settings, key)

    assert publish_proofs() == 300

    for seq in (0, 255, 256, 299):
        body = bytes(Entry.objects.get(seq=seq).body)
        assert proof_of(seq).extra == body
        head, signers = proof_of(seq).verify(body, settings.LEDGER_ORIGIN, [key.verifier])
        assert (head.size, signers) == (300, [key.verifier])


def test_an_entry_without_a_checkpoint_has_no_proof_yet(settings, key):
    make_entries(2)
    seal_ledger(settings, key)
    make_entries(1)

    assert publish_proofs() == 2
    assert not file_of("/ledger/entries/2.tlog-proof").exists()


def test_only_what_is_new_is_written(settings, key, django_assert_max_num_queries):
    make_entries(3)
    seal_ledger(settings, key)
    publish_proofs()
    before = file_of("/ledger/entries/0.tlog-proof").stat().st_mtime_ns
    make_entries(2)
    seal_ledger(settings, key)

    assert publish_proofs() == 2
    with django_assert_max_num_queries(2):
        assert publish_proofs() == 0
    assert file_of("/ledger/entries/0.tlog-proof").stat().st_mtime_ns == before


def test_a_proof_is_written_once_more_when_a_witness_has_signed(settings, key, monkeypatch):
    make_entries(3)
    seal_ledger(settings, key)
    publish_proofs()
    make_entries(2)
    seal_ledger(settings, key)
    monkeypatch.setattr(proofs, "note_of", witnessed_up_to(3))

    assert publish_proofs() == 3 + 2
    assert [WITNESS.name in proof_of(seq).checkpoint for seq in range(5)] == [True, True, True, False, False]

    monkeypatch.setattr(proofs, "note_of", witnessed_up_to(5))
    assert publish_proofs() == 2
    assert all(WITNESS.name in proof_of(seq).checkpoint for seq in range(5))
    assert publish_proofs() == 0


def witnessed_up_to(size):
    def note_of(checkpoint: Checkpoint) -> str:
        return WITNESS.sign(checkpoint.note, SEEN) if checkpoint.size <= size else checkpoint.note

    return note_of


def test_files_that_were_lost_with_their_mark_are_written_again(settings, key):
    make_entries(3)
    seal_ledger(settings, key)
    publish_proofs()
    for path in file_of("/ledger/entries/x").parent.iterdir():
        path.unlink()

    assert publish_proofs() == 3


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_write_each_proof_once(settings, key):
    make_many(50)
    seal_ledger(settings, key)
    written = []

    def work():
        written.append(publish_proofs())
        connection.close()

    workers = [Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(120)

    assert sorted(written) == [0, 50]
    assert not list(file_of("/ledger/entries/x").parent.glob(".unfinished*"))
