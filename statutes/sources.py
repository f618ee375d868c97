"""The instruments that the rules come from, and how a provision of one is cited."""

import re
from dataclasses import dataclass
from datetime import date

# For instruments whose first day is not on record here: far enough back for any act that the register can hold.
OPEN_PAST = date(2000, 1, 1)

READ, PARTS_READ, EXCERPT, UNREAD, OURS = "已核全文", "已核条文", "仅见摘录", "未见原文", "本局或者通行做法"


@dataclass(frozen=True)
class Source:
    title: str
    title_en: str
    state: str  # how far the text itself has been read
    since: date = OPEN_PAST
    until: date | None = None
    number: str = ""  # document number or version, as printed behind the title

    @property
    def name(self) -> str:
        return f"《{self.title}》{self.number and f'（{self.number}）'}" if self.state != OURS else self.title


SOURCES = {
    # Statutes
    "TBL": Source("中华人民共和国招标投标法", "Tendering and Bidding Law", READ),
    "GPL": Source("中华人民共和国政府采购法", "Government Procurement Law", READ),
    "URP": Source("中华人民共和国城乡规划法", "Urban and Rural Planning Law", PARTS_READ),
    "ALL": Source("中华人民共和国行政许可法", "Administrative Licensing Law", PARTS_READ),
    "CC": Source("中华人民共和国民法典", "Civil Code", PARTS_READ, date(2021, 1, 1)),
    "BL": Source("中华人民共和国建筑法", "Construction Law", PARTS_READ, date(2019, 4, 23)),
    "BUDGET": Source("中华人民共和国预算法", "Budget Law", PARTS_READ),
    "AUDIT": Source("中华人民共和国审计法", "Audit Law", PARTS_READ),
    "PRICE": Source("中华人民共和国价格法", "Price Law", UNREAD),
    "ESL": Source("中华人民共和国电子签名法", "Electronic Signature Law", PARTS_READ),
    "GOV-DISCIPLINE": Source(
        "中华人民共和国公职人员政务处分法",
        "Law on Administrative Sanctions for Public Officials",
        PARTS_READ,
        date(2020, 7, 1),
    ),
    # Regulations of the State Council
    "TBR": Source(
        "中华人民共和国招标投标法实施条例",
        "Regulations for the Implementation of the Tendering and Bidding Law",
        READ,
        date(2012, 2, 1),
    ),
    "GPR": Source(
        "中华人民共和国政府采购法实施条例",
        "Regulations for the Implementation of the Government Procurement Law",
        READ,
        date(2015, 3, 1),
    ),
    "MDD": Source(
        "重大行政决策程序暂行条例",
        "Interim Regulations on Major Administrative Decision-Making Procedures",
        READ,
        date(2019, 9, 1),
    ),
    "OGI": Source(
        "中华人民共和国政府信息公开条例",
        "Regulations on Open Government Information",
        READ,
        date(2019, 5, 15),
    ),
    "GIR": Source("政府投资条例", "Government Investment Regulations", READ, date(2019, 7, 1)),
    "FCR": Source("公平竞争审查条例", "Fair Competition Review Regulations", READ, date(2024, 8, 1)),
    "SME": Source(
        "保障中小企业款项支付条例",
        "Regulations on Ensuring Payments to Small and Medium-sized Enterprises",
        READ,
        date(2025, 6, 1),
    ),
    "MWR": Source(
        "保障农民工工资支付条例",
        "Regulations on Ensuring Wage Payments to Migrant Workers",
        PARTS_READ,
        date(2020, 5, 1),
    ),
    "CQR": Source(
        "建设工程质量管理条例",
        "Regulations on the Quality Management of Construction Projects",
        PARTS_READ,
    ),
    "MART": Source("烈士褒扬条例", "Regulations on Honouring Martyrs", PARTS_READ, date(2025, 1, 1)),
    "BZ97": Source(
        "殡葬管理条例",
        "Funeral and Interment Regulations (1997)",
        PARTS_READ,
        until=date(2026, 3, 29),
        number="1997年国务院令第225号",
    ),
    "BZ26": Source(
        "殡葬管理条例",
        "Funeral and Interment Regulations (revised 2026)",
        EXCERPT,
        date(2026, 3, 30),
        number="2026年修订",
    ),
    "OFFICE": Source(
        "机关事务管理条例",
        "Regulations on the Administration of Government Offices' Affairs",
        PARTS_READ,
        date(2012, 10, 1),
    ),
    "PETITION": Source(
        "信访工作条例", "Regulations on the Handling of Letters and Visits", PARTS_READ, date(2022, 5, 1)
    ),
    # Rules of ministries, and judicial interpretation
    "E20": Source("电子招标投标办法", "Measures for Electronic Tendering and Bidding", READ, date(2013, 5, 1)),
    "MF87": Source(
        "政府采购货物和服务招标投标管理办法",
        "Measures for Tendering of Goods and Services in Government Procurement",
        READ,
        date(2017, 10, 1),
        number="财政部令第87号",
    ),
    "MF101": Source(
        "政府采购信息发布管理办法",
        "Measures for the Publication of Government Procurement Information",
        UNREAD,
        date(2020, 3, 1),
    ),
    "MF74": Source(
        "政府采购非招标采购方式管理办法",
        "Measures for Non-tender Methods of Government Procurement",
        UNREAD,
        date(2014, 2, 1),
        number="财政部令第74号",
    ),
    "CONSULTATION": Source(
        "政府采购竞争性磋商采购方式管理暂行办法",
        "Interim Measures for Competitive Consultation in Government Procurement",
        UNREAD,
        date(2014, 12, 31),
        number="财库〔2014〕214号",
    ),
    "FC16": Source(
        "招标投标领域公平竞争审查规则",
        "Fair Competition Review Rules in the Field of Tendering and Bidding",
        READ,
        date(2024, 5, 1),
    ),
    "O10": Source(
        "招标公告和公示信息发布管理办法",
        "Measures for the Publication of Tender Announcements and Publicity",
        EXCERPT,
        date(2018, 1, 1),
    ),
    "O16": Source(
        "必须招标的工程项目规定",
        "Provisions on Engineering Projects Subject to Mandatory Tendering",
        UNREAD,
        date(2018, 6, 1),
    ),
    "M30": Source(
        "工程建设项目施工招标投标办法",
        "Measures for the Tendering of Construction of Engineering Projects",
        UNREAD,
    ),
    "M12": Source(
        "评标委员会和评标方法暂行规定",
        "Interim Provisions on Bid Evaluation Committees and Methods",
        UNREAD,
    ),
    "SPC1": Source(
        "最高人民法院关于审理建设工程施工合同纠纷案件适用法律问题的解释（一）",
        "Supreme People's Court Interpretation (I) on Disputes over Construction Contracts",
        PARTS_READ,
        date(2021, 1, 1),
    ),
    # Normative documents
    "1117": Source(
        "关于严格执行招标投标法规制度进一步规范招标投标主体行为的若干意见",
        "Opinions on Strictly Implementing the Tendering System",
        READ,
        date(2022, 9, 1),
        date(2027, 8, 31),
        "发改法规规〔2022〕1117号",
    ),
    "1358": Source(
        "招标人主体责任履行指引",
        "Guidelines on the Responsibilities of Tenderers",
        PARTS_READ,
        date(2025, 10, 29),
        number="发改法规〔2025〕1358号",
    ),
    "183": Source(
        "关于完善建设工程价款结算有关办法的通知",
        "Notice on Improving the Settlement of Construction Payments",
        READ,
        date(2022, 8, 1),
        number="财建〔2022〕183号",
    ),
    "138": Source(
        "建设工程质量保证金管理办法",
        "Measures for the Administration of Construction Quality Deposits",
        UNREAD,
        number="建质〔2017〕138号",
    ),
    "INTENTION": Source(
        "关于开展政府采购意向公开工作的通知",
        "Notice on the Publication of Procurement Intentions",
        UNREAD,
        number="财库〔2020〕10号",
    ),
    "SC21": Source(
        "关于创新完善体制机制推动招标投标市场规范健康发展的意见",
        "Opinions on Innovating Mechanisms for the Tendering Market",
        EXCERPT,
        number="国办发〔2024〕21号",
    ),
    "DIR-MP": Source(
        "重大建设项目领域基层政务公开标准目录",
        "Standard Disclosure Catalogue for Major Construction Projects",
        EXCERPT,
    ),
    "DIR-TR": Source(
        "公共资源交易领域基层政务公开标准目录",
        "Standard Disclosure Catalogue for Public Resource Trading",
        EXCERPT,
    ),
    "DIR-SA": Source(
        "社会救助领域基层政务公开标准目录",
        "Standard Disclosure Catalogue for Social Assistance",
        EXCERPT,
    ),
    # Of one province
    "SD-PLAN": Source(
        "山东省城乡规划条例", "Shandong Urban and Rural Planning Regulations", PARTS_READ, date(2012, 12, 1)
    ),
    "HA-PLAN": Source(
        "河南省实施〈中华人民共和国城乡规划法〉办法",
        "Henan Measures for the Implementation of the Urban and Rural Planning Law",
        PARTS_READ,
        date(2010, 12, 1),
    ),
    "CQ-TENDER": Source("重庆市招标投标条例", "Chongqing Tendering Regulations", PARTS_READ, date(2016, 9, 1)),
    # No text of general application
    "LOCAL": Source("所在地的规定", "Local provisions", OURS),
    "PRACTICE": Source("通行做法", "Common practice", OURS),
    "BUREAU": Source("本局办事流程", "Procedure of this bureau", OURS),
}

