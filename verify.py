#!/usr/bin/env python3
"""
离线核对公开账本，不必相信发布它的人。 Checks the public record offline, without trusting who publishes it.

Python >= 3.9 and nothing else; the package `cryptography` is used for signatures where it is installed.

  python verify.py 12.tlog-proof                     账本里有没有这一条、写了什么 / is it on record, what does it say
  python verify.py 12.tlog-proof notice.html         这份文件是不是那一条所说的 / is this the file that it names
  python verify.py receipt-XXXX.json                 我的意见有没有被收下 / was my comment received
  python verify.py observer-receipts.json            监督代表的记录在不在、改没改 / are an observer's words on record
  python verify.py bid-receipt-XXXX.json             我的投标有没有被丢掉、调换 / was my bid dropped or exchanged
  python verify.py 12.tlog-proof --against old       今天的账本是否包含从前那一份 / does it contain an older one
  python verify.py --log FOLDER                      整个账本的副本 / a copy of the whole log

退出码 / exit codes: 0 核对无误 proven; 1 不相符 refuted; 2 没能核对 could not be checked.
Formats: https://c2sp.org/tlog-proof, tlog-checkpoint, tlog-cosignature, tlog-policy, tlog-tiles, signed-note; RFC 6962.
"""

from __future__ import annotations

import argparse
import base64
import email
import email.policy
import hashlib
import hmac
import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple

try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
except ImportError:  # slower, but the same answers
    Ed25519PublicKey = None  # type: ignore[assignment, misc]

PROOF_FORMAT = "c2sp.org/tlog-proof@v1"
RECEIPT_FORMAT = "receipt/v1"
OBSERVER_RECEIPTS, BID_RECEIPT = "observer-receipts/v1", "sealed-bid-receipt/v1"  # files
BID_LINES = (
    "sealed-bid/v1", "origin", "sealed-bid-line/v1", "tender", "bid", "bidder", "payload_sha256", "bid_key",
    "received_at", "tick",
)  # fmt: skip
WITHDRAWN_LINES = "withdrawn_at", "until_tick"
MAX_TICKS = 200_000  # of one box
NOTE_SIGNATURE, COSIGNATURE = 1, 4  # the kinds of Ed25519 keys
MAX_TEXT = 2_000_000  # bytes of a proof, a policy or a receipt
MAX_FILE = 500_000_000  # bytes of a document
MAX_SIGNATURES = 100
MAX_LINES_SEARCHED = 20_000
TILE = 256  # hashes in a full tile, entries in a full bundle
CLOCK_TOLERANCE = timedelta(seconds=60)
CHINA = timezone(timedelta(hours=8))

NAME = re.compile(r"[^\s+]+")
NUMBER = re.compile(r"0|[1-9][0-9]{0,17}")
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
# What could change the look of a terminal or the order of its text
UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ufeff]")


# What the acts of the record are called; one that is not here is shown by its name in the record.
KINDS = {
    "step.publish_plan": "公布方案",
    "step.publish_again": "重新公示方案",
    "step.revise_plan": "公布修改后的方案",
    "consultation.superseded": "方案有实质改动，将重新公示",
    "period.extended": "延长征求意见期限",
    "period.shortened": "缩短征求意见期限",
    "step.open_comments": "开始征求意见",
    "step.close_comments": "结束征求意见",
    "step.decide": "公布决策和意见采纳情况",
    "step.publish_prequalification": "发布资格预审公告",
    "step.conclude_prequalification": "公布资格预审结果",
    "step.announce_tender": "发布招标公告",
    "step.open_bids": "开标",
    "step.conclude_opening": "公布开标记录",
    "step.evaluate": "收到评标报告",
    "step.publish_candidates": "公示中标候选人",
    "step.award": "定标，公布中标结果",
    "step.sign_contracts": "同时签订施工合同和廉政合同",
    "step.start_works": "开工",
    "step.suspend": "暂停项目",
    "step.resume": "恢复项目",
    "step.cancel": "取消项目",
    "step.fail_tender": "宣布招标失败或者终止招标",
    "comment.received": "收到意见",
    "comment.shown": "公开意见原文",
    "comment.masked": "遮盖后公开意见",
    "comment.withheld": "依法不公开意见原文",
    "comment.answered": "答复意见",
    "review.recorded": "公开前审查",
    "approval.published": "公布审批结果",
    "clarification.published": "公布招标文件的澄清或者修改",
    "bid.read": "唱标",
    "invitation.sent": "邀请监督单位",
    "invitation.unattended": "登记监督单位未到场",
    "observer.signed-in": "监督代表签到",
    "observer.signed-out": "监督代表签退",
    "observation.logged": "监督代表记录所见",
    "observation.answered": "答复监督代表",
    "opinion.stated": "监督代表提出意见",
    "objection.received": "收到异议",
    "objection.answered": "答复异议",
    "document.published": "公布文书",
    "notice.published": "公布公告正文",
    "bonds.returned": "退还投标保证金",
}


