import pytest

from statutes.rules import RULES
from statutes.sources import SOURCES, cite, numeral


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (1, "一"),
        (10, "十"),
        (14, "十四"),
        (20, "二十"),
        (54, "五十四"),
        (100, "一百"),
        (103, "一百零三"),
        (110, "一百一十"),
        (799, "七百九十九"),
        (1259, "一千二百五十九"),
    ],
)
def test_articles_are_numbered_in_chinese(number, written):
    assert numeral(number) == written


@pytest.mark.parametrize(
    ("references", "chinese", "english"),
    [
        ("TBL 24", "《中华人民共和国招标投标法》第二十四条", "Tendering and Bidding Law, art. 24"),
        ("MDD 19-20", "《重大行政决策程序暂行条例》第十九条、第二十条", "arts. 19-20"),
        ("E20 26-28", "《电子招标投标办法》第二十六条至第二十八条", "arts. 26-28"),
        ("OGI 20#7#9", "第二十条第七项、第九项", "art. 20 item 7, 9"),
        ("MDD 3¶1#4, 3¶3", "第三条第一款第四项、第三条第三款", "art. 3 para. 1 item 4, art. 3 para. 3"),
        ("1117 §5", "（发改法规规〔2022〕1117号）第（五）条", "sec. 5"),
        ("TBL 22; TBR 50", "第二十二条；《中华人民共和国招标投标法实施条例》第五十条", "art. 22; Regulations"),
        ("PRACTICE", "通行做法", "Common practice"),
    ],
)
def test_a_provision_is_cited_in_full(references, chinese, english):
    cited, cited_en = cite(references)

    assert chinese in cited
    assert english in cited_en


def test_an_unknown_source_is_no_citation():
    with pytest.raises(KeyError):
        cite("XYZ 1")


def test_a_misspelt_provision_is_no_citation():
    with pytest.raises(ValueError, match=r"not a provision: '54\(1\)'"):
        cite("TBR 54(1)")


def test_every_source_carries_a_rule():
    cited = "".join(rule.law for rule in RULES)

    assert [key for key, source in SOURCES.items() if source.name not in cited] == []
