"""信息公开: what must be public, and by when."""

from statutes.entry import P, at_least, days, hours, months, require, within, working_days, years

DISCLOSURE = (
    within("FO-01", "信息形成或者变更后主动公开", "OGI 26", working_days(20)),
    require("FO-02", "公开重大建设项目、政府采购、预算决算、社会救助等信息", "OGI 20#7#9#10#11, 21"),
    within("FO-03", "批复后公开部门预算、决算", "BUDGET 14¶2", days(20)),
    require("FO-04", "定期公布接待、车辆、出国（境）经费的预算和决算", "OFFICE 7; BUDGET 14¶2"),
    within("FO-05", "收到申请后答复", "OGI 33¶2", working_days(20)),
    within("FO-05.2", "答复的延长", "OGI 33¶2", working_days(20)),
    within("FO-06", "告知申请人补正", "OGI 30", working_days(7)),
    within("FO-07", "第三方提出意见", "OGI 32", working_days(15), note="不计算在答复期限内"),
    within("FO-08", "上年度终了后公布政府信息公开年度报告", "OGI 49¶1", months(1), note="即每年1月31日前"),
    within("FO-09", "公开社会救助信息", "DIR-SA", working_days(10), confidence=P),
    within("FO-10", "公开重大建设项目信息", "DIR-MP", working_days(20), confidence=P),
    require("FO-11", "部分不应公开的，公开其余部分并说明理由", "OGI 37"),
    require("FO-12", "违反公开义务的，责令改正、依法处分", "OGI 52-53"),
    within("FO-13", "指定媒介发布电子文本", "O10", hours(12), confidence=P),
    within("FO-14", "指定媒介核验后发布其他形式的文本", "O10", working_days(1), confidence=P),
    within("FO-14.2", "指定媒介核验", "O10", working_days(3), confidence=P),
    at_least("FO-15", "公告和公示信息不被篡改、不遗漏并可追溯", "O10", years(10), confidence=P),
    require("FO-16", "公告文本由招标人盖章签字，电子文本使用电子签名", "O10; E20 40; ESL 14", confidence=P),
    require("FO-17", "不同媒介发布的同一公告内容一致", "TBR 15¶3, 63¶1#2; O10"),
    require("FO-18", "每一操作的时间、网络地址和人员如实记录", "E20 49¶1"),
    require("D03", "公开前经保密和个人信息审查", "OGI 17"),
)
