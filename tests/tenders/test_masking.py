"""Masking replaces passages and rewrites nothing, whatever somebody types."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenders.masking import characters_hidden, hides, hides_most, suggestion
from tenders.personal import personal_data

TEXT = "请打13812345678找张三，坡道要缓。"


@pytest.mark.parametrize(
    ("masked", "is_masked"),
    [
        ("请打138****5678找张三，坡道要缓。", True),
        ("请打138****5678找██，坡道要缓。", True),
        ("请打〔…〕，坡道要缓。", True),
        ("█", True),
        (TEXT, False),
        ("请打138****5678找张三，坡道不要缓。", False),  # a character added
        ("请打138****5678找张三，坡道缓。", False),  # one taken away in silence
        ("请打138****5678找李四，坡道要缓。", False),  # one changed
        ("请打13812345678找张三，坡道要缓。█", False),  # a sign that stands for nothing
        ("█请打13812345678找张三，坡道要缓。", False),
        ("坡道要缓。请打█", False),  # in another order
        ("", False),
    ],
)
def test_a_masked_text_differs_only_by_its_signs(masked, is_masked):
    assert hides(masked, TEXT) is is_masked


@given(st.text(alphabet="甲乙丙12，", min_size=1, max_size=30), st.data())
def test_whatever_passage_is_replaced_is_recognised_and_counted(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    for sign in ("█", "███", "〔…〕", "***"):
        masked = f"{text[:start]}{sign}{text[end:]}"
        assert hides(masked, text)
        assert characters_hidden(masked, text) == end - start


def test_what_the_detectors_find_does_not_count_as_hiding_most():
    number = "请打13812345678"
    assert not hides_most("请打138****5678", number)
    assert not hides_most("█打138****5678", number)
    assert hides_most("███████", number)


def test_half_is_not_most():
    assert not hides_most("██丙丁", "甲乙丙丁")
    assert hides_most("███丁", "甲乙丙丁")


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "座机08705550108",
        "身份证53030219900101123X",
        "邮箱 li.si(at)example.com",
        "车牌云D12345，电话138 1234 5678",
    ],
)
def test_the_suggestion_can_be_taken_as_it_is(text):
    masked = suggestion(text)
    assert hides(masked, text)
    assert personal_data(masked) == []


def test_nothing_found_nothing_suggested():
    assert suggestion("坡道要缓。") == "坡道要缓。"
