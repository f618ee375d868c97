"""The table of https://c2sp.org/tlog-witness, line by line, and what our witness refuses beyond it."""

from random import Random

import pytest

from ledger import merkle
from ledger.notes import Signature, SigningKey, VerifierKey, open_note, sign_note
from ledger.proofs import TreeHead
from tests.witness.conftest import NOON
from tests.witness.making import ORIGIN, MemoryLog
from witness.rules import add_checkpoint


def signature_of(store, log, size, line):
    key = VerifierKey.parse((store.folder / "vkey").read_text().strip())
    signature = Signature.parse(line)
    key.verify(log.text(size), signature)
    return signature


def test_a_first_head_is_confirmed_with_the_time_of_the_witness(ask, store, log):
    status, line = ask(log.request(0, 5))

    assert status == 200
    assert signature_of(store, log, 5, line).seconds == NOON
    assert store.latest(ORIGIN).head.size == 5


@pytest.mark.parametrize(("old", "new"), [(1, 2), (5, 8), (5, 20), (8, 16), (5, 5), (0, 5)])
def test_a_head_that_extends_the_last_one_is_confirmed(ask, store, log, old, new):
    if old:
        ask(log.request(0, old))

    status, line = ask(log.request(old, new))

    assert status == 200
    assert signature_of(store, log, new, line)


def test_the_same_head_again_gets_a_newer_time(ask, store, log, clock):
    ask(log.request(0, 5))
    clock.now += 60

    assert signature_of(store, log, 5, ask(log.request(5, 5))[1]).seconds == NOON + 60


def test_an_empty_log_is_confirmed_as_empty_and_its_growth_after_it(ask, log):
    assert ask(log.request(0, 0))[0] == 200
    assert ask(log.request(0, 5))[0] == 200


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"old 0",
        b"old 0\n",
        b"old -1\n\n",
        b"old 00\n\n",
        b"old 1 \n\n",
        b"size 0\n\n",
        b"\xff\xfe",
        b"old 99999999999999999999\n\n",
        b"old 0\n\n\n\n",
    ],
)
def test_what_is_no_request_is_answered_400(ask, log, body):
    status, _ = ask(body + (log.note(5).encode() if body.endswith(b"\n\n") and not body.startswith(b"old 0") else b""))

    assert status == 400


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("old 5\n", "old 5\nAAAA\n"),
        ("old 5\n", "old 5\n!!!!\n"),
        ("old 5\n", "old 5\n" + "A" * 42 + "B=\n"),
        ("\n20\n", "\n020\n"),
        ("\n20\n", "\n-20\n"),
        ("\n20\n", "\ntwenty\n"),
        ("— ", "- "),
        (ORIGIN + "\n20", "\n20"),
    ],
)
def test_a_malformed_line_is_answered_400(ask, log, before, after):
    body = log.request(5, 20, proof=[]).decode()
    assert before in body

    assert ask(body.replace(before, after, 1).encode())[0] == 400


def test_more_than_63_hashes_are_answered_400(ask, log):
    assert ask(log.request(5, 20, proof=[bytes(32)] * 64))[0] == 400
    assert ask(log.request(5, 20, proof=[bytes(32)] * 63))[0] == 409


def test_an_old_size_above_the_new_one_is_answered_400(ask, log):
    assert ask(log.request(6, 5))[0] == 400


def test_an_unknown_log_is_answered_404(ask):
    assert ask(MemoryLog(name="other.example/log").grown_to(5).request(0, 5))[0] == 404


def test_a_head_that_the_log_has_not_signed_is_answered_403(ask, log):
    thief = MemoryLog().grown_to(5)  # the same origin, another key

    assert ask(thief.request(0, 5))[0] == 403


def test_a_wrong_signature_of_the_log_is_answered_403_even_beside_a_right_one(ask, log):
    wrong = sign_note(log.text(6), log.key).rpartition("\n\n")[2]

    assert ask(log.request(0, 5, note=log.note(5).replace(log.note(5).rpartition("\n\n")[2], wrong)))[0] == 403
    assert ask(log.request(0, 5, note=log.note(5) + wrong))[0] == 403
    assert ask(log.request(0, 5, note=log.note(5, NOON) + wrong))[0] == 403


def test_a_time_of_the_log_alone_is_no_signature_of_the_log(ask, log):
    text = log.text(5)

    assert ask(log.request(0, 5, note=f"{text}\n{log.key.cosign(text, NOON)}"))[0] == 403


def test_signatures_of_strangers_are_ignored_and_not_handed_on(ask, store, log):
    stranger = SigningKey.generate("stranger")
    note = sign_note(log.text(5), stranger, log.key)

    assert ask(log.request(0, 5, note=note))[0] == 200
    kept, signers = open_note(store.latest(ORIGIN).note, [log.key.verifier, store.key().verifier.cosigner])
    assert len(signers) == len(kept.signatures) == 2


