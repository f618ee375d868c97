"""决策及意见采纳情况公告: 《重大行政决策程序暂行条例》第十八条、第三十二条."""

from publishing.documents.authoring.blocks import Column, Facts, Rows, Text, closing, heading, numbered, title
from publishing.documents.authoring.paper import Paper

DECISION = (
    title("{{ 标题 }}"),
    numbered("项目编号：{{ 项目编号 }}"),
    Text(
        "{{ 项目名称 }}的建设方案经公开征求意见，{{ 建设单位 }}已依照《重大行政决策程序暂行条例》的规定作出决策。现将决"
        "策和意见采纳情况公告如下："
    ),
    heading("一、决策情况"),
    Facts(
        (
            ("项目名称", "{{ 项目名称 }}"),
            ("决策会议", "{{ 决策会议 }}"),
            ("决策日期", "{{ 决策日期 }}"),
            ("执行单位", "{{ 建设单位 }}"),
            ("风险评估结论", "{{ 风险评估结论 }}"),
        )
    ),
    heading("二、决定内容"),
    Text("{{ 决定内容 }}"),
)

COMMENTS = (
    heading("三、征求意见的情况"),
    Rows(
        "轮 in 征求意见轮次",
        (
            Column("轮次", 22, "{{ 轮.轮次 }}"),
            Column("起止日期", 56, "{{ 轮.开始 }}起\n{{ 轮.截止 }}24时止"),
            Column("公布渠道", 54, "{{ 轮.渠道 }}", "left"),
            Column("收到意见（件）", 24, "{{ 轮.件数 }}"),
        ),
    ),
    Text("共收到意见{{ 意见总数 }}件，分类如下："),
    Facts(
        (
            ("处理结果", "{{ 按结果 }}"),
            ("意见来源", "{{ 按来源 }}"),
            ("涉及方面", "{{ 按方面 }}"),
            ("公开情况", "{{ 按公开 }}"),
        )
    ),
)

ADOPTION = (
    heading("四、意见采纳的情况"),
    Text("{{ 采纳情况说明 }}"),
    Text("方案根据意见作出的改动如下："),
    Rows(
        "改动 in 方案改动",
        (Column("意见编号", 26, "{{ 改动.编号 }}"), Column("方案的改动", 130, "{{ 改动.内容 }}", "left")),
        empty="未因意见改动方案",
        may_split=True,
    ),
    heading("五、每件意见的处理结果"),
    Rows(
        "意见 in 意见处理",
        (
            Column("编号", 16, "{{ 意见.编号 }}"),
            Column("意见内容", 56, "{{ 意见.意见 }}", "left"),
            Column("处理结果", 24, "{{ 意见.结果 }}"),
            Column("答复与理由", 60, "{{ 意见.答复 }}", "left"),
        ),
        empty="征求意见期间未收到意见",
        may_split=True,
    ),
    Text("依法不公开内容的意见，同样予以登记、答复和计数；其编号、不公开的理由和处理结果见上表。"),
)

ENQUIRIES = (
    heading("六、查询与监督"),
    Facts(
        (
            ("查询", "{{ 建设单位 }}　联系人：{{ 联系人 }}　电话：{{ 联系电话 }}"),
            ("监督电话", "{{ 监督电话 }}"),
        )
    ),
    *closing("特此公告。", "{{ 建设单位 }}", "{{ 公布日期 }}"),
)

DECISION_NOTICE = Paper("项目编号：{{ 项目编号 }}", DECISION + COMMENTS + ADOPTION + ENQUIRIES)
