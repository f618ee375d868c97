"""Whether another medium prints what a notice says."""

import re
from hashlib import sha256
from itertools import product

from publishing.amending import editable_text
from publishing.models import Notice
from tenders.models import Placement
from tenders.personal import AS_READ

BLANK = re.compile(r"\s+")


def compared(notice: Notice, text: str) -> tuple[Placement.Comparison, str]:
    """
    Compare what stands on another medium with a notice, and return the digest of what stands there if it differs.

    Blanks, line breaks and full-width forms are the medium's own; so is whether it sets the title apart and leaves out
    the foot, which tells of our site.
    """
    if not text.strip():
        return Placement.Comparison.NONE, ""
    if folded(text) in _readings(notice):
        return Placement.Comparison.SAME, ""
    return Placement.Comparison.DIFFERS, sha256(text.encode()).hexdigest()


def folded(text: str) -> str:
    """Return a text as everybody reads it, whatever a form did to its blanks and widths."""
    return BLANK.sub("", text.translate(AS_READ))


def _readings(notice: Notice) -> set[str]:
    title = folded(notice.title)
    bodies = (folded(notice.body), folded(editable_text(notice)))
    return {body.removeprefix(title) if bare else body for body, bare in product(bodies, (False, True))}
