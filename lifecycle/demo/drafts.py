"""What staff would type and upload before an act: drafts, pictures, files."""

import io
import json
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.db.models import Model
from docx import Document as WordDocument

from lifecycle.demo.people import People
from tenders.drafting import new_package, new_project
from tenders.gates.placement import Photo
from tenders.models import Consultation, HearingNeed, Package, Project, TenderDocument

IMAGES = Path(__file__).parent / "images"
CAPTIONS = IMAGES / "captions.json"
Kind = TenderDocument.Kind


@dataclass(frozen=True)
class Plan:
    """A project's plan as its manager drafts it. Money is in fen."""

    name: str
    name_en: str
    facts: dict[str, Any]
    funding: dict[str, int]
    explanation: str
    text: str
    pictures: tuple[str, ...]
    channels: tuple[str, ...] = field(default=(Consultation.Channel.WEBSITE, Consultation.Channel.BOARD))
    # Whether there is a hearing: ground, verdict, reason
    hearing: tuple[str, str, str] = ("none", "not-needed", "在原址修缮，不改变用途，不影响他人的切身利益。")


RESPONSIBILITY = {
    "leader_name": "赵立新",
    "leader_post": "副局长",
    "responsible_name": "周明远",
    "responsible_post": "规划财务股股长",
    "sanctions": "未按期公开、未依法招标或者未同时签订廉政合同的，由局党组约谈并通报批评，取消当年评优资格；"
    "造成损失或者违反纪律的，移送纪检监察机关处理。",
    "contact_name": "林晓",
    "contact_phone": "0870-5550102",
    "contact_address": "清平县文化路18号民政局规划财务股",
    "contact_email": "jihua@example.gov.cn",
    "hotline": "0870-12388",
}


def fill(thing: Model, **values: Any) -> None:
    """Save what somebody typed into a form."""
    for name, value in values.items():
        setattr(thing, name, value)
    thing.save(update_fields=list(values))


def draft_plan(plan: Plan, people: People, *, opens_on: date, closes_on: date) -> Project:
    project = new_project(name=plan.name, actor=people.manager, year=opens_on.year)
    fill(project, name_en=plan.name_en, **RESPONSIBILITY, **plan.facts)
    for name, amount_fen in plan.funding.items():
        project.funding.create(name=name, amount_fen=amount_fen)
    consultation = project.consultations.get()
    fill(
        consultation,
        explanation=plan.explanation,
        opens_on=opens_on,
        closes_on=closes_on,
        channels=list(plan.channels),
    )
    fill(consultation.plans.get(), text=plan.text)
    ground, verdict, reason = plan.hearing
    HearingNeed.objects.create(consultation=consultation, ground=ground, verdict=verdict, reason=reason)
    captions = json.loads(CAPTIONS.read_text()) if CAPTIONS.exists() else {}
    for position, name in enumerate(plan.pictures):
        words = captions.get(name, {"caption": "效果图", "alt": "效果图（说明待补）"})
        add_rendering(consultation, name, position, **words)
    return project


def add_rendering(consultation: Consultation, name: str, position: int, *, caption: str, alt: str) -> None:
    content = (IMAGES / name).read_bytes()
    digest = sha256(content).hexdigest()
    consultation.renderings.create(
        image=ContentFile(content, f"{digest[:16]}.jpg"), sha256=digest, caption=caption, alt=alt, position=position
    )


def photo(name: str) -> tuple[list[Photo], str]:
    """Return a picture of the demo's folder as somebody would upload it, with what it shows; nothing for no name."""
    if not name:
        return [], ""
    content = (IMAGES / name).read_bytes()
    digest = sha256(content).hexdigest()
    alt = json.loads(CAPTIONS.read_text(encoding="utf-8"))[name]["alt"]
    return [Photo(ContentFile(content, f"{digest[:16]}.jpg"), digest)], alt


def draft_package(project: Project, people: People, notice: dict[str, Any]) -> Package:
    package = new_package(project.pk, name=notice["name"], actor=people.manager)
    fill(package, **notice)
    for kind, title, paragraphs in TENDER_DOCUMENTS:
        add_document(package, kind, title, paragraphs)
    return package


TENDER_DOCUMENTS = (
    (Kind.MAIN, "招标文件", ("第一章 招标公告", "第二章 投标人须知", "第三章 评标办法", "第四章 合同条款及格式")),
    (Kind.BILL, "工程量清单", ("分部分项工程量清单与计价表", "措施项目清单与计价表", "其他项目清单")),
    (Kind.CONTRACT_DRAFT, "施工合同文本", ("采用《建设工程施工合同（示范文本）》（GF-2017-0201）。",)),
    (Kind.INTEGRITY_DRAFT, "廉政合同文本", ("与施工合同同时签订，不收取任何保证金。",)),
)


def add_document(package: Package, kind: str, title: str, paragraphs: tuple[str, ...]) -> None:
    word = WordDocument()
    word.add_heading(f"{package.name} {title}", 0)
    for paragraph in paragraphs:
        word.add_paragraph(paragraph)
    file = io.BytesIO()
    word.save(file)
    content = file.getvalue()
    digest = sha256(content).hexdigest()
    package.documents.create(kind=kind, title=title, file=ContentFile(content, f"{digest[:16]}.docx"), sha256=digest)
