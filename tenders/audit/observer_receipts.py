"""Receipts of observers against the record: whoever dropped or changed a word of theirs cannot call them back."""

import json
from typing import Any

from ledger import merkle
from ledger.check import Problem
from ledger.notes import open_note
from tenders.audit.trust import Trust, Wrong, check_entry, check_proof
from tenders.audit.words import told
from tenders.receipts import receipt_text


def check_observed(receipt: Any, trust: Trust, name: str) -> Problem:
    """
    Say what holds of one receipt of an observer.

    :raises Wrong: if we did not sign it, or if the record says something else
    """
    entry, proof = receipt["entry"], receipt.get("proof")
    leaf = merkle.leaf_hash(entry.encode()).hex()
    if receipt["leaf"] != leaf:
        raise Wrong("receipt-edited")
    said = json.loads(entry)
    try:
        text = open_note(receipt["receipt"], trust.receipt_keys)[0].text
    except ValueError as e:
        raise Wrong("receipt-forged") from e
    if text != receipt_text(trust.origin, said, leaf):
        raise Wrong("receipt-forged")
    check_entry(entry, said["seq"])
    if proof:
        check_proof(proof, entry, trust)
    code = "receipt-good" if proof else "receipt-pending"
    return told(code, name=name, seq=said["seq"], subject=said["subject"])
