"""Start the world, then the driver in it: Django can be set up only once the addresses of the servers are known."""

import argparse
import importlib
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "config" / "launcher"))


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--seed", type=int, default=int.from_bytes(os.urandom(4), "big"))
    parser.add_argument("--only", default="", help="only faults whose name has this in it")
    parser.add_argument("--mutants", action="store_true", help="break the product on purpose: all must be caught")
    asked = parser.parse_args()
    processes = importlib.import_module("processes")
    try:
        with processes.stop_signals(), importlib.import_module("tests.faults.world").world() as world:
            os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
            importlib.import_module("django").setup()
            return importlib.import_module("tests.faults.driver").drive(world, asked)
    except SystemExit:
        sys.stderr.write("stopped by a signal, before the end\n")
        return 2


sys.exit(main())
