"""
A small load generator: two connections, eight requests on the way in each, a closed loop.

Requests are sent ahead (HTTP pipelining), so that a client in Python is not the limit of what it measures.
"""

import re
import shutil
import socket
import subprocess
import threading
import time

CONNECTIONS = 2
AHEAD = 8
SECONDS = 1.5
LENGTH = re.compile(rb"\r\nContent-Length: *(\d+)", re.IGNORECASE)


def requests_per_second(port: int, path: str, *, packed: bool = False) -> float:
    """
    Return how many requests a second a server of this machine answers, asked for one page over and over.

    :raises RuntimeError: if it answers anything but 200, or the page changes meanwhile
    """
    if shutil.which("wrk"):
        return _by_wrk(port, path, packed=packed)
    request = _request(path, packed=packed)
    size = _size_of_answer(port, request)
    counts = [0] * CONNECTIONS

    def ask(number: int) -> None:
        counts[number] = _ask(port, request, size)

    started = time.perf_counter()
    threads = [threading.Thread(target=ask, args=(number,)) for number in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.perf_counter() - started)


def _request(path: str, *, packed: bool) -> bytes:
    accepted = b"Accept-Encoding: gzip\r\n" if packed else b""
    return b"GET " + path.encode() + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n" + accepted + b"\r\n"


def _size_of_answer(port: int, request: bytes) -> int:
    """Return how many bytes an answer has, head and body."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(request)
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += connection.recv(65536)
    head = answer.partition(b"\r\n\r\n")[0]
    length = LENGTH.search(head)
    if not head.startswith(b"HTTP/1.1 200") or length is None:
        raise RuntimeError(f"not a page of a known length: {head!r}")
    return len(head) + 4 + int(length[1])


def _ask(port: int, request: bytes, size: int) -> int:
    """Ask until the time is over. Return the number of whole answers."""
    buffer = bytearray(1 << 20)
    answered, received, asked = 0, 0, AHEAD
    deadline = time.perf_counter() + SECONDS
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(request * AHEAD)
        while time.perf_counter() < deadline:
            received += connection.recv_into(buffer)
            new = received // size - answered
            if new:
                answered += new
                asked += new
                connection.sendall(request * new)
    return answered


def _by_wrk(port: int, path: str, *, packed: bool) -> float:
    header = ["-H", "Accept-Encoding: gzip"] if packed else []
    command = ["wrk", "-t1", "-c16", f"-d{SECONDS + 0.5:.0f}s", *header, f"http://127.0.0.1:{port}{path}"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in said:
        raise RuntimeError(said)
    return float(said.rpartition("Requests/sec:")[2].split()[0])
