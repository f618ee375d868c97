"""
Ratios, each measured in one run, its contestants in turn: `make bench`, `make bench ARGS="log full-log"`.

Absolute figures depend on the machine and on what else it does; only the ratios are worth keeping. README.md beside
this file says what each row means.
"""

import argparse
import os
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ["DATA"] = os.environ.get("TEST_TMP", os.environ.get("DATA", ".data"))
os.environ["DEMO"] = "1"
django.setup()

from django.core.management import call_command  # noqa: E402, they need Django set up

from benchmarks import latency, log, outbox, pages, writes  # noqa: E402
from publishing import site  # noqa: E402

LARGE = "full-log"  # a million entries: only if asked for
BENCHMARKS = {
    "pages": pages.run,
    "writes": writes.run,
    "latency": latency.run,
    "outbox": outbox.run,
    "log": log.run,
    LARGE: log.run_largest,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench ARGS=...")
    parser.add_argument("names", nargs="*", choices=[[], *BENCHMARKS], help="all but full-log, if none is named")
    names, started = parser.parse_args().names or [name for name in BENCHMARKS if name != LARGE], time.monotonic()
    if not {"log", LARGE}.issuperset(names):
        call_command("migrate", verbosity=0)
        call_command("demo")
        site.rebuild()
    for name in names:
        BENCHMARKS[name]()
    print(f"\n{time.monotonic() - started:.0f} s in all, load of the machine {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
