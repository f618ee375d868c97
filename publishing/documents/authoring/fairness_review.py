"""公平竞争审查表: each clause with its result and remark, the conclusion, who reviewed, and of which files."""

from publishing.documents.authoring.blocks import Column, Facts, Rows, Text, closing, heading, numbered, title
from publishing.documents.authoring.paper import Paper

BLOCKS = (
    title("{{ 招标项目 }}", "公平竞争审查表"),
    numbered("招标编号：{{ 招标编号 }}"),
    Text(
        "招标人编制的招标公告和招标文件，在发布前参照《招标投标领域公平竞争审查规则》进行公平竞争审查。这是第"
        "{{ 审查次数 }}次审查。下表每一条写明的是应当做到的情形，“符合”即已经做到。"
    ),
    heading("一、逐条审查"),
    Rows(
        "条 in 审查条目",
        (
            Column("序号", 12, "{{ 条.序号 }}"),
            Column("审查内容", 80, "{{ 条.内容 }}", "left"),
            Column("结果", 20, "{{ 条.结果 }}"),
            Column("说明", 44, "{{ 条.说明 }}", "left"),
        ),
    ),
    heading("二、审查结论"),
    Facts(
        (
            ("结论", "{{ 审查结论 }}"),
            ("适用例外的理由", "{{ 例外理由 }}"),
            ("审查岗位", "{{ 审查岗位 }}"),
            ("审查时间", "{{ 审查时间 }}"),
            ("举报渠道", "{{ 举报渠道 }}"),
        )
    ),
    heading("三、审查的文件"),
    Text("本次审查的招标文件如下，表中指纹为文件的SHA-256值；文件或者公告有任何改动，本次审查即失效，须重新审查。"),
    Rows(
        "文件 in 招标文件",
        (Column("名称", 60, "{{ 文件.名称 }}", "left"), Column("指纹", 96, "{{ 文件.指纹 }}", "left")),
        empty="审查时还没有上传招标文件",
    ),
    *closing("　", "{{ 建设单位 }}", "{{ 审查时间 }}"),
)

FAIRNESS_REVIEW = Paper("招标编号：{{ 招标编号 }}", BLOCKS)
