"""规划公示: planning publicity."""

from statutes.entry import K, P, U, at_least, before, days, months, require, within, working_days

SHANDONG, HENAN = "37", "41"

PLANNING = (
    at_least("PL-01", "规划草案公告", "URP 26¶1", days(30)),
    require("PL-02", "及时公布经批准的规划", "URP 8"),
    require("PL-03", "公布经审定的修建性详细规划、建设工程设计方案的总平面图", "URP 40¶3"),
    at_least(
        "PL-04",
        "建设工程设计方案批前公示",
        "LOCAL",
        working_days(10),
        confidence=K,
        note="国家未规定期限，本局默认值；各地有7日、7个工作日、10个工作日、30日等",
    ),
    at_least("PL-04", "建设工程规划许可批前公告", "SD-PLAN 36¶1", days(7), region=SHANDONG),
    require("PL-05", "修改总平面图，听取利害关系人意见", "URP 50¶2"),
    within(
        "PL-06",
        "被告知听证权利后申请听证",
        "ALL 47¶1",
        working_days(5),
        confidence=U,
        note="“五日”按工作日计，单位待核实",
    ),
    within("PL-07", "收到听证申请后组织听证", "ALL 47¶1, 82", working_days(20)),
    before("PL-08", "通知听证的时间、地点", "ALL 48¶1#1", working_days(7), note="“七日”按工作日计，单位待核实"),
    require("PL-08.2", "听证主持人是审查该申请的工作人员以外的人员", "ALL 48¶1#3"),
    within("PL-09", "受理后作出行政许可决定", "ALL 40, 42¶1", working_days(20)),
    within("PL-09.2", "行政许可决定的延长", "ALL 42¶1", working_days(10)),
    within("PL-10", "公示行政许可、行政处罚结果", "DIR-MP; DIR-TR", working_days(7), confidence=P),
    require("PL-11", "施工现场公示经批准的规划", "LOCAL", confidence=U, note="各地另有规定的，从其规定"),
    require("PL-11", "开工前在施工现场设置建设工程规划公示牌", "SD-PLAN 36¶3", region=SHANDONG),
    require("PL-11", "在施工现场公示经审定的详细规划、总平面图", "HA-PLAN 65¶3", region=HENAN),
    within("PL-12", "竣工验收后向规划部门报送竣工资料", "URP 45¶2, 67", months(6)),
)
