"""异议答复书 (D23): what is handed to the objector alone. The public reads its summary."""

from publishing.documents.authoring.blocks import Facts, Text, closing, heading, numbered, title
from publishing.documents.authoring.paper import Paper

OBJECTION_ANSWER = Paper(
    "招标编号：{{ 招标编号 }}",
    (
        title("{{ 文种 }}答复书"),
        numbered("招标编号：{{ 招标编号 }}　第{{ 序号 }}号{{ 文种 }}　回执码：{{ 回执码 }}"),
        Text("{{ 异议人 }}：", "顶格正文"),
        Text("你单位（{{ 身份 }}）对{{ 招标项目 }}提出的{{ 类别 }}，我单位于{{ 收到时间 }}收到。现答复如下："),
        heading("一、{{ 文种 }}事项"),
        Text("{{ 内容 }}"),
        Text("证据和线索：{{ 证据 }}"),
        heading("二、暂停情况"),
        Text("{{ 暂停情况 }}"),
        heading("三、答复"),
        Text("{{ 答复 }}"),
        Facts((("结论", "{{ 结论 }}"), ("处理措施", "{{ 处理措施 }}"), ("公开的摘要", "{{ 公开摘要 }}"))),
        heading("四、救济途径"),
        Text("对本答复不满意的，可以在{{ 投诉截止日期 }}以前，向行政监督部门投诉：{{ 行政监督部门 }}。"),
        *closing("特此答复。", "{{ 建设单位 }}", "{{ 答复日期 }}"),
    ),
)