PROVISION = re.compile(r"(?P<articles>\d+(?:-\d+)?)(?P<paragraphs>(?:¶\d+)*)(?P<items>(?:#\d+)*)|§(?P<section>\d+)")


def cite(references: str) -> tuple[str, str]:
    """
    Return the citation of provisions in full, in Chinese and in English.

    References are a source's key and its provisions, as in ``TBR 15¶3, 63¶1#2; E20 26-27; 1117 §5``: articles, then
    ¶ for 款, # for 项, § for a numbered section of a document.

    :raises KeyError: if there is no such source
    :raises ValueError: if a provision is written otherwise
    """
    cited = [_cite_source(*reference.partition(" ")[::2]) for reference in references.split("; ")]
    return "；".join(chinese for chinese, _ in cited), "; ".join(english for _, english in cited)


def sources_of(references: str) -> list[Source]:
    return [SOURCES[reference.partition(" ")[0]] for reference in references.split("; ")]


def numeral(number: int) -> str:
    """Return the Chinese numeral of an article, 1 to 9999: 十四, 二十, 一百零三, 七百九十九."""
    figures = str(number)
    places = ("千", "百", "十", "")[-len(figures) :]
    written = "".join(
        "零" if f == "0" else "零一二三四五六七八九"[int(f)] + p for f, p in zip(figures, places, strict=True)
    )
    written = re.sub("零+", "零", written).rstrip("零")
    return written.removeprefix("一") if 10 <= number < 20 else written


