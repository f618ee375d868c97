"""公墓与烈士纪念设施: cemeteries and martyrs' memorials. Which of the two a 陵园 is, decides who approves it."""

from statutes.entry import K, P, U, require

SECTOR = (
    require(
        "CE-01",
        "建设公墓经市、县民政部门审核，报省级民政部门审批；农村公益性墓地经乡级审核，报县级民政部门审批",
        "BZ97 8-9, 18",
    ),
    require("CE-02", "公益导向、节地生态，收费清单以外不得收费，不得新设营利性殡仪服务机构", "BZ26", confidence=P),
    require("CE-02.2", "新建、扩建公墓经批准", "BZ26", confidence=U, note="审批机关的条文未见，由本局设定"),
    require("CE-03", "不得在耕地、林地、城市公园、风景名胜区、水源保护区、交通干线两侧等建造坟墓", "BZ97 10"),
    require(
        "CE-03",
        "不得在耕地、林地、城市公园、风景名胜区、水源保护区、交通干线两侧等建造坟墓",
        "BZ26",
        confidence=U,
        note="新条例的条文未见，推定与1997年条例相同",
    ),
    require("CE-04", "改扩建烈士纪念设施经批准，保护范围内不得进行其他工程建设或者安葬他人", "MART 36, 41-42, 63"),
    require("CE-05", "烈士纪念设施由退役军人事务部门主管", "PRACTICE", confidence=K),
    require("CE-06", "殡葬服务收费公示", "BZ26; PRICE", confidence=P),
)
