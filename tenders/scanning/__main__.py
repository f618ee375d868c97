"""
Reads a file that comes on the standard input, and writes what it found as lines of JSON, the last of them "done".

A program of its own: a file that is made to exhaust its reader costs this process, and never the one that asked.
"""

import json
import resource
import sys
from dataclasses import asdict

from tenders.scanning.pieces import Budget
from tenders.scanning.reading import hits

MEMORY = 1_500_000_000  # bytes of address space
SECONDS = 40


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    allowed = set(json.loads(sys.stdin.buffer.readline()))
    for hit in hits(sys.stdin.buffer.read(), allowed, Budget().lasting(SECONDS)):
        sys.stdout.write(f"{json.dumps(asdict(hit))}\n")
        sys.stdout.flush()
    sys.stdout.write('"done"\n')


if __name__ == "__main__":
    main()
