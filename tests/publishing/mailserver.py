"""A mail server for tests, which does what a test tells it to. And a backend whose process dies."""

import asyncio
import socket
from contextlib import contextmanager
from email import message_from_bytes, policy
from threading import Event

from aiosmtpd.controller import Controller
from django.core.mail.backends.locmem import EmailBackend


class Crash(BaseException):
    """Stands for a process that dies: nothing catches it."""


class CrashAfterSending(EmailBackend):
    """The letter is out, and then the process dies before it can note that down."""

    def send_messages(self, messages):
        super().send_messages(messages)
        raise Crash


class Server:
    """Answers as told: ``rcpt`` and ``data`` are its words, or None for a yes."""

    def __init__(self):
        self.messages, self.recipients = [], []
        self.sender_answer = self.rcpt = self.data = None
        self.is_bad = lambda address: True  # to which recipients ``rcpt`` applies
        self.hangs = self.breaks_off = False
        self.over = Event()

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802, aiosmtpd's name
        if self.sender_answer:
            return self.sender_answer
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if self.rcpt and self.is_bad(address):
            return self.rcpt
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if self.data:
            return self.data
        self.messages.append(message_from_bytes(envelope.content, policy=policy.default))
        self.recipients += envelope.rcpt_tos
        if self.breaks_off:
            server.transport.abort()
        if self.hangs:
            await asyncio.to_thread(self.over.wait, 60)
        return "250 OK"

    @property
    def ids(self):
        return [message["Message-ID"] for message in self.messages]


@contextmanager
def running(server):
    """Run a server on a free port of this machine. Give the port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(server, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield port
    finally:
        server.over.set()
        controller.stop()
