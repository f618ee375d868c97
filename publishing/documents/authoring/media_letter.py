"""新闻媒体刊播函: asks the press to carry a notice as it stands, with a slip that comes back as proof."""

from publishing.documents.authoring.blocks import Facts, Text, When, closing, numbered, part, title
from publishing.documents.authoring.paper import Paper

LETTER = (
    title("新闻媒体刊播函"),
    numbered("编号：{{ 函号 }}"),
    Text("{{ 媒体名称 }}：", "顶格正文"),
    Text(
        "为保障公众的知情权、参与权和监督权，我单位于{{ 公布时间 }}发布了《{{ 公告标题 }}》。根据《中华人民共和国政府"
        "信息公开条例》第二十三条的规定，请贵单位协助{{ 方式 }}，有关事项函告如下："
    ),
    Facts(
        (
            ("方式", "{{ 方式 }}，共{{ 次数 }}次"),
            ("期限", "{{ 开始日期 }}至{{ 结束日期 }}"),
            (
                "内容",
                "公告正文见附件1。同一公告在各渠道的内容应当一致，请勿增删改动；版面、时段不够的，请先与我单位联系。",
            ),
            ("网上原文", "{{ 网上地址 }}"),
            ("正文指纹", "{{ 正文指纹 }}"),
            ("联系人", "{{ 联系人 }}，电话{{ 联系电话 }}"),
        )
    ),
    Text("附件：1.公告正文　2.刊播回执{% if 有短稿 %}　3.{% if 播出 %}口播稿{% else %}见报稿{% endif %}{% endif %}"),
    *closing("请予支持，刊播后请填写回执退回我单位。", "{{ 建设单位 }}", "{{ 发函日期 }}"),
    part("附件1　公告正文", on_new_page=True),
    Text("{{ 公告正文 }}", "顶格正文"),
)

SLIP = (
    part("附件2", on_new_page=True),
    title("刊播回执"),
    numbered("编号：{{ 函号 }}"),
    Text("{{ 建设单位 }}：", "顶格正文"),
    Text("贵单位《{{ 公告标题 }}》（公开第{{ 公告号 }}号）我单位已经{{ 方式 }}，情况如下："),
    Facts(
        (
            ("日期（期号）", "　　　　年　　月　　日（第　　　　期）"),
            ("版面或者时段", "　"),
            ("与来函正文", "□ 一致　　□ 有删节（请附刊播件）"),
            ("附件", "□ 样报或者剪报　　□ 播出证明　　□ 网页截图"),
            ("经办人及电话", "　"),
        )
    ),
    *closing("特此回复。", "{{ 媒体名称 }}（盖章）", "　　　　年　　月　　日"),
)

SHORT = (
    When(
        "有短稿 and 播出",
        (
            part("附件3　口播稿（30秒）", on_new_page=True),
            numbered("共{{ 字数 }}字，按每秒四字多一点，30秒可以播完"),
            Text("{{ 短稿 }}", "顶格正文"),
        ),
    ),
    When(
        "有短稿 and not 播出",
        (
            part("附件3　见报稿", on_new_page=True),
            numbered("版面放不下公告全文时用；请同时刊登网址，便于公众看全文"),
            Text("{{ 短稿 }}", "顶格正文"),
        ),
    ),
)

MEDIA_LETTER = Paper("编号：{{ 函号 }}", LETTER + SLIP + SHORT)
