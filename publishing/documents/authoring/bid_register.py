"""投标文件签收登记表: 《招标投标法实施条例》第三十六条 asks for the time of delivery and the state of the seal."""

from publishing.documents.authoring.blocks import Column, Facts, Rows, Text, When, numbered, title
from publishing.documents.authoring.paper import Paper

NUMBER = Column("序号", 12, "{{ 行.序号 }}")
ARRIVED = Column("送达时间", 32, "{{ 行.送达日期 }}\n{{ 行.送达时刻 }}")
ENVELOPES = Column("封套", 14, "{{ 行.封套 }}")
CAME_BY, TAKEN_BY = Column("递交人", 20, "{{ 行.递交人 }}"), Column("签收人", 20, "{{ 行.签收人 }}")
OUTCOME = Column("结果", 41, "{{ 行.结果 }}", "left")


def bidder(width_mm: int) -> Column:
    return Column("投标人\n（统一社会信用代码）", width_mm, "{{ 行.投标人 }}\n{{ 行.代码 }}", "left")


def seal(width_mm: int) -> Column:
    return Column("密封情况", width_mm, "{{ 行.密封 }}", "left")


PUBLIC = (
    NUMBER, bidder(60), Column("形式", 14, "{{ 行.形式 }}"), ARRIVED, ENVELOPES, seal(44), CAME_BY, TAKEN_BY, OUTCOME,
)  # fmt: skip
TO_SIGN = (
    NUMBER, bidder(52), ARRIVED, ENVELOPES, seal(36), CAME_BY, Column("递交人签字", 30, "　\n　"), TAKEN_BY, OUTCOME,
)  # fmt: skip

BID_REGISTER = Paper(
    "招标编号：{{ 招标编号 }}",
    (
        title("{{ 招标项目 }}投标文件签收登记表"),
        numbered("招标编号：{{ 招标编号 }}"),
        Facts(
            (("投标截止时间", "{{ 投标截止时间 }}", "递交地点", "{{ 开标地点 }}"),),
            widths_mm=(32, 97, 32, 96),
        ),
        When(
            "签字稿",
            (
                Rows("行 in 登记", TO_SIGN, empty="没有投标文件送达"),
                Text("签收人（签字）：　　　　　　　　　　　监督代表（签字）：　　　　　　　　　　日期："),
            ),
        ),
        When(
            "not 签字稿",
            (
                Rows("行 in 登记", PUBLIC, empty="没有投标文件送达"),
                Text("逾期送达或者未按要求密封的，依法拒收，原封退还。递交人的姓名已作遮盖，签字的原件存入项目档案。"),
                Text("本表于{{ 公布时间 }}随开标记录公布。"),
            ),
        ),
    ),
    landscape=True,
    compact=True,
)
