"""What the detectors find in a document before it goes out: in its words, and in the files that go with it."""

from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from typing import Any

from django.db.models import Model
from django.db.models.fields.files import FieldFile
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from tenders.models import Consultation, FileScan, FindingKind, Package, PlanVersion, Prequalification, in_full
from tenders.offices import numbers_on, office_names, office_numbers
from tenders.personal import excerpts
from tenders.scanning.apart import look_through
from tenders.scanning.pieces import Where
from tenders.scanning.reading import VERSION, Hit
from tenders.words import own_texts, words_of

PLACES = {
    Where.BODY: _("正文"),
    Where.PROPERTIES: _("文件属性"),
    Where.COMMENT: _("批注"),
    Where.INSERTED: _("修订：插入"),
    Where.DELETED: _("修订：删除"),
    Where.HIDDEN: _("隐藏的内容"),
    Where.ATTACHED: _("嵌入的文件"),
    Where.PICTURE: _("图片附带的信息"),
    Where.SCRIPT: _("脚本"),
    Where.NOTHING_READ: _("没有能检查的部分"),
}


@dataclass(frozen=True)
class Finding:
    """
    Something that must be resolved before a document goes out.

    ``place`` and the masked ``excerpt`` are for people. ``key`` stays the same while the same datum stands in the same
    place, and does not betray it.
    """

    kind: str
    place: str
    excerpt: str
    key: str
    count: int = 1

    @property
    def title(self) -> str:
        return str(FindingKind(self.kind).label)


@dataclass(frozen=True)
class File:
    """A file that goes out with a document."""

    title: str
    stored: FieldFile
    sha256: str


def files_of(document: Model) -> list[File]:
    if isinstance(document, Consultation):
        return [File(row.caption, row.image, row.sha256) for row in document.renderings.all()]
    if isinstance(document, PlanVersion):
        return [File(row.caption, row.image, row.sha256) for row in document.pictures()]
    if isinstance(document, Package | Prequalification):
        return [File(row.title, row.file, row.sha256) for row in document.documents.all()]
    return []


def findings_of(document: Any) -> list[Finding]:
    """
    Return what is found in a document (anything with ``project`` and ``facts()``), each datum once at a place.

    A file is read once and remembered by its digest; the first time may take some seconds.
    """
    known = office_numbers(document.project) | office_names(document.project) | numbers_on(document)
    first: dict[str, Finding] = {}
    for found in (*_in_words(document, known), *_in_files(document, known)):
        again = first.get(found.key)
        first[found.key] = replace(again, count=again.count + found.count) if again else found
    return list(first.values())


def key_of(*parts: str) -> str:
    return salted_hmac("tenders.findings", "\n".join(parts), algorithm="sha256").hexdigest()[:32]


def _in_words(document: Any, known: Collection[str]) -> Iterator[Finding]:
    """Look through all that the document publishes, and through what else was written into it: a paper may print it."""
    with in_full():
        facts = document.facts()
    facts |= {name: text for name, text in own_texts(document).items() if name not in facts}
    for words in words_of(facts, type(document)):
        for found in excerpts(words.text, known):
            kind = found.found.kind
            yield Finding(kind, words.label, found.shown, key_of(kind, words.path, found.number))


def _in_files(document: Any, known: Collection[str]) -> Iterator[Finding]:
    for file in files_of(document):
        for hit in hits_in(file, known):
            parts = (file.title, str(PLACES[Where(hit["where"])]), hit["at"])
            place = " · ".join(part for part in parts if part)[:200]
            yield Finding(hit["kind"], place, hit["excerpt"], hit["key"], hit["count"])


def hits_in(file: File, known: Collection[str]) -> list[dict[str, Any]]:
    """Return what is in a file, looking through it only if that has not been done yet."""
    digest = sha256("\n".join([str(VERSION), *sorted(known)]).encode()).hexdigest()
    done = FileScan.objects.filter(sha256=file.sha256, known=digest).first()
    if done is None:
        with file.stored.open("rb") as stream:
            found = look_through(stream.read(), known)
        kept = [_kept(file.sha256, hit) for hit in found]
        done, _new = FileScan.objects.get_or_create(sha256=file.sha256, known=digest, defaults={"hits": kept})
    return done.hits


def _kept(digest: str, hit: Hit) -> dict[str, Any]:
    """Return a hit as it is remembered: without the datum."""
    kept = asdict(hit) | {"key": key_of(hit.kind, digest, hit.where, hit.datum)}
    del kept["datum"]
    return kept
