"""What people were told: the oracle. A line stands in the file before anybody goes on."""

import os
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Journal:
    """Acts that were tried, and those of them that were acknowledged, by their places in ``acts``."""

    file: Path
    acts: list = field(default_factory=list)

    def add(self, acts):
        """Return the places of acts that are about to be tried."""
        self.acts.extend(acts)
        return list(range(len(self.acts) - len(acts), len(self.acts)))

    def acknowledge(self, place):
        """Note that a person has been told: done. Also from a process that is about to die."""
        descriptor = os.open(self.file, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.write(descriptor, f"{place}\n".encode())
        os.close(descriptor)

    def acknowledged(self):
        return {int(line) for line in self.file.read_text().splitlines()} if self.file.exists() else set()

    def clear(self):
        self.acts.clear()
        self.file.unlink(missing_ok=True)
