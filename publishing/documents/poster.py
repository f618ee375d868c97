"""
The poster of a plan: for the street in A0 and A1, for boards in A3, as a notice to take along in A4.

What it says comes from the plan as it was published, never from a draft, but for the preview, which bears a mark that
cannot be overlooked. The same plan gives the same bytes.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models.fields.files import FieldFile
from django.utils import translation

from publishing.documents.board import LONGEST, PROGRAM, qr_code
from publishing.documents.pictures import fitted
from publishing.documents.wording import day as plain_day
from publishing.documents.wording import moment
from publishing.pages.wording import as_day, day

SIZES = ("a0", "a1", "a3", "a4")
PREVIEW, UNSET = "预览", "（待定）"
# How wide the large picture is printed, and how fine: a poster is read from further away than a sheet
WIDTH_MM = {"a0": 752, "a1": 532, "a3": 266, "a4": 188}
DOTS_PER_INCH = {"a0": 100, "a1": 150, "a3": 200, "a4": 250}
SMALL = 47 / 188  # of the width of the large picture
MOST_PICTURES = 3
SCREEN = 96  # pixels to the inch of the A4 that is shown on the desk
# Points of the name on A4, by how many characters it has at most
NAME_POINTS = ((13, 32), (17, 26), (24, 22), (48, 17), (120, 13))
LONGEST_FACT = 150  # characters
FEN_IN_WAN = 1_000_000


@dataclass(frozen=True)
class Picture:
    """A picture of the plan as it is stored, and what it shows."""

    file: FieldFile
    caption: str
    alt: str


@dataclass(frozen=True)
class Told:
    """What a poster tells: a plan as its entry says it, with the last day as it stands. No notice: it is a preview."""

    number: str
    plan: Mapping[str, Any]
    pictures: Sequence[Picture]
    at: datetime
    notice: int | None = None

    @property
    def project(self) -> Mapping[str, Any]:
        return self.plan["project"]


def poster(told: Told, size: str) -> bytes:
    """
    Return the poster as a PDF for print, accessible by PDF/UA-1. ``size`` is one of ``SIZES``.

    :raises subprocess.SubprocessError: if it cannot be set, or not within a minute
    """
    return _set(told, size, pixels_per_inch=0)


def drawn(told: Told) -> bytes:
    """Return the poster as a PNG for the screen."""
    return _set(told, "a4", pixels_per_inch=SCREEN)


def _set(told: Told, size: str, *, pixels_per_inch: int) -> bytes:
    with tempfile.TemporaryDirectory(prefix="poster-") as folder, translation.override("zh-hans"):
        words = words_of(told, size) | {"pictures": _laid_out(told.pictures, size, Path(folder))}
        asked = {"words": words, "timestamp": int(told.at.timestamp()), "folder": folder}
        asked["pixels_per_inch"] = pixels_per_inch
        command = [sys.executable, "-I", str(PROGRAM)]
        return subprocess.run(  # noqa: S603, our own program
            command, input=json.dumps(asked).encode(), capture_output=True, check=True, timeout=LONGEST
        ).stdout


def _laid_out(pictures: Sequence[Picture], size: str, folder: Path) -> list[dict[str, Any]]:
    """Put the pictures into a folder, as large as they are printed. The first is the large one."""
    laid = []
    for number, picture in enumerate(pictures[:MOST_PICTURES]):
        pixels = WIDTH_MM[size] / 25.4 * DOTS_PER_INCH[size] * (SMALL if number else 1)
        content, ratio = fitted(picture.file, round(pixels))
        name = f"{number}.jpg"
        (folder / name).write_bytes(content)
        laid.append({"file": f"/{name}", "ratio": ratio, "alt": picture.alt, "caption": picture.caption})
    return laid


def words_of(told: Told, size: str) -> dict[str, Any]:
    """Return all words of a poster, but for those of its pictures."""
    project, address = told.project, f"{settings.SITE_URL}/projects/{told.number}/comment/"
    again = f"　第{told.plan['round']}轮" if told.plan["round"] > 1 else ""
    name = project["name"]
    return {
        "size": size,
        "title": f"{name}方案公示",
        "owner": project["owner"],
        "kind": f"建设方案公示{again}　征求意见" + ("　【演示：内容为虚构】" if settings.DEMO else ""),
        "watermark": "" if told.notice else PREVIEW,
        "name": name,
        "title_points": next(points for most, points in NAME_POINTS if len(name) <= most),
        "lead": "准备这样建。请您看一看，说说您的意见。",
        "facts": _facts(project),
        "period_label": "征求意见时间",
        "from": f"{day(told.plan['opens_on']) or UNSET}起",
        "until": f"{day(told.plan['closes_on']) or UNSET}24时止",
        "ways": _ways(told),
        "qr": qr_code(address),
        "qr_alt": f"二维码，打开提意见的页面：{address}",
        "scan": "扫一扫，说出您的意见",
        "promise": "不用注册，当场有回执，条条有答复",
        "responsible": _responsible(project),
        "foot": _foot(told),
    }


def _facts(project: Mapping[str, Any]) -> list[dict[str, Any]]:
    sources = "，".join(f"{source['name']}{wan(source['amount_fen'])}" for source in project.get("funding", ()))
    cost = wan(project["estimate_fen"] or 0)
    said = {
        "在哪里": project["site"],
        "建什么、建多大": project["scale"],
        "为什么建": project["purpose"],
        "花多少钱": f"{cost}（{sources}）" if sources else cost,
    }
    return [{"label": label, "value": shortened(value)} for label, value in said.items() if value]


def wan(fen: int) -> str:
    return f"{fen / FEN_IN_WAN:.2f}".rstrip("0").rstrip(".") + "万元"


def shortened(text: Any) -> str:
    """Return a text in one paragraph, cut after a whole part of it where it is too long for a poster."""
    if isinstance(text, Mapping):  # so long that the entry holds its digest instead
        return "内容较长，请扫码看全文。"
    text = " ".join(str(text).split())
    if len(text) <= LONGEST_FACT:
        return text
    end = max(text.rfind(mark, 0, LONGEST_FACT) for mark in "。；，,;") + 1 or LONGEST_FACT
    return f"{text[:end].rstrip('，,；;')}……（全文请扫码）"


def _ways(told: Told) -> list[dict[str, str]]:
    project = told.project
    site = settings.SITE_URL.split("://", 1)[1]
    boxes = "、".join(place["name"] for place in told.plan.get("placements", ()) if place["has_box"])
    said = {
        "上网": f"{site}/projects/{told.number}/",
        "电话": "　".join(filter(None, (project.get("contact_phone"), project.get("contact_name")))),
        "写信": project.get("contact_address", ""),
        "意见箱": shortened(boxes),
    }
    return [{"label": label, "value": value} for label, value in said.items() if value]


def _responsible(project: Mapping[str, Any]) -> str:
    people = (
        ("分管领导", project.get("leader_name"), project.get("leader_post")),
        ("责任人", project.get("responsible_name"), project.get("responsible_post")),
    )
    said = [f"{label}：{name}{f'（{post}）' if post else ''}" for label, name, post in people if name]
    return "　".join([*said, *([f"监督电话：{project['hotline']}"] if project.get("hotline") else [])])


def _foot(told: Told) -> str:
    if told.notice is None:
        return "预览稿，尚未公布，不得张贴。"
    site = settings.SITE_URL.split("://", 1)[1]
    last = plain_day(as_day(told.plan["closes_on"]))
    return (
        f"公开第{told.notice}号　{moment(told.at)}公布　{site}/notices/{told.notice}/　"
        f"张贴至{last}，期限改动的以网上公告为准；打印时不得改动、裁剪。"
    )
