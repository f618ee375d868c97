"""
Letters to subscribers and calls of other offices' machines, which have engines of their own beside the outbox.

What a reader or a machine gets twice has the same id, and was tried as often: an attempt is counted before it is made.
"""

import time

from publishing.mail import sending
from publishing.mail.letters import message_of
from publishing.models import Call, Letter, Mailing, Notice, Subscription
from publishing.webhooks import calling
from publishing.webhooks.payload import id_of
from tests.faults.far_side import FAR_SIDE, MAIL_SERVER
from tests.publishing.sending import make_due, make_webhook, subscribe

OUT_WITHIN = 120.0  # seconds, on a machine that is busy with other things too


def register():
    """Let somebody subscribe to everything, and another office enter its machine."""
    subscribe()
    make_webhook(FAR_SIDE.url)


def send():
    """What beat starts every five seconds."""
    sending.send_due()
    calling.call_due()


def are_out():
    return not Letter.objects.open().exists() and not Call.objects.open().exists()


def bring_out():
    """Send what is left, without the pauses. Return what still does not go out, as sentences."""
    deadline = time.monotonic() + OUT_WITHIN
    while not are_out() and time.monotonic() < deadline:
        make_due()
        send()
    left = [*Letter.objects.open(), *Call.objects.open()]
    return [f"never went out: {thing!r}" for thing in left]


class Sent:
    """Remembers what has been looked at."""

    def __init__(self):
        self.letters, self.calls = set(), set()

    def broken(self):
        """Everybody gets each notice once, and nothing went out that was not counted before."""
        yield from self._letters()
        yield from self._calls()
        yield from nobody_left_out()

    def _letters(self):
        for letter in Letter.objects.exclude(sent_at=None).exclude(pk__in=self.letters):
            times = MAIL_SERVER.got[message_of(letter).extra_headers["Message-ID"]]
            if not 1 <= times <= letter.attempts:
                yield f"{letter!r} was sent {times} times in {letter.attempts} attempts"
            self.letters.add(letter.pk)

    def _calls(self):
        for call in Call.objects.exclude(done_at=None).exclude(pk__in=self.calls):
            times = FAR_SIDE.got[id_of(call)]
            if not 1 <= times <= call.attempts:
                yield f"{call!r} was made {times} times in {call.attempts} attempts"
            self.calls.add(call.pk)


def nobody_left_out():
    """Each notice since then has its letter and its call, once the outbox is empty."""
    since = Subscription.objects.get().confirmed_at
    notices = set(Notice.objects.filter(published_by__recorded_at__gte=since).values_list("pk", flat=True))
    for model in (Mailing, Call):
        written = list(model.objects.values_list("notice", flat=True))
        missing = notices - set(written)
        if len(written) != len(set(written)) or missing:
            yield f"{model.__name__}: {len(written)} for {len(notices)} notices, missing {sorted(missing)}"
