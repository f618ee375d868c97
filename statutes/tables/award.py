"""中标与合同: award and the two contracts."""

from statutes.entry import AFTER_1117, P, at_least, at_most, days, on_track, percent, require, within, working_days
from statutes.rule import Track

AWARD = on_track(
    Track.WORKS,
    within("AW-01", "收到评标报告后公示中标候选人", "TBR 54¶1", days(3)),
    at_least("AW-02", "中标候选人公示期", "TBR 54¶1", days(3)),
    require("AW-03", "排名第一的中标候选人为中标人", "TBR 55"),
    require("AW-04", "发出中标通知书，同时通知所有未中标人", "TBL 45¶1", days(0)),
    within("AW-05", "公示中标结果", "O10; E20 35", working_days(20), confidence=P, note="法定为“及时”，本局当日公示"),
    within("AW-06", "确定中标人后提交招标投标情况书面报告", "TBL 47", days(15)),
    within("AW-07", "中标通知书发出后订立书面合同", "TBL 46¶1", days(30)),
    require("AW-08", "合同与招标文件、投标文件一致，不得另订背离实质性内容的协议", "TBL 46¶1; TBR 57¶1"),
    at_most("AW-09", "履约保证金占中标合同金额的比例", "TBR 58", percent(10)),
    within("AW-10", "合同签订后退还投标保证金及利息", "TBR 57¶2", days(5)),
    within("AW-11", "收到撤回通知后退还投标保证金", "TBR 35¶1", days(5)),
    require("AW-12", "建设单位提供工程款支付担保", "MWR 24¶1"),
    require("AW-13", "无正当理由不订立合同的，取消中标资格，投标保证金不予退还", "TBR 74"),
    within("AW-14", "公开合同订立信息", "1117 §7; DIR-MP", working_days(20), confidence=P),
    within("AW-14", "公开合同订立信息", "DIR-MP", working_days(20), confidence=P, since=AFTER_1117),
    require("AW-15", "不得转让；仅非主体部分可以分包，且不得再次分包", "TBL 48; TBR 59, 76"),
    require(
        "AW-16", "廉政合同与业务合同同日签订", "PRACTICE", days(0), confidence=P, note="双合同制，国家层面无统一规定"
    ),
    require("AW-17", "必须招标而未招标或者中标无效的，合同无效", "SPC1 1#3"),
)
