"""What a stranger downloads to check us: the program, and whom to trust (https://c2sp.org/tlog-policy)."""

from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from publishing.output import write

PROGRAM = Path(settings.BASE_DIR) / "verify.py"
ADDRESS = "/verify/verify.py"


def publish_verifier() -> None:
    write(ADDRESS, PROGRAM.read_bytes())


@cache
def verifier_digest() -> str:
    return sha256(PROGRAM.read_bytes()).hexdigest()


def policy() -> str:
    """Return the policy that the sealer has published; before it has, one that names the log's key alone."""
    published = published_text("policy")
    keys = published_text("vkey").split()
    return published or "".join(f"log {key}\n" for key in keys) + "quorum none\n"


def published_text(name: str) -> str:
    """Return a file beside the log, empty if it is not there."""
    path = Path(settings.PUBLIC_ROOT) / "ledger" / name
    return path.read_text(encoding="utf-8") if path.is_file() else ""
