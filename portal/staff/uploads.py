"""The table of files that are laid to drafts: pictures to a plan, tender documents to an announcement."""

from collections.abc import Callable
from dataclasses import dataclass
from operator import methodcaller
from typing import Any

from django.db.models import QuerySet
from django.db.models.fields.files import FieldFile
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.staff.drafts import consultation_closed, package_closed
from portal.staff.finding import Find, find_consultation, find_package
from portal.staff.forms_uploads import RenderingForm, TenderDocumentForm, UploadForm
from tenders.gates.prequalification import prequalification_of
from tenders.models import Consultation, Package, Prequalification, Rendering, TenderDocument


@dataclass(frozen=True)
class Upload:
    """``closed`` answers why files can no longer be added or removed, or nothing."""

    name: str
    title: str | Promise
    find: Find
    form: type[UploadForm]
    files: Callable[[Any], QuerySet[Any]]
    stored: Callable[[Any], FieldFile]
    closed: Callable[[Any], str]
    drop: Callable[[Any], Any] = methodcaller("delete")
    is_picture: bool = False


def pictures_closed(consultation: Consultation) -> str:
    """Pictures are laid to a draft of the round, or to that of a later version."""
    return "" if consultation.draft_revision() else consultation_closed(consultation)


def leave_out(picture: Rendering) -> None:
    picture.leave_out_of(picture.consultation.written_version())


def own_files(package: Package) -> QuerySet[TenderDocument]:
    """Those of the prequalification are fixed with its notice."""
    ours = prequalification_of(package)
    is_fixed = ours is not None and ours.state != Prequalification.State.DRAFT
    found = package.documents.all()
    return found.exclude(kind=TenderDocument.Kind.PREQUALIFICATION) if is_fixed else found


UPLOADS = {
    upload.name: upload
    for upload in (
        Upload(
            "renderings",
            _("效果图与图纸"),
            find_consultation,
            RenderingForm,
            lambda consultation: consultation.renderings.of_version(consultation.written_version()),
            lambda rendering: rendering.image,
            pictures_closed,
            drop=leave_out,
            is_picture=True,
        ),
        Upload(
            "documents",
            _("招标文件"),
            find_package,
            TenderDocumentForm,
            own_files,
            lambda document: document.file,
            package_closed,
        ),
    )
}
