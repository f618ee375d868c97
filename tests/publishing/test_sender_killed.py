"""The process that sends is killed after the other side has it and before that is noted down."""

import os
import signal
import subprocess
import sys
import time
from urllib.parse import quote

import pytest
from django.conf import settings as django_settings
from django.db import connection

from publishing.mail import sending
from publishing.webhooks import calling
from tests.publishing.mailserver import Server, running
from tests.publishing.sending import deliver, make_due, make_webhook, subscribe
from tests.publishing.sinks import OK, sink

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

WORK = "import django; django.setup(); from publishing import tasks; tasks.{task}()"


def start(task, **environment):
    """Start a process that does the work of a task, on the test database."""
    database = connection.settings_dict
    user, password = quote(database["USER"]), quote(database["PASSWORD"])
    return subprocess.Popen(
        [sys.executable, "-c", WORK.format(task=task)],
        cwd=django_settings.BASE_DIR,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DATABASE_URL": f"postgresql://{user}:{password}@{database['HOST']}:{database['PORT']}/{database['NAME']}",
            "SECRET_KEY": django_settings.SECRET_KEY,
            **environment,
        },
    )


def kill_once(process, condition):
    end = time.monotonic() + 180
    while not condition():
        assert process.poll() is None, "it has ended by itself"
        assert time.monotonic() < end, "it did not get so far"
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()


def test_a_letter_goes_out_at_most_once_more_under_the_same_id(settings):
    server = Server()
    server.hangs = True
    with running(server) as port:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        for number in range(3):
            subscribe(f"p{number}@example.com")
        deliver("mail")
        process = start("send_mails", EMAIL_URL=f"smtp://127.0.0.1:{port}")
        kill_once(process, lambda: server.messages)
        server.hangs = False

        sending.send_due()
        make_due()
        sending.send_due()

    assert len(server.ids) == 4
    assert len(set(server.ids)) == 3


def test_a_call_is_made_at_most_once_more_under_the_same_id(settings):
    settings.WEBHOOK_INTRANET = ["127.0.0.1/32"]
    is_killed = []

    def hold(line, over):
        over.wait(60) if not is_killed else line.sendall(OK)

    with sink(hold) as (port, received):
        make_webhook(f"http://127.0.0.1:{port}/")
        deliver("webhook")
        process = start("call_webhooks", WEBHOOK_INTRANET="127.0.0.1/32")
        kill_once(process, lambda: received)
        is_killed.append(True)

        calling.call_due()
        make_due()
        assert calling.call_due() == 1
        assert calling.call_due() == 0

    ids = [line for text in received for line in text.split(b"\r\n") if line.startswith(b"webhook-id")]
    assert len(received) == len(ids) == 2
    assert len(set(ids)) == 1
