"""招标投标情况书面报告 (D28): 《招标投标法》第四十七条. Kept, not published."""

from publishing.documents.authoring.blocks import Column, Facts, Rows, Text, heading, numbered, title
from publishing.documents.authoring.paper import Paper

TENDER_REPORT = Paper(
    "招标编号：{{ 招标编号 }}",
    (
        title("{{ 招标项目 }}", "招标投标情况书面报告"),
        numbered("招标编号：{{ 招标编号 }}"),
        Text("{{ 报送部门 }}：", "顶格正文"),
        Text("根据《中华人民共和国招标投标法》第四十七条，现将{{ 招标项目 }}的招标投标情况报告如下。"),
        heading("一、招标范围"),
        Text("{{ 招标范围 }}"),
        heading("二、招标方式和发布招标公告的媒介"),
        Facts(
            (
                ("招标方式", "{{ 招标方式 }}"),
                ("公告发布日期", "{{ 公告日期 }}"),
                ("发布媒介", "{{ 发布媒介 }}"),
                ("投标截止暨开标", "{{ 开标时间 }}，{{ 开标地点 }}"),
                ("投标人数", "{{ 投标人数 }}"),
            )
        ),
        heading("三、招标文件（投标人须知、技术条款、评标标准和方法、合同主要条款）"),
        Rows(
            "文 in 招标文件",
            (
                Column("类别", 30, "{{ 文.类别 }}"),
                Column("名称", 44, "{{ 文.名称 }}", "left"),
                Column("指纹（SHA-256）", 82, "{{ 文.指纹 }}", "left"),
            ),
        ),
        heading("四、评标委员会的组成和评标报告"),
        Rows(
            "人 in 成员",
            (
                Column("序号", 16, "{{ 人.序号 }}"),
                Column("姓名", 30, "{{ 人.姓名 }}"),
                Column("工作单位", 64, "{{ 人.单位 }}", "left"),
                Column("类别、专业", 46, "{{ 人.类别 }}"),
            ),
        ),
        Text("评标情况：{{ 评标情况 }}评标报告附后。"),
        heading("五、中标结果"),
        Facts(
            (
                ("中标人", "{{ 中标人 }}"),
                ("中标价", "{{ 中标价 }}"),
                ("定标日期", "{{ 定标日期 }}"),
                ("结果公布日期", "{{ 公布日期 }}"),
            )
        ),
        heading("六、招标过程"),
        Text("{{ 招标过程 }}"),
        heading("七、异议、投诉和其他需要说明的事项"),
        Text("{{ 其他事项 }}"),
        Text("招标人：{{ 建设单位 }}（盖章）", "Closing", with_next=True),
        Text("　　　　年　　月　　日", "Closing"),
    ),
    compact=True,
)
