"""Forbidden terms in an announcement and their denials, as people write them: what is demanded, what is let go."""

import pytest

from tenders.gates.wording import asks_to_register, calls_for_somebody, sets_a_lowest_price

REGISTRATION = (
    "先到交易中心报名，领取文件。",
    "先到交易中心免费报名，凭回执领取文件。",
    "凭单位介绍信登记后领取。",
    "不报名的不予发放。",
    "未登记的单位不得领取。",
    "没有报名的单位，不能参加投标。",
    "无登记凭证的，不予发放。",
    "无须说明理由，先报名即可领取。",
    "无须报名费，到窗口登记领取。",
    "外地企业须先报名，本地企业无须报名。",
    "不限地域，均可报名领取。",
    "潜在投标人不得不先报名。",
    "无须报名，但须登记单位名称。",
    "并非无须报名。",
    "免登记费领取。",
    "不接受未报名单位领取。",
)

NO_REGISTRATION = (
    "在交易平台免费下载，不需要报名。",
    "任何人均可下载，无须登记。",
    "无须报名。",
    "免于报名。",
    "不得要求潜在投标人报名。",
    "不要求投标人登记。",
    "无需提前报名、登记。",
    "不必办理报名登记手续。",
    "免报名，直接下载。",
    "不设报名环节。",
    "不用现场登记。",
    "不需要投标报名。",
    "直接下载。",
)

LOWEST_PRICE = (
    "不取消最低投标限价。",
    "投标报价不得低于最低投标限价1200万元。",
    "最低投标限价为估算价的85%。",
    "不低于最低限价的报价有效。",
    "低于最低投标限价的投标，不予评审。",
    "最高限价1480万元，最低限价1200万元。",
    "不公布最低投标限价，开标时宣布。",
    "未达到最低投标限价的，否决其投标。",
    "招标人不得不设最低投标限价。",
    "不设最高限价，最低限价另行通知。",
    "投标报价不得低于估算价的85%。",
    "无论何时，最低投标限价有效。",
    "没有超过最低控制价的无效。",
)

NO_LOWEST_PRICE = (
    "取消最低投标限价。",
    "不设最低投标限价。",
    "不规定最低投标限价。",
    "不得规定最低投标限价。",
    "本项目没有最低投标限价。",
    "无最低投标限价。",
    "未设置最低限价。",
    "招标人不得设定最低投标限价。",
    "不设最高投标限价和最低投标限价。",
    "不采用最低控制价。",
    "禁止变相设置最低投标限价。",
    "投标报价不得低于成本。",
    "投标价格不得低于企业个别成本。",
    "投标报价不得高于最高投标限价。",
)

CALLED_FOR = (
    "项目经理应当携带证件原件，到会签到。",
    "项目经理不必带原件但必须到场。",
    "法定代表人可以不带身份证，但必须到场。",
    "不要求项目经理带原件但必须到场。",
    "法定代表人未到场的，不予受理。",
    "法定代表人或项目经理未出席的按无效投标处理。",
    "要求项目经理到场开标。",
    "开标时须由法定代表人到场。",
    "法定代表人不到场的，投标无效。",
    "投标人的法定代表人必须到场参加开标会。",
    "项目经理应当携带证件原件到会，否则拒收。",
    "否决投标的情形：项目负责人未出席开标会的。",
    "法定代表人、项目经理，均须到场。",
    "法定代表人无须到场，但项目经理应当到场。",
    "法定代表人不得缺席开标会。",
    "项目经理没有签到的，视为放弃投标。",
    "投标文件须由法定代表人亲自递交。",
    "开标请投标人派员；其中项目负责人需参加本次开标。",
    "法定代表人或者其委托代理人应当参加开标会。",
    "拟派总监不参加开标的，取消中标资格。",
    "不得不要求法定代表人必须到场。",
)

NOT_CALLED_FOR = (
    "法定代表人应当出具授权书，由代理人到场。",
    "授权委托书须由法定代表人签署，委托代理人持授权书参加开标会。",
    "不得强制要求法定代表人必须到场。",
    "不得要求投标人的法定代表人必须到场。",
    "不得要求法定代表人到场。",
    "投标人可以自愿参加开标。",
    "投标人可以派代表参加开标会，法定代表人不必到场。",
    "项目经理应当具有二级注册建造师资格；投标人自愿参加开标。",
    "项目经理应当具有二级注册建造师资格，投标人自愿参加开标。",
    "项目经理应当具有证书，不要求到场。",
    "无须法定代表人到场。",
    "法定代表人可以不到场。",
    "法定代表人不到场的，不影响其投标。",
    "法定代表人未到场的，视为认可开标结果。",
    "法定代表人未到场的，不得因此否决其投标。",
    "法定代表人不到场，投标不作无效处理。",
    "法定代表人无须到场，投标人应当按时解密。",
    "项目负责人和供应商代表可以自愿参加开标。",
    "不强制项目负责人参加开标。",
    "法定代表人不是必须到场。",
    "不要求投标人的法定代表人、项目负责人等特定人员到场。",
    "法定代表人是否到场由投标人自定，招标人应当照常开标。",
    "投标人应当在截止时间前解密，法定代表人不需要到场。",
)


@pytest.mark.rule("TB-08")
@pytest.mark.parametrize("words", REGISTRATION)
def test_whoever_must_register_for_the_documents_is_asked_to(words):
    assert asks_to_register(words)


@pytest.mark.rule("TB-08")
@pytest.mark.parametrize("words", NO_REGISTRATION)
def test_documents_that_need_no_registration_may_say_so(words):
    assert not asks_to_register(words)


@pytest.mark.rule("TB-11")
@pytest.mark.parametrize("words", LOWEST_PRICE)
def test_a_lowest_price_is_seen_however_it_is_put(words):
    assert sets_a_lowest_price(words)


@pytest.mark.rule("TB-11")
@pytest.mark.parametrize("words", NO_LOWEST_PRICE)
def test_an_announcement_may_say_that_no_lowest_price_is_set(words):
    assert not sets_a_lowest_price(words)


@pytest.mark.rule("EV-09")
@pytest.mark.parametrize("words", CALLED_FOR)
def test_a_call_for_the_head_or_the_project_manager_is_seen_however_it_is_put(words):
    assert calls_for_somebody(words)


@pytest.mark.rule("EV-09")
@pytest.mark.parametrize("words", NOT_CALLED_FOR)
def test_an_announcement_may_say_that_nobody_in_particular_has_to_come(words):
    assert calls_for_somebody(words) == []
