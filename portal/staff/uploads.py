"""The table of files that are laid to drafts: renderings to a plan, tender documents to an announcement."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.db.models.fields.files import FieldFile
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.staff.drafts import consultation_closed, package_closed
from portal.staff.finding import Find, find_consultation, find_package
from portal.staff.forms_uploads import RenderingForm, TenderDocumentForm, UploadForm


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
    is_picture: bool = False


UPLOADS = {
    upload.name: upload
    for upload in (
        Upload(
            "renderings",
            _("效果图"),
            find_consultation,
            RenderingForm,
            lambda consultation: consultation.renderings.all(),
            lambda rendering: rendering.image,
            consultation_closed,
            is_picture=True,
        ),
        Upload(
            "documents",
            _("招标文件"),
            find_package,
            TenderDocumentForm,
            lambda package: package.documents.all(),
            lambda document: document.file,
            package_closed,
        ),
    )
}
