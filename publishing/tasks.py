"""The only tasks of Celery. What is to be done lies in the outbox; a task only says when to look."""

from celery import shared_task
from django.core.cache import cache

from ledger import outbox
from ledger.clock import now, real_now
from ledger.models import Task
from lifecycle import automatic
from publishing import ciphertexts, inspection, site
from publishing.handlers import HANDLERS
from publishing.mail import account_letters, sending, subscribing
from publishing.proofs import publish_proofs
from publishing.webhooks import calling
from tenders.operations import bid_boxes, sealed_bids

HEARTBEAT = "worker-heartbeat"
HEARTBEAT_SECONDS = 30  # six beats may be lost before the worker counts as dead


@shared_task(name="publishing.drain")
def drain(queue: str) -> None:
    """Do what is due in a queue. Started by each act and by the sweep; any number may run at once."""
    outbox.drain(queue, HANDLERS)
    if queue == Task.Queue.RENDER:
        publish_proofs()
        site.keep_current()


@shared_task(name="publishing.inspect")
def inspect() -> None:
    """Read the recent notices back from where they stand published. Any number may be started; one is at it."""
    inspection.inspect()


@shared_task(name="publishing.heartbeat")
def heartbeat() -> None:
    """Leave a sign of life for the readiness check: the moment, as seconds since 1970."""
    cache.set(HEARTBEAT, real_now().timestamp(), HEARTBEAT_SECONDS)


@shared_task(name="publishing.take_due_steps")
def take_due_steps() -> None:
    """Open and close rounds of comments at their minute. Of those that run at once, one takes each step."""
    automatic.take_due(at=now())


@shared_task(name="publishing.tick_boxes")
def tick_boxes() -> None:
    """Bind what lies in the boxes of running tenders, when it is time. Of those that run at once, one does so."""
    bid_boxes.tick_boxes(at=now())


@shared_task(name="publishing.send_mails")
def send_mails() -> None:
    """Send the letters that are due. Of those that run at once, one sends."""
    sending.send_due()


@shared_task(name="publishing.call_webhooks")
def call_webhooks() -> None:
    """Call the machines that are to be called. Of those that run at once, one calls."""
    calling.call_due()


@shared_task(name="publishing.forget_lost_subscribers")
def forget_lost_subscribers() -> None:
    """Forget the addresses that we may not keep."""
    subscribing.forget_the_lost()
    account_letters.forget_the_unconfirmed()


@shared_task(name="publishing.throw_away_uploads")
def throw_away_uploads() -> None:
    """Throw away what was uploaded for sealed bids and never delivered."""
    sealed_bids.throw_away_undelivered(at=now())


@shared_task(name="publishing.check_ciphertexts")
def check_ciphertexts() -> None:
    """Read the ciphertexts of sealed bids, and raise an alarm if one is not what was delivered."""
    ciphertexts.inspect_ciphertexts()
