"""
评标报告 (D21), kept and not published.

《评标委员会和评标方法暂行规定》第四十二条, 《政府采购货物和服务招标投标管理办法》第五十八条.
"""

from publishing.documents.authoring.blocks import Column, Facts, Rows, Text, heading, numbered, title
from publishing.documents.authoring.paper import Paper

BASICS = (
    title("{{ 招标项目 }}", "评标报告"),
    numbered("招标编号：{{ 招标编号 }}"),
    heading("一、基本情况"),
    Facts(
        (
            ("招标人", "{{ 建设单位 }}"),
            ("招标方式", "{{ 招标方式 }}"),
            ("开标时间和地点", "{{ 开标时间 }}，{{ 开标地点 }}"),
            ("最高投标限价", "{{ 最高投标限价 }}"),
            ("评标结束日期", "{{ 评标结束日期 }}"),
            ("收到评标报告日期", "{{ 收到评标报告日期 }}"),
        )
    ),
    heading("二、评标委员会"),
    Rows(
        "抽 in 抽取",
        (
            Column("抽取时间", 40, "{{ 抽.时间 }}"),
            Column("专家库和编号", 50, "{{ 抽.专家库 }}\n{{ 抽.编号 }}"),
            Column("专业和人数", 36, "{{ 抽.要求 }}", "left"),
            Column("监督抽取、补抽原因", 30, "{{ 抽.说明 }}", "left"),
        ),
    ),
    Rows(
        "人 in 成员",
        (
            Column("序号", 14, "{{ 人.序号 }}"),
            Column("姓名", 24, "{{ 人.姓名 }}"),
            Column("工作单位", 50, "{{ 人.单位 }}", "left"),
            Column("类别、专业", 36, "{{ 人.类别 }}"),
            Column("签字", 32, "{{ 人.签字 }}"),
        ),
    ),
)

BIDS = (
    heading("三、开标记录"),
    Rows(
        "投 in 投标",
        (
            Column("序号", 14, "{{ 投.序号 }}"),
            Column("投标人", 54, "{{ 投.投标人 }}", "left"),
            Column("投标报价（元）", 38, "{{ 投.报价 }}", "right"),
            Column("工期\n（日历天）", 26, "{{ 投.工期 }}"),
            Column("项目经理", 24, "{{ 投.项目经理 }}"),
        ),
    ),
    heading("四、符合要求的投标"),
    Text("{{ 符合要求的投标 }}"),
    heading("五、否决投标情况"),
    Rows(
        "投 in 被否决的投标",
        (
            Column("投标人", 46, "{{ 投.投标人 }}", "left"),
            Column("否决情形", 46, "{{ 投.情形 }}", "left"),
            Column("理由和依据", 64, "{{ 投.理由 }}", "left"),
        ),
        empty="没有否决投标",
    ),
)

RANKING = (
    heading("六、评标标准、评标方法"),
    Text("{{ 评标办法 }}"),
    heading("七、评分（评审价）比较"),
    Rows(
        "投 in 比较",
        (
            Column("名次", 20, "{{ 投.名次 }}"),
            Column("投标人", 46, "{{ 投.投标人 }}", "left"),
            Column("投标报价（元）", 36, "{{ 投.报价 }}", "right"),
            Column("评审价（元）", 36, "{{ 投.评审价 }}", "right"),
            Column("得分", 18, "{{ 投.得分 }}"),
        ),
        empty="没有进入比较的投标",
    ),
    heading("八、推荐的中标候选人"),
    Text("{{ 推荐 }}"),
    Text("评标情况：{{ 评标情况 }}"),
    Text("签订合同前要处理的事宜：{{ 签约前事宜 }}"),
    heading("九、澄清、说明、补正事项"),
    Text("{{ 澄清事项 }}"),
    heading("十、不同意见"),
    Rows(
        "人 in 不同意见",
        (Column("成员序号", 26, "{{ 人.序号 }}"), Column("不同意见和理由", 130, "{{ 人.意见 }}", "left")),
        empty="没有不同意见",
    ),
    Text("评标委员会全体成员（签字）：", with_next=True),
    Text("　　　　年　　月　　日", "Closing"),
)

EVALUATION_REPORT = Paper("招标编号：{{ 招标编号 }}", BASICS + BIDS + RANKING, compact=True)
