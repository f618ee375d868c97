"""A log in memory that says what a test wants it to say, honest or not."""

from base64 import b64encode

from ledger import merkle
from ledger.notes import SigningKey, sign_note
from ledger.proofs import TreeHead

ORIGIN = "log.example/2026"


class MemoryLog:
    def __init__(self, key=None, name=ORIGIN):
        self.key = key or SigningKey.generate(name)
        self.leaves = []

    def grown_to(self, size):
        self.leaves += [merkle.leaf_hash(f"entry {n}".encode()) for n in range(len(self.leaves), size)]
        return self

    def rewritten(self, index):
        """The same log, with another entry in one place, signed with the same key."""
        other = MemoryLog(self.key)
        other.leaves = [*self.leaves]
        other.leaves[index] = merkle.leaf_hash(b"rewritten")
        return other

    def text(self, size):
        return str(TreeHead(self.key.name, size, merkle.root(self.leaves[:size])))

    def note(self, size, seconds=None):
        note = sign_note(self.text(size), self.key)
        return note if seconds is None else note + str(self.key.cosign(self.text(size), seconds))

    def proof(self, old, new):
        return merkle.consistency_proof(old, new, merkle.reader(self.leaves[:new]))

    def request(self, old, new, proof=None, note=None):
        hashes = self.proof(min(old, new), new) if proof is None else proof
        lines = "".join(f"{b64encode(hash_).decode()}\n" for hash_ in hashes)
        return f"old {old}\n{lines}\n{note or self.note(new)}".encode()
