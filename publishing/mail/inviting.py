"""Who is written to about an opening to be watched: the offices of the invited institutions, once for each news."""

from django.db.models import QuerySet

from integrity.models import Invitation
from ledger.models import Entry, Task
from ledger.operations import FollowUp, follow_up
from publishing.mail.commenting import recipient_of
from publishing.mail.invitation_letters import address_of
from publishing.models import Letter
from tenders.models import Package

LANGUAGE = "zh-hans"
MOVED = ("clarification.published",)
WORK = "tell-invited"


def follow(entry: Entry) -> None:
    """Have the invited told, if an act has moved the opening. One query, and none for other acts."""
    facts = entry.facts
    if entry.kind in MOVED and facts.get("new_due_at") != facts.get("old_due_at") and _invited(entry).exists():
        follow_up(entry, [FollowUp(WORK, queue=Task.Queue.DELIVER)])


def invite_by_mail(entry: Entry) -> None:
    """Write the letter that an invitation causes. Again, it writes none."""
    package, institution = entry.subject.split("/invitation/")
    invitation = Invitation.objects.get(package__in=Package.objects.named(package), institution=int(institution))
    _write(invitation, Letter.Kind.INVITED, entry)


def tell_moved(entry: Entry) -> None:
    """Write to all who are invited that the opening has another hour. Again, it writes to nobody twice."""
    for invitation in _invited(entry):
        _write(invitation, Letter.Kind.INVITED_MOVED, entry)


def _invited(entry: Entry) -> QuerySet[Invitation]:
    packages = Package.objects.named(entry.subject)
    return Invitation.objects.filter(package__in=packages, mode="").select_related("mandate").order_by("pk")


def _write(invitation: Invitation, kind: str, entry: Entry) -> None:
    if address := address_of(invitation):
        about = {"invitation": invitation, "kind": kind, "caused_by": entry}
        Letter.objects.get_or_create(**about, defaults={"recipient": recipient_of(address), "language": LANGUAGE})
