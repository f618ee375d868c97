"""保密、公平竞争与廉政: embargoes, fair competition and the gates of the integrity contract."""

from statutes.entry import AFTER_1117, K, P, U, at_least, keep_secret, months, percent, require, within, working_days

CHONGQING = "50"

INTEGRITY = (
    keep_secret("EM-01", "获取招标文件的潜在投标人的名称、数量，至开标", "TBL 22¶1, 52; E20 21"),
    keep_secret("EM-02", "标底，至开标时公布", "TBL 22¶2; TBR 50"),
    keep_secret("EM-03", "评标委员会名单，至中标结果确定", "TBL 37¶5; MF87 47¶4"),
    keep_secret("EM-04", "评审情况和中标候选人，至候选人公示", "TBL 44¶3, 56"),
    keep_secret("EM-05", "投标保证金交纳情况，至开标", "TBL 22¶1", confidence=K, note="由EM-01推论"),
    keep_secret("EM-05", "投标保证金交纳情况，至开标", "CQ-TENDER 16¶2", region=CHONGQING),
    keep_secret("EM-06", "投标文件内容，至开标", "TBL 28¶1; E20 27¶2"),
    keep_secret("EM-07", "踏勘现场的人员名单，至开标", "TBL 22¶1; TBR 28", note="不得组织部分潜在投标人踏勘"),
    keep_secret("EM-08", "讨论记录、过程稿等过程性信息，可以不予公开", "OGI 16¶2"),
    keep_secret("EM-09", "商业秘密、个人隐私，至第三方同意或者公共利益需要", "OGI 15, 32"),
    require("FC-01", "招标公告和招标文件发布前经公平竞争审查", "FC16 20", note="“应当参照”"),
    require("FC-02", "不得以本地分支、业绩、所有制、品牌等不合理条件限制投标人", "FC16 6-11; TBR 32; 1117 §3"),
    require("FC-02", "不得以本地分支、业绩、所有制、品牌等不合理条件限制投标人", "FC16 6-11; TBR 32", since=AFTER_1117),
    require("FC-03", "政策措施经公平竞争审查，听取意见，作出书面结论", "FCR 13-18; FC16 13-14"),
    require("FC-04", "公开市场监督管理部门的举报渠道", "FCR 22¶2"),
    require("IN-01", "国家工作人员不得非法干涉招标投标活动", "TBR 80"),
    require("IN-02", "不得收受礼品礼金或者接受宴请等", "GOV-DISCIPLINE 33-34"),
    require("IN-03", "不得串通投标", "TBL 53; TBR 67"),
    within("SV-01", "答复监督代表提出的事项", "BUREAU", working_days(5), confidence=P, note="现场提出的，先当场答复"),
    at_least(
        "SV-02",
        "答复后留给监督单位认可或者要求继续答复的时间",
        "BUREAU",
        working_days(5),
        confidence=P,
        note="监督单位认可的，当日办结",
    ),
    require("G2", "廉政合同由有权代表签署，列明双方监督单位", "BUREAU", confidence=P),
    require("G3", "廉政合同不含价款、工期、质量条款", "TBL 46¶1; SPC1 2"),
    require("G5", "施工现场公示举报电话", "PRACTICE", confidence=P),
    within("G6", "廉政合同履行情况中期检查", "PRACTICE", months(6), confidence=U),
    require("G6.2", "付款达到此比例时中期检查", "PRACTICE", percent(50), confidence=U),
    require("G7", "竣工验收公布前完成廉政合同履行检查", "PRACTICE", confidence=P),
    require("G8", "廉政合同副本送双方和双方监督单位", "PRACTICE", confidence=P),
)
