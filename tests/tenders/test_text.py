import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenders.text import clean_text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  好的  ", "好的"),
        ("一\r\n二\r三", "一\n二\n三"),
        ("零\u200b宽", "零宽"),
        ("e\u0301", "é"),
        ("𠮷野家 🙂", "𠮷野家 🙂"),
        ("👨\u200d👩\u200d👧 ❤\ufe0f\u200d🔥 👍🏽", "👨\u200d👩\u200d👧 ❤\ufe0f\u200d🔥 👍🏽"),
        ("停\u200d车\u200d", "停车"),
        ("改\U000e0041\U000e0042成", "改成"),
        ("شكرا", "شكرا"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ],
)
def test_a_text_is_kept_as_it_was_meant(typed, kept):
    assert clean_text(typed, most=100) == kept


@pytest.mark.parametrize("typed", ["", "   ", "\u200b\u200b", "\n\n", "\ufeff", "\u3164", "\u200d", "\U000e0041"])
def test_nothing_is_no_text(typed):
    with pytest.raises(ValueError, match="请填写内容"):
        clean_text(typed, most=100)


@pytest.mark.parametrize("typed", ["a\x00b", "a\x07b", "a\ud800b", "a\x85b"])
def test_control_characters_are_refused(typed):
    with pytest.raises(ValueError, match="控制字符"):
        clean_text(typed, most=100)


@pytest.mark.parametrize("typed", ["a\u202eb", "a\u2066b", "a\u200fb"])
def test_characters_that_turn_the_text_round_are_refused(typed):
    with pytest.raises(ValueError, match="文字方向"):
        clean_text(typed, most=100)


def test_a_text_may_be_as_long_as_said_and_no_longer():
    assert clean_text("字" * 100, most=100) == "字" * 100
    with pytest.raises(ValueError, match="最多100字，现有101字"):
        clean_text("字" * 101, most=100)


@given(st.text())
def test_what_was_cleaned_once_is_clean(typed):
    try:
        kept = clean_text(typed, most=1000)
    except ValueError:
        return
    assert clean_text(kept, most=1000) == kept
