"""必须招标的范围与规模: what must be tendered. A figure is the amount from which it must."""

from statutes.entry import AFTER_1117, K, at_most, percent, require, yuan

THRESHOLDS = (
    require("TH-01", "使用预算资金的项目", "O16 2", yuan(2_000_000), confidence=K, note="且占投资额10%以上"),
    require("TH-01.2", "使用预算资金占投资额的比例", "O16 2", percent(10), confidence=K),
    require("TH-02", "施工单项合同估算价", "O16 5", yuan(4_000_000), confidence=K),
    require("TH-03", "重要设备、材料采购单项合同估算价", "O16 5", yuan(2_000_000), confidence=K),
    require("TH-04", "勘察、设计、监理单项合同估算价", "O16 5", yuan(1_000_000), confidence=K),
    require("TH-05", "同一项目可以合并的采购，合计达到标准的必须招标", "O16 5", confidence=K),
    require("TH-06", "国有资金占控股或者主导地位的，应当公开招标", "TBR 8¶1", note="仅两种情形可以邀请招标"),
    require("TH-07", "不得化整为零规避招标", "TBL 4, 49"),
    require("TH-08", "招标范围、方式、组织形式按审批、核准执行", "TBR 7; 1117 §2"),
    require("TH-08", "招标范围、方式、组织形式按审批、核准执行", "TBR 7", since=AFTER_1117),
    require("TH-09", "不招标或者邀请招标的，实施采购前公示理由和依据", "1117 §2"),
    require("TH-10", "依法不招标的政府采购工程，采用竞争性谈判或者单一来源", "GPR 25", note="竞争性磋商的依据待核实"),
    require(
        "TH-11",
        "货物、服务的公开招标数额标准",
        "GPL 27; MF87 4",
        yuan(2_000_000),
        confidence=K,
        note="由省级规定，一般不低于200万元",
    ),
    require("TH-12", "招标前已获项目审批，资金已经落实", "TBL 9"),
    require("TH-13", "项目建议书、可行性研究报告、初步设计经在线平台审批，取得项目代码", "GIR 9-10"),
    at_most(
        "TH-14", "初步设计概算超过可研估算的比例", "GIR 12¶2", percent(10), note="超过的应当报告，可以要求重新报批"
    ),
    at_most("TH-15", "建设投资占经核定概算的比例", "GIR 22-23, 34", percent(100), note="不得由施工单位垫资"),
)
