"""Where each notice stands published, for staff: what is in trouble first."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from ledger import clock
from portal.access import role_required
from portal.converters import normalised
from publishing.channels import CHANNELS, Channel
from publishing.inspection import in_trouble, problems, send_again
from publishing.models import Notice
from publishing.pages.notices import Standing, all_notices, standings

ON_ONE_PAGE = 10
staff_required = role_required(*User.STAFF_ROLES)


@dataclass(frozen=True)
class Row:
    """A notice with how it stands on the channels that are asked for, what is in trouble first."""

    notice: Notice
    standings: list[Standing]


@staff_required
@require_safe
def channels(request: HttpRequest) -> HttpResponse:
    """All notices on all channels, or of one ``project``, on one ``channel``."""
    asked = {name: normalised(request.GET.get(name, ""))[:40] for name in ("project", "channel")}
    chosen = [channel for channel in CHANNELS.values() if asked["channel"] in ("", channel.name)]
    if not chosen:
        raise Http404
    counts = problems()
    context: dict[str, Any] = {
        "asked": asked,
        "channels": [(channel, counts[channel.name]) for channel in CHANNELS.values()],
        "page": (page := Paginator(_found(asked, chosen), ON_ONE_PAGE).get_page(request.GET.get("page"))),
        "rows": _rows(list(page), chosen),
    }
    return render(request, "staff/channels.html", context)


def _found(asked: dict[str, str], chosen: list[Channel]) -> Any:
    found = all_notices().annotate(is_in_trouble=in_trouble(chosen)).order_by("-is_in_trouble", "-pk")
    return found.filter(project__number=asked["project"]) if asked["project"] else found


def _rows(notices: list[Notice], chosen: list[Channel]) -> list[Row]:
    now, at = clock.real_now(), clock.now()
    rows = [(n, standings(n, n.deliveries.all(), chosen, now=now, at=at)) for n in notices]
    return [Row(notice, sorted(found, key=lambda s: not s.is_problem)) for notice, found in rows]


@staff_required
@require_POST
def deliver_again(request: HttpRequest, seq: int, channel: str) -> HttpResponse:
    """Have a notice sent out once more on an automatic channel."""
    notice = get_object_or_404(Notice.objects.select_related("entry"), pk=seq)
    if channel not in CHANNELS or not CHANNELS[channel].is_automatic:
        raise Http404
    send_again(notice, CHANNELS[channel])
    messages.success(request, _("已重新排队，几秒钟之内再发一次。"))
    return redirect("desk-channels")
