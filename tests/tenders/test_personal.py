"""What is personal data in a text, however it is written, and what only looks like it."""

import pytest

from tenders.personal import Kind, masked, numbers_in, personal_data
from tests.planting import samples

PHONE, CARD, IDENTITY = "13870214563", "6222021001116245702", "530302199001011239"
FULL_WIDTH = str.maketrans("0123456789@.-", "０１２３４５６７８９＠．－")
SPOKEN = str.maketrans("0123456789", "零一二三四五六七八九")


def kinds(text):
    return [found.kind for found in personal_data(text)]


@pytest.mark.parametrize("kind", list(Kind))
def test_a_hundred_of_each_kind_are_found_and_nothing_of_them_is_left(kind):
    for datum in samples(kind):
        text = f"请转告王某，{datum}，谢谢。"
        (found,) = personal_data(text)
        assert (found.kind, text[found.start : found.end]) == (kind, datum)
        assert not personal_data(masked(text))
        assert datum not in masked(text)
        assert masked(text).startswith("请转告王某，")
        assert masked(text).endswith("，谢谢。")


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize(
    "written",
    [
        lambda datum: datum.translate(FULL_WIDTH),
        "\u200b".join,
        "\ufe0f".join,
        lambda datum: "\u2066" + datum + "\u2069",
    ],
    ids=["full-width", "zero-width", "keycap", "direction"],
)
def test_another_dress_does_not_hide_it(kind, written):
    for datum in samples(kind, 20):
        assert kinds(f"联系{written(datum)}。") == [kind], written(datum)


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        (Kind.MOBILE, "138 7021 4563"),
        (Kind.MOBILE, "138-7021-4563"),
        (Kind.MOBILE, "1387021 4563"),
        (Kind.MOBILE, "138.7021.4563"),
        (Kind.MOBILE, "+86 138 7021 4563"),
        (Kind.MOBILE, "8613870214563"),
        (Kind.MOBILE, "1 3 8 7 0 2 1 4 5 6 3"),
        (Kind.MOBILE, PHONE.translate(SPOKEN)),
        (Kind.MOBILE, "幺三八七〇二幺四五六三"),
        (Kind.MOBILE, "微信wx13870214563"),
        (Kind.MOBILE, "2026-03-09 13870214563"),
        (Kind.MOBILE, "1.13870214563"),
        (Kind.LANDLINE, "（0870）5550199"),
        (Kind.LANDLINE, "08705550199"),
        (Kind.LANDLINE, "0870 555 0199"),
        (Kind.LANDLINE, "座机：5550199"),
        (Kind.ID_NUMBER, "530302 19900101 1239"),
        (Kind.ID_NUMBER, "530302-1990-0101-1239"),
        (Kind.ID_NUMBER, "530302900101123"),
        (Kind.BANK_CARD, "6222 0210 0111 6245 702"),
        (Kind.BANK_CARD, "6222-0210-0111-6245-702"),
        (Kind.EMAIL, "wang @ example.org"),
        (Kind.EMAIL, "wang(at)example.org"),
        (Kind.PLATE, "云 C·12A45"),
        (Kind.PLATE, "云c12a45"),
        (Kind.PLATE, "云C-D12345"),
        (Kind.PLATE, "粤Z1234港"),
    ],
)
def test_groups_signs_and_numerals_do_not_hide_it(kind, written):
    assert kinds(f"请联系{written}，谢谢") == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "投资估算 13,800,138,000.00 元，合 13800138000.00 元，即13800138000元",
        "项目代码 2026-530302-84-01-138702，招标编号 2026-001-01",
        "统一社会信用代码 91530302MA6K4XYZ1T、11530300015110000A、911101080000000041",
        "施工许可证编号 530302202608100101",
        "清民复〔2026〕138号，文号20260309138702145",
        "2026年3月9日9:00至2026年4月8日24:00，工期450日历天",
        "sha256 " + "a1b2c3d4" * 8 + " 指纹 0013870214563abcdef0013870214563abcdef13870214563abcdef0123456789",
        "墓穴3,200座（格位1.2万个），面积45,000.5平方米，单价138元",
        "监督电话12388，市民热线12345，全国服务热线400-810-0000",
        "二〇二六年三月九日，第一三〇七次会议",
        "按GB 50300-2013、JGJ/T 405—2017、CJJ 82-2012施工",
        "桩号K0+138.702~K0+145.630，坐标X=3458123.456，Y=35612345.678",
        "新建A楼2026年开工，云A栋12层，豫见B区",
        "",
    ],
)
def test_what_only_looks_like_it_is_left_alone(text):
    assert personal_data(text) == []
    assert masked(text) == text


def test_a_mistyped_identity_number_is_still_somebodys():
    assert kinds("身份证530302199001011234") == [Kind.ID_NUMBER]


def test_a_longer_number_is_none():
    assert kinds(f"{PHONE}7 9{PHONE} {CARD}12 1{IDENTITY}5") == []


def test_the_numbers_of_offices_are_allowed_however_they_are_written():
    office = numbers_in("0870-5550102（办公室），jihua@example.gov.cn；监督0870-12388")

    text = "电话：0870-5550102、（0870）5550102、电话5550102，邮箱 JIHUA@example.gov.cn，0870-5550103"

    assert [text[f.start : f.end] for f in personal_data(text, office)] == ["0870-5550103"]
    assert "5550103" not in masked(text, office)
    assert masked(text, office).startswith("电话：0870-5550102、（0870）5550102、电话5550102，")


def test_the_masks_are_those_of_the_law():
    text = f"我{PHONE}，身份证{IDENTITY}，卡{CARD}，座机0870-5550199，车云C12A45，wang@example.org"
    assert masked(text) == "我138****4563，身份证******，卡******，座机0870-*******，车云C*****，***@***"


def test_a_long_text_is_looked_through_in_one_go():
    text = "138 " * 50_000 + PHONE
    assert kinds(text) == [Kind.MOBILE]
