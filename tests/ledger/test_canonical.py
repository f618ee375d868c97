from datetime import UTC, datetime
from decimal import Decimal

import pytest

from ledger import canonical


def test_one_content_has_one_spelling():
    written = canonical.canonical_bytes({"b": 1, "a": {"z": None, "y": [True, "é"]}})

    assert written == '{"a":{"y":[true,"é"],"z":null},"b":1}'.encode()


def test_text_is_put_into_one_normal_form():
    assert canonical.canonical_bytes({"e\u0301": "e\u0301"}) == canonical.canonical_bytes({"é": "é"})


def test_what_was_written_is_read_back():
    content = {"金额": 2**53 - 1, "说明": "一标段\n施工", "ok": False}

    assert canonical.parse(canonical.canonical_bytes(content)) == content


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ({"amount": 1.5}, "body.amount is a float"),
        ({"list": [1, {"amount": Decimal(1)}]}, r"body.list\[1\].amount is a Decimal"),
        ({"at": datetime(2026, 3, 2, tzinfo=UTC)}, "body.at is a datetime"),
        ({"amount": 2**53}, "numbers end at 9007199254740991"),
        ({"amount": -(2**53)}, "numbers end at"),
        ({"text": "a\x00b"}, "NUL"),
        ({"text": "\ud800"}, "half a character"),
        ({1: "x"}, "the key 1"),
        ({"é": 1, "e\u0301": 2}, "two spellings of one key"),
        ({"text": b"bytes"}, "is a bytes"),
    ],
)
def test_what_readers_could_misread_is_refused(content, reason):
    with pytest.raises(ValueError, match=reason):
        canonical.canonical_bytes(content)


def test_a_body_has_at_most_65535_bytes():
    assert len(canonical.canonical_bytes({"a": "x" * (65_535 - 8)})) == 65_535
    with pytest.raises(ValueError, match="this one has 65536"):
        canonical.canonical_bytes({"a": "x" * (65_536 - 8)})


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"1", b"\xff"])
def test_what_is_not_an_object_is_no_body(body):
    with pytest.raises(ValueError, match=r"\w"):
        canonical.parse(body)


def test_moments_are_told_in_the_time_of_china():
    assert canonical.timestamp(datetime(2026, 3, 2, 1, 0, tzinfo=UTC)) == "2026-03-02T09:00:00+08:00"
    with pytest.raises(ValueError, match="no time zone"):
        canonical.timestamp(datetime(2026, 3, 2))  # noqa: DTZ001, that is the point


def test_a_commitment_binds_label_salt_and_text():
    salt = bytes(range(16))
    commitment = canonical.commitment("comment-v1", salt, "支持。")

    # printf 'comment-v1\x00\x01...\x0f支持。' | sha256sum
    assert commitment == "90612403ee7546d2373769af9caa5bf62b12be421b0cd04132bbbd44b25cafd2"
    assert canonical.commitment("objection-v1", salt, "支持。") != commitment
    assert canonical.commitment("comment-v1", canonical.new_salt(), "支持。") != commitment
    assert canonical.commitment("comment-v1", salt, "支持") != commitment


def test_a_short_salt_is_refused():
    with pytest.raises(ValueError, match="16 bytes"):
        canonical.commitment("comment-v1", b"short", "text")


def test_every_salt_is_new():
    assert len({canonical.new_salt() for _ in range(100)}) == 100
