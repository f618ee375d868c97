"""Acts on the time for comments: its last day is moved later or earlier, with a reason that is published."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from ledger.operations import record
from statutes.refusal import Gate
from tenders.gates import period
from tenders.gates.period import NewEnd
from tenders.locking import lock
from tenders.models import Consultation, PeriodChange
from tenders.operations.common import hold_to, publishable
from tenders.rights import Role, demand

MAX_REASON = 500
EXTENDED, SHORTENED = "period.extended", "period.shortened"


@transaction.atomic(durable=True)
def change_period(
    consultation_id: int, *, closes_on: date, reason: str, actor: User, at: datetime, shortened_reason: str = ""
) -> PeriodChange:
    """
    Extend or shorten the time for comments to another last day.

    ``shortened_reason`` is demanded if fewer than the legal days remain (《重大行政决策程序暂行条例》第十五条).
    """
    consultation = lock(Consultation, consultation_id)
    demand(actor, consultation.project, Role.MANAGER)
    return move_end(
        consultation, closes_on=closes_on, reason=reason, shortened_reason=shortened_reason, actor=actor, at=at
    )


def move_end(
    consultation: Consultation,
    *,
    closes_on: date,
    reason: str,
    actor: User | None,
    at: datetime,
    shortened_reason: str = "",
    demands: Sequence[Gate] = period.MOVING,
) -> PeriodChange:
    """
    Move the last day of a round, and record it. What the public was told first stays on record.

    Requires a transaction that holds the locks of :func:`tenders.locking.lock`, and an actor whose right was asked:
    another act may have the end move with it. ``actor`` is None if a rule moves it, not a person; ``demands`` are then
    the gates of that rule.

    :raises ActRefused: with every reason against it
    """
    wish = NewEnd(consultation, closes_on, shortened_reason.strip())
    hold_to(wish, at, *demands)
    kind = EXTENDED if wish.is_extension else SHORTENED
    first: Any = consultation.first_closes_on
    old: Any = consultation.closes_on  # a period that runs has an end
    changed = PeriodChange.objects.create(
        consultation=consultation,
        old_closes_on=old,
        new_closes_on=closes_on,
        reason=publishable(reason, _("理由"), consultation.project, most=MAX_REASON),
        changed_at=at,
    )
    consultation.closes_on = closes_on
    if wish.shortened_reason and not wish.is_extension:
        consultation.shortened_reason = publishable(
            wish.shortened_reason, _("缩短期限的理由"), consultation.project, most=MAX_REASON
        )
    consultation.save(update_fields=["closes_on", "shortened_reason"])
    facts = {
        "round": consultation.round,
        "first_closes_on": first.isoformat(),
        "old_closes_on": old.isoformat(),
        "closes_on": closes_on.isoformat(),
        "reason": changed.reason,
        "shortened_reason": "" if wish.is_extension else consultation.shortened_reason,
    }
    key = f"period:{consultation.path}:{changed.pk}"
    record(kind, subject=consultation.path, actor=actor, at=at, facts=facts, key=key)
    return changed
