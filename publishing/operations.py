"""The acts of publication itself: a notice is published under its digest, and an alarm says where one is not."""

from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils import timezone

from ledger.models import Entry
from ledger.operations import record
from publishing.models import Notice
from tenders.locking import lock
from tenders.models import Project


@transaction.atomic(durable=True)
def publish_notice(entry: Entry, project: Project, *, title: str, body: str, at: datetime) -> Notice:
    """
    Fix the text of an act's notice, and put its digest on record, so that any copy of it can be checked.

    Called again it returns the notice that is there already, whatever the text would be by now.
    """
    lock(Project, project.pk)
    if known := Notice.objects.filter(entry=entry).first():
        return known
    content = body.encode()
    digest = sha256(content).hexdigest()
    published = record(
        "notice.published",
        subject=entry.subject,
        actor=None,
        at=at,
        facts={"title": title, "sha256": digest, "size": len(content), "of": entry.seq},
        key=f"notice:{entry.seq}",
    )
    return Notice.objects.create(
        entry=entry, published_by=published, project=project, title=title, body=body, sha256=digest
    )


# -- alarms ------------------------------------------------------------------------------------------------------------


def key_of_lateness(notice: Notice, channel: str) -> str:
    return f"late:{notice.pk}:{channel}"


def key_of_difference(notice: Notice, channel: str, carried: str) -> str:
    """Name what was found on a channel by its digest: another false text later is another alarm."""
    return f"differs:{notice.pk}:{channel}:{carried}"


@transaction.atomic(durable=True)
def record_lateness(
    notice: Notice, channel: str, *, where: str, due_at: datetime, sent_at: datetime | None, at: datetime
) -> Entry:
    """Put on record that a notice was not out in time on a channel. ``sent_at`` is None if it is not out yet."""
    facts = _about(notice, channel, where) | {
        "due_at": timezone.localtime(due_at).isoformat(),
        "sent_at": timezone.localtime(sent_at).isoformat() if sent_at else None,
    }
    key = key_of_lateness(notice, channel)
    return record("publication.late", subject=notice.entry.subject, actor=None, at=at, facts=facts, key=key)


@transaction.atomic(durable=True)
def record_difference(notice: Notice, channel: str, *, where: str, carried: str, at: datetime) -> Entry:
    """Put on record that a channel carried another text than the notice's. ``carried`` is empty if it had none."""
    facts = _about(notice, channel, where) | {"sha256": notice.sha256, "carried": carried}
    key = key_of_difference(notice, channel, carried)
    return record("publication.differs", subject=notice.entry.subject, actor=None, at=at, facts=facts, key=key)


def _about(notice: Notice, channel: str, where: str) -> dict[str, Any]:
    return {"of": notice.pk, "title": notice.title, "channel": channel, "where": where}
