"""The application on top of the engines: what is done before it starts, its processes, when it is ready."""

import time
import urllib.error
import urllib.request

from engines import as_role
from environment import BIN, PYTHON, ROOT
from instance import Instance
from processes import PRIVATE_FILES, Children, Program, run_step
from terminal import Failure
from witness_program import start_witness

READY_WITHIN = 180.0  # seconds


def manage(environment: dict[str, str], *arguments: str) -> None:
    """
    Run a command of manage.py to its end.

    :raises Failure: if it fails
    """
    if run_step([str(PYTHON), "manage.py", *arguments], environment, ROOT, umask=PRIVATE_FILES):
        raise Failure(f"manage.py {' '.join(arguments)} 失败，原因见上。")


def prepare(environment: dict[str, str]) -> None:
    """Bring the tables up to date and, on an empty demonstration instance, play the demonstration."""
    manage(as_role(environment, "OWNER"), "migrate", "--verbosity", "0")
    if environment["DEMO"] == "1":
        manage(as_role(environment, "APP"), "demo", "--if-empty")


def start_application(environment: dict[str, str], instance: Instance, children: Children, port: int) -> None:
    """Start the sealer, the worker, the scheduler, the web server and, in a demonstration, the witness."""
    app, sealer = as_role(environment, "APP"), as_role(environment, "SEALER")
    celery = [str(BIN / "celery"), "-A", "config.celery"]
    worker = ["worker", "-Q", "ledger,render,deliver", "-c", "4", "-l", "INFO", "--without-gossip", "--without-mingle"]
    beat = ["beat", "-l", "INFO", "--pidfile="]
    for program in (
        Program("sealer", [str(PYTHON), "manage.py", "seal"], sealer, folder=ROOT),
        Program("worker", [*celery, *worker], app, folder=ROOT, grace=8),
        Program("beat", [*celery, *beat], app, folder=ROOT),
        Program("web", web_command(port), {**app, "DB_POOL": "1"}, folder=ROOT),
    ):
        children.start(program)
    if "WITNESS_PORT" in environment:
        start_witness(environment, instance, children)


def web_command(port: int) -> list[str]:
    options = {"--interface": "wsgi", "--host": "127.0.0.1", "--port": port, "--workers": 1, "--blocking-threads": 8}
    return [str(BIN / "granian"), *(str(part) for pair in options.items() for part in pair), "config.wsgi:application"]


def wait_until_ready(address: str, children: Children) -> None:
    """
    Wait for /readyz to answer 200.

    :raises Failure: if that takes too long; it then tells what /readyz said last
    """
    answer = ""
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline:
        children.tend()
        code, answer = ask(f"{address}readyz")
        if code == 200 and children.alive("web"):  # and not somebody else's site, on a port taken meanwhile
            return
        time.sleep(0.2)
    raise Failure(f"网站没有就绪：{answer or children.tail('web')}", f"看 {children.logs}/*.log")


def ask(url: str) -> tuple[int, str]:
    """Return the status and text of a page of this machine; 0 if nobody answers. A proxy is not asked."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=5) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.read().decode(errors="replace")
    except OSError:
        return 0, ""
