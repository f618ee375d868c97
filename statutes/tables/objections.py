"""异议与投诉: objections and complaints."""

from statutes.entry import AFTER_1117, before, days, on_track, require, within, working_days
from statutes.rule import Track

OBJECTIONS = on_track(
    Track.WORKS,
    before("OB-01", "对资格预审文件提出异议", "TBR 22", days(2)),
    before("OB-02", "对招标文件提出异议", "TBR 22", days(10)),
    require("OB-03", "对开标的异议当场提出", "TBR 44¶3"),
    require("OB-04", "对评标结果的异议在公示期间提出", "TBR 54¶2"),
    within("OB-05", "收到异议后答复", "TBR 22, 54¶2", days(3), note="作出答复前暂停招标投标活动"),
    within("OB-06", "知道或者应当知道后投诉", "TBR 60", days(10), note="应当先提异议的，答复期间不计算在内"),
    require("OB-06.2", "对招标文件、开标、评标结果的投诉，应当先提出异议", "TBR 60¶2"),
    within("OB-07", "收到投诉后决定是否受理", "TBR 61¶2", working_days(3)),
    within("OB-08", "受理投诉后作出书面处理决定", "TBR 61¶2", working_days(30), note="检验、鉴定、评审时间不计算在内"),
    require("OB-08.2", "行政监督部门责令暂停的，不得继续招标投标活动", "TBR 62¶1"),
    require("OB-09", "投标人和其他利害关系人有权提出异议或者投诉", "TBL 65; O10", note="举报不限于此"),
    require("OB-10", "公开投诉处理结果", "E20 42#4; 1117 §18"),
    require("OB-10", "公开投诉处理结果", "E20 42#4", since=AFTER_1117),
    require("OB-11", "通过平台提出、跟踪和答复异议", "E20 39; 1117 §6"),
    require("OB-11", "通过平台提出和答复异议", "E20 39", since=AFTER_1117),
)
