"""
Rules that no gate keeps, and why: mostly because nothing that can be done here could break them.

A rule is either in this list or has a gate and a test at its border; a test holds ``docs/gates.md`` to that.
"""

_NO_PREQUALIFICATION = "本平台只办资格后审的招标，没有资格预审程序。"

REASONS: dict[str, str] = {
    "TB-04": _NO_PREQUALIFICATION,
    "TB-06.2": _NO_PREQUALIFICATION,
    "TB-07": "澄清、修改由发布它的那一次办理同时公告在项目页、公告栏和全部订阅渠道；不登记谁下载，所以没有人会被漏掉。",
    "TB-14": _NO_PREQUALIFICATION,
    "OB-01": _NO_PREQUALIFICATION,
    "OB-11": "异议和答复都在本平台办理，进展随办理公开，提出人另凭回执码查看。",
    "GP-02": _NO_PREQUALIFICATION,
}
