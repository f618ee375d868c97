"""
How long the public may comment where a place got the plan late: the days count from the day on which it hung there.

The end of a period only ever moves later. Source: 《重大行政决策程序暂行条例》第十五条; who passes a place that the
plan has announced shall have the same days as who reads the website.
"""

from datetime import date, datetime, timedelta

from ledger.models import Entry
from tenders.law import calendar, day, law
from tenders.models import Consultation, Placement, last_moment

RUNNING = (Consultation.State.PUBLISHED, Consultation.State.OPEN)


def announcement_of(consultation: Consultation) -> Entry:
    """
    Return the act that has published the plan of a round with its places.

    :raises LookupError: if there is none
    """
    about = Entry.objects.about(consultation.project.path).filter(kind__startswith="step.publish").order_by("seq")
    for entry in about:
        if "placements" in entry.facts and entry.facts["round"] == consultation.round:
            return entry
    raise LookupError(f"{consultation.path} is not published")


def days_owed(consultation: Consultation) -> int:
    """Return how many days everybody has: those of PD-03, or as few as were announced with a published reason."""
    opens_on = consultation.opens_on
    if opens_on is None:
        raise ValueError(f"{consultation.path} has no period")
    legal = int(law("PD-03", opens_on).amount or 0)
    if not consultation.shortened_reason:
        return legal
    ends = [consultation.first_closes_on, *(change.new_closes_on for change in consultation.period_changes.all())]
    return min(legal, *((end - opens_on).days for end in ends if end))


def owed_end(consultation: Consultation, posted_on: date, at: datetime) -> date:
    """
    Return the last day for comments that is owed after a place got the plan on ``posted_on``: never an earlier one.

    ``at`` is the moment at which that is entered. If the period has run out by then, nobody could comment on the days
    that were missing: they are given from the day of the entry on.
    """
    present, n = consultation.closes_on, days_owed(consultation)
    if present is None or consultation.opens_on is None:
        raise ValueError(f"{consultation.path} has no period")
    if posted_on <= consultation.opens_on:
        return present
    days = calendar()
    whole = days.period_end(posted_on, n)
    if whole <= present or at < last_moment(present):
        return max(present, whole)
    missing = n - max((present - posted_on).days, 0)
    return max(whole, days.period_end(day(at), missing))


def latest_posting(consultation: Consultation) -> date | None:
    """Return the last day on which a plan may go up everywhere without the end having to move. None without an end."""
    opens_on, closes_on = consultation.opens_on, consultation.closes_on
    if opens_on is None or closes_on is None:
        return None
    days, n = calendar(), days_owed(consultation)
    latest = closes_on - timedelta(days=n)
    while latest > opens_on and days.period_end(latest, n) > closes_on:
        latest -= timedelta(days=1)
    return max(latest, opens_on)


def end_owed_to(proof: Placement, at: datetime) -> date | None:
    """Return the later end that the proof of a required place calls for, or None if the present one is late enough."""
    required = proof.required
    if required is None or required.consultation.state not in RUNNING:
        return None
    consultation = required.consultation
    owed = owed_end(consultation, day(proof.posted_at), at)
    return owed if consultation.closes_on and owed > consultation.closes_on else None
