"""The sealer and its witnesses: what they confirm is stored and shown, and no trouble of theirs stops the sealing."""

import json
import socket
import threading
import time

import pytest

from ledger.checks import witnesses_are_named_well
from ledger.models import Checkpoint, Cosignature, Task
from ledger.notes import Note, SigningKey, VerifierKey, newest_signature, open_note
from ledger.sealer import SealRefused, seal
from ledger.witnesses import Witness, configured, quorum
from ledger.witnessing import Witnessing
from tests.ledger.making import make_entries, make_entry
from tests.ledger.test_sealer import tamper
from tests.ledger.witnessing import RunningWitness, seal_with_witnesses

pytestmark = pytest.mark.django_db

VKEY = str(SigningKey.generate("witness.example/w1").verifier.cosigner)


def published(folder):
    return (folder / "checkpoint").read_text(encoding="utf-8")


def states(folder):
    return json.loads((folder / "witnesses.json").read_bytes())


def test_what_is_sealed_is_confirmed_stored_and_published(folder, key, witness):
    make_entries(3)

    seal_with_witnesses(folder, key)

    cosignature = Cosignature.objects.get()
    assert (cosignature.checkpoint_id, cosignature.witness) == (3, "纪委")
    assert abs(time.time() - cosignature.witnessed_at.timestamp()) < 60
    note = Checkpoint.objects.get().cosigned_note
    for text in (note, published(folder)):
        _, signers = open_note(text, [key.verifier, witness.vkey])
        assert signers == [key.verifier, witness.vkey]
    assert states(folder)[0] | {"key": ""} == {"name": "纪委", "key": "", "size": 3, "problem": "", "grave": False}


def test_pages_of_what_is_newly_confirmed_are_published_again_once(folder, key, witness):
    make_entries(2, "project/1")
    seal_with_witnesses(folder, key)
    make_entry("project/2/package/1")
    seal_with_witnesses(folder, key)
    seal_with_witnesses(folder, key)

    tasks = Task.objects.filter(arguments__has_key="witnessed").order_by("pk")
    assert [(task.entry_id, task.arguments) for task in tasks] == [
        (1, {"subject": "project/1", "witnessed": 2}),
        (2, {"subject": "project/2", "witnessed": 3}),
    ]


def test_a_head_that_does_not_change_is_confirmed_anew_in_the_file_only(folder, key, witness):
    make_entries(3)
    seal_with_witnesses(folder, key)
    first = newest(folder, witness.vkey).seconds
    witness.ahead = 60

    seal_with_witnesses(folder, key)

    assert newest(folder, witness.vkey).seconds >= first + 60
    assert Cosignature.objects.count() == 1


def test_a_renewal_without_the_witness_keeps_its_newest_signature(folder, key, witness):
    make_entries(3)
    seal_with_witnesses(folder, key)
    witness.ahead = 60
    seal_with_witnesses(folder, key)
    before = newest(folder, witness.vkey)
    witness.stop()

    seal_with_witnesses(folder, key)

    assert newest(folder, witness.vkey) == before
    witness.start()


def newest(folder, vkey):
    note = Note.parse(published(folder))
    return newest_signature(note.signatures, note.text, vkey)


def test_a_witness_that_was_away_confirms_what_it_missed(folder, key, witness):
    make_entries(3)
    seal_with_witnesses(folder, key)
    witness.stop()
    make_entries(4)
    seal_with_witnesses(folder, key)
    assert "does not answer" in states(folder)[0]["problem"]
    witness.start()

    seal_with_witnesses(folder, key)

    assert Cosignature.objects.witnessed_size(1) == 7


def test_a_sealer_that_knows_nothing_of_the_witness_asks_for_the_size(folder, key, witness):
    make_entries(3)
    seal_with_witnesses(folder, key)
    make_entries(2)
    seal(folder, key)
    witnessing = Witnessing(folder)

    witnessing.settle(key)
    witnessing.close()

    assert Cosignature.objects.witnessed_size(1) == 5


def test_a_witness_that_hangs_delays_no_checkpoint(settings, folder, key, patient):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.WITNESSES = f"纪委 {VKEY} http://127.0.0.1:{silent.getsockname()[1]}"
        witnessing = Witnessing(folder)
        for size in (1, 2, 3):
            make_entry()
            seal(folder, key, seen=witnessing.seen)
            witnessing.tend(key)
            assert Checkpoint.objects.latest().size == size
            assert f"\n{size}\n" in published(folder)
        assert not witnessing.states[0].question.done()
        witnessing.close()


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"nonsense\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nnonsense\n",
        b"HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 409 Conflict\r\nContent-Length: 4\r\n\r\nmany",
        b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
    ],
)
def test_a_witness_that_answers_nonsense_stops_nothing(settings, folder, key, answer):
    with socket.create_server(("127.0.0.1", 0)) as server:

        def respond():
            for _ in range(2):
                connection, _ = server.accept()
                with connection:
                    connection.recv(10_000)
                    connection.sendall(answer)

        thread = threading.Thread(target=respond, daemon=True)
        thread.start()
        settings.WITNESSES = f"纪委 {VKEY} http://127.0.0.1:{server.getsockname()[1]}"
        make_entry()
        seal_with_witnesses(folder, key)
        thread.join(10)

    assert Checkpoint.objects.latest().size == 1
    assert states(folder)[0]["problem"]
    assert not states(folder)[0]["grave"]
    assert not Cosignature.objects.exists()


