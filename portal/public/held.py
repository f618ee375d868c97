"""What the public holds a receipt code of, beside comments: questions, objections and complaints about a tender."""

from typing import Any

from integrity.models import Complaint, Objection
from tenders.models import Package, Question

Held = Question | Objection | Complaint
MODELS: dict[str, Any] = {"question": Question, "objection": Objection, "complaint": Complaint}


def held_by_path(path: str) -> Held:
    """Return what an entry is about: project/2026-001/package/1/objection/3."""
    kind, own = path.split("/")[4:]
    held: Held = MODELS[kind].objects.get(package__in=Package.objects.named(path), number=own)
    return held


def find_held(code: str) -> Held | None:
    """Return what was received under a code. Three queries at most."""
    for model in MODELS.values():
        held: Held | None = model.objects.filter(code=code).select_related("package__project__owner").first()
        if held:
            return held
    return None
