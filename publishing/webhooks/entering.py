"""Which machines are called: entered, tried out, given new secrets, and stopped, by staff or by their own failing."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models.functions import Now

from accounts.models import User
from publishing.channels.webhook import report
from publishing.models import Call, Notice, Webhook
from publishing.webhooks.payload import new_secret
from tenders.models import Project

OLD_SECRET_LASTS = timedelta(days=1)

logger = logging.getLogger(__name__)


def enter(url: str, *, label: str, project: Project | None, actor: User) -> Webhook:
    """Let a machine be called with the notices from now on, of one project or of all."""
    return Webhook.objects.create(url=url, label=label, project=project, created_by=actor, secret=new_secret())


def try_out(webhook: Webhook) -> Call:
    """Let a machine be called once to see whether it answers, even one that is stopped."""
    return Call.objects.create(webhook=webhook)


def rotate(webhook: Webhook, at: datetime) -> None:
    """Sign with a new secret from now on, and for a day with the present one as well."""
    Webhook.objects.filter(pk=webhook.pk).update(
        secret=new_secret(), old_secret=webhook.secret, old_secret_until=at + OLD_SECRET_LASTS
    )


def enable(webhook: Webhook) -> None:
    """Call a machine again, with the notices from now on."""
    Webhook.objects.filter(pk=webhook.pk).update(state=Webhook.State.ACTIVE, reason="", failures=0, failing_since=None)


@transaction.atomic
def disable(webhook: Webhook, reason: str) -> None:
    """Call a machine no more, and give up what waits for it. Staff see on their desk that it is stopped, and why."""
    Webhook.objects.filter(pk=webhook.pk).update(state=Webhook.State.DISABLED, reason=reason)
    lost = Call.objects.open().filter(webhook=webhook.pk)
    notices = list(Notice.objects.filter(calls__in=lost).distinct())
    lost.update(failed_at=Now(), leased_until=None)
    for notice in notices:
        report(notice)
    logger.warning("Webhook %s is disabled", webhook.pk)
