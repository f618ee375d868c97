"""Acts on posters, boards and other paper places."""

from datetime import datetime
from operator import attrgetter
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from portal.staff import forms_posting as posting_forms
from portal.staff import forms_publishing as publishing_forms
from portal.staff.acts.act import MANAGER, Act, by_number, of_project, own
from portal.staff.finding import find_placement, find_project, find_required
from tenders.gates.placement import Photo
from tenders.models import Placement, RequiredPlacement
from tenders.operations import placements
from tenders.proof import announcement_of

REQUIRED = "staff/about/required.html"
of_round = attrgetter("consultation.project_id")


def record_placement(thing: Any, answers: dict[str, Any], actor: User, at: datetime) -> Any:
    photos = [Photo(kept.file, kept.sha256) for kept in answers.pop("photos")]
    draft = Placement(project=thing, announced_id=answers.pop("announced"), **answers)
    return placements.record_placement(draft, photos, actor=actor, at=at)


def prove_placement(thing: RequiredPlacement, answers: dict[str, Any], actor: User, at: datetime) -> Any:
    """The plan has said what hangs where; it is the plan that hangs there."""
    photos = [Photo(kept.file, kept.sha256) for kept in answers.pop("photos")]
    known = {"project": thing.project, "required": thing, "kind": thing.place.kind, "place": thing.place.name}
    draft = Placement(announced=announcement_of(thing.consultation), **known, **answers)
    return placements.record_placement(draft, photos, actor=actor, at=at)


PLACING = (
    Act(
        "record-placement",
        _("登记张贴或者刊登"),
        find_project,
        publishing_forms.PlacementForm,
        record_placement,
        "placements",
        own,
    ),
    Act(
        "prove-placement",
        _("登记张贴证据"),
        find_required,
        posting_forms.ProveForm,
        prove_placement,
        "placements",
        of_round,
        REQUIRED,
    ),
    Act(
        "waive-placement",
        _("公开说明没有张贴"),
        find_required,
        posting_forms.WaiveForm,
        by_number(placements.waive_placement),
        "placements",
        of_round,
        REQUIRED,
        roles=MANAGER,
    ),
    Act(
        "end-placement",
        _("登记撤下"),
        find_placement,
        publishing_forms.EndPlacementForm,
        by_number(placements.end_placement),
        "placements",
        of_project,
    ),
)
