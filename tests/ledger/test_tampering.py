"""
Who finds out that the record was tampered with, when the tamperer is the superuser of the database and owns the disk.

The full check finds whatever contradicts itself. A history that was rewritten as a whole with the log's own key does
not: then it is the witness, and every stranger who has kept one old checkpoint. Both are shown here to be needed.
"""

import os
import shutil
from random import Random

import pytest
from django.db import transaction

from ledger.models import Checkpoint
from ledger.proofs import read_head
from tests.database import unguarded
from tests.ledger import tampering
from tests.ledger.making import make_many, run_sql
from tests.ledger.witnessing import seal_with_witnesses

pytestmark = pytest.mark.django_db

TRIALS = int(os.environ.get("TAMPERING_TRIALS", "25"))  # of each way

# What was done, and who finds it out each time
FOUND_BY = [
    (tampering.change_entry, {"check"}),
    (tampering.remove_entry, {"check"}),
    (tampering.insert_entry, {"check"}),
    (tampering.reorder_entries, {"check"}),
    (tampering.back_date, {"check"}),
    (tampering.change_tile, {"check"}),
    (tampering.forge_checkpoint, {"check", "witness", "stranger"}),
    (tampering.rewrite_same_size, {"witness", "stranger"}),
    (tampering.rewrite_larger, {"witness", "stranger"}),
    (tampering.rewrite_smaller, {"witness", "stranger"}),
]


@pytest.fixture
def scene(folder, key, witness):
    """Four checkpoints over 60 entries, all confirmed; the stranger has kept the third."""
    for number in (5, 20, 15, 20):
        make_many(number)
        seal_with_witnesses(folder, key)
    run_sql("SET CONSTRAINTS ALL IMMEDIATE")
    kept = read_head(Checkpoint.objects.get(size=40).note)
    scene = tampering.Scene(folder, key, witness.store, kept)
    assert scene.detectors() == set(), "an honest record is found to be honest by all"
    return scene


@pytest.mark.parametrize(("tamper", "by"), FOUND_BY, ids=lambda value: getattr(value, "__name__", ""))
def test_tampering_is_found_out_each_time(scene, tmp_path, tamper, by):
    shutil.copytree(scene.folder, tmp_path / "before")
    chance = Random(tamper.__name__)

    for trial in range(TRIALS):
        with transaction.atomic():
            with unguarded():
                tamper(scene, chance)
            found = scene.detectors()
            transaction.set_rollback(True)
        shutil.rmtree(scene.folder)
        shutil.copytree(tmp_path / "before", scene.folder)

        assert by <= found, f"trial {trial}: only {found}"
        if tamper is not tampering.change_tile:  # whether a proof passes the changed hash depends on its place
            assert by == found, f"trial {trial}: {found}"

    assert scene.detectors() == set()


def test_the_witness_keeps_evidence_of_a_history_that_was_rewritten_with_the_key_of_the_log(scene, witness):
    with unguarded():
        tampering.rewrite_same_size(scene, Random(1))

    assert scene.refused_by_witness()

    (evidence,) = witness.evidence()
    assert scene.published() in evidence
    assert Checkpoint.objects.latest().note.split("\n\n")[0] in evidence


def test_the_sealer_publishes_that_the_witness_objects(scene, witness, folder, key):
    with unguarded():
        tampering.rewrite_larger(scene, Random(1))

    witnessing = seal_with_witnesses(folder, key)

    assert witnessing.states[0].is_grave
    assert "not what it confirmed before" in (folder / "witnesses.json").read_text(encoding="utf-8")
