"""Figures for Prometheus at ``/metrics``: how far the follow-up work and the sealer are behind."""

from collections.abc import Iterator
from ipaddress import ip_address

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector

from accounts.models import User
from ledger.backlog import backlog
from ledger.clock import real_now
from ledger.models import Entry
from ledger.results import last_result
from portal.access import role_of
from portal.health import folder, published_for, unsealed_for
from publishing.ciphertexts import last_inspection
from publishing.inspection import problems
from publishing.pages.record import witnessed_size


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Only for a monitor on this machine and for the bureau's staff: the outbox could betray what is under embargo."""
    if not _is_local(request) and role_of(request.user) not in User.STAFF_ROLES:
        raise Http404
    registry = CollectorRegistry(auto_describe=False)
    registry.register(Figures())
    registry.register(Deliveries())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def _is_local(request: HttpRequest) -> bool:
    """Whether the request comes from this machine itself, and not through a proxy on it."""
    if "X-Forwarded-For" in request.headers:
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


# Attribute of ledger.backlog.Backlog, name for Prometheus, what it is
OF_QUEUE = (
    ("open", "tracker_tasks_open", "Follow-up work not done yet"),
    ("failed", "tracker_tasks_failed", "Follow-up work given up"),
    ("oldest", "tracker_outbox_lag_seconds", "Age of the oldest open work"),
    ("attempts", "tracker_tasks_attempts_max", "Attempts at the open work that was tried most often"),
    ("done_per_second", "tracker_tasks_done_per_second", "Follow-up work done, over the last minute"),
    ("attempts_per_done", "tracker_tasks_attempts_per_done", "Attempts that work done in the last minute took"),
)


class Figures(Collector):
    def collect(self) -> Iterator[Metric]:
        found = backlog()
        for attribute, name, meaning in OF_QUEUE:
            gauge = GaugeMetricFamily(name, meaning, labels=["queue"])
            for queue, state in found.items():
                gauge.add_metric([queue], getattr(state, attribute))
            yield gauge
        last = Entry.objects.order_by("seq").values_list("seq", flat=True).last()
        yield GaugeMetricFamily(
            "tracker_ledger_entries", "Entries in the ledger", value=0 if last is None else last + 1
        )
        age = unsealed_for().total_seconds()
        yield GaugeMetricFamily("tracker_ledger_unsealed_seconds", "Age of the oldest unsealed entry", value=age)
        age = published_for().total_seconds()
        yield GaugeMetricFamily("tracker_ledger_published_seconds", "Age of the published checkpoint", value=age)
        witnessed = witnessed_size()
        if witnessed is not None:
            unwitnessed = (0 if last is None else last + 1) - witnessed
            yield GaugeMetricFamily("tracker_ledger_unwitnessed", "Entries without witness", value=unwitnessed)
        yield from _check()
        yield from _ciphertexts()


def _check() -> Iterator[Metric]:
    """What the last check of the whole record found, nothing before the first one."""
    if result := last_result(folder()):
        yield GaugeMetricFamily("tracker_ledger_problems", "Problems in the record", value=result.problems)
        age = (real_now() - result.at).total_seconds()
        yield GaugeMetricFamily("tracker_ledger_checked_seconds", "Age of the last full check", value=age)


def _ciphertexts() -> Iterator[Metric]:
    """Whether a sealed bid is damaged on the disk: 1 however many are, and at 0 there may be none at all (EM-06)."""
    if checked := last_inspection():
        wrong = int(checked.is_wrong)
        yield GaugeMetricFamily("tracker_ciphertexts_wrong", "A sealed bid is not what was delivered", value=wrong)
        age = (real_now() - checked.at).total_seconds()
        yield GaugeMetricFamily("tracker_ciphertexts_checked_seconds", "Age of the last look at them", value=age)


class Deliveries(Collector):
    def collect(self) -> Iterator[Metric]:
        wrong = GaugeMetricFamily(
            "tracker_deliveries_problem", "Notices wrong on a channel, or not out in time", labels=["channel"]
        )
        for channel, number in problems().items():
            wrong.add_metric([channel], number)
        yield wrong
