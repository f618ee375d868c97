"""What the record says of openings, completed by the file of lists where an entry names one."""

import json
from hashlib import sha256
from typing import Any

OPENED = "step.open_bids"


def names_other_lists(facts: dict[str, Any], lists: str) -> bool:
    """Whether an opening's entry names lists, and not these."""
    return "lists" in facts and facts["lists"]["sha256"] != sha256(lists.encode()).hexdigest()


def completed(facts: dict[str, Any], lists: str) -> dict[str, Any]:
    """Return what an opening has revealed, from its entry and the lists that it names, if they are these."""
    if "lists" not in facts or names_other_lists(facts, lists):
        return facts
    content = json.loads(lists)
    box = facts.get("box", {}) | {"digests": content["digests"]}
    return {**facts, "bids": content["bids"], "box": box}
