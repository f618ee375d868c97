import pytest
from django.core.exceptions import ValidationError

from portal.staff.fields import YuanField
from tenders.models import MAX_FEN


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("1280000", 128_000_000),
        ("1,280,000.00", 128_000_000),
        ("１，２８０，０００．５０", 128_000_050),  # full-width, as a Chinese keyboard types it
        ("0.01", 1),
        ("12.5", 1250),
        (" 3 000 元", 300_000),
        ("¥99", 9900),
        ("￥99", 9900),
        ("0", 0),
        ("90071992547409.91", MAX_FEN),
    ],
)
def test_yuan_are_read_as_people_write_them(typed, fen):
    assert YuanField().clean(typed) == fen


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("一百万", "letters"),
        ("12万", "letters"),
        ("1e5", "letters"),
        ("nan", "letters"),
        ("-5", "negative"),
        ("－5", "negative"),
        ("1.234", "decimals"),
        ("1,28", "commas"),
        ("12,80,000", "commas"),
        ("90071992547409.92", "huge"),
    ],
)
def test_what_is_no_amount_is_refused_with_its_own_reason(typed, code):
    with pytest.raises(ValidationError) as caught:
        YuanField().clean(typed)
    assert caught.value.code == code


def test_an_empty_amount_is_what_the_field_says_it_is():
    assert YuanField(required=False).clean("") is None
    assert YuanField(required=False, blank=0).clean("　") == 0


def test_a_required_amount_may_be_zero_but_not_empty():
    assert YuanField().clean("0") == 0
    with pytest.raises(ValidationError):
        YuanField().clean("")


def test_an_amount_is_shown_in_yuan_and_a_typed_one_as_it_was_typed():
    assert YuanField().prepare_value(128_000_050) == "1,280,000.50"
    assert YuanField().prepare_value("1,28") == "1,28"


def test_another_way_to_write_the_same_amount_is_no_change():
    field = YuanField()
    assert not field.has_changed(128_000_000, "1280000")
    assert field.has_changed(128_000_000, "1280001")
    assert field.has_changed(128_000_000, "viel")
