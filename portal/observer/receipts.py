"""
What an observer holds of the own acts: for each the entry, its receipt, signed at once, and the way to its proof.

So an observer can show, offline and without the bureau, that a word is in the record as it was said.
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from integrity.models import Attendance
from ledger.models import Checkpoint, Entry
from portal.access import get_attendance_for, person
from portal.observer.views import observers_only
from portal.public.receipt_key import sign_receipt
from publishing.pages import acts
from publishing.proofs import address_of_check, proof_of


def entries_of(attendance: Attendance, observer: Any) -> list[Entry]:
    """Return the entries of what an observer has done at an opening, in their order."""
    about = Entry.objects.about(attendance.invitation.package.path).filter(actor=observer)
    return list(about.in_order())


@observers_only
@never_cache
@require_safe
def receipts(request: HttpRequest, pk: int) -> HttpResponse:
    attendance = get_attendance_for(request.user, pk)
    newest = Checkpoint.objects.order_by("size").last()
    rows = [_row(entry, newest) for entry in entries_of(attendance, person(request))]
    context = {"attendance": attendance, "invitation": attendance.invitation, "rows": rows}
    return render(request, "observer/receipts.html", context)


def _row(entry: Entry, newest: Checkpoint | None) -> dict[str, Any]:
    leaf = bytes(entry.leaf).hex()
    return {
        "entry": entry,
        "title": acts.title(entry),
        "leaf": leaf,
        "signed": sign_receipt(entry, leaf),
        "check": address_of_check(entry.seq),
        "is_sealed": newest is not None and entry.seq < newest.size,
    }


@observers_only
@never_cache
@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """All receipts in one file: the bodies of the entries, the signed notes, and the proofs that there are."""
    attendance = get_attendance_for(request.user, pk)
    newest = Checkpoint.objects.order_by("size").last()
    told = {
        "format": "observer-receipts/v1",
        "log": settings.LEDGER_ORIGIN,
        "subject": attendance.path,
        "receipts": [_told(entry, newest) for entry in entries_of(attendance, person(request))],
    }
    headers = {"Content-Disposition": 'attachment; filename="observer-receipts.json"'}
    return JsonResponse(told, headers=headers, json_dumps_params={"ensure_ascii": False, "indent": 1})


def _told(entry: Entry, newest: Checkpoint | None) -> dict[str, Any]:
    leaf, proof = bytes(entry.leaf).hex(), proof_of(entry, newest)
    return {
        "entry": bytes(entry.body).decode(),
        "leaf": leaf,
        "receipt": sign_receipt(entry, leaf),
        "proof": proof and str(proof),
    }
