"""施工、支付与竣工: works, payment and completion."""

from statutes.entry import K, at_least, at_most, count, days, months, percent, require, within, years

EXECUTION = (
    within("EX-01", "收到申请后颁发施工许可证", "BL 8¶2", days(7)),
    within("EX-02", "领取施工许可证后开工", "BL 9", months(3), note="逾期且未延期的，许可证自行废止"),
    at_most("EX-02.2", "开工延期的次数", "BL 9", count(2), note="每次不超过三个月"),
    require("EX-03", "具备法定建设条件方可开工", "GIR 20¶1, 34"),
    require("EX-04", "通过在线平台如实报送开工、进度、竣工信息", "GIR 27¶2"),
    require("EX-05", "变更地点或者较大变更规模、内容的，报原审批部门审批", "GIR 21, 34"),
    require("EX-06", "进度款支付占已完成工程价款的比例", "183", percent(80), note="不低于"),
    at_most("EX-07", "质量保证金占结算总额的比例", "183", percent(3)),
    at_most("EX-07.2", "缺陷责任期", "138", months(24), confidence=K),
    within("EX-08", "交付或者验收合格后向中小企业支付款项", "SME 9¶1, 10", days(30)),
    within("EX-08.2", "合同约定的最长付款期限", "SME 9¶1", days(60)),
    require("EX-09", "不得以审计结果、负责人变更、内部流程为由拖延付款", "SME 12, 14"),
    within("EX-10", "上年度终了后公开逾期未付中小企业款项", "SME 18¶1", months(3), note="即每年3月31日前"),
    require(
        "EX-11",
        "仅可收取投标、履约、工程质量、农民工工资四种保证金，不得收取廉政保证金",
        "SME 13¶1; FC16 11#2",
        note="廉政保证金属推论",
    ),
    within("EX-12", "人工费用拨付周期", "MWR 24¶2", months(1)),
    require("EX-13", "开设农民工工资专用账户，总包单位代发工资", "MWR 26¶1, 31"),
    require("EX-14", "施工现场设立维权信息告示牌", "MWR 34"),
    at_least("EX-15", "注销工资专用账户前的公示", "MWR 27¶2", days(30)),
    require("EX-16", "收到竣工报告后组织设计、施工、监理等单位验收", "CQR 16; CC 799"),
    within("EX-17", "竣工验收合格后备案", "CQR 49¶1", days(15)),
    require("EX-18", "未经规划核实，不得组织竣工验收", "URP 45¶1"),
    require("EX-19", "验收合格后及时办理竣工财务决算，结余资金缴回国库", "GIR 25"),
    at_least("EX-20", "防水工程的保修期", "CQR 40¶1#2", years(5), note="主体结构为设计使用年限，供热供冷为两期"),
    at_least("EX-20.2", "电气管线、给排水、设备安装和装修的保修期", "CQR 40¶1#4", years(2)),
    require("EX-21", "竣工验收后及时移交建设项目档案", "CQR 17; GIR 29, 35"),
    require("EX-22", "政府投资项目的预算执行和决算接受审计", "AUDIT 23"),
)
