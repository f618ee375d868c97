"""A public page as readers get it, over real servers."""

from collections.abc import Callable
from contextlib import ExitStack
from functools import partial

from benchmarks.asking import requests_per_second
from benchmarks.measuring import Row, rounds, show
from benchmarks.programs import free_port, nginx, serving_application, serving_files

PAGE = "/projects/2026-001/"


def run() -> None:
    contestants: dict[str, Callable[[], float]] = {}
    with ExitStack() as servers:
        if nginx():
            files = free_port()
            servers.enter_context(serving_files(files))
            contestants |= {
                "nginx, the published file (limit)": partial(requests_per_second, files, PAGE),
                "nginx, its packed form": partial(requests_per_second, files, PAGE, packed=True),
            }
        web = free_port()
        servers.enter_context(serving_application(web))
        contestants |= {
            "our web process, the published file": partial(requests_per_second, web, PAGE),
            "our web process, its packed form": partial(requests_per_second, web, PAGE, packed=True),
            "Django renders the page, nothing cached": partial(requests_per_second, web, f"{PAGE}?fresh=1"),
        }
        rows = rounds(contestants)
    missing = [] if nginx() else [Row("nginx, the published file", None, note="no nginx on this machine")]
    show("Public page, requests a second (16 on the way)", [*rows, *missing])
