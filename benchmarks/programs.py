"""Real servers of a benchmark, on this machine only. They end with it."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

NGINX = """
daemon off; user root; worker_processes 1; pid {folder}/nginx.pid; error_log stderr crit;
events {{}}
http {{
    include /etc/nginx/mime.types; access_log off; keepalive_requests 10000000;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port}; root {root}; gzip_static on;
        location /squeezed/ {{ alias {root}/; gzip_static off; gzip on; gzip_comp_level 1; gzip_types *; }}
    }}
}}
"""
READY_WITHIN = 60.0  # seconds


def nginx() -> str | None:
    """Return the path of nginx, also where Debian puts it."""
    return shutil.which("nginx", path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/sbin")


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


@contextmanager
def running(*command: str, **environment: str) -> Iterator[None]:
    """Run a program until the end of the block."""
    log = (settings.DATA / "benchmark-programs.log").open("ab")
    with log:
        process = subprocess.Popen(
            command, env={**os.environ, **environment}, cwd=settings.BASE_DIR, stdout=log, stderr=log
        )
        try:
            yield
        finally:
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextmanager
def serving_files(port: int) -> Iterator[None]:
    """Serve the public folder by nginx."""
    folder = settings.DATA / "nginx"
    folder.mkdir(exist_ok=True)
    configuration = folder / "nginx.conf"
    configuration.write_text(NGINX.format(folder=folder, root=settings.PUBLIC_ROOT, port=port))
    folder.chmod(0o755)
    with running(nginx() or "nginx", "-e", "stderr", "-c", str(configuration)):
        wait_until(lambda: answers(port))
        yield


@contextmanager
def serving_application(port: int) -> Iterator[None]:
    """Serve the web application as `make run` does."""
    options = {"--interface": "wsgi", "--host": "127.0.0.1", "--port": str(port), "--blocking-threads": "8"}
    command = [tool("granian"), *(word for pair in options.items() for word in pair), "config.wsgi:application"]
    with running(*command, DB_POOL="1"):
        wait_until(lambda: answers(port))
        yield


def tool(name: str) -> str:
    """Return the path of a program of this environment."""
    return str(Path(sys.executable).parent / name)


def answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False


def wait_until(condition: Callable[[], bool], within: float = READY_WITHIN, every: float = 0.05) -> None:
    """:raises TimeoutError: if it does not come about"""
    deadline = time.monotonic() + within
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError("a program of the benchmark did not become ready")
        time.sleep(every)
