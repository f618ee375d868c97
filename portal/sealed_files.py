"""The files of the opening day, which the desk and the observers hand in and out alike."""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from accounts.models import User
from portal.refusals import do_or_tell
from portal.staff.forms_sealed import ExchangeForm
from tenders.models import Package
from tenders.operations.decryption import take_in_peeled_wraps, wraps_file
from tenders.sealing.exchange import PeeledFile


def wraps_answer(package: Package) -> HttpResponse:
    """
    Return the wraps with the newest checkpoint, by whose cosignature the observer's tool knows the time.

    :raises ActRefused: before the opening
    """
    checkpoint = Path(settings.PUBLIC_ROOT) / "ledger" / "checkpoint"
    told = checkpoint.read_text(encoding="utf-8") if checkpoint.is_file() else ""
    answer = HttpResponse(wraps_file(package, told).dump(), content_type="application/json")
    answer["Content-Disposition"] = 'attachment; filename="wraps.json"'
    answer["Cache-Control"] = "no-store"
    return answer


def take_peeled(request: HttpRequest, form: ExchangeForm, package: Package, actor: User, at: datetime) -> bool:
    """Take in what the observer's tool has left. If nothing comes of it, tell why."""
    if not form.is_valid():
        return False
    try:
        file = PeeledFile.parse(form.cleaned_data["file"])
    except ValueError:
        form.add_error("file", _("这不是解过外层的文件（peeled.json）。"))
        return False
    return do_or_tell(request, lambda: take_in_peeled_wraps(package.pk, file=file, actor=actor, at=at))