class Finding(Exception):  # noqa: N818, an outcome
    """What was found out, in Chinese and in English."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en


class Refuted(Finding):
    """Raised if something is proven to be wrong, or does not prove what it claims."""


class Unclear(Finding):
    """Raised if something cannot be checked: a file is missing, unreadable or of no known kind."""


@dataclass
class Report:
    """The lines that are printed, and the worst of what was found."""

    lines: list[tuple[str, str, str]] = field(default_factory=list)
    code: int = 0

    def good(self, zh: str, en: str) -> None:
        self.lines.append(("✓", zh, en))

    def tell(self, zh: str, en: str) -> None:
        self.lines.append(("·", zh, en))

    def unclear(self, zh: str, en: str) -> None:
        self.lines.append(("?", zh, en))
        self.code = self.code or 2

    def wrong(self, zh: str, en: str) -> None:
        self.lines.append(("✗", zh, en))
        self.code = 1

    def note(self, finding: Finding) -> None:
        (self.wrong if isinstance(finding, Refuted) else self.unclear)(finding.zh, finding.en)


# --- Hashes and the tree of RFC 6962 ---------------------------------------------------------------------------------


def sha256(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()


def leaf_hash(entry: bytes) -> bytes:
    return sha256(b"\x00" + entry)


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right)


def root_of(leaves: Sequence[bytes]) -> bytes:
    """Return the root over leaf hashes."""
    stack: list[tuple[int, bytes]] = []
    for leaf in leaves:
        width, hash_ = 1, leaf
        while stack and stack[-1][0] == width:
            width, hash_ = 2 * width, node_hash(stack.pop()[1], hash_)
        stack.append((width, hash_))
    if not stack:
        return sha256(b"")
    root = stack.pop()[1]
    while stack:
        root = node_hash(stack.pop()[1], root)
    return root


def climb(place: int, last: int, start: tuple[bytes, ...], proof: Sequence[bytes]) -> tuple[bytes, ...]:
    """
    Climb from a node to the root (RFC 9162, 2.1.3.2 and 2.1.4.2).

    ``start`` is one hash, for inclusion, or twice the same, for the roots of the old tree and of the new one.
    """
    hashes = start
    for sibling in proof:
        if last == 0:
            raise Refuted("证明里的哈希太多。", "The proof has too many hashes.")
        if place & 1 or place == last:
            hashes = tuple(node_hash(sibling, hash_) for hash_ in hashes)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:  # what lies to the right is no part of the old tree
            hashes = (*hashes[:-1], node_hash(hashes[-1], sibling))
        place, last = place >> 1, last >> 1
    if last:
        raise Refuted("证明里的哈希太少。", "The proof has too few hashes.")
    return hashes


def check_inclusion(index: int, size: int, leaf: bytes, proof: Sequence[bytes], root: bytes) -> None:
    if not 0 <= index < size:
        raise Refuted(f"账本只有 {size} 条，没有第 {index} 条。", f"A log of {size} entries has no entry {index}.")
    if climb(index, size - 1, (leaf,), proof) != (root,):
        raise Refuted(
            "未收录：由这一条算不出检查点里的指纹。", "Not included: this entry does not lead to the checkpoint's root."
        )


def check_consistency(old: Head, new: Head, proof: Sequence[bytes]) -> None:
    """Requires old.size <= new.size."""
    if old.size in {0, new.size}:
        proven = not proof and old.root == (new.root if old.size else sha256(b""))
    else:
        place, last = old.size - 1, new.size - 1
        while place & 1:
            place, last = place >> 1, last >> 1
        hashes = list(proof) if old.size & (old.size - 1) else [old.root, *proof]
        proven = bool(hashes) and climb(place, last, (hashes[0],) * 2, hashes[1:]) == (old.root, new.root)
    if not proven:
        raise Refuted(*FORKED)


FORKED = (
    "不一致：新账本不包含旧账本，从前的记录被改过。请保存两份文件，交给监督单位。",
    "Inconsistent: the newer log does not contain the older one. Keep both files and hand them to the supervisors.",
)

# --- Ed25519 (RFC 8032), for machines without the package cryptography -----------------------------------------------

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
Point = tuple  # x, y, z and x*y/z


def add(one: Point, two: Point) -> Point:
    a, b = (one[1] - one[0]) * (two[1] - two[0]) % P, (one[1] + one[0]) * (two[1] + two[0]) % P
    c, d = 2 * one[3] * two[3] * D % P, 2 * one[2] * two[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def multiply(scalar: int, point: Point) -> Point:
    result: Point = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            result = add(result, point)
        point, scalar = add(point, point), scalar >> 1
    return result


def point_of(encoded: bytes) -> Point | None:
    number = int.from_bytes(encoded, "little")
    y, odd = number & ((1 << 255) - 1), number >> 255
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if y >= P or (x * x - square) % P or (x == 0 and odd):
        return None
    if x & 1 != odd:
        x = P - x
    return x, y, 1, x * y % P


def plain_ed25519(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether a signature of 64 bytes is right, in plain Python: about 10 ms."""
    key, scalar = point_of(public), int.from_bytes(signature[32:], "little")
    base = point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))
    if key is None or base is None or len(signature) != 64 or scalar >= ORDER:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % ORDER
    x, y, z, _ = add(multiply(scalar, base), multiply(challenge, (P - key[0], key[1], 1, P - key[3])))
    inverse = pow(z, P - 2, P)
    encoded = (y * inverse % P) | ((x * inverse % P) & 1) << 255
    return encoded.to_bytes(32, "little") == signature[:32]


def is_signed(public: bytes, message: bytes, signature: bytes) -> bool:
    if Ed25519PublicKey is None:
        return plain_ed25519(public, message, signature)
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


# --- Signed notes, keys and policies ---------------------------------------------------------------------------------


class Key(NamedTuple):
    """A public key: ``<name>+<id>+<base64 of its kind and its bytes>``."""

    name: str
    id: bytes
    kind: int
    public: bytes

    @classmethod
    def parse(cls, text: str) -> Key:
        parts = text.split("+", 2)
        if len(parts) != 3 or not NAME.fullmatch(parts[0]) or not re.fullmatch("[0-9a-f]{8}", parts[1]):
            raise Unclear(f"这不是公钥：{shown(text)}", f"This is no public key: {shown(text)}")
        encoded = unbase64(parts[2])
        if not encoded or sha256(parts[0].encode() + b"\n" + encoded)[:4].hex() != parts[1]:
            raise Unclear(f"公钥的编号不对：{shown(text)}", f"The key has another id than its own: {shown(text)}")
        if encoded[0] in {NOTE_SIGNATURE, COSIGNATURE} and len(encoded) != 33:
            raise Unclear(f"公钥的长度不对：{shown(text)}", f"The key has another length: {shown(text)}")
        return cls(parts[0], bytes.fromhex(parts[1]), encoded[0], encoded[1:])


class Group(NamedTuple):
    """Of these witnesses and groups so many must have signed."""

    least: int
    of: list[str]


class Signature(NamedTuple):
    name: str
    id: bytes
    value: bytes


class Note(NamedTuple):
    text: str
    signatures: tuple[Signature, ...]

    @classmethod
    def parse(cls, note: str) -> Note:
        body, blank, lines = note.rpartition("\n\n")
        if not (body and blank and lines.endswith("\n")) or CONTROL.search(note) or len(note) > MAX_TEXT:
            raise Refuted("检查点或回执的格式不对，可能被改动或者没有存全。", "This is no signed note.")
        lines_of_it = lines[:-1].split("\n")
        if len(lines_of_it) > MAX_SIGNATURES:
            raise Refuted("签名太多。", "The note has too many signatures.")
        return cls(body + "\n", tuple(signature_in(line) for line in lines_of_it))

    def signature_of(self, key: Key) -> datetime | bool:
        """
        Return whether ``key`` signed the note; for a witness, when by its own clock.

        :raises Refuted: if a signature claims to be of this key and is wrong
        """
        known = key.kind in {NOTE_SIGNATURE, COSIGNATURE}
        claims = [s.value for s in self.signatures if known and (s.name, s.id) == (key.name, key.id)]
        found: datetime | bool = False
        for value in claims:
            head, stamp = b"", value[:-64] if key.kind == COSIGNATURE else b""
            if key.kind == COSIGNATURE:
                head = f"cosignature/v1\ntime {int.from_bytes(stamp, 'big')}\n".encode()
            right = is_signed(key.public, head + self.text.encode(), value[len(stamp) :])
            if not right or len(stamp) != (8 if head else 0):
                raise Refuted(f"{shown(key.name)} 的签名是错的。", f"The signature of {shown(key.name)} is wrong.")
            found = moment_of(int.from_bytes(stamp, "big")) if head else True
        return found


