"""What an observer saves: the receipts of three acts at an opening, in a small log."""

import json

from ledger import merkle
from ledger.notes import sign_note
from tests.verifier.boxes import TENDER, about
from tests.verifier.making import ORIGIN, Kit, entry

SEQS = (11, 12, 14)


def with_observer(bodies):
    for seq in SEQS:
        words = {"item": "seals", "text": f"第{seq}句：封口完好。"}
        bodies[seq] = about(f"{TENDER}/invitation/2/attendance/7", entry(seq, "observation.logged", **words))
    return bodies


def observed(kit: Kit, seq, **changes):
    body = kit.bodies[seq]
    leaf = merkle.leaf_hash(body).hex()
    note = f"receipt/v1\norigin {ORIGIN}\nentry {seq}\ncommitment {leaf}\nrecorded_at 2026-02-25T14:13:00+08:00\n"
    told = {
        "entry": body.decode(), "leaf": leaf, "receipt": sign_note(note, kit.receipts), "proof": kit.proof(seq),
    }  # fmt: skip
    return told | changes


def observer_file(kit, receipts=None, /, **changes):
    told = {
        "format": "observer-receipts/v1",
        "log": ORIGIN,
        "subject": f"{TENDER}/invitation/2/attendance/7",
        "receipts": [observed(kit, seq) for seq in SEQS] if receipts is None else receipts,
    }
    return json.dumps(told | changes, ensure_ascii=False)
