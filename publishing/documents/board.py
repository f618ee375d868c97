"""
The sheet for notice boards, under "four unifieds": one template, one content, one make, one posting.

The notice's words go into the sheet as data. The same notice gives the same bytes, for whoever compares two copies.
"""

import io
import json
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import segno
from django.conf import settings
from django.utils import translation

from publishing.documents.wording import day, moment
from publishing.models import Notice
from tenders.law import day as day_of

PROGRAM = Path(__file__).with_name("typesetting.py")
LONGEST = 60.0  # seconds
SIZES = ("a4", "a3")
SHORTEST_DAYS = 10  # 本局公开栏管理办法（四统一）: what has no period of its own hangs for so long
# Acts that open a period of their own, and the fact that tells its last day
PERIODS = dict.fromkeys(
    ("step.publish_plan", "step.publish_again", "step.open_comments", "period.extended", "period.shortened"),
    "closes_on",
) | {"step.publish_prequalification": "due_at", "step.announce_tender": "bids_due_at"}
FINGERPRINT_GROUP, GROUPS_IN_LINE = 8, 4


def board_sheet(notice: Notice, size: str) -> bytes:
    """
    Return a notice as a PDF to be put up, accessible by PDF/UA-1. ``size`` is one of ``SIZES``.

    :raises subprocess.SubprocessError: if it cannot be set, or not within a minute
    """
    with translation.override("zh-hans"):
        words = contents(notice) | {"size": size}
    asked = json.dumps({"words": words, "timestamp": int(notice.at.timestamp())}).encode()
    command = [sys.executable, "-I", str(PROGRAM)]
    return subprocess.run(command, input=asked, capture_output=True, check=True, timeout=LONGEST).stdout  # noqa: S603, our own program


def contents(notice: Notice) -> dict[str, object]:
    """Return all words of a sheet. The notice's own come in its lines; the title is printed above if they lack it."""
    address = f"{settings.SITE_URL}{notice.address}"
    lines = notice.body.splitlines()
    lines = lines[1:] if lines[:1] == [notice.title] else lines
    owner = notice.project.owner.name
    return {
        "title": notice.title,
        "owner": owner,
        "kind": "政务公开栏",
        "number": f"公开第{notice.pk}号",
        "period": f"张贴期限：{day(day_of(notice.at))}至{day(last_day(notice))}",
        "demo": "演示：内容为虚构，不具有法律效力" if settings.DEMO else "",
        "lines": lines,
        "qr": qr_code(address),
        "qr_alt": f"二维码，打开{address}",
        "scan": "扫码看原文、看有没有更正，并可自己核对：",
        "address": address,
        "fingerprint_label": "正文指纹（SHA-256），与网站、邮件等各渠道相同：",
        "fingerprint": grouped(notice.sha256),
        "contact": f"联系电话：{notice.project.contact_phone or settings.SITE['phone']}　"
        f"监督电话：{notice.project.hotline}",
        "columns": ["张贴地点", "张贴日期", "撤下日期", "张贴人签字"],
        "places": settings.BOARD_PLACES,
        "foot": f"{owner}　公开第{notice.pk}号　公布时间{moment(notice.at)}　统一版式，张贴时不得涂改、裁剪",
    }


def last_day(notice: Notice) -> date:
    """Return until when the sheet is to hang: to the end of the period that the act opens, at least ten days."""
    posted_on = day_of(notice.at)
    shortest = posted_on + timedelta(days=SHORTEST_DAYS)
    stated = notice.entry.facts.get(PERIODS.get(notice.entry.kind, ""))
    return max(shortest, date.fromisoformat(stated[:10])) if stated else shortest


def qr_code(address: str) -> str:
    """Return a code as SVG that survives a scratch on the glass of the board (level Q)."""
    drawn = io.BytesIO()
    segno.make_qr(address, error="q").save(drawn, kind="svg", border=4, xmldecl=False)
    return drawn.getvalue().decode()


def grouped(digest: str) -> list[str]:
    """Return a digest in lines of groups that an eye can compare."""
    groups = [digest[i : i + FINGERPRINT_GROUP] for i in range(0, len(digest), FINGERPRINT_GROUP)]
    return [" ".join(groups[i : i + GROUPS_IN_LINE]) for i in range(0, len(groups), GROUPS_IN_LINE)]
