"""A new key of the log: announced in the record, signed over by the old one, and old proofs stay valid."""

from datetime import timedelta
from io import StringIO
from itertools import pairwise

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from accounts.models import Organisation, User
from ledger.check import check_ledger
from ledger.keys import KeyLost, add_key, published_verifier, signing_keys
from ledger.models import Checkpoint
from ledger.notes import Note, SigningKey, VerifierKey, open_note, sign_note
from ledger.proofs import LogProof, prove
from ledger.rotation import key_periods, rotate
from ledger.sealer import seal
from ledger.tiles import Log
from tests.ledger.making import AT, make_entries, make_entry, run_sql
from tests.ledger.test_sealer import tamper
from tests.ledger.witnessing import seal_with_witnesses

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(db):
    bureau = Organisation.objects.create(name="某县民政局", kind=Organisation.Kind.BUREAU)
    return User.objects.create(username="admin", role=User.Role.ADMINISTRATOR, organisation=bureau)


@pytest.fixture
def new():
    return SigningKey.generate("test.example/ledger2026")


@pytest.fixture
def renew(administrator):
    def act(old, new, **options):
        return rotate(old.verifier, new.verifier, actor=administrator, at=AT, **options)

    return act


def signers_of(size, *keys):
    return open_note(Checkpoint.objects.get(size=size).note, [key.verifier for key in keys])[1]


def problems(folder, *keys):
    report = check_ledger(folder, keys[0].name, [key.verifier for key in keys], timedelta(minutes=1))
    return [problem.zh for problem in report.problems]


def test_the_old_key_signs_over_the_act_and_then_the_new_one_signs(folder, key, new, renew):
    make_entries(3)
    seal(folder, key)
    renew(key, new)
    make_entries(2)

    assert seal(folder, key, new).size == 4
    assert seal(folder, key, new).size == 6
    assert seal(folder, key, new) is None

    assert signers_of(3, key, new) == signers_of(4, key, new) == [key.verifier]
    assert signers_of(6, key, new) == [new.verifier]
    assert published_verifier(folder) == new.verifier
    assert (folder / "vkeys").read_text().split() == [str(key.verifier), str(new.verifier)]
    assert [line for line in (folder / "policy").read_text().splitlines() if line.startswith(("#", "log"))] == [
        "# test.example/ledger2026",
        "# checkpoints of more than 0 up to 4 entries",
        f"log {key.verifier} http://127.0.0.1:8000/ledger/",
        "# checkpoints of more than 4 entries",
        f"log {new.verifier} http://127.0.0.1:8000/ledger/",
    ]


@pytest.mark.parametrize("believed", ["old", "new", "both"])
def test_the_check_accepts_each_checkpoint_by_the_key_that_was_in_use(folder, key, new, renew, believed):
    make_entries(3)
    seal(folder, key)
    renew(key, new)
    make_entries(2)
    seal(folder, key, new)
    seal(folder, key, new)

    assert problems(folder, *{"old": [key], "new": [new], "both": [key, new]}[believed]) == []
    assert len(problems(folder, SigningKey.generate(key.name))) == 3


def test_an_old_proof_stays_valid_and_extends_to_the_new_key(folder, key, new, renew):
    entry = make_entries(3)[1]
    old = seal(folder, key)
    proof = str(prove(Log(folder, 3), entry.seq, old.note))
    renew(key, new)
    make_entries(2)
    seal(folder, key, new)
    seal(folder, key, new)

    policy = [VerifierKey.parse(line) for line in (folder / "vkeys").read_text().split()]
    assert LogProof.parse(proof).verify(bytes(entry.body), key.name, policy)[1] == [key.verifier]


def test_while_nothing_new_happens_the_new_key_signs_the_head_beside_the_old_one(folder, key, new, renew):
    renew(key, new)
    seal(folder, key, new)
    seal(folder, key, new)

    note = (folder / "checkpoint").read_text(encoding="utf-8")
    assert open_note(note, [key.verifier])[1] == [key.verifier]
    assert open_note(note, [new.verifier, new.verifier.cosigner])[1] == [new.verifier, new.verifier.cosigner]
    assert problems(folder, key) == []


def test_a_key_that_the_sealer_does_not_hold_signs_nothing(folder, key, new, renew):
    renew(key, new)

    assert seal(folder, key).size == 1
    with pytest.raises(KeyLost, match="which the key file does not hold"):
        seal(folder, key)
    make_entry()
    with pytest.raises(KeyLost, match="which the key file does not hold"):
        seal(folder, key)


def test_a_key_is_named_once_and_only_for_its_own_log(folder, key, new, renew):
    renew(key, new)

    for refused in (new, key, SigningKey.generate("elsewhere")):
        with pytest.raises(ValueError, match="cannot follow"):
            renew(key, refused)