def _cite_source(key: str, provisions: str) -> tuple[str, str]:
    source = SOURCES[key]
    if not provisions:
        return source.name, source.title_en
    cited = [_cite_provision(provision) for provision in provisions.split(", ")]
    chinese = "、".join(chinese for chinese, _ in cited)
    return source.name + chinese, f"{source.title_en}, {', '.join(english for _, english in cited)}"


def _cite_provision(provision: str) -> tuple[str, str]:
    match = PROVISION.fullmatch(provision)
    if not match:
        raise ValueError(f"not a provision: {provision!r}")
    if section := match["section"]:
        return f"第（{numeral(int(section))}）条", f"sec. {section}"
    articles = [int(article) for article in match["articles"].split("-")]
    between = "至" if articles[-1] - articles[0] > 1 else "、"
    chinese = between.join(f"第{numeral(article)}条" for article in articles)
    english = f"{'arts.' if len(articles) > 1 else 'art.'} {match['articles']}"
    for mark, unit, word in (("¶", "款", "para."), ("#", "项", "item")):
        if numbers := re.findall(rf"{mark}(\d+)", provision):
            chinese += "、".join(f"第{numeral(int(number))}{unit}" for number in numbers)
            english += f" {word} {', '.join(numbers)}"
    return chinese, english
