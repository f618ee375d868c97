"""The rules as a document to read: ``python -m statutes.table > docs/law.md``."""

import sys

from statutes.rule import Rule
from statutes.tables import CHAPTERS

HEAD = """\
# 规则表 · Table of rules

由 `python -m statutes.table` 生成，请勿手改。Generated; do not edit.

本表是平台据以计算期限、检查条件的全部规则。仅供核对，不是法律意见。
编号带“.2”等后缀的，是同一规则的另一数值。要求：至少（期间不得短于）、限期（应当在其内办理）、提前（应当早于）、上限、条件、保密。
核实：C 已核对全文；P 见于摘录或者转述；K 凭知识列入；U 存疑。K、U 在页面上标注“待核实”。
地区为行政区划代码的前几位，空白为全国；地方规定优先于国家规定。

期间按《中华人民共和国民法典》第二百零一条至第二百零三条计算：开始的当日不计入，最后一日是休息日的顺延；“工作日”按国务院办公厅每年公布的放假安排计算。
安排尚未公布的年份，日期为暂定：公众的期间宁长勿短，本局的期限宁早勿晚。
"""
COLUMNS = "| 编号 | 事项 | 要求 | 数值 | 依据 · Basis | 核实 | 施行 | 失效 | 地区 | 说明 |\n" + "|---" * 10 + "|\n"


def markdown() -> str:
    """Return the text of docs/law.md."""
    chapters = (
        f"\n## {title}\n\n{COLUMNS}{''.join(_line(rule) for rule in chapter)}" for title, chapter in CHAPTERS.items()
    )
    return HEAD + "".join(chapters)


def _line(rule: Rule) -> str:
    cells = (
        rule.id,
        rule.title,
        rule.direction.value,
        rule.figure,
        f"{rule.citation}<br>{rule.citation_en}",
        rule.confidence.value,
        rule.applies_from.isoformat(),
        rule.applies_until.isoformat() if rule.applies_until else "",
        rule.region,
        rule.note,
    )
    return f"| {' | '.join(cells)} |\n"


if __name__ == "__main__":
    sys.stdout.write(markdown())
