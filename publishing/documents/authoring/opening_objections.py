"""开标异议记录 (D20): 《招标投标法实施条例》第四十四条第三款."""

from publishing.documents.authoring.blocks import Column, Facts, Rows, Text, When, closing, numbered, title
from publishing.documents.authoring.paper import Paper

OBJECTIONS = (
    title("{{ 招标项目 }}", "开标异议记录"),
    numbered("招标编号：{{ 招标编号 }}"),
    Facts(
        (
            ("开标时间", "{{ 开标时间 }}"),
            ("开标地点", "{{ 开标地点 }}"),
            ("主持人", "{{ 主持人 }}"),
        )
    ),
    Text("投标人对开标有异议的，应当在开标现场提出，招标人当场作出答复，并制作记录。本次开标当场提出的异议如下："),
    Rows(
        "异 in 异议",
        (
            Column("序号", 14, "{{ 异.序号 }}"),
            Column("提出时间", 22, "{{ 异.时间 }}"),
            Column("异议人", 32, "{{ 异.异议人 }}", "left"),
            Column("异议内容", 38, "{{ 异.内容 }}", "left"),
            Column("答复", 28, "{{ 异.答复 }}\n{{ 异.答复时间 }}", "left"),
            Column("结果", 22, "{{ 异.结果 }}"),
        ),
        empty="没有人当场提出异议",
    ),
    When(
        "签字稿",
        (
            Text("异议人（签字）：　　　　　　　　　　　　主持人（签字）：", with_next=True),
            Text("本稿供签字存档，不公开。"),
        ),
    ),
    Text("行政监督部门：{{ 行政监督部门 }}。异议人对答复不满意的，可以依法投诉。"),
    *closing("特此记录。", "{{ 建设单位 }}", "{{ 公布时间 }}"),
)

OPENING_OBJECTIONS = Paper("招标编号：{{ 招标编号 }}", OBJECTIONS, compact=True)
