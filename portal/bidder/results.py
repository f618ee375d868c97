"""The letters that tell bidders of the result: there for all of them from the moment of the award (AW-04)."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.access import get_result_for
from portal.bidder.views import bidders_only
from portal.word import word_file
from publishing.documents import generate


@bidders_only
@never_cache
@require_safe
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """Give out the notice of award to the winner, that of the result to anybody else: each its own."""
    bid = get_result_for(request.user, pk)
    has_won = bid.package.result.winner_id == bid.pk
    title, content = generate("award-letter", bid.package_id) if has_won else generate("loss-letter", bid.pk)
    return word_file(title, content)