@pytest.mark.parametrize(("old", "new"), [(0, 20), (0, 5), (4, 5), (4, 20), (6, 20)])
def test_another_old_size_is_answered_409_with_the_right_one_and_without_evidence(
    store, clock, log, evidence, old, new
):
    add_checkpoint(store, log.request(0, 5), clock)

    answer = add_checkpoint(store, log.request(old, new), clock)

    assert answer == (409, "5\n", "text/x.tlog.size")
    assert evidence() == []


def test_a_smaller_head_is_refused_and_kept_unless_it_was_confirmed_once(ask, log, evidence):
    ask(log.request(0, 5))
    ask(log.request(5, 20))

    assert ask(log.request(0, 5)) == (409, "20\n")
    assert evidence() == []
    assert ask(log.request(0, 7)) == (409, "20\n")
    assert len(evidence()) == 1
    assert ask(log.rewritten(2).request(0, 5)) == (409, "20\n")
    assert len(evidence()) == 2


def test_a_proof_that_does_not_prove_it_is_answered_422_and_kept(ask, log, evidence, store):
    ask(log.request(0, 5))
    chance = Random(1)

    for _ in range(200):
        proof = log.proof(5, 20)
        damage = chance.choice(["bit", "less", "more", "order"])
        if damage == "bit":
            place = chance.randrange(len(proof))
            proof[place] = bytes([proof[place][0] ^ (1 << chance.randrange(8))]) + proof[place][1:]
        elif damage == "less":
            proof.pop(chance.randrange(len(proof)))
        elif damage == "more":
            proof.insert(chance.randrange(len(proof) + 1), chance.randbytes(32))
        else:
            proof[0], proof[-1] = proof[-1], proof[0]
        assert ask(log.request(5, 20, proof=proof))[0] == 422, damage

    assert len(evidence()) == 1, "the same head is kept once"
    assert store.latest(ORIGIN).head.size == 5
    assert ask(log.request(5, 20))[0] == 200


@pytest.mark.parametrize("new", [5, 6, 8, 20])
@pytest.mark.parametrize("index", [0, 3, 4])
def test_a_rewritten_history_is_refused_although_the_log_signed_it_and_both_are_kept(ask, log, evidence, index, new):
    ask(log.request(0, 5))
    forged = log.rewritten(index)

    assert ask(forged.request(5, new))[0] == 422

    (kept,) = evidence()
    assert forged.note(new) in kept
    assert log.text(5) in kept
    assert ask(log.request(5, new))[0] == 200, "the honest log goes on"


def test_a_proof_from_nothing_must_be_empty(ask, log):
    assert ask(log.request(0, 5, proof=[bytes(32)]))[0] == 422


def test_an_empty_log_has_one_root_only(ask, log, evidence):
    note = sign_note(str(TreeHead(ORIGIN, 0, bytes(32))), log.key)

    assert ask(log.request(0, 0, note=note))[0] == 422
    assert len(evidence()) == 1


def test_a_clock_that_was_set_back_says_nothing_until_it_is_right_again(ask, log, clock, store):
    ask(log.request(0, 5))
    clock.now -= 3600

    assert ask(log.request(5, 8))[0] == 503
    assert store.latest(ORIGIN).head.size == 5
    clock.now += 3600
    assert ask(log.request(5, 8))[0] == 200


def test_a_clock_that_is_being_adjusted_never_makes_time_run_backwards(ask, log, clock, store):
    ask(log.request(0, 5))
    clock.now -= 1

    assert signature_of(store, log, 8, ask(log.request(5, 8))[1]).seconds == NOON


def test_a_head_from_the_future_is_refused(ask, log, clock):
    note = log.note(5, NOON + 3600)

    assert ask(log.request(0, 5, note=note))[0] == 503
    clock.now += 3600
    assert ask(log.request(0, 5, note=note))[0] == 200


def test_a_log_may_have_several_keys(ask, log, store):
    new = MemoryLog(SigningKey.generate(ORIGIN)).grown_to(20)
    ask(log.request(0, 5))
    assert ask(new.request(5, 8))[0] == 403

    store.trust(new.key.verifier)

    assert ask(new.request(5, 8))[0] == 200
    assert ask(log.request(8, 9))[0] == 200


def test_two_logs_are_kept_apart(ask, log, store):
    other = MemoryLog(name="other.example/log").grown_to(20)
    store.trust(other.key.verifier)

    assert ask(log.request(0, 5))[0] == 200
    assert ask(other.request(0, 9))[0] == 200
    assert (store.latest(ORIGIN).head.size, store.latest("other.example/log").head.size) == (5, 9)


def test_heads_of_any_sizes_one_after_the_other(ask, log, store):
    chance, size = Random(2), 0
    for new in sorted(chance.sample(range(1, 300), 60)):
        log.grown_to(new)
        assert ask(log.request(size, new))[0] == 200
        size = new
    assert store.latest(ORIGIN).head.root == merkle.root(log.leaves[:size])
