"""招标: the tender documents, from announcement to the deadline for bids."""

from statutes.entry import AFTER_1117, K, P, U, at_least, at_most, before, count, days, on_track, percent, require, yuan
from statutes.rule import Track

TENDER = on_track(
    Track.WORKS,
    before("TB-00", "招标公告前公布招标计划", "LOCAL; SC21", days(10), confidence=U, note="各地10至30日不等，默认10日"),
    require("TB-01", "招标公告在国家指定媒介免费发布", "TBL 16¶1; TBR 15¶3; O10", confidence=P),
    require("TB-02", "公告在电子平台和指定媒介同步发布", "E20 17"),
    at_least("TB-03", "招标文件或者资格预审文件的发售期", "TBR 16¶1", days(5)),
    at_least("TB-04", "停止发售后提交资格预审申请文件的时间", "TBR 17", days(5)),
    at_least("TB-05", "自招标文件开始发出至投标截止", "TBL 24", days(20)),
    before("TB-06", "投标截止前的澄清或者修改", "TBL 23; TBR 21", days(15), note="不足的，顺延投标截止时间"),
    before("TB-06.2", "提交资格预审申请文件截止前的澄清或者修改", "TBR 21", days(3), note="不足的，顺延截止时间"),
    require("TB-07", "澄清、修改醒目公告，并通知所有下载人", "E20 22"),
    require("TB-08", "下载招标文件不设投标报名等前置条件", "E20 20; 1117 §3"),
    require("TB-08", "下载招标文件不设投标报名等前置条件", "E20 20", since=AFTER_1117),
    require("TB-09", "使用国家标准文本", "TBR 15¶4"),
    at_most("TB-10", "投标保证金占招标项目估算价的比例", "TBR 26¶1", percent(2)),
    at_most("TB-10.2", "施工投标保证金的数额", "M30 37", yuan(800_000), confidence=K),
    require("TB-10.3", "投标保证金有效期与投标有效期一致", "TBR 26¶1"),
    require("TB-10.4", "以转账、支票形式提交的投标保证金从投标人的基本账户转出", "TBR 26¶2"),
    require("TB-11", "不得规定最低投标限价；最高限价在招标文件中明确；标底只有一个并保密", "TBR 27, 50"),
    require("TB-12", "招标文件载明投标有效期，自投标截止之日起算", "TBR 25"),
    require("TB-13", "终止招标的，及时公告或者通知，退还费用和保证金", "TBR 31"),
    require("TB-14", "通过资格预审的申请人不足的，重新招标", "TBR 19¶2", count(3)),
    require("TB-15", "拟签订合同的主要条款载入招标文件", "TBL 19¶1"),
    require(
        "TB-15.2",
        "廉政合同文本载入招标文件",
        "TBL 19¶1; TBR 73#5, 74",
        confidence=K,
        note="推论：事后要求签订的，属于提出附加条件",
    ),
    require("TB-16", "公告和公示载明受理异议的联系人和联系方式", "1117 §6; O10"),
    require("TB-16", "公告和公示载明受理异议的联系人和联系方式", "O10", confidence=P, since=AFTER_1117),
    require("TB-17", "登记并报告插手干预行为", "1358 6; TBR 80"),
    require("TB-18", "自行办理招标的，向行政监督部门备案", "TBL 12¶3"),
)
