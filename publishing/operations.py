"""The acts of publication itself: a notice is published under its digest, as a paper is."""

from datetime import datetime
from hashlib import sha256

from django.db import transaction

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
