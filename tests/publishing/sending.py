"""For the tests of mail and webhooks: notices, subscribers, machines, and time that passes."""

from datetime import timedelta
from itertools import count

from django.db import transaction
from django.db.models.functions import Now

from ledger.clock import now, real_now
from ledger.operations import record
from publishing.channels import CHANNELS
from publishing.mail import subscribing
from publishing.mail.subscribing import Wish
from publishing.models import Call, Letter, Subscription, Webhook
from publishing.operations import publish_notice
from publishing.webhooks.payload import new_secret
from tenders.models import Project
from tests.portal.scenes import make_project, make_user

Scope, Rhythm = Subscription.Scope, Subscription.Rhythm
numbers = count()


def the_project():
    return Project.objects.first() or make_project()


def make_notice(project=None, title="陵园公园改扩建 方案公示", body=None):
    """A notice of an act that has just been done."""
    project = project or the_project()
    with transaction.atomic():
        entry = record(
            "step.publish_plan",
            subject=project.path,
            actor=None,
            at=now(),
            facts={},
            key=f"act:{next(numbers)}",
        )
    body = body or f"{title}\n2026年7月20日（星期一）9:00\nhttp://127.0.0.1:8000/notices/{entry.seq}/\n"
    return publish_notice(entry, project, title=title, body=body, at=now())


def subscribe(address="wang@example.com", scope=Scope.ALL, rhythm=Rhythm.IMMEDIATELY, language="zh-hans", **to):
    """A confirmed subscription. The letter that asked for the confirmation is out of the way."""
    subscribing.ask(address, Wish(scope, rhythm, language, **to))
    subscription = Subscription.objects.order_by("-pk").first()
    Letter.objects.exclude(kind=Letter.Kind.NOTICES).delete()
    return subscribing.confirm(subscription.pk)


def deliver(channel, notice=None):
    """Write down whom a notice goes to, as the outbox does."""
    notice = notice or make_notice()
    CHANNELS[channel].deliver(notice)
    return notice


def make_webhook(url, **fields):
    user = make_user("administrator", f"admin-{next(numbers)}")
    return Webhook.objects.create(
        **{"url": url, "label": "县融媒体中心", "secret": new_secret()} | fields, created_by=user
    )


def make_due():
    """Let everything be due now that is put off, and no lease hold."""
    for model in (Letter, Call):
        model.objects.filter(due_at__gt=Now()).update(due_at=Now() - timedelta(seconds=1))
        model.objects.exclude(leased_until=None).update(leased_until=Now() - timedelta(seconds=1))


def seconds_until(moment):
    return (moment - real_now()).total_seconds()
