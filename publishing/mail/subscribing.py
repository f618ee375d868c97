"""How an address is entered, confirmed and taken out again."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from ledger.clock import real_now
from publishing.channels.mail import report
from publishing.mail.tokens import CONFIRM_WITHIN
from publishing.models import Letter, Mailing, Notice, Subscriber, Subscription
from tenders.models import Project

# So many letters a day may strangers cause to an address that has not asked for any.
UNASKED_A_DAY = 3
KEPT_STOPPED = timedelta(days=30)


@dataclass(frozen=True)
class Wish:
    """What somebody wants to be told of. ``project`` and ``keyword`` are given with the scope that needs them."""

    scope: str
    rhythm: int
    language: str
    project: Project | None = None
    keyword: str = ""


@transaction.atomic
def ask(address: str, wish: Wish) -> None:
    """
    Take down a wish and write to the address that it be confirmed.

    To an address that has this subscription already, a letter says so. Who asked learns nothing of either.
    """
    subscriber = _subscriber_at(address)
    if _was_written_to_enough(subscriber):
        return
    subscription, _created = Subscription.objects.get_or_create(
        subscriber=subscriber,
        scope=wish.scope,
        project=wish.project,
        keyword=wish.keyword,
        defaults={"rhythm": wish.rhythm, "language": wish.language},
    )
    if subscription.confirmed_at is None:
        Subscription.objects.filter(pk=subscription.pk).update(
            rhythm=wish.rhythm, language=wish.language, asked_at=real_now()
        )
    Letter.objects.create(
        subscriber=subscriber,
        subscription=subscription,
        kind=Letter.Kind.KNOWN if subscription.confirmed_at else Letter.Kind.CONFIRM,
        language=wish.language,
    )


def _subscriber_at(address: str) -> Subscriber:
    """Return the subscriber with an address, however it is spelt, and hold it until the end of the transaction."""
    known = Subscriber.objects.select_for_update().filter(address__iexact=address).first()
    if known:
        return known
    Subscriber.objects.bulk_create([Subscriber(address=address)], ignore_conflicts=True)
    return Subscriber.objects.select_for_update().get(address__iexact=address)


def _was_written_to_enough(subscriber: Subscriber) -> bool:
    unasked = subscriber.letters.exclude(kind=Letter.Kind.NOTICES)
    return unasked.filter(created_at__gt=real_now() - timedelta(days=1)).count() >= UNASKED_A_DAY


@transaction.atomic
def confirm(subscription_pk: int) -> Subscription | None:
    """Let a subscription count from now on; again, it changes nothing. None if it is no longer there."""
    subscription = Subscription.objects.select_for_update().filter(pk=subscription_pk).first()
    if subscription is None:
        return None
    if subscription.confirmed_at is None:
        subscription.confirmed_at = real_now()
        subscription.save(update_fields=["confirmed_at"])
    Subscriber.objects.filter(pk=subscription.subscriber_id).update(refusals=0, stopped_at=None)
    return subscription


def change_rhythm(subscriber_pk: int, subscription_pk: int, rhythm: int) -> None:
    """Let a subscriber's letters about one thing come more or less often. Those under way stay as they are."""
    Subscription.objects.filter(pk=subscription_pk, subscriber=subscriber_pk).update(rhythm=rhythm)


@transaction.atomic
def drop(subscriber_pk: int, subscription_pk: int) -> None:
    """Take out one subscription, and with the last one the address."""
    Subscription.objects.filter(pk=subscription_pk, subscriber=subscriber_pk).delete()
    if not Subscription.objects.filter(subscriber=subscriber_pk).exclude(confirmed_at=None).exists():
        leave(subscriber_pk)


@transaction.atomic
def leave(subscriber_pk: int) -> None:
    """Forget an address: what it wanted, and what was still to be sent. Again, it changes nothing."""
    Subscriber.objects.select_for_update().filter(pk=subscriber_pk).first()
    unsent = Mailing.objects.filter(subscriber=subscriber_pk, sent_at=None)
    notices = list(Notice.objects.filter(mailings__in=unsent).distinct())
    unsent.delete()
    Subscriber.objects.filter(pk=subscriber_pk).delete()
    for notice in notices:
        report(notice)


def forget_the_lost() -> None:
    """Forget the addresses that never confirmed, and those that have taken no letter for a month."""
    now = real_now()
    Subscription.objects.filter(confirmed_at=None, asked_at__lt=now - CONFIRM_WITHIN).delete()
    has_any = Exists(Subscription.objects.filter(subscriber=OuterRef("pk")))
    idle = Subscriber.objects.filter(~has_any, created_at__lt=now - CONFIRM_WITHIN)
    stopped = Subscriber.objects.filter(stopped_at__lt=now - KEPT_STOPPED)
    for pk in {*idle.values_list("pk", flat=True), *stopped.values_list("pk", flat=True)}:
        leave(pk)
