from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing.money import in_capitals, yuan
from tenders.models import MAX_FEN

VALUES = {digit: value for value, digit in enumerate("零壹贰叁肆伍陆柒捌玖")}
UNITS = {"拾": 10, "佰": 100, "仟": 1000}


@pytest.mark.parametrize(
    ("amount", "capitals"),
    [
        # the examples of the Payment and Settlement Measures
        ("1409.50", "壹仟肆佰零玖元伍角"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("1680.32", "壹仟陆佰捌拾元零叁角贰分"),
        ("107000.53", "壹拾万柒仟元零伍角叁分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        # whole yuan end in 整
        ("0.00", "零元整"),
        ("1.00", "壹元整"),
        ("10.00", "壹拾元整"),
        ("12800000.00", "壹仟贰佰捌拾万元整"),
        # less than a yuan
        ("0.01", "壹分"),
        ("0.10", "壹角"),
        ("0.53", "伍角叁分"),
        # zeros between the groups of four
        ("100001000.00", "壹亿零壹仟元整"),
        ("100010000.00", "壹亿零壹万元整"),
        ("110000000.00", "壹亿壹仟万元整"),
        ("100100.00", "壹拾万零壹佰元整"),
        ("10000001.00", "壹仟万零壹元整"),
        ("1000000000000.00", "壹万亿元整"),
        ("9000000000001.05", "玖万亿零壹元零伍分"),
        ("90071992547409.91", "玖拾万零柒佰壹拾玖亿玖仟贰佰伍拾肆万柒仟肆佰零玖元玖角壹分"),
    ],
)
def test_amounts_are_written_in_capitals(amount, capitals):
    assert in_capitals(int(amount.replace(".", ""))) == capitals


@pytest.mark.parametrize("fen", [-1, MAX_FEN + 1])
def test_an_amount_that_cannot_be_is_refused(fen):
    with pytest.raises(ValueError, match="no such amount"):
        in_capitals(fen)


@given(st.integers(0, MAX_FEN))
def test_capitals_read_back_as_the_same_amount(fen):
    assert _read(in_capitals(fen)) == fen


@given(st.integers(0, MAX_FEN))
def test_capitals_neither_double_a_zero_nor_end_in_one(fen):
    capitals = in_capitals(fen)
    assert "零零" not in capitals
    assert fen == 0 or not capitals.startswith("零")
    assert fen == 0 or "零元" not in capitals
    assert not capitals.endswith("零")


@pytest.mark.parametrize(
    ("fen", "figures"),
    [(0, "0.00"), (5, "0.05"), (1_280_000_000, "12,800,000.00"), (-150, "-1.50"), (MAX_FEN, "90,071,992,547,409.91")],
)
def test_figures_have_separators_and_two_decimals(fen, figures):
    assert yuan(fen) == figures


def _read(capitals: str) -> int:
    """Read capitals digit by digit, knowing nothing of how they were written."""
    whole, has_yuan, cents = capitals.partition("元")
    if not has_yuan:
        whole, cents = "", capitals
    total = section = digit = 0
    for sign in whole:
        if sign in VALUES:
            digit = VALUES[sign]
        elif sign in UNITS:
            section, digit = section + digit * UNITS[sign], 0
        else:
            base = {"万": 10**4, "亿": 10**8}[sign]
            total, section, digit = (
                (total + section + digit) * base if sign == "亿" else (total + (section + digit) * base),
                0,
                0,
            )
    fen = (total + section + digit) * 100
    for sign, unit in pairwise(cents):
        fen += VALUES.get(sign, 0) * {"角": 10, "分": 1}.get(unit, 0)
    return fen
