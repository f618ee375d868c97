import pytest

from statutes.refusal import ActRefused, Refusal, unmet

TOO_EARLY = Refusal("PD-03", "公开征求意见不少于30日。", "《重大行政决策程序暂行条例》第十五条第一款")
TOO_FEW = Refusal("EV-03", "投标人少于3个，不得开标。", "《中华人民共和国招标投标法》第二十八条第一款")


def test_every_gate_is_asked_and_every_refusal_is_kept_in_order():
    gates = [lambda subject, on: TOO_EARLY, lambda subject, on: None, lambda subject, on: TOO_FEW]

    assert unmet(gates, "subject", "on") == [TOO_EARLY, TOO_FEW]


def test_a_gate_is_asked_about_the_subject_on_the_day():
    gates = [lambda subject, on: TOO_FEW if (subject, on) == (2, "monday") else None]

    assert unmet(gates, 2, "monday") == [TOO_FEW]
    assert unmet(gates, 3, "monday") == []


def test_a_refused_act_tells_all_reasons():
    with pytest.raises(ActRefused, match="公开征求意见不少于30日。; 投标人少于3个") as refused:
        raise ActRefused([TOO_EARLY, TOO_FEW])

    assert refused.value.refusals == [TOO_EARLY, TOO_FEW]
