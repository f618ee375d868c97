"""A small log with a witness, and the files that a reader has of it, without Django."""

import json
from base64 import b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ledger.canonical import canonical_bytes, commitment
from ledger.notes import SigningKey, sign_note
from ledger.proofs import LogProof, TreeHead
from ledger.tiles import Log

ORIGIN = "demo.localhost/ledger2026"
WITNESS = "jiwei.localhost/witness"
SEEN = 1_772_000_000  # when the witness signed: 2026-02-25 14:13:20 +08:00
NOTICE = "陵园公园改扩建工程 公布方案\n2026年3月9日\nhttp://127.0.0.1:8000/notices/3/\n"
DOCUMENT = b"PK\x03\x04 a paper"
TEXT = "希望多留几个停车位。"
SALT = bytes(range(16))


@dataclass
class Witness:
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    name: str = WITNESS

    @property
    def typed(self) -> bytes:
        return b"\x04" + self.key.public_key().public_bytes_raw()

    @property
    def key_id(self) -> bytes:
        return sha256(self.name.encode() + b"\n" + self.typed).digest()[:4]

    @property
    def vkey(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{b64encode(self.typed).decode()}"

    def sign(self, note: str, at: int) -> str:
        """Return the note with this witness's line added."""
        text = note.rpartition("\n\n")[0] + "\n"
        value = self.key.sign(f"cosignature/v1\ntime {at}\n{text}".encode())
        return f"{note}— {self.name} {b64encode(self.key_id + at.to_bytes(8, 'big') + value).decode()}\n"


def entry(seq, kind="step.publish_plan", *, recorded_at="2026-02-25T14:13:00+08:00", **facts):
    said = {"v": 1, "seq": seq, "kind": kind, "subject": "project/2026-001", "at": recorded_at}
    return canonical_bytes({**said, "recorded_at": recorded_at, "by": {"role": "manager"}, "facts": facts})


def entries(number):
    """Return a record: entry 3 publishes a notice, 4 a paper, 5 is a comment, the others say nothing special."""
    digest = sha256(NOTICE.encode()).hexdigest()
    known = {
        3: entry(3, "notice.published", title="公布方案", sha256=digest, size=len(NOTICE.encode()), of=2),
        4: entry(4, "document.published", title="公告", sha256=sha256(DOCUMENT).hexdigest(), size=len(DOCUMENT)),
        5: entry(5, "comment.received", commitment=commitment("comment-v1", SALT, TEXT)),
    }
    return [known.get(seq) or entry(seq, title=f"第{seq}件") for seq in range(number)]


@dataclass
class Kit:
    """A folder as a reader has it: the log, the policy, and whatever a test saves there."""

    folder: Path
    bodies: list[bytes]
    key: SigningKey = field(default_factory=lambda: SigningKey.generate(ORIGIN))
    receipts: SigningKey = field(default_factory=lambda: SigningKey.generate(f"{ORIGIN}/receipts"))
    witness: Witness = field(default_factory=Witness)

    def __post_init__(self):
        self.log = Log(self.folder / "ledger", 0).extended(self.bodies)
        self.save("policy", self.policy())
        self.save("receipt-vkey", f"{self.receipts.verifier}\n")
        self.save("ledger/checkpoint", self.checkpoint())

    def policy(self, quorum="jiwei"):
        return f"# 说明\nlog {self.key.verifier}\nwitness jiwei {self.witness.vkey}\nquorum {quorum}\n"

    def checkpoint(self, size=None, *, at=SEEN, witnessed=True):
        log = self.log if size is None else Log(self.log.folder, 0).extended(self.bodies[:size])
        note = sign_note(str(TreeHead(ORIGIN, log.size, log.root)), self.key)
        return self.witness.sign(note, at) if witnessed else note

    def proof(self, seq, **changes):
        fields = {"checkpoint": self.checkpoint(), "extra": self.bodies[seq], **changes}
        return str(LogProof(seq, tuple(self.log.inclusion_proof(seq)), **fields))

    def receipt(self, seq=5, **changes):
        opened = commitment("comment-v1", SALT, TEXT)
        note = f"receipt/v1\norigin {ORIGIN}\nentry {seq}\ncommitment {opened}\nrecorded_at 2026-02-25T14:13:00+08:00\n"
        told = {
            "code": "0000-0000-0000",
            "label": "comment-v1",
            "salt": SALT.hex(),
            "commitment": opened,
            "text": TEXT,
            "receipt": sign_note(note, self.receipts),
            "entry": self.bodies[seq].decode(),
            "proof": self.proof(seq),
        }
        return json.dumps(told | changes, ensure_ascii=False)

    def save(self, name, content):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path