@dataclass
class Policy:
    """Whom the reader trusts: c2sp.org/tlog-policy. Names of witnesses and groups lead to what they stand for."""

    logs: list[Key] = field(default_factory=list)
    members: dict[str, Key | Group] = field(default_factory=dict)
    quorum: str = ""
    used: set[str] = field(default_factory=set)

    @classmethod
    def parse(cls, text: str) -> Policy:
        policy = cls()
        if re.search(r"[\x00-\x08\x0b-\x1f\x7f]", text):
            raise Unclear("信任名单里有控制字符。", "The policy has control characters in it.")
        for line in text.split("\n"):
            words = [word for word in re.split("[ \t]+", line) if word]
            if words and not words[0].startswith("#"):
                policy.read(words)
        if not policy.quorum:
            raise Unclear("信任名单没有 quorum 一行。", "The policy has no line “quorum”.")
        return policy

    def read(self, words: list[str]) -> None:
        kind, *rest = words
        if kind == "log" and len(rest) in (1, 2):
            self.add_log(Key.parse(rest[0]))
        elif kind == "witness" and len(rest) in (2, 3):
            self.add_witness(rest[0], Key.parse(rest[1]))
        elif kind == "group" and len(rest) >= 3:
            self.add_group(rest[0], rest[1], rest[2:])
        elif kind == "quorum" and len(rest) == 1 and not self.quorum and (rest[0] in self.members or rest[0] == "none"):
            self.quorum = rest[0]
        else:
            raise Unclear(f"看不懂信任名单里的这一行：{shown(words)}", f"The policy says: {shown(words)}")

    def add_log(self, key: Key) -> None:
        if key.kind != NOTE_SIGNATURE or len(key.public) != 32 or key.public in [log.public for log in self.logs]:
            raise Unclear(f"账本的公钥不能用：{shown(key.name)}", f"Not a usable key of a log: {shown(key.name)}")
        self.logs.append(key)

    def add_witness(self, name: str, key: Key) -> None:
        known = [member.public for member in self.members.values() if isinstance(member, Key)]
        if key.kind == NOTE_SIGNATURE or key.public in known:
            raise Unclear(f"见证人的公钥不能用：{shown(name)}", f"Not a usable key of a witness: {shown(name)}")
        self.define(name, key)

    def define(self, name: str, what: Key | Group) -> None:
        if name in self.members or name == "none":
            raise Unclear(f"信任名单里重复了：{shown(name)}", f"Twice in the policy: {shown(name)}")
        self.members[name] = what

    def add_group(self, name: str, least: str, of: list[str]) -> None:
        number = {"any": 1, "all": len(of)}.get(least) or int(least if NUMBER.fullmatch(least) else 0)
        usable = all(member in self.members and member not in self.used for member in of)
        if not 1 <= number <= len(of) or not usable or len(set(of)) < len(of):
            raise Unclear(f"信任名单里的这一组不对：{shown(name)}", f"Not a usable group: {shown(name)}")
        self.used.update(of)
        self.define(name, Group(number, of))

    def is_met(self, name: str, signed: dict[str, datetime]) -> bool:
        """Whether a witness or a group has signed. ``signed``: which witnesses have, and when."""
        member = self.members.get(name)
        if isinstance(member, Group):
            return sum(self.is_met(other, signed) for other in member.of) >= member.least
        return name == "none" or name in signed


class Head(NamedTuple):
    """A checkpoint: which log had which root at which size, and who signed that."""

    origin: str
    size: int
    root: bytes
    logs: tuple[Key, ...]
    witnesses: dict[str, datetime]

    @classmethod
    def open(cls, note: str, policy: Policy) -> Head:
        """:raises Refuted: if no log of the policy signed it, or a signature is wrong"""
        parsed = Note.parse(note)
        lines = parsed.text[:-1].split("\n")
        if len(lines) < 3 or "" in lines or not NUMBER.fullmatch(lines[1]):
            raise Refuted("检查点的格式不对。", "This is no checkpoint.")
        root = hash_in(lines[2])
        logs = tuple(key for key in policy.logs if key.name == lines[0] and parsed.signature_of(key))
        if not logs:
            raise Refuted(
                f"检查点自称属于账本 {shown(lines[0])}，信任名单里的账本都没有签过它。",
                f"No log of the policy signed this checkpoint, which names the log {shown(lines[0])}.",
            )
        keys = {name: key for name, key in policy.members.items() if isinstance(key, Key)}
        times = {name: parsed.signature_of(key) for name, key in keys.items()}
        signed = {name: time for name, time in times.items() if isinstance(time, datetime)}
        return cls(lines[0], int(lines[1]), root, logs, signed)


class Proof(NamedTuple):
    """A file ``*.tlog-proof``."""

    extra: bytes
    place: int
    hashes: tuple[bytes, ...]
    note: str

    @classmethod
    def parse(cls, text: str) -> Proof:
        head, blank, note = text.partition("\n\n")
        lines = head.split("\n")
        extra = unbase64(lines.pop(1)[6:]) if len(lines) > 1 and lines[1].startswith("extra ") else b""
        if lines[0] != PROOF_FORMAT or not blank or len(lines) < 2 or not re.fullmatch(INDEX, lines[1]):
            raise Refuted("证明文件的格式不对，可能被改动或者没有存全。", "This is no complete proof file.")
        return cls(extra, int(lines[1][6:]), tuple(hash_in(line) for line in lines[2:]), note)


INDEX = f"index ({NUMBER.pattern})"


def signature_in(line: str) -> Signature:
    match = re.fullmatch(r"— ([^\s+]+) (\S+)", line)
    value = unbase64(match[2]) if match else b""
    if not match or len(value) <= 4:
        raise Refuted("签名行的格式不对。", "A signature line is malformed.")
    return Signature(match[1], value[:4], value[4:])


def hash_in(line: str) -> bytes:
    value = unbase64(line)
    if len(value) != 32:
        raise Refuted("哈希的格式不对。", "A hash is malformed.")
    return value


def unbase64(text: str) -> bytes:
    """Return the bytes of standard base64 in its one spelling."""
    try:
        value = base64.b64decode(text.encode("ascii"), validate=True)
    except ValueError:
        value = b""
    if base64.b64encode(value).decode() != text:
        raise Refuted("有一处 base64 写法不对。", "Something is not in base64.")
    return value


