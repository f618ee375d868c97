"""Webhooks: each address that other offices have entered is called with the notices that concern it."""

from datetime import timedelta

from django.db.models import Count, Q
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing.channels.channel import Channel, note_down
from publishing.models import Call, Notice, Webhook
from publishing.webhooks.payload import body_of, text_in

NAME = "webhook"
OPEN = Q(done_at=None, failed_at=None)


def deliver(notice: Notice) -> None:
    """Write down whom to call with a notice. Again, it adds only those who were not written down yet."""
    concerned = Webhook.objects.filter(
        Q(project=None) | Q(project=notice.project_id),
        state=Webhook.State.ACTIVE,
        created_at__lte=notice.published_by.recorded_at,
    )
    Call.objects.bulk_create([Call(webhook=webhook, notice=notice) for webhook in concerned], ignore_conflicts=True)
    report(notice)


def report(notice: Notice) -> None:
    """
    Write down by how many machines a notice has been taken by now, and what they were told.

    Nothing is written down before the first was called, so that it shows if the channel is late.
    """
    counts = Call.objects.filter(notice=notice).aggregate(
        done=Count("pk", filter=Q(done_at__isnull=False)),
        failed=Count("pk", filter=Q(failed_at__isnull=False)),
        open=Count("pk", filter=OPEN),
        untried=Count("pk", filter=OPEN & Q(attempts=0)),
    )
    if notice.is_taken_down or (counts["untried"] and not counts["done"]):
        return
    body = body_of(notice, notice.published_by.recorded_at)
    with translation.override("zh-hans"):
        receipt = _("已收%(done)d，待收%(open)d，未能送达%(failed)d") % counts
    note_down(notice, NAME, text=text_in(body), payload=body, recipients=counts["done"], receipt=receipt)


WEBHOOK = Channel(NAME, gettext_lazy("推送给其他系统"), timedelta(minutes=10), deliver)
