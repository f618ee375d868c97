"""
Reads every recent notice back from where it stands published, and finds what came too late.

What differs or is late is an alarm, and an act of its own, once. What can be written anew is healed at once.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache, partial

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat, Now

from ledger import clock, outbox
from ledger.locks import alone
from ledger.models import Entry, Task
from publishing.channels.channel import CHANNELS, Channel, Copy, digest, note_down, note_missing
from publishing.channels.website import write_notice
from publishing.locks import INSPECTION
from publishing.models import Delivery, Notice
from publishing.operations import key_of_difference, key_of_lateness, record_difference, record_lateness
from tenders.law import calendar

RECENT = 300  # notices that are read back each time, the newest


def inspect() -> bool:
    """Look at the recent notices on all channels. Say whether it was done: one inspection at a time is enough."""
    with alone(INSPECTION) as is_first:
        if is_first:
            notices = list(_recent()[:RECENT])
            for channel in CHANNELS.values():
                _read_back(channel, notices)
            _find_late(notices)
        return is_first


def _recent() -> QuerySet[Notice]:
    """The words of what was taken down by law are nowhere, and looked for nowhere."""
    return Notice.objects.filter(taken_down_at=None).select_related("project", "entry").order_by("-pk")


# -- what stands there -------------------------------------------------------------------------------------------------


def _read_back(channel: Channel, notices: Iterable[Notice]) -> None:
    """Compare what a channel carries with what the notices say. What has not gone out yet is not looked for."""
    out = {d.notice_id: d for d in Delivery.objects.filter(channel=channel.name, notice__in=notices)}
    looked_for = [notice for notice in notices if notice.pk in out]
    if channel.read is None or not looked_for:
        return
    found = channel.read(looked_for)
    suspects = [notice for notice in looked_for if notice.pk in found and not _is_right(notice, found[notice.pk])]
    # A file and its packed form change one after the other: who looked between the two looks again.
    found = {**found, **channel.read(suspects)} if suspects else found
    right = [n for n in looked_for if n.pk in found and _is_right(n, found[n.pk])]
    _note_right(channel, right, out, found)
    for notice in suspects:
        if notice not in right:
            _alarm(channel, notice, found[notice.pk])


def _is_right(notice: Notice, copy: Copy | None) -> bool:
    return copy is not None and copy.text == notice.body


def _note_right(
    channel: Channel, right: Iterable[Notice], out: Mapping[int, Delivery], found: Mapping[int, Copy | None]
) -> None:
    """Write down that copies were found right: two queries, and more only for what was wrong before."""
    known = [out[notice.pk].pk for notice in right if out[notice.pk].state == Delivery.State.SENT]
    Delivery.objects.filter(pk__in=known).update(checked_at=clock.real_now())
    for notice in right:
        copy = found[notice.pk]
        if out[notice.pk].state != Delivery.State.SENT and copy:
            note_down(notice, channel.name, text=copy.text, payload=copy.payload)
            write_notice(notice)


def _alarm(channel: Channel, notice: Notice, copy: Copy | None) -> None:
    """Write a false or missing copy down, record it, and have it written anew."""
    if copy:
        note_down(notice, channel.name, text=copy.text, payload=copy.payload)
    else:
        note_missing(notice, channel.name)
    carried = digest(copy.text.encode()) if copy else ""
    if not Entry.objects.filter(key=key_of_difference(notice, channel.name, carried)).exists():
        record_difference(notice, channel.name, where=str(channel.title), carried=carried, at=clock.now())
    if channel.deliver:
        channel.deliver(notice)
    write_notice(notice)


# -- what came too late ------------------------------------------------------------------------------------------------


def _find_late(notices: Iterable[Notice]) -> None:
    """Record each channel on which a notice was not out in time. Nothing is asked twice."""
    now, at, days = clock.real_now(), clock.now(), cache(calendar)
    sent = _first_sent(notices)
    late = [
        (notice, channel)
        for channel in CHANNELS.values()
        for notice in notices
        if (out_at := sent.get((notice.pk, channel.name)) or _still_due(channel, notice, now, at))
        and out_at > channel.due_at(notice, days)
    ]
    keys = [key_of_lateness(notice, channel.name) for notice, channel in late]
    known = set(Entry.objects.filter(key__in=keys).values_list("key", flat=True))
    for (notice, channel), key in zip(late, keys, strict=True):
        if key not in known:
            record_lateness(
                notice,
                channel.name,
                where=str(channel.title),
                due_at=channel.due_at(notice, days),
                sent_at=sent.get((notice.pk, channel.name)),
                at=at,
            )


def _first_sent(notices: Iterable[Notice]) -> dict[tuple[int, str], datetime]:
    """Return when each notice first went out on each channel. One query."""
    deliveries = Delivery.objects.filter(notice__in=notices).exclude(sent_at=None).order_by("-sent_at")
    return {(d.notice_id, d.channel): d.sent_at for d in deliveries if d.sent_at}


def _still_due(channel: Channel, notice: Notice, now: datetime, at: datetime) -> datetime | None:
    """Return the present moment for what still has to go out."""
    if not channel.is_due(notice):
        return None
    return now if channel.is_automatic else at


# -- for staff and their monitors --------------------------------------------------------------------------------------


def in_trouble(channels: Iterable[Channel]) -> Q:
    """Say which notices need somebody's hand: wrong on a channel, or not yet out where they had to be by now."""
    here = Delivery.objects.filter(notice=OuterRef("pk"), channel__in=[channel.name for channel in channels])
    trouble = Q(Exists(here.exclude(state=Delivery.State.SENT)))
    for channel in channels:
        if channel.is_watched:
            trouble |= _overdue(channel)
    return trouble


def _overdue(channel: Channel) -> Q:
    """Say which notices are missing on a channel; where a person sends them, from the alarm on."""
    missing = ~Exists(Delivery.objects.filter(notice=OuterRef("pk"), channel=channel.name))
    if not channel.is_automatic:
        key = Concat(Value("late:"), Cast(OuterRef("pk"), CharField()), Value(f":{channel.name}"))
        return Q(missing, Exists(Entry.objects.filter(key=key)))
    return Q(missing, entry__recorded_at__lt=Now() - channel.within)


def problems() -> dict[str, int]:
    """Count per channel the notices that are wrong there or not out in time. One query, and one for each channel."""
    wrong = Counter(Delivery.objects.exclude(state=Delivery.State.SENT).values_list("channel", flat=True))
    return {
        name: wrong[name] + (Notice.objects.filter(_overdue(channel)).count() if channel.is_watched else 0)
        for name, channel in CHANNELS.items()
    }


def send_again(notice: Notice, channel: Channel) -> None:
    """Put the delivery of a notice back into the outbox, as if it had never been tried."""
    fresh = {"queue": Task.Queue.DELIVER, "due_at": Now(), "attempts": 0, "leased_until": None}
    fresh |= {"done_at": None, "failed_at": None, "last_error": ""}
    with transaction.atomic():
        Task.objects.update_or_create(
            entry=notice.entry, name="deliver", arguments={"channel": channel.name}, defaults=fresh
        )
        transaction.on_commit(partial(outbox.wake, {Task.Queue.DELIVER}))