def moment_of(seconds: int) -> datetime:
    if seconds > 253402214400:
        raise Refuted("见证时间不是一个时间。", "The time of a witness is none.")
    return datetime.fromtimestamp(seconds, CHINA)


# --- Files that a reader has -----------------------------------------------------------------------------------------


def read(path: Path, most: int = MAX_TEXT) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(most + 1)
    except (OSError, ValueError) as e:
        raise Unclear(f"读不到文件 {shown(str(path))}。", f"Cannot read {shown(str(path))}: {e}") from e
    if len(content) > most:
        raise Unclear(f"文件太大：{shown(str(path))}", f"Too large: {shown(str(path))}")
    return content


def read_text(path: Path) -> str:
    try:
        return read(path).decode("utf-8")
    except UnicodeDecodeError as e:
        raise Refuted(f"{shown(path.name)} 不是文本文件。", f"{shown(path.name)} is no text file.") from e


def json_of(text: bytes | str) -> Any:
    """Return what JSON says, or None if it is none."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def strings(value: Any) -> Iterator[tuple[str, str]]:
    """Yield each text in an entry, with the name under which it stands."""
    waiting = [("", value)]
    while waiting:
        name, value = waiting.pop()
        if isinstance(value, dict):
            waiting += [(f"{name}.{key}".lstrip("."), item) for key, item in value.items()]
        elif isinstance(value, list):
            waiting += [(name, item) for item in value]
        elif isinstance(value, str):
            yield name, value


class NoticeReader(HTMLParser):
    """Collects the text of the element with the id ``notice-body``."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = self.inside or (tag if ("id", "notice-body") in attrs else "")

    def handle_endtag(self, tag: str) -> None:
        self.inside = "" if tag == self.inside else self.inside

    def handle_data(self, data: str) -> None:
        self.found += [data] if self.inside else []


