"""An entry of the record: what it says, and the proof that it is there. Files answer first (publishing.entries)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from ledger.models import Checkpoint, Entry
from publishing import output
from publishing.pages.entries import entry_page
from publishing.proofs import proof_of


@require_safe
def entry(request: HttpRequest, seq: int) -> HttpResponse:
    found = get_object_or_404(Entry, seq=seq)
    context = entry_page(found, Checkpoint.objects.filter(size__gt=seq).order_by("size").first())
    return HttpResponse(output.render("public/entry.html", request.path.removeprefix("/en"), context))


@require_safe
def entry_body(request: HttpRequest, seq: int) -> HttpResponse:
    """The bytes of an entry, exactly as they were hashed."""
    found = get_object_or_404(Entry, seq=seq)
    return HttpResponse(bytes(found.body), content_type="application/json")


@require_safe
def entry_proof(request: HttpRequest, seq: int) -> HttpResponse:
    """The proof file of an entry against the newest checkpoint."""
    proof = proof_of(get_object_or_404(Entry, seq=seq), Checkpoint.objects.order_by("size").last())
    if proof is None:
        raise Http404
    return HttpResponse(str(proof), content_type="text/plain; charset=utf-8")
