"""
Makes the calls that are due.

One process at a time hands them out, to threads that do nothing but the call: each address has a thread of its own and
one call under way, so a slow one delays no other. A call is claimed under a lease, made, and marked; who dies in
between leaves it to be made once more, under the same id.
"""

import random
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import timedelta
from time import monotonic

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce, Now
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from ledger.clock import real_now
from ledger.locks import alone
from publishing.channels.webhook import report
from publishing.locks import WEBHOOKS
from publishing.models import Call, Webhook
from publishing.webhooks.connection import Answer, post
from publishing.webhooks.entering import disable
from publishing.webhooks.payload import body_of, headers_for

AT_ONCE = 16
LEASE = timedelta(seconds=60)
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=24)
JITTER = 0.2  # of a pause, more or less: those who failed together do not come back together
DISABLED_AFTER = timedelta(days=7)
LONGEST_RUN = 60.0  # seconds, after which no new call is begun
LOOK_AGAIN = 0.5  # seconds, while calls are under way
GONE = 410


def call_due() -> int:
    """Make the calls that are due, for at most some minute. Return how many were made."""
    with alone(WEBHOOKS) as is_alone:
        return _call_due() if is_alone else 0


def _call_due() -> int:
    until, made, running = monotonic() + LONGEST_RUN, 0, dict[Future[Answer], Call]()
    with ThreadPoolExecutor(AT_ONCE) as threads:
        while True:
            if monotonic() < until:
                running |= {_begin(threads, call): call for call in claim(AT_ONCE - len(running))}
            if not running:
                return made
            ended, _others = wait(running, timeout=LOOK_AGAIN, return_when=FIRST_COMPLETED)
            for future in ended:
                settle(running.pop(future), future.result())
                made += 1


def claim(limit: int) -> list[Call]:
    """Take for each address the call that has been due longest. The attempt is counted now."""
    with transaction.atomic():
        first = (
            Call.objects.due()
            .order_by("webhook_id", "due_at", "pk")
            .distinct("webhook_id")
            .values_list("pk", flat=True)
        )
        free = Call.objects.due().filter(pk__in=list(first[:limit])).select_for_update(skip_locked=True, of=("self",))
        pks = [call.pk for call in free]
        Call.objects.filter(pk__in=pks).update(
            leased_until=real_now() + LEASE, tried_at=Now(), attempts=F("attempts") + 1
        )
    calls = Call.objects.filter(pk__in=pks)
    return list(calls.select_related("webhook", "notice__entry", "notice__published_by", "notice__project"))


def _begin(threads: ThreadPoolExecutor, call: Call) -> Future[Answer]:
    """Start a call. All that the database knows is read before: the thread has no connection to it."""
    at = real_now()
    body = body_of(call.notice, at)
    return threads.submit(post, call.webhook.url, body, headers_for(call, body, at))


def settle(call: Call, answer: Answer) -> None:
    """Mark what came of a call, and put the next attempt off if there is to be one."""
    told = {"leased_until": None, "status": answer.status, "answer": answer.text, "took_ms": answer.took_ms}
    mine = Call.objects.open().filter(pk=call.pk, attempts=call.attempts)
    if answer.is_taken:
        Call.objects.filter(pk=call.pk).update(**told | {"done_at": Now()})
        Webhook.objects.filter(pk=call.webhook_id).update(failures=0, failing_since=None)
    elif call.notice_id is None:
        mine.update(**told | {"failed_at": Now()})  # a test is not repeated
    else:
        mine.update(**told | {"due_at": real_now() + pause_after(call.attempts)})
        _count_failure(call.webhook, answer)
    if call.notice:
        report(call.notice)


def pause_after(attempts: int) -> timedelta:
    """Return how long a call waits that was made so often: from a minute to a day, with chance. Requires >= 1."""
    pause = min(FIRST_PAUSE * 2 ** min(attempts - 1, 11), LONGEST_PAUSE)
    return pause * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311, no secret


def _count_failure(webhook: Webhook, answer: Answer) -> None:
    changed = {"failures": F("failures") + 1, "failing_since": Coalesce("failing_since", Now())}
    Webhook.objects.filter(pk=webhook.pk).update(**changed)
    webhook.refresh_from_db(fields=["failing_since"])
    since = webhook.failing_since or real_now()
    with translation.override("zh-hans"):
        if answer.status == GONE:
            disable(webhook, _("对方回答：不再接收（410）。"))
        elif real_now() - since >= DISABLED_AFTER:
            day = timezone.localtime(since).date().isoformat()
            disable(webhook, _("自%(day)s起连续失败，满7天自动停用。") % {"day": day})