def texts_in(content: bytes) -> Iterator[str]:
    """Yield the texts that a file may carry: a saved page's notice, the parts of a mail, the file itself."""
    text = content.decode("utf-8", "replace").lstrip("\ufeff").replace("\r\n", "\n")
    reader = NoticeReader()
    reader.feed(text)
    yield "".join(reader.found)
    yield text
    message = email.message_from_bytes(content, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/plain":
            yield str(part.get_content()).replace("\r\n", "\n")


def carries(content: bytes, digest: str, size: Any) -> bool:
    """Whether a file carries, from the beginning of some line, a text of ``size`` bytes with that digest."""
    if len(content) > MAX_TEXT or not isinstance(size, int) or not 0 < size <= MAX_TEXT:
        return False
    for text in texts_in(content):
        encoded, begin = text.encode("utf-8", "replace"), 0
        for _ in range(MAX_LINES_SEARCHED):
            if sha256(encoded[begin : begin + size]).hex() == digest:
                return True
            begin = encoded.find(b"\n", begin) + 1
            if not begin or begin + size > len(encoded):
                break
    return False


def shown(text: object) -> str:
    """Return a text of somebody else's as it may be printed: in one line, not too long, without tricks."""
    clean = UNSEEN.sub("\ufffd", str(text).encode("utf-8", "replace").decode())
    return clean if len(clean) <= 300 else f"{clean[:300]}…"


# --- What is checked -------------------------------------------------------------------------------------------------


def check_checkpoint(note: str, policy: Policy, report: Report) -> Head:
    """Tell who signed a checkpoint. :raises Refuted: unless log and witnesses signed it as the policy demands"""
    head = Head.open(note, policy)
    ids = "、".join(key.id.hex() for key in head.logs)
    report.good(f"检查点由账本 {shown(head.origin)} 签名（公钥编号 {ids}）。", f"Signed by the log, key {ids}.")
    for name, time in sorted(head.witnesses.items()):
        report.good(f"见证人 {shown(name)} 于 {at(time)} 会签。", f"Cosigned by {shown(name)} at {at(time)}.")
    if not policy.is_met(policy.quorum, head.witnesses):
        raise Refuted(
            "待见证：信任名单要求的见证人还没有会签。过几分钟重新下载证明文件再核对。",
            "Not witnessed as the policy demands. Download the proof again in a few minutes.",
        )
    if not head.witnesses:
        report.tell(
            "没有见证人会签：时间只有账本自己说的，账本也可能给别人看另一份。请用 --against 与从前保存的检查点对照。",
            "No witness signed: the time is the log's word only, and others may be shown another log. Use --against.",
        )
    return head


def check_proof(proof: Proof, entry: bytes, policy: Policy, report: Report) -> Head:
    head = check_checkpoint(proof.note, policy, report)
    check_inclusion(proof.place, head.size, leaf_hash(entry), proof.hashes, head.root)
    report.good(
        f"已收录：账本第 {proof.place} 条（检查点共 {head.size} 条）。",
        f"Included: entry {proof.place} of the log, whose checkpoint has {head.size} entries.",
    )
    return head


def tell_entry(entry: bytes, index: int, head: Head, report: Report) -> None:
    """Tell what an entry says, and between which times it was recorded."""
    said = json_of(entry)
    if not isinstance(said, dict):
        report.tell(f"这一条的原文：{shown(entry)}", f"It says: {shown(entry)}")
        return
    if said.get("seq") != index:
        raise Refuted("这一条自称的序号不是它在账本里的位置。", "The entry names another place than its own.")
    kind = shown(said.get("kind", ""))
    report.tell(f"事项：{KINDS.get(kind, kind)}", f"kind: {kind}")
    for key, zh in (
        ("subject", "对象"),
        ("at", "办理时间"),
        ("recorded_at", "记录时间（自称）"),
    ):
        report.tell(f"{zh}：{shown(said.get(key, ''))}", f"{key}: {shown(said.get(key, ''))}")
    for name, text in list(strings(said.get("facts")))[:20]:
        report.tell(f"内容 {shown(name)}：{shown(text)}", f"says {shown(name)}")
    check_time(said.get("recorded_at"), head, report)


def check_time(recorded_at: Any, head: Head, report: Report) -> None:
    """Compare the time that the log claims with the time at which a witness had seen the entry."""
    claimed = parsed_time(recorded_at)
    if not head.witnesses or claimed is None:
        return
    seen = min(head.witnesses.values())
    if claimed > seen + CLOCK_TOLERANCE:
        raise Refuted(
            f"记录时间晚于见证时间 {at(seen)}，是假的。",
            f"It claims a time after {at(seen)}, the witness's.",
        )
    report.good(f"不晚于 {at(seen)} 已在账本里（见证人的时钟）。", f"On record by {at(seen)} (the witness's clock).")


def check_not_backdated(entry: bytes, index: int, old: Head, report: Report) -> None:
    """An older witnessed checkpoint without the entry tells since when the entry can be there."""
    said = json_of(entry)
    claimed = parsed_time(said.get("recorded_at")) if isinstance(said, dict) else None
    if index < old.size or not old.witnesses or claimed is None:
        return
    absent = max(old.witnesses.values())
    if claimed < absent - CLOCK_TOLERANCE:
        raise Refuted(
            f"倒填时间：{at(absent)} 的账本里还没有这一条。", f"Back-dated: at {at(absent)} the log did not have it."
        )
    report.good(f"{at(absent)} 还不在账本里，之后才记入。", f"Recorded after {at(absent)}.")


def check_file(path: Path, entry: bytes, report: Report) -> None:
    """Check that an entry names a file, or the text that the file carries."""
    content = read(path, MAX_FILE)
    digest, said, name = sha256(content).hex(), json_of(entry), shown(path.name)
    named = [place for place, text in strings(said) if text == digest]
    if named:
        report.good(f"文件 {name} 与账本一致（{named[0]}）。", f"The file {name} is the one on record ({named[0]}).")
        return
    facts = said.get("facts") if isinstance(said, dict) and said.get("kind") == "notice.published" else None
    if isinstance(facts, dict) and carries(content, str(facts.get("sha256")), facts.get("size")):
        report.good(
            f"{name} 里的公告正文与账本一致；文件里正文以外的话不在核对之列。",
            f"The notice in {name} is the one on record; what else the file says was not checked.",
        )
        return
    raise Refuted(
        f"文件 {name} 不是这一条所说的文件。它的指纹是 {digest}。"
        "要么文件被改过，要么它属于另一条：公告正文的证明在“公布公告正文”一条，文书的在“公布文书”一条。",
        f"{name} is not what this entry names. Its SHA-256 is {digest}. It was changed, or belongs to another entry: "
        "a notice to notice.published, a paper to document.published.",
    )


def check_receipt(receipt: dict[str, Any], keys: list[Key], report: Report) -> bytes:
    """Check that a receipt opens its commitment, and that the bureau signed it. Return the entry that it names."""
    names = ("label", "salt", "text", "commitment", "entry")
    texts = {name: value for name in names if isinstance(value := receipt.get(name), str)}
    if len(texts) < len(names):
        raise Refuted("回执文件不全。", "The receipt is not complete.")
    salt = bytes.fromhex(texts["salt"]) if re.fullmatch("([0-9a-f]{2})*", texts["salt"]) else b""
    opened = sha256(texts["label"].encode() + salt + texts["text"].encode("utf-8", "replace")).hex()
    if opened != texts["commitment"] or len(salt) != 16:
        raise Refuted("回执里的原文和指纹不相符：原文被改过。", "The text of the receipt does not open its commitment.")
    entry = texts["entry"].encode("utf-8", "replace")
    if opened not in [text for _, text in strings(json_of(entry))]:
        raise Refuted("账本的这一条不是这份意见。", "The entry does not hold the commitment of this receipt.")
    report.good(f"原文与账本里的指纹相符：{shown(texts['text'])}", "The text opens the commitment in the entry.")
    check_receipt_note(receipt.get("receipt"), opened, entry, keys, report)
    return entry


def check_receipt_note(note: Any, commitment: str, entry: bytes, keys: list[Key], report: Report) -> None:
    """Check the bureau's signature on a receipt, given at once, before there is a proof."""
    if not isinstance(note, str):
        report.tell("这份回执没有单位的签名。", "The receipt is not signed.")
        return
    parsed = Note.parse(note)
    signers = [key for key in keys if parsed.signature_of(key)]
    first, *lines = parsed.text[:-1].split("\n")
    said = dict(line.partition(" ")[::2] for line in lines)
    content = json_of(entry)
    seq = content.get("seq") if isinstance(content, dict) else None
    if first != RECEIPT_FORMAT or said.get("commitment") != commitment or said.get("entry") != str(seq):
        raise Refuted("签名的回执说的是另一条意见。", "The signed receipt is about something else.")
    if signers:
        report.good(
            f"单位签名承认于 {shown(said.get('recorded_at', ''))} 收到。",
            f"The bureau signed that it received it at {shown(said.get('recorded_at', ''))}.",
        )
    else:
        report.tell(
            "单位的签名没有核对：缺回执公钥 receipt-vkey。",
            "Signature unchecked: no --receipt-key.",
        )


# --- Receipts of observers and bidders --------------------------------------------------------------------------------


class Copy(NamedTuple):
    """A copy of the whole log that was checked."""

    head: Head
    entries: list[bytes]


class Trust(NamedTuple):
    policy: Policy
    receipt_keys: list[Key]
    copy: Copy | None


def check_recorded(entry: bytes, proof: Proof | None, trust: Trust, report: Report) -> Head:
    """Check that an entry is on record, by its proof or in the copy of the log, and tell what it says."""
    head = check_proof(proof, entry, trust.policy, report) if proof else trust.copy and trust.copy.head
    index = proof.place if proof else place_of(entry)
    if trust.copy and head:
        check_same_log(trust.copy.entries, entry, index, head)
    if not head or index >= head.size:
        raise Unclear(
            "未见收录：文件里还没有账本的证明。过一分钟重新保存一次再核对。",
            "There is no proof in the file yet. Save it again after a minute.",
        )
    tell_entry(entry, index, head, report)
    return head


def check_told(told: Any, trust: Trust, report: Report) -> tuple[bytes, Head]:
    """Check an entry that a receipt brings along with its proof."""
    if not isinstance(told, dict) or not isinstance(told.get("entry"), str):
        raise Refuted("回执文件不全。", "The receipt is not complete.")
    entry = told["entry"].encode("utf-8", "replace")
    proof = Proof.parse(told["proof"]) if isinstance(told.get("proof"), str) else None
    return entry, check_recorded(entry, proof, trust, report)


def check_observer(file: dict[str, Any], trust: Trust, report: Report) -> None:
    """Check each receipt of an observer: the words, the signature of the bureau, the place in the record."""
    receipts = file.get("receipts")
    if not isinstance(receipts, list) or not receipts:
        raise Unclear("文件里没有回执。", "There is no receipt in the file.")
    for number, receipt in enumerate(receipts, 1):
        report.tell(f"第 {number} 份回执", f"Receipt {number}")
        try:
            check_observed(file, receipt, trust, report)
        except Finding as finding:
            report.note(finding)


def check_observed(file: dict[str, Any], receipt: Any, trust: Trust, report: Report) -> None:
    words = receipt.get("entry") if isinstance(receipt, dict) else None
    entry = words.encode("utf-8", "replace") if isinstance(words, str) else b""
    leaf = leaf_hash(entry).hex()
    if not entry or receipt.get("leaf") != leaf:
        raise Refuted("记录的原文和指纹不相符：原文被改过。", "The words were changed.")
    check_receipt_note(receipt.get("receipt"), leaf, entry, trust.receipt_keys, report)
    _entry, head = check_told(receipt, trust, report)
    said = json_of(entry)
    tender = "/".join(str(file.get("subject")).split("/")[:4])
    if file.get("log") != head.origin or not f"{said.get('subject')}/".startswith(f"{tender}/"):
        raise Refuted("这份回执属于另一个账本或者另一次开标。", "The receipt is of another log or another opening.")


class BidReceipt(NamedTuple):
    """What the bureau signed when a bid came. ``digest`` is of its line: the ticks bind it."""

    origin: str
    tender: str
    bid: str
    bidder: str
    digest: str
    tick: int
    until: int | None

    @classmethod
    def parse(cls, text: str) -> BidReceipt:
        lines = text[:-1].split("\n")
        names = tuple(line.partition(" ")[0] for line in lines)
        said = dict(line.partition(" ")[::2] for line in lines)
        numbers = [said[name] for name in ("tick", "until_tick") if name in said]
        known = names in (BID_LINES, BID_LINES + WITHDRAWN_LINES)
        if not known or not all(NUMBER.fullmatch(number) for number in numbers):
            raise Refuted("签名的回执不是投标回执。", "The signed note is no receipt of a bid.")
        line = "".join(f"{one}\n" for one in lines[2 : BID_LINES.index("tick")])
        until = int(said["until_tick"]) if "until_tick" in said else None
        digest = sha256(line.encode()).hex()
        return cls(said["origin"], said["tender"], said["bid"], said["bidder"], digest, int(said["tick"]), until)


def check_bid(file: dict[str, Any], trust: Trust, report: Report) -> None:
    """
    Check that a bid lay in the box from the tick on that its receipt names, as the opening has published it.

    :raises Unclear: before the opening: what lies in the box is secret until then
    """
    bid = check_bid_note(file.get("receipt"), trust.receipt_keys, report)
    known = check_ticks(file.get("ticks"), bid, trust, report)
    if not file.get("opening"):
        raise Unclear(
            "还没有开标：固定里有没有这份投标，开标以后才公布。开标以后重新保存一次回执文件再核对。",
            "Not opened yet: what the ticks hold is published with the opening. Save the receipt again after it.",
        )
    entry, head = check_told(file["opening"], trust, report)
    facts = facts_in(entry, "step.open_bids", bid, head)
    digests, register = revealed_in(facts, file.get("lists"))
    check_box(bid, facts.get("box") or {}, digests, known)
    check_place(bid, digests, register, report)


def check_bid_note(note: Any, keys: list[Key], report: Report) -> BidReceipt:
    parsed = Note.parse(note if isinstance(note, str) else "")
    bid = BidReceipt.parse(parsed.text)
    if not keys:
        raise Unclear("单位的签名没有核对：缺回执公钥 receipt-vkey。", "Signature unchecked: no --receipt-key.")
    if not [key for key in keys if parsed.signature_of(key)]:
        raise Refuted("不是本单位签发的回执。", "The receipt is not signed by the bureau.")
    report.good(f"单位签名承认收到投标 {shown(bid.bid)}。", f"The bureau signed for the bid {shown(bid.bid)}.")
    return bid


def check_ticks(told: Any, bid: BidReceipt, trust: Trust, report: Report) -> dict[int, str]:
    """Check that ticks are on record: the one that the receipt names, and the last one. Return values by numbers."""
    known: dict[int, str] = {}
    for one in told if isinstance(told, list) else []:
        entry, head = check_told(one, trust, report)
        ticks = facts_in(entry, "bids.tick", None, head, origin=bid.origin).get("ticks")
        mine = [tick for tick in ticks if tick.get("tender") == bid.tender] if isinstance(ticks, list) else []
        if not mine:
            raise Refuted("回执带来的记录不是关于这个标段的。", "An entry in the file is not about this tender.")
        known[mine[0]["number"]] = mine[0]["tick"]
        number = shown(mine[0]["number"])
        report.good(f"第 {number} 次固定在账本里。", f"Tick {number} is on record.")
    return known


def facts_in(entry: bytes, kind: str, bid: BidReceipt | None, head: Head, origin: str = "") -> dict[str, Any]:
    """Return the facts of an entry. :raises Refuted: if it is of another kind, tender or log"""
    said = json_of(entry)
    right = isinstance(said, dict) and said.get("kind") == kind and isinstance(said.get("facts"), dict)
    if not right or (bid and said.get("subject") != bid.tender) or head.origin != (bid.origin if bid else origin):
        raise Refuted("回执带来的记录不是关于这个标段的。", "An entry in the file is not about this tender.")
    return dict(said["facts"])


def revealed_in(facts: dict[str, Any], lists: Any) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the digests of the box and the register, from the opening's entry or the file of lists that it names."""
    source = facts.get("box") or {}
    if isinstance(facts.get("lists"), dict):
        if not isinstance(lists, str):
            raise Unclear("文件里没有开标时公布的清单。", "The lists that the opening published are not in the file.")
        if sha256(lists.encode("utf-8", "replace")).hex() != facts["lists"].get("sha256"):
            raise Refuted("清单被改过，与账本里的指纹不符。", "The lists are not those that the opening published.")
        facts = source = json_of(lists)
    return list(source.get("digests") or []), list(facts.get("bids") or [])


def check_box(bid: BidReceipt, box: dict[str, Any], digests: list[dict[str, Any]], known: dict[int, str]) -> None:
    """
    Compute every tick again from what the opening has published, and compare those that are on record.

    Each tick binds all before it. The last one may have been made by the opening, which alone tells of it.
    """
    values = ["", *replayed(box, digests)]
    last = len(values) - 1
    differing = [number for number, value in known.items() if not 0 < number <= last or values[number] != value]
    if differing or not 0 < bid.tick <= last or values[last] != box.get("last_value"):
        raise Refuted("公布的清单算不出账本里的固定。", "What was published does not make the ticks on record.")
    if max(known, default=0) < last - 1 or bid.tick not in {*known, last}:
        raise Unclear("文件里的固定不全，请重新保存。", "Ticks are missing in the file: save it again.")


def replayed(box: dict[str, Any], digests: list[dict[str, Any]]) -> Iterator[str]:
    secret, before, last = bytes.fromhex(box.get("secret", "")), bytes(32), int(box.get("last_tick", 0))
    if last > MAX_TICKS:
        raise Unclear("固定的次数太多。", "There are too many ticks.")
    for number in range(1, last + 1):
        held = sorted(
            one["sha256"] for one in digests if one["since"] <= number and (one["until"] or last + 1) > number
        )
        nonce = hmac.new(secret, number.to_bytes(8, "big"), "sha256").digest()
        before = sha256(nonce + before + json.dumps(held, separators=(",", ":")).encode())
        yield before.hex()


def check_place(bid: BidReceipt, digests: list[dict[str, Any]], register: list[dict[str, Any]], report: Report) -> None:
    """Check that the bid is among what was published, from its tick on, and in the register if it stood."""
    found = next((one for one in digests if one.get("sha256") == bid.digest), None)
    if found is None or found.get("since") != bid.tick:
        raise Refuted(
            f"从第 {bid.tick} 次固定起应当有这份投标，公布的清单里没有：它被丢掉或者调换了。保存文件，告诉监督单位。",
            f"The bid must lie there from tick {bid.tick} on, and does not: it was dropped or exchanged.",
        )
    until = found.get("until")
    if bid.until is not None and until != bid.until:
        raise Refuted("撤回的次数与公布的清单不符。", "It was withdrawn at another tick than published.")
    if until is not None:
        report.good(f"这份投标从第 {until} 次固定起撤回或者被替换。", f"Withdrawn or replaced from tick {until} on.")
        return
    number = found.get("number")
    if found.get("bid") != bid.bid or (number, bid.bidder) not in [
        (line.get("number"), line.get("credit_code")) for line in register
    ]:
        raise Refuted("开标登记里没有这份投标。", "The register of the opening does not have this bid.")
    report.good(
        f"投标没有被丢掉、调换：从第 {bid.tick} 次固定起一直在，开标序号 {number}。",
        f"The bid was neither dropped nor exchanged: there since tick {bid.tick}, number {number} at the opening.",
    )


RECEIPT_FILES = {OBSERVER_RECEIPTS: check_observer, BID_RECEIPT: check_bid}


def check_against(old_path: Path, new: Head, arguments: argparse.Namespace, policy: Policy, report: Report) -> Head:
    """Check that of two checkpoints one contains the other. Return the old one."""
    old = Head.open(note_in(read_text(old_path)), policy)
    if old.origin != new.origin:
        raise Unclear("两个检查点属于不同的账本。", "The two checkpoints are of different logs.")
    earlier, later = sorted((old, new), key=lambda head: head.size)
    if old.size in {0, new.size}:
        check_consistency(earlier, later, [])
    elif arguments.log:
        leaves = [leaf_hash(entry) for entry in entries_in(arguments.log, later.size)]
        if (root_of(leaves[: earlier.size]), root_of(leaves)) != (earlier.root, later.root):
            raise Refuted(*FORKED)
    elif arguments.consistency:
        check_consistency(earlier, later, consistency_hashes(read_text(arguments.consistency), earlier))
    else:
        raise Unclear(
            f"旧检查点 {old.size} 条、新检查点 {new.size} 条：要有账本副本或一致性证明才能对照。",
            f"Sizes {old.size} and {new.size}: name --log or --consistency to compare them.",
        )
    report.good(f"一致：前 {earlier.size} 条没有改动（共 {later.size} 条）。", "Consistent: nothing was changed.")
    return old


def note_in(text: str) -> str:
    """Return the checkpoint in a saved checkpoint, an older proof, or an older receipt."""
    if text.startswith("{"):
        receipt = json_of(text)
        text = str(receipt.get("proof")) if isinstance(receipt, dict) else ""
    return Proof.parse(text).note if text.startswith(PROOF_FORMAT) else text


def consistency_hashes(text: str, earlier: Head) -> list[bytes]:
    """Return the hashes of a consistency proof, one a line, as c2sp.org/tlog-witness sends them."""
    lines = text.partition("\n\n")[0].strip("\n").split("\n")
    if lines[0].startswith("old ") and lines.pop(0) != f"old {earlier.size}":
        raise Unclear("一致性证明的起点不是旧检查点。", "The consistency proof begins at another size.")
    return [hash_in(line) for line in lines if line]


# --- A copy of the whole log: c2sp.org/tlog-tiles --------------------------------------------------------------------


def tile_path(level: object, index: int, width: int) -> str:
    thousands, last = divmod(index, 1000)
    elements = [f"{last:03}"]
    while thousands:
        thousands, element = divmod(thousands, 1000)
        elements.insert(0, f"x{element:03}")
    return f"tile/{level}/{'/'.join(elements)}" + ("" if width == TILE else f".p/{width}")


def tiles(count: int) -> Iterator[tuple[int, int]]:
    """Yield index and width of the tiles over ``count`` hashes."""
    for index in range(-(-count // TILE)):
        yield index, min(TILE, count - index * TILE)


def entries_in(folder: Path, size: int) -> list[bytes]:
    """Return the first ``size`` entries of a copy of the log."""
    entries: list[bytes] = []
    for index, width in tiles(size):
        full, partial = (folder / tile_path("entries", index, w) for w in (TILE, width))
        bundle, begin = read(partial if partial.exists() or not full.exists() else full, 20_000_000), 0
        for _ in range(width):
            end = begin + 2 + int.from_bytes(bundle[begin : begin + 2], "big")
            if end > len(bundle) or begin + 2 > len(bundle):
                raise Refuted(f"副本里的文件不全：{tile_path('entries', index, width)}", "An entry bundle is cut off.")
            entries.append(bundle[begin + 2 : end])
            begin = end
    return entries


def check_log(folder: Path, policy: Policy, report: Report) -> tuple[Head, list[bytes]]:
    """Check a copy of the whole log: its checkpoint, every entry and every tile."""
    head = check_checkpoint(read_text(folder / "checkpoint"), policy, report)
    entries = entries_in(folder, head.size)
    level, hashes = 0, [leaf_hash(entry) for entry in entries]
    if root_of(hashes) != head.root:
        raise Refuted("账本副本里的记录算不出检查点的指纹。", "The entries do not lead to the root of the checkpoint.")
    for place, entry in enumerate(entries):
        said = json_of(entry)
        if not isinstance(said, dict) or said.get("seq") != place:
            report.wrong(f"第 {place} 条自称的序号不对。", f"Entry {place} names another place.")
    while hashes:
        for index, width in tiles(len(hashes)):
            path, part = tile_path(level, index, width), hashes[index * TILE :][:width]
            if read(folder / path) != b"".join(part):
                report.wrong(f"副本里的文件与记录不符：{path}", f"{path} does not follow from the entries.")
        full = len(hashes) // TILE
        level, hashes = level + 1, [root_of(hashes[i * TILE : (i + 1) * TILE]) for i in range(full)]
    report.good(f"整个账本核对过：{head.size} 条记录，全部文件。", f"The whole log was checked: {head.size} entries.")
    return head, entries


# --- The command -----------------------------------------------------------------------------------------------------


def check(arguments: argparse.Namespace, report: Report) -> None:
    """Check everything that was asked for. :raises Finding: at the first thing that ends the matter"""
    policy = Policy.parse(read_text(policy_path(arguments)))
    copy = None
    if arguments.log:
        folder = arguments.log / "ledger"
        arguments.log = folder if (folder / "checkpoint").exists() else arguments.log
        copy = Copy(*check_log(arguments.log, policy, report))
    if not arguments.proof:
        if arguments.against and copy:
            check_against(arguments.against, copy.head, arguments, policy, report)
        return
    trust, receipt = Trust(policy, receipt_keys(arguments), copy), receipt_in(arguments.proof)
    if receipt and (check_receipts := RECEIPT_FILES.get(str(receipt.get("format")))):
        check_receipts(receipt, trust, report)
        return
    entry, proof = opened(arguments, report)
    head, index = check_recorded(entry, proof, trust, report), proof.place if proof else place_of(entry)
    if arguments.file and not is_entry(arguments.file, entry):
        check_file(arguments.file, entry, report)
    if arguments.against:
        old = check_against(arguments.against, head, arguments, policy, report)
        check_not_backdated(entry, index, old, report)


def receipt_in(path: Path) -> dict[str, Any] | None:
    """Return the receipt that a file holds, None if it is no JSON."""
    text = read_text(path)
    found = json_of(text) if text.lstrip().startswith("{") else None
    return found if isinstance(found, dict) else None


def check_same_log(entries: list[bytes], entry: bytes, index: int, head: Head) -> None:
    """Check that a proof is of the log that was copied, and not of one shown to somebody else."""
    if index < len(entries) and entries[index] != entry:
        raise Refuted("账本副本里的这一条不是这一条。", "The copy of the log has another entry there.")
    if head.size <= len(entries) and root_of([leaf_hash(entry) for entry in entries[: head.size]]) != head.root:
        raise Refuted(*FORKED)


def opened(arguments: argparse.Namespace, report: Report) -> tuple[bytes, Proof | None]:
    """Return the entry that a proof or a receipt is about, and the proof if there is one."""
    text = read_text(arguments.proof)
    if not text.lstrip().startswith("{"):
        proof = Proof.parse(text)
        if not proof.extra and not arguments.file:
            raise Unclear("证明里没有原文，请再给出原文（.json）。", "The proof holds no entry: name its file too.")
        return proof.extra or read(arguments.file), proof
    receipt = json_of(text)
    if not isinstance(receipt, dict):
        raise Refuted("回执文件的格式不对，可能没有存全。", "This is no complete receipt.")
    entry = check_receipt(receipt, receipt_keys(arguments), report)
    return entry, Proof.parse(receipt["proof"]) if isinstance(receipt.get("proof"), str) else None


def is_entry(path: Path, entry: bytes) -> bool:
    """Whether a file is the entry itself, as it is published beside its proof."""
    return read(path, MAX_FILE) == entry


def place_of(entry: bytes) -> int:
    said = json_of(entry)
    seq = said.get("seq") if isinstance(said, dict) else None
    return seq if isinstance(seq, int) and seq >= 0 else sys.maxsize


def policy_path(arguments: argparse.Namespace) -> Path:
    """Return the policy that was named, or the one saved beside the files."""
    beside = [arguments.policy] if arguments.policy else [place / "policy" for place in places(arguments)]
    for path in beside:
        if path.is_file():
            return path
    raise Unclear(
        "没有信任名单（policy）。从 /ledger/policy 下载，放在同一个文件夹，最好再与公告栏上的公钥对照。",
        "There is no policy. Download /ledger/policy into this folder, and compare its keys with those on paper.",
    )


def receipt_keys(arguments: argparse.Namespace) -> list[Key]:
    named = [arguments.receipt_key] if arguments.receipt_key else [p / "receipt-vkey" for p in places(arguments)]
    return [Key.parse(line) for path in named if path.is_file() for line in read_text(path).split()]


def places(arguments: argparse.Namespace) -> list[Path]:
    given = [path.parent for path in (arguments.proof,) if path]
    return [
        *given,
        Path(),
        Path(__file__).parent,
        *([arguments.log, arguments.log / "ledger"] if arguments.log else []),
    ]


def parsed_time(text: Any) -> datetime | None:
    try:
        time = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None
    return time if time.tzinfo else None


def at(time: datetime) -> str:
    return time.astimezone(CHINA).strftime("%Y-%m-%d %H:%M:%S +08:00")


def arguments_of(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("proof", nargs="?", type=Path, metavar="PROOF", help="*.tlog-proof 或回执 receipt-*.json")
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="文书、图片、保存的公告网页、公告邮件")
    parser.add_argument("--policy", type=Path, help="信任名单，默认为旁边的 policy / whom to trust")
    parser.add_argument("--against", type=Path, metavar="OLD", help="从前的检查点或证明 / an older checkpoint or proof")
    parser.add_argument("--consistency", type=Path, metavar="FILE", help="一致性证明 / a consistency proof")
    parser.add_argument("--log", type=Path, metavar="FOLDER", help="账本或整站的副本 / a copy of the log or the site")
    parser.add_argument("--receipt-key", type=Path, metavar="FILE", help="回执公钥，默认为旁边的 receipt-vkey")
    arguments = parser.parse_args(words)
    if not arguments.proof and not arguments.log:
        parser.error("PROOF 或 --log 至少要有一个 / name a PROOF or --log")
    return arguments


def print_report(report: Report) -> None:
    verdict = {0: ("核对无误", "PROVEN"), 1: ("不相符，不能相信", "REFUTED"), 2: ("没能核对完", "NOT FULLY CHECKED")}
    for mark, zh, en in report.lines:
        print(f"{mark} {zh}\n  {en}")
    print("结论 / Result: {} / {}".format(*verdict[report.code]))


def main(words: Sequence[str] | None = None) -> int:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a console that cannot show a character shows another
    arguments = arguments_of(words)
    report = Report()
    try:
        check(arguments, report)
    except Finding as finding:
        report.note(finding)
    except Exception as e:  # noqa: BLE001, a file made to break us gets an answer, not a traceback
        report.unclear("这个文件没法核对。", f"The file cannot be checked: {type(e).__name__}")
    print_report(report)
    return report.code


if __name__ == "__main__":
    sys.exit(main())