def test_a_signature_of_another_key_is_not_taken_for_the_witness(settings, folder, key, witness):
    settings.WITNESSES = f"纪委 {VKEY} {witness.url}"
    make_entry()

    seal_with_witnesses(folder, key)

    assert not Cosignature.objects.exists()
    assert "no right signature" in states(folder)[0]["problem"]


def test_after_a_restore_nothing_is_signed_that_is_smaller_than_what_a_witness_has_seen(folder, key, witness):
    make_entries(3)
    seal_with_witnesses(folder, key)
    make_entries(2)
    seal_with_witnesses(folder, key)
    # What the backup of an hour ago brings back: rows and files as they were at three entries.
    tamper("DELETE FROM ledger_cosignature WHERE checkpoint_id = 5")
    tamper("DELETE FROM ledger_checkpoint WHERE size = 5")
    (folder / "checkpoint").unlink()

    with pytest.raises(SealRefused, match="a witness has confirmed 5 entries, the database has signed 3: restore"):
        seal_with_witnesses(folder, key)

    assert Checkpoint.objects.latest().size == 3


def test_an_empty_database_with_the_old_key_does_not_begin_the_log_again(folder, key, witness):
    make_entries(3)
    seal_with_witnesses(folder, key)
    tamper("DELETE FROM ledger_cosignature")
    tamper("DELETE FROM ledger_checkpoint")
    (folder / "checkpoint").unlink()

    with pytest.raises(SealRefused, match="a witness has confirmed 3 entries"):
        seal_with_witnesses(folder, key)


def test_of_two_witnesses_as_many_must_confirm_as_the_settings_say(settings, tmp_path, folder, key, witness):
    second = RunningWitness(tmp_path / "second", key)
    try:
        settings.WITNESSES = f"纪委 {witness.vkey} {witness.url};\n 档案局 {second.vkey} {second.url}"
        settings.WITNESS_QUORUM = 2
        make_entries(3)
        seal_with_witnesses(folder, key)
        second.stop()
        make_entries(2)
        seal_with_witnesses(folder, key)

        assert Cosignature.objects.count() == 3
        assert (Cosignature.objects.witnessed_size(1), Cosignature.objects.witnessed_size(quorum())) == (5, 3)
        policy = (folder / "policy").read_text(encoding="utf-8").splitlines()
        assert policy[-2:] == ["group witnesses 2 纪委 档案局", "quorum witnesses"]
    finally:
        second.start()
        second.stop()


def test_what_a_witness_confirmed_before_another_took_its_place_stays_confirmed(
    settings, tmp_path, folder, key, witness
):
    make_entries(3)
    seal_with_witnesses(folder, key)
    second = RunningWitness(tmp_path / "second", key)
    try:
        settings.WITNESSES = f"档案局 {second.vkey} {second.url}"
        seal_with_witnesses(folder, key)
        assert Cosignature.objects.witnessed_size(quorum()) == 3
        make_entries(2)
        seal_with_witnesses(folder, key)
    finally:
        second.stop()

    assert set(Cosignature.objects.values_list("checkpoint", "witness")) == {(3, "纪委"), (3, "档案局"), (5, "档案局")}
    both = [witness.vkey, second.vkey]
    assert open_note(Checkpoint.objects.get(size=3).cosigned_note, both)[1] == both
    assert open_note(published(folder), [key.verifier, second.vkey])[1] == [key.verifier, second.vkey]
    assert [state["name"] for state in states(folder)] == ["档案局"]
    assert "纪委" not in (folder / "policy").read_text(encoding="utf-8")


def test_the_policy_names_log_witness_and_quorum(folder, key, witness):
    make_entry()
    seal_with_witnesses(folder, key)

    assert (folder / "policy").read_text(encoding="utf-8").splitlines()[1:] == [
        "# checkpoints of more than 0 entries",
        f"log {key.verifier} http://127.0.0.1:8000/ledger/",
        f"witness 纪委 {witness.vkey} {witness.url}",
        "quorum 纪委",
    ]


def test_without_witnesses_the_policy_demands_none(folder, key):
    make_entry()
    seal_with_witnesses(folder, key)

    assert (folder / "policy").read_text(encoding="utf-8").endswith("quorum none\n")
    assert quorum() == 0


@pytest.mark.parametrize(
    "setting",
    [
        "纪委",
        f"纪委 {VKEY}",
        f"纪委 {VKEY} ftp://w",
        f"none {VKEY} http://w",
        f"纪委 {VKEY[:-4]}AAA= http://w",
        f"纪委 {SigningKey.generate('log').verifier} http://w",
        f"纪委 {VKEY} http://w; 检察院 {VKEY} http://w",
        f"纪委 {VKEY} http://w; 纪委 {SigningKey.generate('w2').verifier.cosigner} http://w",
    ],
    ids=[
        "name",
        "key",
        "scheme",
        "none",
        "damaged",
        "plain",
        "same-key",
        "same-name",
    ],  # the keys are new in each process
)
def test_a_mistake_in_the_settings_is_said_at_the_start(settings, setting):
    settings.WITNESSES = setting

    assert [error.id for error in witnesses_are_named_well()] == ["ledger.E002"]


def test_a_quorum_that_cannot_be_reached_is_said_at_the_start(settings):
    settings.WITNESSES = f"纪委 {VKEY} http://w/"
    settings.WITNESS_QUORUM = 2

    assert [error.id for error in witnesses_are_named_well()] == ["ledger.E003"]
    assert configured() == [Witness("纪委", VerifierKey.parse(VKEY), "http://w")]
