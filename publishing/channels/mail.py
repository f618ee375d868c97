"""Mail: each confirmed subscriber whom a notice concerns gets it in one letter, at once or with the next digest."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import Count, F, Q, QuerySet, Value
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ledger.clock import real_now
from publishing.channels.channel import Channel, note_down
from publishing.mail.letters import text_for, texts_in
from publishing.models import Letter, Mailing, Notice, Subscriber, Subscription

NAME = "mail"
BATCH = 500
AT_ONCE = Subscription.Rhythm.IMMEDIATELY
OPEN = Q(sent_at=None, failed_at=None)
ANSWERED = "SMTP "  # begins what is noted of a letter that the server has seen and not taken
DIGESTS_LEAVE = time(8, 0)  # local; on Mondays for those who get one a week


def deliver(notice: Notice) -> None:
    """Write a letter to everybody whom the notice concerns. Again, it writes only to those who have none yet."""
    while address_some(notice):
        pass
    report(notice)


@transaction.atomic
def address_some(notice: Notice) -> int:
    """Address some of the letters with a notice. Return their number, 0 if there are no more to be addressed."""
    Notice.objects.select_for_update().get(pk=notice.pk)
    found = list(concerned(notice)[:BATCH])
    at_once = [s for s in found if s.rhythm == AT_ONCE]
    letters = Letter.objects.bulk_create(
        Letter(subscriber_id=s.subscriber_id, kind=Letter.Kind.NOTICES, language=s.language) for s in at_once
    )
    letters += [digest_for(s) for s in found if s.rhythm != AT_ONCE]
    Mailing.objects.bulk_create(
        Mailing(notice=notice, subscriber_id=letter.subscriber_id, letter=letter) for letter in letters
    )
    return len(found)


def concerned(notice: Notice) -> QuerySet[Subscription]:
    """
    Return for each subscriber without this notice the subscription that gets it soonest.

    Only what was confirmed by the time of the notice counts: nobody gets old news because something is sent again.
    """
    matches = (
        Q(scope=Subscription.Scope.ALL)
        | Q(scope=Subscription.Scope.PROJECT, project=notice.project_id)
        | Q(scope=Subscription.Scope.KEYWORD, text__icontains=F("keyword"))
    )
    return (
        Subscription.objects.alias(text=Value(f"{notice.title}\n{notice.body}"))
        .filter(matches, confirmed_at__lte=notice.published_by.recorded_at, subscriber__stopped_at=None)
        .exclude(subscriber__mailings__notice=notice)
        .order_by("subscriber_id", "rhythm", "pk")
        .distinct("subscriber_id")
    )


def digest_for(subscription: Subscription) -> Letter:
    """Return the subscriber's next digest: one that gathers, and has not been tried to send yet."""
    Subscriber.objects.select_for_update().get(pk=subscription.subscriber_id)
    gathering = Letter.objects.open().filter(
        subscriber=subscription.subscriber_id,
        kind=Letter.Kind.NOTICES,
        rhythm=subscription.rhythm,
        attempts=0,
    )
    return gathering.select_for_update().first() or Letter.objects.create(
        subscriber_id=subscription.subscriber_id,
        kind=Letter.Kind.NOTICES,
        rhythm=subscription.rhythm,
        language=subscription.language,
        due_at=next_digest(subscription.rhythm, real_now()),
    )


def next_digest(rhythm: int, after: datetime) -> datetime:
    """Return when the next digest leaves: at eight in the morning, a weekly one on a Monday."""
    local = timezone.localtime(after)
    leaves = local.replace(hour=DIGESTS_LEAVE.hour, minute=DIGESTS_LEAVE.minute, second=0, microsecond=0)
    if leaves <= local:
        leaves += timedelta(days=1)
    if rhythm == Subscription.Rhythm.WEEKLY:
        leaves += timedelta(days=-leaves.weekday() % 7)
    return leaves


def report(notice: Notice) -> None:
    """
    Write down how many letters with a notice have been sent by now, and what they say of it. Never to whom.

    Nothing is written down as long as the mail server has seen none of those that are to go at once: so it shows that
    the channel is late. A digest may wait, and what an address does not take is no delay of ours.
    """
    counts = Mailing.objects.filter(notice=notice).aggregate(
        sent=Count("pk", filter=Q(sent_at__isnull=False)),
        failed=Count("pk", filter=Q(failed_at__isnull=False)),
        open=Count("pk", filter=OPEN),
        unseen=Count("pk", filter=OPEN & Q(letter__rhythm=AT_ONCE) & ~Q(letter__error__startswith=ANSWERED)),
    )
    if notice.is_taken_down or (counts["unseen"] and not counts["sent"]):
        return
    letter = text_for([notice], "")
    with translation.override("zh-hans"):
        receipt = _("已发%(sent)d，待发%(open)d，未能送达%(failed)d") % counts
    note_down(
        notice,
        NAME,
        text=texts_in(letter)[0],
        payload=letter.encode(),
        recipients=counts["sent"],
        receipt=receipt,
    )


MAIL = Channel(NAME, gettext_lazy("邮件订阅"), timedelta(minutes=10), deliver)
