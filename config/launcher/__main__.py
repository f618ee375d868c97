"""
Runs everything from a bare Python: `python3 config/launcher run | test | check | bench | exec | clean | witness`.

The standard library only. Nothing of the project is imported: it cannot be before its packages are there.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036, said before anything is imported that an older Python cannot read
    sys.exit("需要 Python 3.11 以上，当前是 {}.{}。例：make run PY=python3.12".format(*sys.version_info))

from checks import check
from running import clean, execute, run
from terminal import Failure, show
from trials import bench, test
from witness_program import build

COMMANDS = {"run": run, "test": test, "check": check, "bench": bench, "exec": execute, "clean": clean, "witness": build}


def main() -> int:
    name, *arguments = sys.argv[1:] or ["help"]
    if name not in COMMANDS:
        sys.stderr.write(f"用法：python3 config/launcher {' | '.join(COMMANDS)}\n")
        return 2
    try:
        return COMMANDS[name](arguments)
    except Failure as failure:
        show(failure)
        return 1


if __name__ == "__main__":
    sys.exit(main())
