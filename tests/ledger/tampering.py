"""
What somebody can do who owns the server: rows with the guards off, files, and in the end the log's own key.

Each way of tampering is a function of a :class:`Scene` and of chance. It changes one thing and hides it well.
"""

import shutil
from base64 import b64encode
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random

from django.db import connection

from ledger import canonical, merkle
from ledger.check import check_ledger
from ledger.models import Checkpoint, Entry
from ledger.notes import SigningKey, sign_note
from ledger.proofs import TreeHead, read_head
from ledger.publication import publish
from ledger.tiles import Log
from tests.ledger.making import run_sql
from witness.rules import add_checkpoint
from witness.store import Store

INSERT = (
    "INSERT INTO ledger_entry (seq, kind, subject, key, at, recorded_at, body, leaf) VALUES "
    "(%s, %s, %s, %s, %s, %s, %s, sha256('\\x00'::bytea || %s))"
)


@dataclass
class Scene:
    """A log, its witness, and a stranger who has kept a checkpoint of it."""

    folder: Path
    key: SigningKey
    witness: Store
    kept: TreeHead

    def bodies(self):
        return [bytes(body) for body in Entry.objects.in_order().values_list("body", flat=True)]

    def published(self):
        return (self.folder / "checkpoint").read_text(encoding="utf-8")

    # Who finds it out

    def check(self):
        report = check_ledger(self.folder, self.key.name, [self.key.verifier], timedelta(minutes=5))
        return bool(report.problems)

    def refused_by_witness(self):
        """Offer the published head with the best proof that the files give, from what the witness has confirmed."""
        known = self.witness.latest(self.key.name).head.size
        head = read_head(self.published())
        try:
            proof = Log(self.folder, head.size).consistency_proof(min(known, head.size))
        except (OSError, ValueError):
            return True
        lines = "".join(f"{encoded(hash_)}\n" for hash_ in proof)
        body = f"old {min(known, head.size)}\n{lines}\n{self.published()}".encode()
        return add_checkpoint(self.witness, body).status != 200

    def seen_by_stranger(self):
        """Compare what a stranger kept with what is published now, as anybody can who kept one proof file."""
        try:
            head = read_head(self.published())
            proof = Log(self.folder, head.size).consistency_proof(self.kept.size)
            merkle.verify_consistency(self.kept.size, head.size, self.kept.root, head.root, proof)
        except (OSError, ValueError):
            return True
        return False

    def detectors(self):
        by = {"check": self.check, "witness": self.refused_by_witness, "stranger": self.seen_by_stranger}
        return {name for name, finds in by.items() if finds()}


def encoded(hash_):
    return b64encode(hash_).decode()


def edited(body, **changes):
    return canonical.canonical_bytes(canonical.parse(body) | changes)


def numbered(bodies):
    """Give each body the number of its place, so that only hashes can tell."""
    return [edited(body, seq=seq) for seq, body in enumerate(bodies)]


def put_rows(bodies):
    """Replace all rows of entries by ones that agree with themselves in every column."""
    run_sql("DELETE FROM ledger_task")
    run_sql("DELETE FROM ledger_entry")
    with connection.cursor() as cursor:
        for seq, body in enumerate(bodies):
            said = canonical.parse(body)
            values = [seq, said["kind"], said["subject"], f"k{seq}", said["at"], said["recorded_at"], body, body]
            cursor.execute(INSERT, values)
    run_sql("SET CONSTRAINTS ALL IMMEDIATE")


def change_entry(scene: Scene, chance: Random):
    bodies = scene.bodies()
    place = chance.randrange(len(bodies))
    bodies[place] = edited(bodies[place], facts={"名称": f"另一个项目{chance.random():.6f}".replace(".", "")})
    put_rows(bodies)


def remove_entry(scene: Scene, chance: Random):
    bodies = scene.bodies()
    del bodies[chance.randrange(len(bodies))]
    put_rows(numbered(bodies))


def insert_entry(scene: Scene, chance: Random):
    bodies = scene.bodies()
    place = chance.randrange(len(bodies))
    bodies.insert(place, edited(bodies[place], facts={"名称": "补记"}))
    put_rows(numbered(bodies))


def reorder_entries(scene: Scene, chance: Random):
    bodies = scene.bodies()
    one, other = chance.sample(range(len(bodies)), 2)
    bodies[one], bodies[other] = bodies[other], bodies[one]
    put_rows(numbered(bodies))


def back_date(scene: Scene, chance: Random):
    bodies = scene.bodies()
    place = chance.randrange(len(bodies))
    earlier = f"2026-{chance.randint(1, 10):02}-{chance.randint(1, 28):02}T10:00:00.000000+08:00"
    bodies[place] = edited(bodies[place], recorded_at=earlier)
    put_rows(bodies)


def change_tile(scene: Scene, chance: Random):
    newest = Checkpoint.objects.latest().size
    log = Log(scene.folder, newest)
    path = scene.folder / chance.choice([log.tile(0, 0).path, log.tile("entries", 0).path])
    content = bytearray(path.read_bytes())
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    path.write_bytes(content)


def forge_checkpoint(scene: Scene, chance: Random):
    """Publish and store another root under the newest size, signed with a key of the forger's own."""
    last = Checkpoint.objects.latest()
    thief = SigningKey.generate(scene.key.name)
    root = chance.randbytes(32)
    note = sign_note(str(TreeHead(scene.key.name, last.size, root)), thief)
    run_sql("UPDATE ledger_checkpoint SET note = %s, root = %s WHERE size = %s", note, root, last.size)
    (scene.folder / "checkpoint").write_text(note)


def rewrite_same_size(scene: Scene, chance: Random):
    bodies = scene.bodies()
    place = chance.randrange(scene.kept.size)
    bodies[place] = edited(bodies[place], facts={"名称": "改写"})
    rewrite(scene, bodies)


def rewrite_larger(scene: Scene, chance: Random):
    bodies = scene.bodies()
    place = chance.randrange(scene.kept.size)
    bodies[place] = edited(bodies[place], facts={"名称": "改写"})
    more = [edited(bodies[-1], facts={"名称": f"又一条{n}"}) for n in range(chance.randint(1, 20))]
    rewrite(scene, numbered([*bodies, *more]))


def rewrite_smaller(scene: Scene, chance: Random):
    """Let the newest entries never have been; now and then with a change in what is left."""
    bodies = scene.bodies()[: chance.randrange(2, scene.kept.size)]
    if chance.random() < 0.5:
        place = chance.randrange(len(bodies))
        bodies[place] = edited(bodies[place], facts={"名称": "改写"})
    rewrite(scene, bodies)


def rewrite(scene: Scene, bodies):
    """With the log's key in hand: rows, files and signed checkpoints of another history, without one contradiction."""
    put_rows(bodies)
    sizes = sorted({min(size, len(bodies)) for size in Checkpoint.objects.values_list("size", flat=True)})
    sizes = sorted({*sizes, len(bodies)})
    run_sql("DELETE FROM ledger_cosignature")
    run_sql("DELETE FROM ledger_checkpoint")
    shutil.rmtree(scene.folder / "tile")
    (scene.folder / "checkpoint").unlink()
    log = Log(scene.folder, 0)
    for size in sizes:
        log = log.extended(bodies[log.size : size])
        note = sign_note(str(TreeHead(scene.key.name, size, log.root)), scene.key)
        checkpoint = Checkpoint.objects.create(size=size, root=log.root, note=note)
    publish(scene.folder, checkpoint, scene.key)
