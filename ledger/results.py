"""What is published beside the record about itself: the last full check, and how it stands with the witnesses."""

import json
from base64 import b64encode
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from ledger.check import Report
from ledger.files import write_atomically

RESULT = "check.json"
STATES = "witnesses.json"
SHOWN = 100  # problems; one wrong row may cause a thousand


class Result(NamedTuple):
    at: datetime
    size: int
    root: str  # base64, as in the checkpoint
    problems: int
    shown: list[dict[str, str]]  # the first of them, with the keys ``code``, ``zh``, ``en``


def publish_result(folder: Path, report: Report, at: datetime) -> None:
    told: dict[str, Any] = {
        "checked_at": at.isoformat(timespec="seconds"),
        "size": report.size,
        "root": b64encode(report.root).decode(),
        "checkpoints": report.checkpoints,
        "unsealed": report.unsealed,
        "problem_count": len(report.problems),
        "problems": [asdict(problem) for problem in report.problems[:SHOWN]],
    }
    write_atomically(folder / RESULT, json.dumps(told, ensure_ascii=False, indent=1).encode())


def last_result(folder: Path) -> Result | None:
    """Return the published result, None before the first check."""
    path = folder / RESULT
    if not path.is_file():
        return None
    told = json.loads(path.read_bytes())
    at = datetime.fromisoformat(told["checked_at"])
    return Result(at, told["size"], told["root"], told["problem_count"], told["problems"])


def publish_states(folder: Path, states: list[dict[str, Any]]) -> None:
    """Write what there is to say of each witness, if it is news. When it signed last, the checkpoint itself tells."""
    if states != witness_states(folder):
        write_atomically(folder / STATES, json.dumps(states, ensure_ascii=False, indent=1).encode())


def witness_states(folder: Path) -> list[dict[str, Any]]:
    """Return what the sealer has told of each witness: ``name``, ``key``, ``size``, ``problem``, ``grave``."""
    path = folder / STATES
    return json.loads(path.read_bytes()) if path.is_file() else []
