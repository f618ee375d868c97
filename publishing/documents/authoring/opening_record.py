"""开标记录: 《招标投标法》第三十六条, the table of 《标准施工招标文件》, and who watched."""

from publishing.documents.authoring.blocks import Column, Facts, Rows, Text, heading, numbered, title
from publishing.documents.authoring.paper import Paper

SESSION = (
    title("{{ 招标项目 }}开标记录"),
    numbered("招标编号：{{ 招标编号 }}"),
    Facts(
        (
            ("投标截止时间", "{{ 投标截止时间 }}", "开标时间", "{{ 开标时间 }}"),
            ("开标地点", "{{ 开标地点 }}", "最高投标限价", "{{ 最高投标限价 }}"),
            ("主持人", "{{ 主持人 }}", "记录人", "{{ 记录人 }}"),
            ("监标人", "{{ 监标人 }}", "录音录像编号", "{{ 录音录像编号 }}"),
            ("密封检查人", "{{ 密封检查人 }}", "密封检查结果", "{{ 密封检查结果 }}"),
        ),
        widths_mm=(32, 97, 32, 96),
    ),
)

BIDS = (
    heading("一、唱标记录"),
    Rows(
        "投 in 投标",
        (
            Column("序号", 12, "{{ 投.序号 }}"),
            Column("投标人", 43, "{{ 投.投标人 }}", "left"),
            Column("送达时间", 30, "{{ 投.送达日期 }}\n{{ 投.送达时刻 }}"),
            Column("密封", 13, "{{ 投.密封 }}"),
            Column("投标报价（元）", 33, "{{ 投.报价 }}", "right"),
            Column("工期\n（日历天）", 22, "{{ 投.工期 }}"),
            Column("质量目标", 18, "{{ 投.质量 }}"),
            Column("项目经理\n（证书编号）", 41, "{{ 投.项目经理 }}\n{{ 投.证书编号 }}"),
            Column("投标保证金（元）", 26, "{{ 投.保证金 }}", "right"),
            Column("备注", 19, "{{ 投.备注 }}"),
        ),
    ),
    heading("二、未开启的投标文件"),
    Rows(
        "投 in 未开启的投标",
        (
            Column("序号", 13, "{{ 投.序号 }}"),
            Column("投标人", 80, "{{ 投.投标人 }}", "left"),
            Column("送达时间", 58, "{{ 投.送达时间 }}"),
            Column("签收结果", 26, "{{ 投.情况 }}"),
            Column("原因", 80, "{{ 投.原因 }}", "left"),
        ),
        empty="没有拒收或者撤回的投标文件",
    ),
)

SUPERVISION = (
    heading("三、监督情况"),
    Rows(
        "邀 in 监督单位",
        (
            Column("受邀单位", 57, "{{ 邀.单位 }}", "left"),
            Column("邀请方式", 34, "{{ 邀.方式 }}"),
            Column("发出时间", 53, "{{ 邀.发出时间 }}"),
            Column("出席情况", 25, "{{ 邀.出席 }}"),
            Column("到场", 18, "{{ 邀.人数 }}"),
            Column("说明", 70, "{{ 邀.说明 }}", "left"),
        ),
        empty="未邀请监督单位",
    ),
    Text(
        "监督代表现场记录{{ 监督记录数 }}项，其中提出异常{{ 异常数 }}项，主持人已答复{{ 异常已答复数 }}项。投标人当场提"
        "出异议{{ 异议数 }}件，招标人已答复{{ 异议已答复数 }}件。"
    ),
    Rows(
        "见 in 监督意见",
        (Column("监督单位", 66, "{{ 见.单位 }}", "left"), Column("监督意见", 191, "{{ 见.意见 }}", "left")),
        empty="监督单位未另行提出意见",
        may_split=True,
    ),
    Facts((("其他记录", "{{ 其他记录 }}"),), widths_mm=(66, 191)),
    Text("本记录于{{ 公布时间 }}公布。经投标人代表和下列人员签字的原件存入项目档案。", with_next=True),
    Text("主持人（签字）：　　　　　　　　记录人（签字）：　　　　　　　　监标人（签字）：", with_next=True),
    Text("投标人代表（签字）：　　　　　　　　　　　　监督代表（签字）："),
)

OPENING_RECORD = Paper("招标编号：{{ 招标编号 }}", SESSION + BIDS + SUPERVISION, landscape=True, compact=True)
