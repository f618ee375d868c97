"""Machines that take webhooks, or don't, in all ways: on plain lines for what no HTTP library would do."""

import socket
import ssl
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from threading import Event, Thread

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


def drip(connection, over):
    """A byte now and then, for ever."""
    while not over.wait(0.1):
        connection.sendall(b"X")


def drip_headers(connection, over):
    connection.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    drip(connection, over)


def hang(connection, over):
    over.wait(120)


def say(answer):
    return lambda connection, over: connection.sendall(answer)


def flood(connection, over):
    """A body of ten gigabytes."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 10737418240\r\n\r\n")
    while not over.is_set():
        connection.sendall(b"x" * 65536)


def flood_headers(connection, over):
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    while not over.is_set():
        connection.sendall(b"X-More: " + b"x" * 60000 + b"\r\n")


def continue_for_ever(connection, over):
    while not over.wait(0.01):
        connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")


@contextmanager
def sink(behave, context=None):
    """Listen on 127.0.0.1 and behave so to everybody. Give the port, and what was received by each connection."""
    over, received, attending = Event(), [], []
    listening = socket.create_server(("127.0.0.1", 0))
    listening.settimeout(0.1)

    def attend(connection):
        with suppress(OSError), connection:
            connection.settimeout(30)
            with context.wrap_socket(connection, server_side=True) if context else connection as line:
                received.append(line.recv(65536))
                behave(line, over)
                socket.socket.shutdown(line, socket.SHUT_WR)
                while line.recv(65536):  # until the other side has read all and goes
                    pass

    def serve():
        while not over.is_set():
            with suppress(TimeoutError):
                connection, _peer = listening.accept()
                attending.append(Thread(target=attend, args=[connection], daemon=True))
                attending[-1].start()

    server = Thread(target=serve, daemon=True)
    server.start()
    try:
        yield listening.getsockname()[1], received
    finally:
        over.set()
        for thread in (server, *attending):
            thread.join(60)
        listening.close()


def certificate(folder, *, names=("media.example",), addresses=(), days=30):
    """Make a certificate that signs itself. Return the file with it and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    now = datetime.now(UTC)
    alternatives = [*(x509.DNSName(n) for n in names), *(x509.IPAddress(ip_address(a)) for a in addresses)]
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=60))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName(alternatives), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / f"{len(list(folder.iterdir()))}.pem"
    file.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return file


def server_context(file):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context
