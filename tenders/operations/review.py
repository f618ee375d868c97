"""The act of review: whether a document may go out, and why what was found in it may stay."""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from ledger.canonical import new_salt
from ledger.operations import record
from tenders import gates
from tenders.findings import Finding, findings_of
from tenders.gates.privacy import every_finding_is_resolved, open_findings
from tenders.law import refuse
from tenders.locking import lock
from tenders.models import Review, ReviewFinding
from tenders.operations.common import refused
from tenders.rights import Role, demand


@transaction.atomic(durable=True)
def review(
    document: Any,
    *,
    released: bool,
    actor: User,
    at: datetime,
    remark: str = "",
    grounds: Mapping[str, str] | None = None,
) -> Review:
    """
    Record the review for secrets and personal data of a document (anything with ``notice``, ``path`` and ``facts()``).

    ``grounds`` say by the key of each finding why it may stay. While one has none, nothing is released; a review that
    does not release keeps the findings, and the next one counts how many of them are gone.
    Source: 《政府信息公开条例》第十五条、第十七条.
    """
    document = lock(type(document), document.pk)
    demand(actor, document.project, Role.REVIEWER)
    if not released and not remark:
        raise refused(refuse("D03", _("不予公开的，须写明理由。"), timezone.localdate(at)))
    found, grounds = findings_of(document), grounds or {}
    if released and (refusal := every_finding_is_resolved(found, grounds)):
        raise refused(refusal)
    before = Review.objects.filter(subject=document.path, notice=document.notice).last()
    salt = new_salt()
    done = Review.objects.create(
        project=document.project,
        subject=document.path,
        notice=document.notice,
        salt=salt,
        digest=gates.digest(salt, document.facts()),
        released=released,
        remark=remark,
        reviewer=actor,
        reviewed_at=at,
    )
    _keep(done, found, grounds)
    facts = {
        "notice": document.notice,
        "released": released,
        "digest": done.digest,
        "personal_data": _counted(done, found, before),
    }
    key = f"review:{document.path}:{done.pk}"
    record("review.recorded", subject=document.path, actor=actor, at=at, facts=facts, key=key)
    return done


def _keep(done: Review, found: Collection[Finding], grounds: Mapping[str, str]) -> None:
    still_open = {finding.key for finding in open_findings(found, grounds)}
    ReviewFinding.objects.bulk_create(
        ReviewFinding(
            review=done,
            kind=finding.kind,
            place=finding.place,
            excerpt=finding.excerpt[:120],
            count=finding.count,
            ground="" if finding.key in still_open else grounds[finding.key],
            key=finding.key,
        )
        for finding in found
    )


def _counted(done: Review, found: Collection[Finding], before: Review | None) -> dict[str, Any]:
    """What the public learns of the findings: how many of which kind, why they stay, how many are gone."""
    here = {finding.key for finding in found}
    gone = before.findings.filter(ground="").exclude(key__in=here).count() if before else 0
    stay = done.findings.exclude(ground="").values_list("ground", flat=True)
    return {
        "found": dict(Counter(finding.kind for finding in found)),
        "may_stay": dict(Counter(stay)),
        "removed": gone,
    }
