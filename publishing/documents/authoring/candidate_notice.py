"""中标候选人公示: 《招标公告和公示信息发布管理办法》第六条."""

from publishing.documents.authoring.blocks import Column, Facts, Rows, Text, closing, heading, numbered, title
from publishing.documents.authoring.paper import Paper

CANDIDATES = (
    title("{{ 招标项目 }}", "中标候选人公示"),
    numbered("招标编号：{{ 招标编号 }}"),
    Text(
        "{{ 招标项目 }}于{{ 开标时间 }}在{{ 开标地点 }}公开开标。经评标委员会评审，招标人已于"
        "{{ 收到评标报告日期 }}收到评标报告。现将中标候选人公示如下："
    ),
    heading("一、中标候选人"),
    Rows(
        "人 in 候选人",
        (
            Column("名次", 18, "{{ 人.名次 }}"),
            Column("中标候选人", 56, "{{ 人.投标人 }}", "left"),
            Column("投标报价（元）", 36, "{{ 人.报价 }}", "right"),
            Column("质量", 20, "{{ 人.质量 }}"),
            Column("工期\n（日历天）", 26, "{{ 人.工期 }}"),
        ),
    ),
    Rows(
        "人 in 候选人",
        (
            Column("名次", 18, "{{ 人.名次 }}"),
            Column("统一社会信用代码", 48, "{{ 人.代码 }}"),
            Column("投标报价（大写）", 46, "人民币{{ 人.报价大写 }}", "left"),
            Column("项目负责人\n（证书编号）", 44, "{{ 人.项目经理 }}\n{{ 人.证书编号 }}"),
        ),
    ),
    Rows(
        "人 in 候选人",
        (
            Column("名次", 18, "{{ 人.名次 }}"),
            Column("响应招标文件要求的资格能力条件", 138, "{{ 人.资格 }}", "left"),
        ),
    ),
    heading("二、评标情况"),
    Text("{{ 评标情况 }}"),
    heading("三、被否决的投标"),
    Rows(
        "投 in 被否决的投标",
        (Column("投标人", 60, "{{ 投.投标人 }}", "left"), Column("否决理由", 96, "{{ 投.理由 }}", "left")),
        empty="没有被否决的投标",
    ),
)

REMEDIES = (
    heading("四、公示期"),
    Text("自{{ 公示日期 }}起至{{ 公示截止日期 }}24时止。公示期满前不定标。"),
    heading("五、提出异议的渠道"),
    Text(
        "投标人或者其他利害关系人对评标结果有异议的，应当在公示期间提出。招标人自收到异议之日起三日内作出答复；作出答复"
        "前，暂停招标投标活动。对答复不满意的，可以依法向行政监督部门投诉。"
    ),
    Facts(
        (
            ("异议受理", "{{ 异议联系 }}"),
            ("行政监督部门", "{{ 行政监督部门 }}"),
            ("监督电话", "{{ 监督电话 }}"),
        )
    ),
    *closing("特此公示。", "{{ 建设单位 }}", "{{ 公示日期 }}"),
)

CANDIDATE_NOTICE = Paper("招标编号：{{ 招标编号 }}", CANDIDATES + REMEDIES, compact=True)
