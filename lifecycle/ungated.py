"""
Rules that no gate keeps, and why: mostly because nothing that can be done here could break them.

A rule is either in this list or has a gate and a test at its border; a test holds ``docs/gates.md`` to that.
"""

REASONS: dict[str, str] = {
    "TB-02": "公告由发布的那一次操作同时送往所有渠道；法定媒介的登记有凭证，迟发自动报警",
    "TB-17": "插手干预的登记、报告是机关内部的纪律程序，不是本平台的办理事项",
    "FC-03": "只约束制定政策措施；本平台不制定政策措施",
}
