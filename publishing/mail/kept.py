"""Where there is no mail server: letters are kept in a folder, and staff of a demonstration can read them."""

import secrets
import time
from collections.abc import Sequence
from email import policy
from email.message import EmailMessage as ParsedMessage
from email.parser import BytesParser
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from ledger.files import write_atomically

KEPT = 200  # letters; they hold addresses, so older ones go


class KeptMails(BaseEmailBackend):
    """A backend of Django that sends nothing. A letter is a file of its own, readable by its owner alone."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            name = f"{time.time_ns():020d}-{secrets.token_hex(4)}.eml"
            write_atomically(settings.KEPT_MAILS / name, message.message().as_bytes(), mode=0o600)
        for file in _files()[KEPT:]:
            file.unlink(missing_ok=True)
        return len(email_messages)


def newest(count: int) -> list[ParsedMessage]:
    """Return the letters that were kept last, the newest first."""
    parser = BytesParser(policy=policy.default)
    return [parser.parsebytes(file.read_bytes()) for file in _files()[:count]]


def _files() -> list[Path]:
    return sorted(settings.KEPT_MAILS.glob("*.eml"), reverse=True)
