"""A draft as it is written: its form and the parts below it, saved together or not at all."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django import forms
from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from portal.staff.drafts import Draft
from portal.staff.fields import YuanField
from portal.staff.forms import DraftForm
from publishing.pages.wording import day, moment, yuan
from tenders.models import Project


class Outcome(Enum):
    SAVED = "saved"
    INVALID = "invalid"
    STALE = "stale"  # somebody else has saved since
    CLOSED = "closed"  # an act has published it since


STATUS = {Outcome.SAVED: 200, Outcome.INVALID: 422, Outcome.STALE: 409, Outcome.CLOSED: 409}


@dataclass(frozen=True)
class Difference:
    label: str
    stored: str
    typed: str


class Sheet:
    def __init__(self, draft: Draft, thing: Any, data: QueryDict | None = None) -> None:
        self.draft, self.thing = draft, thing
        self.closed = draft.closed(thing)
        self.form = draft.form(data, instance=thing)
        self.parts = [part(data, owner=thing) for part in draft.parts]

    @property
    def single_forms(self) -> Iterator[Any]:
        """Every single form, those of the parts' rows too."""
        yield self.form
        for part in self.parts:
            yield from part.forms if isinstance(part, forms.BaseFormSet) else [part]

    @property
    def fields(self) -> Iterator[forms.BoundField]:
        for form in self.single_forms:
            yield from form.visible_fields()

    @property
    def revisions(self) -> list[forms.BoundField]:
        return [form["revision"] for form in self.single_forms if isinstance(form, DraftForm)]

    @property
    def is_stale(self) -> bool:
        return any(form.is_stale for form in self.single_forms if isinstance(form, DraftForm))

    @property
    def is_valid(self) -> bool:
        """Whether all can be read. Every part is asked, so that all errors are told."""
        answers = [part.is_valid() for part in (self.form, *self.parts)]
        return all(answers)

    @property
    def errors(self) -> list[tuple[str, str]]:
        """What is wrong, each with the id of the field where it can be mended."""
        found = [(field.id_for_label or field.auto_id, str(e)) for field in self.fields for e in field.errors]
        general = [form.non_field_errors() for form in self.single_forms]
        general += [part.non_form_errors() for part in self.parts if isinstance(part, forms.BaseFormSet)]
        return [("", str(e)) for errors in general for e in errors] + found

    def save(self) -> None:
        self.form.save()
        for part in self.parts:
            part.save()


@transaction.atomic
def write(project: Project, draft: Draft, pk: int, data: QueryDict) -> tuple[Outcome, Sheet]:
    """
    Save what was typed, unless an act or another writer came first, or it cannot be read.

    Holds the project's lock, as every act does: nothing is published while it is being changed.
    """
    Project.objects.select_for_update().get(pk=project.pk)
    sheet = Sheet(draft, draft.find(project, pk), data)
    if sheet.closed:
        return Outcome.CLOSED, sheet
    if sheet.is_stale:
        return Outcome.STALE, sheet
    if not sheet.is_valid:
        return Outcome.INVALID, sheet
    sheet.save()
    return Outcome.SAVED, sheet


def caught_up(data: QueryDict, stored: Sheet) -> QueryDict:
    """Return what was typed as written after what is stored, for a writer who is shown both."""
    data = data.copy()
    for field in stored.revisions:
        data[field.html_name] = str(field.value())
    return data


def differences(stored: Sheet, typed: Sheet) -> list[Difference]:
    """Return the fields in which two versions of a draft differ. A row that one of them lacks counts as empty there."""
    left, right = ({field.html_name: field for field in sheet.fields} for sheet in (stored, typed))
    found = []
    for name, field in {**right, **left}.items():
        theirs, mine = (in_words(side[name]) if name in side else empty(field) for side in (left, right))
        if mine != theirs:
            found.append(Difference(str(field.label), theirs, mine))
    return found


def empty(field: forms.BoundField) -> str:
    return _("否") if isinstance(field.field, forms.BooleanField) else ""


def in_words(field: forms.BoundField) -> str:
    """Return what a field holds, as a person reads it."""
    value = field.value()
    if isinstance(field.field, forms.BooleanField):
        return _("是") if value else _("否")
    if value in (None, "", []):
        return ""
    if choices := getattr(field.field, "choices", None):
        chosen = [str(v) for v in (value if isinstance(value, list) else [value])]
        return "、".join(str(label) for key, label in choices if str(key) in chosen)
    return _written(field.field, value)


def _written(field: forms.Field, value: Any) -> str:
    """Write days with their weekdays, amounts with their commas; what cannot be read stays as it was typed."""
    writer: Any = {forms.DateField: day, forms.DateTimeField: moment, YuanField: yuan}.get(type(field))
    if writer is None:
        return str(value).replace("\r\n", "\n").strip()
    try:
        return writer(field.to_python(value))
    except forms.ValidationError:
        return str(value)
