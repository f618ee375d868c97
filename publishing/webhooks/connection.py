"""One call: to an address that was looked at, with a limit on everything, and nothing followed."""

import http.client
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Timer
from time import monotonic

from django.utils.translation import gettext as _

from publishing.webhooks.addresses import PORTS, Target, UnfitAddressError, target

CONNECT_SECONDS = 5.0
WHOLE_SECONDS = 10.0  # of connecting, sending and reading together
ANSWER_BYTES = 4096  # that are read of an answer
SHOWN = 200  # characters of it that staff get to see


@dataclass(frozen=True)
class Answer:
    """What came of a call: the other side's status and first words, or no status and why there is none."""

    status: int | None
    text: str
    took_ms: int

    @property
    def is_taken(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


class PinnedConnection(http.client.HTTPConnection):
    """
    A connection to given addresses, under a name: the name is in the Host header, and the certificate must be for it.

    No proxy is asked, whatever the environment says.
    """

    def __init__(self, to: Target) -> None:
        super().__init__(to.host, to.port, timeout=CONNECT_SECONDS)
        self.to = to
        self.default_port = PORTS[to.scheme]  # which is not said in the Host header
        self.is_over = False

    def connect(self) -> None:
        self.sock = self._first_that_answers()
        if self.to.scheme == "https":
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.to.host)
        self.sock.settimeout(WHOLE_SECONDS)
        if self.is_over:  # while there was no line to break off yet
            raise TimeoutError

    def _first_that_answers(self) -> socket.socket:
        until = monotonic() + CONNECT_SECONDS
        error: OSError = TimeoutError()
        for address in self.to.addresses:
            if (left := until - monotonic()) <= 0:
                break
            try:
                return socket.create_connection((address, self.to.port), timeout=left)
            except OSError as e:
                error = e
        raise error

    def break_off(self) -> None:
        """Wake up whoever waits for the other side."""
        self.is_over = True
        if self.sock is not None:
            with suppress(OSError):  # it has ended by itself
                socket.socket.shutdown(self.sock, socket.SHUT_RDWR)  # of the line: TLS stays as its reader knows it


def post(url: str, body: bytes, headers: dict[str, str]) -> Answer:
    """Call a URL and return what came of it, within some ten seconds."""
    began = monotonic()
    try:
        status, text = _post(target(url), body, headers)
    except UnfitAddressError as e:
        status, text = None, str(e)
    except (OSError, ValueError, http.client.HTTPException) as e:
        status, text = None, _reason(e, monotonic() - began)
    return Answer(status, _shown(text), round((monotonic() - began) * 1000))


def _post(to: Target, body: bytes, headers: dict[str, str]) -> tuple[int, str]:
    connection = PinnedConnection(to)
    with _limited(connection):
        connection.request("POST", to.path, body, headers)
        response = connection.getresponse()
        if connection.is_over:  # what was read ends where the line was broken off
            raise TimeoutError
        text = response.read(ANSWER_BYTES).decode("utf-8", errors="replace")
        return response.status, text


@contextmanager
def _limited(connection: PinnedConnection) -> Iterator[None]:
    """Break a connection off when its time is up: a byte now and then does not stretch it."""
    watch = Timer(WHOLE_SECONDS, connection.break_off)
    watch.daemon = True
    watch.start()
    try:
        yield
    finally:
        watch.cancel()
        connection.close()


def _reason(error: Exception, seconds: float) -> str:
    if isinstance(error, TimeoutError) or seconds >= WHOLE_SECONDS:
        return _("对方没有在规定时间内回答。")
    if isinstance(error, ssl.SSLCertVerificationError):
        return _("对方的证书不可信：%(reason)s") % {"reason": error.verify_message}
    if isinstance(error, ssl.SSLError):
        return _("加密连接建立不起来。")
    if isinstance(error, ConnectionRefusedError):
        return _("对方拒绝连接。")
    return _("连接中断：%(error)s") % {"error": type(error).__name__}


def _shown(text: str) -> str:
    """Return the beginning of foreign text as one line that can be kept and shown."""
    return "".join(c if c.isprintable() else " " for c in text)[:SHOWN].strip()
