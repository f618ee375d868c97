import pytest

from tenders.similarity import similar, suggestions, words_of

SAID = {
    1: "停车场出口正对凤山小学，上下学时很危险，建议改到东侧。",
    2: "支持生态葬。希望壁葬区有雨棚，老人下雨天也能祭扫。",
    3: "请保留入口那两棵老柏树，是1950年种的。",
    4: "为什么要花一千八百万？请公开造价的构成。",
    6: "学校门口车多，停车场的出口不要开在凤山小学这边。",
    7: "老柏树不能砍！",
    8: "壁葬区没有雨棚，下雨怎么祭扫？",
}


def test_only_telling_words_count():
    assert words_of("我们希望这个项目的停车场有100个车位，停车场要大！") == {"停车场": 2, "车位": 1}


def test_comments_on_the_same_matter_are_proposed_together_with_the_words_they_share():
    found = {group.keys: group.words for group in suggestions(SAID)}
    assert found.keys() == {(1, 6), (2, 8), (3, 7)}
    assert {"停车场", "出口", "小学"} <= set(found[1, 6])
    assert "柏树" in found[3, 7]


def test_no_comment_is_in_two_groups_and_one_alone_is_in_none():
    keys = [key for group in suggestions(SAID) for key in group.keys]
    assert len(keys) == len(set(keys))
    assert 4 not in keys


def test_the_nearest_comment_comes_first_and_says_why():
    found = similar(1, SAID | {9: "停车场太小。"})
    assert found[0].key == 6
    assert set(found[0].words) <= {"停车场", "出口", "小学", "凤山"}
    assert all(0 < each.score <= 1 for each in found)


def test_a_word_that_most_comments_have_tells_nothing_apart():
    matters = ("厕所", "电梯", "围栏", "步道", "大门", "绿化", "路灯", "食堂")
    assert suggestions({n: f"陵园要办好{matter}" for n, matter in enumerate(matters)}) == []


@pytest.mark.parametrize("texts", [{}, {1: ""}, {1: "好", 2: "好"}, {1: "😀😀", 2: "😀"}, {1: "支持", 2: "支持"}])
def test_comments_that_say_little_make_no_group(texts):
    assert suggestions(texts) == []


def test_the_same_comment_sent_many_times_is_one_group():
    copies = dict.fromkeys(range(5), "壁葬区要有雨棚")
    for others in ({}, {9: "公交站要近", 10: "墓碑太贵", 11: "厕所要多"}):
        (group,) = suggestions(copies | others)
        assert group.keys == (0, 1, 2, 3, 4)


def test_an_unknown_comment_is_an_error():
    with pytest.raises(KeyError):
        similar(5, SAID)
