"""
The list of comments as files for tables and machines: CSV, XLSX, JSON. Only what the page shows is in them.

The whole list lies beside the pages, so that it can be had while the database is down; a filtered one is made anew.
"""

import csv
import io
import json
import math
import re
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import IO, Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from publishing.output import file_of, name, write
from publishing.pages.comment_rows import PublicComment
from tenders.models import Project

BYTE_ORDER_MARK = "\ufeff"  # without it a spreadsheet program takes the file for GBK
# A cell that begins with one of these would be computed by the program that opens it.
FORMULA = re.compile(r"^[\s\0]*[=+\-@＝＋－＠|%]|^[\t\r\n]")
FIRST_MOMENT = datetime(2026, 1, 1)  # noqa: DTZ001, a workbook's moments have no zone
CORE = "docProps/core.xml"
MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


def address_of(project: Project, kind: str) -> str:
    return f"/projects/{project.number}/comments.{kind}"


def publish_lists(project: Project, comments: Sequence[PublicComment]) -> None:
    """Write the whole list in each form. A workbook takes longest, and is kept if the plain table has not changed."""
    with translation.override("zh-hans"):
        changed = write(address_of(project, "csv"), "".join(csv_lines(comments)).encode())
        write(address_of(project, "json"), as_json(comments, len(comments), len(comments)).encode())
        xlsx = address_of(project, "xlsx")
        if changed or not file_of(xlsx).is_file():
            table = io.BytesIO()
            write_xlsx(comments, table)
            write(xlsx, table.getvalue())
        else:
            name(xlsx)


# -- tables ------------------------------------------------------------------------------------------------------------


def columns() -> dict[str, Callable[[PublicComment], Any]]:
    """Return the titles of the columns in the active language, and what stands in each."""
    return {
        _("轮次"): lambda comment: comment.round,
        _("编号"): lambda comment: comment.number,
        _("公开情况"): lambda comment: comment.state_label,
        _("遮盖或者不公开的理由"): lambda comment: comment.ground_label,
        _("收到时间"): lambda comment: _moment(comment.received_at),
        _("来源"): lambda comment: comment.channel_label,
        _("态度"): lambda comment: comment.stance_label,
        _("方面"): lambda comment: comment.topics_label,
        _("意见"): lambda comment: comment.words,
        _("结果"): lambda comment: comment.answer.get_outcome_display() if comment.answer else "",
        _("答复与理由"): lambda comment: comment.answer.text if comment.answer else "",
        _("方案因此作出的改动"): lambda comment: comment.answer.change if comment.answer else "",
        _("答复时间"): lambda comment: _moment(comment.answer.answered_at) if comment.answer else "",
        _("网址"): lambda comment: settings.SITE_URL + comment.address,
    }


def _moment(at: Any) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M:%S")


def cells(comments: Iterable[PublicComment]) -> Iterator[list[Any]]:
    """Yield the rows of the table, the titles first. No cell is a formula, and none breaks the file."""
    table = columns()
    yield list(table)
    for comment in comments:
        yield [safe(read(comment)) for read in table.values()]


def safe(value: Any) -> Any:
    """Return a text that no spreadsheet program computes: with an apostrophe before what would begin a formula."""
    if not isinstance(value, str):
        return value
    text = ILLEGAL_CHARACTERS_RE.sub("", value)
    return f"'{text}" if FORMULA.match(text) else text


def csv_lines(comments: Iterable[PublicComment]) -> Iterator[str]:
    """Yield the lines of a CSV file (RFC 4180), one row at a time."""
    line = io.StringIO()
    writer = csv.writer(line)
    yield BYTE_ORDER_MARK
    for row in cells(comments):
        writer.writerow(row)
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def write_xlsx(comments: Iterable[PublicComment], file: IO[bytes]) -> None:
    """Write a workbook with one sheet, row by row. The same comments give the same bytes."""
    book = Workbook(write_only=True)
    book.properties.created = FIRST_MOMENT
    sheet = book.create_sheet(_("意见"))
    sheet.freeze_panes = "A2"
    for row in cells(comments):
        sheet.append(row)
    with tempfile.TemporaryFile() as dated:
        book.save(dated)
        _without_times(dated, file)


def _without_times(dated: IO[bytes], file: IO[bytes]) -> None:
    """Copy a workbook without the moments of its writing: the program puts them on every part, and into one."""
    with zipfile.ZipFile(dated) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            content = MODIFIED.sub(rb"\g<1>2026-01-01T00:00:00Z", old.read(part)) if part == CORE else old.read(part)
            new.writestr(zipfile.ZipInfo(part), content, zipfile.ZIP_DEFLATED)


# -- data --------------------------------------------------------------------------------------------------------------


def as_json(comments: Sequence[PublicComment], total: int, available: int, *, per_page: int = 0, page: int = 1) -> str:
    """
    Return a page of the list as data, with the counts of what is in it.

    ``total`` is the number of comments asked for, ``available`` that of all which the public may read of.
    """
    per_page = per_page or max(total, 1)
    told = {
        "pagination": {
            "resultsPerPage": per_page,
            "currentPage": page,
            "totalPages": math.ceil(total / per_page) or 1,
            "totalResults": total,
            "totalAvailableItems": available,
        },
        "summary": summary(comments),
        "comments": [data_of(comment) for comment in comments],
    }
    return json.dumps(told, ensure_ascii=False, indent=1)


def summary(comments: Sequence[PublicComment]) -> dict[str, Any]:
    """Count stances among what is shown, and outcomes."""
    return {
        "totalComments": len(comments),
        "sentiment": _counted(comment.stance or "none" for comment in comments if not comment.is_withheld),
        "outcome": _counted(comment.answer.outcome if comment.answer else "waiting" for comment in comments),
        "state": _counted(comment.state for comment in comments),
    }


def _counted(codes: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(codes).items()))


def data_of(comment: PublicComment) -> dict[str, Any]:
    """Return a comment as data. What is not named is not public."""
    answer = comment.answer
    return {
        "id": comment.id,
        "round": comment.round,
        "number": comment.number,
        "state": comment.state,
        "ground": comment.ground or None,
        "receivedAt": timezone.localtime(comment.received_at).isoformat(),
        "channel": comment.channel,
        "sentiment": comment.stance or None,
        "topics": list(comment.topics),
        "comment": comment.words or None,
        "outcome": answer and answer.outcome,
        "reply": answer and answer.text,
        "change": answer.change or None if answer else None,
        "repliedAt": answer and timezone.localtime(answer.answered_at).isoformat(),
        "handlings": [
            {"entry": handling.entry.seq, "kind": handling.entry.kind, "at": handling.entry.at.isoformat()}
            for handling in comment.handlings
        ],
        "url": settings.SITE_URL + comment.address,
    }
