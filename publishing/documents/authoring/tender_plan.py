"""招标计划 or 政府采购意向: what will be tendered, how, for how much and when; a forecast that may still change."""

from publishing.documents.authoring.blocks import Facts, Text, closing, heading, numbered, title
from publishing.documents.authoring.paper import Paper

BLOCKS = (
    title("{{ 招标项目 }}", "{{ 文种 }}"),
    numbered("项目编号：{{ 项目编号 }}"),
    Text("为便于供应商了解情况、早作准备，现将{{ 招标项目 }}的{{ 文种 }}公布如下："),
    heading("一、计划内容"),
    Facts(
        (
            ("招标人（采购人）", "{{ 建设单位 }}"),
            ("项目代码", "{{ 项目代码 }}"),
            ("标段", "第{{ 标段号 }}标段　{{ 标段名称 }}"),
            ("类别", "{{ 类别 }}"),
            ("适用程序", "{{ 适用程序 }}"),
            ("采购方式", "{{ 招标方式 }}"),
            ("内容和范围", "{{ 招标范围 }}"),
            ("估算价（预算）", "{{ 估算价 }}"),
            ("资金来源", "{{ 资金来源 }}"),
            ("计划日期", "{{ 计划日期 }}"),
        )
    ),
    heading("二、联系方式"),
    Facts((("联系人", "{{ 联系人 }}"), ("联系电话", "{{ 联系电话 }}"), ("来信地址", "{{ 来信地址 }}"))),
    Text("本计划是初步安排，以后发布的招标公告（采购公告）和招标文件（采购文件）为准。"),
    *closing("特此公布。", "{{ 建设单位 }}", "{{ 公布日期 }}"),
)

TENDER_PLAN = Paper("项目编号：{{ 项目编号 }}", BLOCKS)
