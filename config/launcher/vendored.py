"""
Are the files of others that this site serves still those that VENDOR.md names?

``python config/launcher/vendored.py`` prints what differs and ends with 1 if anything does.
"""

import re
import sys
from hashlib import sha256
from pathlib import Path

LISTED = re.compile(r"^\| `(?P<file>[^`]+)` \|.*\| `(?P<sha256>[0-9a-f]{64})` \|$", re.MULTILINE)
VENDOR = Path(__file__).resolve().parents[2] / "portal" / "static" / "vendor"


def differences(folder: Path) -> list[str]:
    """Return a line for each file that is not listed, is missing, or is not what it was. Empty: all is well."""
    listed = {m["file"]: m["sha256"] for m in LISTED.finditer((folder / "VENDOR.md").read_text(encoding="utf-8"))}
    there = {
        str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path != folder / "VENDOR.md"
    }
    return [
        f"{file}: {'changed' if file in listed and file in there else 'missing' if file in listed else 'not listed'}"
        for file in sorted(listed | there)
        if listed.get(file) != there.get(file)
    ]


if __name__ == "__main__":
    found = differences(VENDOR)
    print("\n".join(found))
    sys.exit(1 if found else 0)
