"""开标与评标: opening and evaluation of bids."""

from statutes.entry import K, at_most, count, days, keep_secret, on_track, require, share, within
from statutes.rule import Track

EVALUATION = on_track(
    Track.WORKS,
    require("EV-01", "在投标截止的同一时间、预先确定的地点公开开标", "TBL 34; TBR 44¶1"),
    require("EV-02", "逾期、未密封或者未加密的投标文件拒收，记载送达时间和密封情况", "TBL 28¶2; TBR 36; E20 26-27"),
    require("EV-02.2", "投标截止前可以补充、修改或者撤回投标文件，截止后不得撤回", "TBL 29; TBR 35"),
    require("EV-03", "投标人不足的，不得开标，重新招标", "TBL 28¶1; TBR 44¶2", count(3)),
    require("EV-04", "再次招标失败的，报经批准可以不再招标", "M30 38", confidence=K),
    require("EV-05", "招标人主持，邀请所有投标人，当众检查密封", "TBL 35-36"),
    require("EV-06", "当众宣读投标人名称、投标价格；按时送达的投标全部拆封", "TBL 36¶1, 36¶2"),
    require("EV-07", "开标记录存档并向社会公布", "TBL 36¶3; E20 32"),
    within("EV-08", "对开标的异议当场提出、当场答复并记录", "TBR 44¶3", days(0)),
    require("EV-09", "不得要求投标人的法定代表人、项目负责人等到场", "FC16 10#4"),
    require("EV-10", "评标委员会人数", "TBL 37¶2", count(5), note="以上单数"),
    require("EV-10.2", "评标委员会中专家所占的比例", "TBL 37¶2", share(2, 3), note="不少于"),
    require("EV-11", "专家随机抽取，利害关系人回避，监督部门人员不得参加", "TBL 37¶3, 37¶4; TBR 46"),
    keep_secret("EV-12", "评标委员会名单，至中标结果确定", "TBL 37¶5"),
    require("EV-13", "超过此比例的评委认为时间不够的，延长评标时间", "TBR 48¶2", share(1, 3)),
    require("EV-14", "评标报告由全体成员签字，不同意见书面说明", "TBR 53¶2"),
    at_most("EV-15", "中标候选人人数", "TBR 53¶1", count(3), note="并标明排序"),
    require("EV-16", "所有投标被否决的，重新招标", "TBL 42¶2, 57"),
    require("EV-17", "评标和定标在投标有效期内完成", "M12 40", confidence=K),
    require("EV-18", "公示中标候选人前审查评标报告", "1117 §5"),
)