def test_keys_follow_each_other(folder, key, new, renew):
    keys = [key, new, SigningKey.generate(key.name), SigningKey.generate(key.name)]
    for old, young in pairwise(keys):
        make_entries(2)
        renew(old, young)
    while seal(folder, *keys):
        pass

    assert [(period.after, period.until) for period in key_periods(key.verifier)] == [
        (0, 3),
        (3, 6),
        (6, 9),
        (9, None),
    ]
    assert problems(folder, key) == []
    assert list(Checkpoint.objects.order_by("size").values_list("size", flat=True)) == [3, 6, 9]


def test_an_act_of_rotation_that_the_old_key_has_not_signed_over_is_found(folder, key, new, renew):
    make_entries(2)
    seal(folder, key)
    renew(key, new)
    make_entries(2)
    seal(folder, key, new)
    seal(folder, key, new)
    tamper("DELETE FROM ledger_checkpoint WHERE size = 3")

    assert "第 2 条更换了账本密钥，却没有旧密钥对它的签署" in problems(folder, key)


def test_a_checkpoint_of_the_old_key_after_its_time_is_found(folder, key, new, renew):
    renew(key, new)
    make_entries(2)
    seal(folder, key, new)
    make_entries(2)
    seal(folder, key, new)
    last = Checkpoint.objects.latest()
    tamper("UPDATE ledger_checkpoint SET note = %s WHERE size = 5", sign_note(Note.parse(last.note).text, key))

    assert problems(folder, key)[0] == "5 条的检查点无效：no known key signed the note"


def test_after_the_loss_of_a_key_the_new_one_signs_what_the_old_one_had_not(folder, key, new, renew, witness):
    make_entries(3)
    seal_with_witnesses(folder, key)
    make_entries(2)
    renew(key, new, lost=True)
    witness.store.trust(new.verifier)

    seal_with_witnesses(folder, new)

    assert Checkpoint.objects.latest().size == 6
    assert signers_of(6, new) == [new.verifier]
    assert Checkpoint.objects.latest().cosignatures.count() == 1, "the witness vouches that nothing was rewritten"
    assert problems(folder, new) == []
    assert "named because the one before was lost" in (folder / "policy").read_text()


def test_the_command_makes_a_key_and_puts_it_on_record(settings, folder, key, administrator):
    make_entries(2)
    seal(folder, key)
    output = StringIO()

    call_command("rotate_log_key", "admin", stdout=output)

    keys = signing_keys(settings.LEDGER_KEY_FILE, key.name, signed_before=True)
    assert output.getvalue() == f"2 {keys[1].verifier}\n"
    assert keys[0] == key
    assert settings.LEDGER_KEY_FILE.stat().st_mode & 0o777 == 0o600
    assert seal(folder, *keys).size == 3
    seal(folder, *keys)
    call_command("check_ledger", stdout=StringIO())


def test_the_command_takes_a_key_that_only_the_sealer_can_read(folder, key, new, administrator):
    make_entries(2)
    seal(folder, key)

    call_command("rotate_log_key", "admin", vkey=str(new.verifier), stdout=StringIO())

    assert key_periods(key.verifier)[1].key == new.verifier


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ({"actor": "nobody"}, "is no administrator"),
        ({"actor": "admin", "vkey": "nonsense"}, "a key has a name"),
        ({"actor": "admin", "lost": True}, "name it with --vkey"),
    ],
)
def test_the_command_says_what_is_wrong(folder, key, administrator, arguments, reason):
    make_entry()
    seal(folder, key)
    actor = arguments.pop("actor")

    with pytest.raises(CommandError, match=reason):
        call_command("rotate_log_key", actor, **arguments)


def test_a_key_file_holds_only_keys_of_its_log(settings, folder, key):
    add_key(settings.LEDGER_KEY_FILE, key.name)
    with settings.LEDGER_KEY_FILE.open("a") as file:
        file.write(f"{SigningKey.generate('elsewhere').encoded()}\n")

    with pytest.raises(KeyLost, match="key of elsewhere"):
        signing_keys(settings.LEDGER_KEY_FILE, key.name, signed_before=True)


def test_a_stored_cosignature_is_as_final_as_a_checkpoint(folder, key, witness):
    make_entry()
    seal_with_witnesses(folder, key)
    checkpoint = Checkpoint.objects.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        checkpoint.cosignatures.create(witness="纪委", line="", witnessed_at=AT)
    tamper("UPDATE ledger_cosignature SET witnessed_at = '2020-01-01'")
    assert problems(folder, key) == ["纪委 在 1 条的检查点上的见证签名不符"]
    run_sql("SET CONSTRAINTS ALL IMMEDIATE")
