"""
Sends the letters that are due.

A letter is claimed under a lease, sent, and marked. Who dies in between leaves it to be sent once more, under the same
Message-ID. While the mail server is down nothing waits but letters: one process at a time talks to it, and each
letter's next attempt is put off.
"""

import logging
import smtplib
from collections.abc import Iterable
from datetime import timedelta
from time import monotonic

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from ledger.clock import real_now
from ledger.locks import alone
from publishing.channels.mail import ANSWERED, report
from publishing.locks import MAIL
from publishing.mail.letters import message_of
from publishing.models import Letter, Mailing, Notice, Subscriber

BATCH = 20
LEASE = timedelta(seconds=300)  # longer than a batch takes with a slow server
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=4)
PAUSE_OF_THE_REST = timedelta(seconds=30)  # of letters that were not tried because the server was away
GIVEN_UP_AFTER = timedelta(days=3)
REFUSALS_UNTIL_STOPPED = 3
TOLD_OF = (
    "subscriber", "subscription__project", "comment__consultation__project__owner", "sign_up", "caused_by",
    "invitation__institution", "invitation__mandate", "invitation__package__project__owner",
)  # fmt: skip
LONGEST_RUN = 20.0  # seconds, after which no new batch is begun

logger = logging.getLogger(__name__)


class ServerAwayError(Exception):
    """Raised if the trouble is the mail server's, or our way to it, and not the letter's."""


class RefusedError(Exception):
    """Raised if the server does not take this letter. ``code`` is SMTP's: from 500 on, it never will."""

    def __init__(self, code: int) -> None:
        super().__init__(f"{ANSWERED}{code}")
        self.code = code


class UnfitLetterError(Exception):
    """Raised if a letter cannot be written so that a mail server would read it. That is a fault of ours."""


def send_due() -> int:
    """Send what is due, for at most some twenty seconds. Return the number of letters sent."""
    with alone(MAIL) as is_alone:
        return _send_due() if is_alone else 0


def _send_due() -> int:
    until, sent = monotonic() + LONGEST_RUN, 0
    while monotonic() < until and (letters := claim()):
        done = send_batch(letters)
        sent += done
        if done < len(letters):
            break
    return sent


def claim(limit: int = BATCH) -> list[Letter]:
    """Take letters that are due, the ones first that somebody waits for. The attempt is counted now."""
    with transaction.atomic():
        due = Letter.objects.due().order_by("kind", "due_at", "pk")
        letters = list(due.select_for_update(skip_locked=True)[:limit])
        pks = [letter.pk for letter in letters]
        Letter.objects.filter(pk__in=pks).update(leased_until=real_now() + LEASE, attempts=F("attempts") + 1)
    return list(Letter.objects.filter(pk__in=pks).select_related(*TOLD_OF))


def send_batch(letters: list[Letter]) -> int:
    """
    Send letters over one connection. Return how many were dealt with: sent, or refused as letters.

    If the server goes away the letter at hand waits longer each time; those behind it are put off a little.
    """
    mails, dealt_with = get_connection(), 0
    for letter in letters:
        try:
            if _still_wanted(letter):
                send(letter, mails)
        except ServerAwayError as e:
            logger.warning("The mail server is away: %s", e)
            put_off(letter, str(e))
            _release(letters[dealt_with + 1 :])
            break
        except RefusedError as e:
            _refused(letter, e.code)
        except UnfitLetterError as e:
            logger.error("Letter %s cannot be written: %s", letter.pk, e)  # noqa: TRY400, its text may be an address
            _give_up(letter, "unfit")
        else:
            _sent(letter)
        dealt_with += 1
    mails.close()
    for notice in _notices_in(letters):
        report(notice)
    return dealt_with


def _still_wanted(letter: Letter) -> bool:
    """Whether its reader has not left since it was claimed."""
    return Letter.objects.open().filter(pk=letter.pk).exists()


def send(letter: Letter, mails: BaseEmailBackend) -> None:
    """
    Hand one letter to the server. What the server says is not passed on: it may name the address.

    :raises RefusedError: if the server does not take the letter
    :raises ServerAwayError: if the server can't be reached or breaks off, or doesn't take us for a sender
    :raises UnfitLetterError: if the letter cannot be written
    """
    try:
        mails.open()
        mails.send_messages([message_of(letter)])
    except smtplib.SMTPRecipientsRefused as e:
        raise RefusedError(min(code for code, _words in e.recipients.values())) from None
    except smtplib.SMTPDataError as e:
        raise RefusedError(e.smtp_code) from None
    except smtplib.SMTPResponseException as e:
        raise ServerAwayError(f"{type(e).__name__} {e.smtp_code}") from None
    except OSError as e:
        raise ServerAwayError(type(e).__name__) from None
    except (ValueError, LookupError) as e:
        raise UnfitLetterError(type(e).__name__) from None


def _sent(letter: Letter) -> None:
    """Mark a letter as sent. Earlier refusals are forgotten: the address takes letters, even if it was stopped."""
    with transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(sent_at=Now(), leased_until=None, error="")
        Mailing.objects.filter(letter=letter.pk).update(sent_at=Now())
        Subscriber.objects.filter(letters=letter.pk).update(refusals=0, stopped_at=None)


def _refused(letter: Letter, code: int) -> None:
    if code < 500:
        put_off(letter, f"{ANSWERED}{code}")
        return
    _give_up(letter, f"{ANSWERED}{code}")
    with transaction.atomic():
        Subscriber.objects.filter(letters=letter.pk).update(refusals=F("refusals") + 1)
        lost = Subscriber.objects.filter(letters=letter.pk, refusals__gte=REFUSALS_UNTIL_STOPPED, stopped_at=None)
        if lost.update(stopped_at=Now()):
            rest = Letter.objects.open().filter(subscriber=letter.subscriber_id)
            Mailing.objects.filter(letter__in=rest).update(failed_at=Now())
            rest.update(failed_at=Now(), error="stopped")


def put_off(letter: Letter, error: str) -> None:
    """Let a letter wait, each time twice as long; after three days it is given up."""
    if real_now() - letter.created_at > GIVEN_UP_AFTER + timedelta(days=letter.rhythm):
        _give_up(letter, error)
        return
    due_at = real_now() + pause_after(letter.attempts)
    Letter.objects.open().filter(pk=letter.pk).update(due_at=due_at, leased_until=None, error=error[:40])


def pause_after(attempts: int) -> timedelta:
    """Return how long a letter waits that has been tried so often. Requires attempts >= 1."""
    return min(FIRST_PAUSE * 2 ** min(attempts - 1, 10), LONGEST_PAUSE)


def _release(letters: list[Letter]) -> None:
    """Give back what was claimed and not tried."""
    pks = [letter.pk for letter in letters]
    Letter.objects.open().filter(pk__in=pks).update(
        due_at=real_now() + PAUSE_OF_THE_REST, leased_until=None, attempts=F("attempts") - 1
    )


def _give_up(letter: Letter, error: str) -> None:
    with transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(failed_at=Now(), leased_until=None, error=error[:40])
        Mailing.objects.filter(letter=letter.pk).update(failed_at=Now())


def _notices_in(letters: Iterable[Letter]) -> list[Notice]:
    return list(Notice.objects.filter(mailings__letter__in=[letter.pk for letter in letters]).distinct())
