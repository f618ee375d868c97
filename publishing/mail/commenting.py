"""
Who is told of what becomes of a comment: the address that was left with it, once for each kind of news.

An address may be a stranger's, so no more than a few letters a day go there, and one click ends them all.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta

from django.db import models, transaction
from django.db.models.functions import Now
from django.utils.crypto import salted_hmac

from ledger.clock import real_now
from ledger.models import Entry, Task
from ledger.operations import FollowUp, follow_up
from publishing.mail.comment_letters import address_of
from publishing.models import Letter, Silence
from tenders.models import Comment

# Which act is news to whom has commented. Those that concern all comments of a project at once name no number.
NEWS = {
    "comment.received": Letter.Kind.COMMENT_RECEIVED,
    "comment.shown": Letter.Kind.COMMENT_SHOWN,
    "comment.masked": Letter.Kind.COMMENT_SHOWN,
    "comment.withheld": Letter.Kind.COMMENT_WITHHELD,
    "comment.answered": Letter.Kind.COMMENT_ANSWERED,
    "theme.answered": Letter.Kind.COMMENT_ANSWERED,
    "answer.corrected": Letter.Kind.COMMENT_CORRECTED,
    "step.decide": Letter.Kind.COMMENT_DECIDED,
}
A_DAY = 5  # letters to one address
BATCH = 200
LANGUAGE = "zh-hans"  # a comment has none; each letter names the English page


def follow(entry: Entry) -> None:
    """Have those told whom an act concerns, if any of them left an address. One query, and none for other acts."""
    if entry.kind in NEWS and _concerned(entry).exists():
        follow_up(entry, [FollowUp("tell-commenters", queue=Task.Queue.DELIVER)])


def tell(entry: Entry) -> None:
    """Write the letters about an act. Again, it writes none: a comment has one letter of each kind."""
    kind = NEWS[entry.kind]
    told = Letter.objects.filter(kind=kind, comment__in=_concerned(entry)).values("comment")
    waiting = _concerned(entry).exclude(pk__in=told).order_by("pk")
    for comments in _batches(waiting.iterator()):
        _write(kind, comments)


def _concerned(entry: Entry) -> models.QuerySet[Comment]:
    """The comments that an act is about and with which something like an e-mail address was left."""
    subject = entry.subject.split("/")
    comments = Comment.objects.filter(consultation__project__number=subject[1], contact__contains="@")
    if subject[2:3] != ["consultation"]:
        return comments
    facts = entry.facts
    numbers = facts["numbers"] if "numbers" in facts else [facts["number"]]
    return comments.filter(consultation__round=int(subject[3]), number__in=numbers)


def _batches(comments: Iterable[Comment]) -> Iterable[list[Comment]]:
    batch: list[Comment] = []
    for comment in comments:
        batch.append(comment)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


@transaction.atomic
def _write(kind: Letter.Kind, comments: list[Comment]) -> None:
    """Write letters to those addresses that have not had enough of them, and have not asked to be left alone."""
    recipients = {comment.pk: recipient_of(address) for comment in comments if (address := address_of(comment))}
    silent = set(Silence.objects.filter(pk__in=recipients.values()).values_list("pk", flat=True))
    today = Letter.objects.filter(recipient__in=recipients.values(), created_at__gt=real_now() - timedelta(days=1))
    sent = Counter(today.values_list("recipient", flat=True))
    letters = []
    for pk, recipient in recipients.items():
        if recipient in silent or sent[recipient] >= A_DAY:
            continue
        sent[recipient] += 1
        letters.append(Letter(comment_id=pk, kind=kind, recipient=recipient, language=LANGUAGE))
    Letter.objects.bulk_create(letters, ignore_conflicts=True)


def recipient_of(address: str) -> str:
    """Return by what an address is known without being kept. Domains, and nearly all mailboxes, ignore the case."""
    return salted_hmac("publishing.recipient", address.lower(), algorithm="sha256").hexdigest()


@transaction.atomic
def hush(comment: Comment) -> None:
    """Send nothing about comments to the address that was left with this one, nor what is still to be sent."""
    recipient = recipient_of(address_of(comment))
    Silence.objects.get_or_create(pk=recipient)
    Letter.objects.open().filter(recipient=recipient, invitation=None).update(
        failed_at=Now(), leased_until=None, error="stopped"
    )


def unhush(comment: Comment) -> None:
    """Let letters go there again. What was not sent meanwhile is not sent later."""
    Silence.objects.filter(pk=recipient_of(address_of(comment))).delete()


def is_hushed(comment: Comment) -> bool:
    return Silence.objects.filter(pk=recipient_of(address_of(comment))).exists()
