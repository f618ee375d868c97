"""Whom to trust, as a file that verifiers read: https://c2sp.org/tlog-policy. And the verifier itself, beside it."""

from hashlib import sha256
from pathlib import Path

from django.conf import settings

from publishing.output import write

VERIFIER = Path(settings.BASE_DIR) / "verify.py"
HEADER = "# 信任名单：账本和见证人的公钥。请与公告栏上的对照。 Compare these keys with those on paper.\n"


def policy() -> str:
    """Return the policy: each key that the log has had, the witnesses, and how many of them must have signed."""
    witnesses = _lines("witnesses")
    names = [line.split()[0] for line in witnesses]
    group = f"group witnesses any {' '.join(names)}\n" if names else ""
    return (
        HEADER
        + "".join(f"log {key}\n" for key in _lines("vkey"))
        + "".join(f"witness {line}\n" for line in witnesses)
        + group
        + f"quorum {'witnesses' if names else 'none'}\n"
    )


def publish_verifier() -> None:
    """Write what a stranger downloads to check us: the policy, and the program."""
    write("/ledger/policy", policy().encode())
    write("/verify/verify.py", VERIFIER.read_bytes())


def verifier_digest() -> str:
    return sha256(VERIFIER.read_bytes()).hexdigest()


def _lines(name: str) -> list[str]:
    """Return the lines of a file beside the log, none if it is not there."""
    path = Path(settings.PUBLIC_ROOT) / "ledger" / name
    return path.read_text(encoding="utf-8").split("\n")[:-1] if path.is_file() else []
