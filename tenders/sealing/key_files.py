"""Key files, as ``age-keygen`` writes them: notes behind #, one secret. A note may name whom its holder trusts."""

from collections.abc import Iterable
from datetime import datetime

import verify
from ledger.canonical import timestamp
from tenders.sealing.envelopes import recipient_of

POLICY = "# policy: "


def key_file(secret: str, *, holder: str, organisation: str, policy: str, created_at: datetime) -> str:
    """Return the text of a key file. ``policy`` names the log and its witnesses, https://c2sp.org/tlog-policy."""
    trusted = [line.strip() for line in policy.splitlines() if line.strip() and not line.startswith("#")]
    lines = (
        "# 开标密钥（私钥）：只存U盘和纸，不联网、不发送、不拍照。",
        f"# holder: {holder}",
        f"# organisation: {' '.join(organisation.split())}",
        f"# created: {timestamp(created_at)}",
        f"# public key: {recipient_of(secret)}",
        *(POLICY + line for line in trusted),
        secret,
    )
    return "\n".join(lines) + "\n"


def policy_in(text: str) -> str:
    """Return whom the holder of a key file trusts for the time. Empty if it does not say."""
    lines: Iterable[str] = (line.strip() for line in text.splitlines())
    return "".join(f"{line.removeprefix(POLICY)}\n" for line in lines if line.startswith(POLICY))


def witnessed_time(note: str, policy: str) -> datetime | None:
    """
    Return the latest moment of which as many witnesses as ``policy`` demands say that it has come.

    None if the policy names no witness.

    :raises verify.Finding: if the checkpoint is not signed by the log, or not by so many witnesses
    """
    trusted = verify.Policy.parse(policy)
    if trusted.quorum == "none":
        return None
    witnesses = verify.Head.open(note, trusted).witnesses
    for time in sorted(witnesses.values(), reverse=True):
        if trusted.is_met(trusted.quorum, {name: seen for name, seen in witnesses.items() if seen >= time}):
            return time
    raise verify.Refuted("待见证：见证人还没有会签这个检查点。", "Not witnessed as the policy demands.")
