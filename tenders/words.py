"""The words of facts, with what people call the field in which they stand: so a sentence can say where something is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models


@dataclass(frozen=True)
class Words:
    """``path`` names the field for machines, ``label`` for people."""

    path: str
    label: str
    text: str


def words_of(facts: Any, model: type[models.Model] | None, path: str = "", label: str = "") -> Iterator[Words]:
    """Yield all texts in facts, at any depth. ``model`` is the one whose fields the facts hold."""
    if isinstance(facts, str):
        yield Words(path, label or path, facts)
    elif isinstance(facts, Mapping):
        for key, value in facts.items():
            nested = isinstance(value, Mapping | list)
            yield from words_of(
                value,
                _related(key, model) if nested else model,
                f"{path}.{key}".strip("."),
                label if nested else _label(key, model),
            )
    elif isinstance(facts, list):
        for value in facts:
            yield from words_of(value, model, path, label)


def _field(key: str, model: type[models.Model] | None) -> Any:
    try:
        return model._meta.get_field(key) if model else None
    except FieldDoesNotExist:
        return None


def _related(key: str, model: type[models.Model] | None) -> type[models.Model] | None:
    """Return the model of which facts under a key are: the field of that name, or several of it, points there."""
    field = _field(key, model) or _field(f"{key}s", model)
    return field.related_model if field is not None and field.is_relation else model


def _label(key: str, model: type[models.Model] | None) -> str:
    """Return what the model calls a field, or one beside it: the facts of a package also hold some of its opening."""
    beside = (_field(key, other) for other in apps.get_app_config("tenders").get_models())
    field = _field(key, model) or next(filter(None, beside), None)
    return str(getattr(field, "verbose_name", "") or key) if field is not None else key


def own_texts(thing: models.Model) -> dict[str, str]:
    """Return all texts that people write into a row. Choices and digests are none."""
    fields = [
        field
        for field in thing._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField) and not field.choices and field.editable
    ]
    return {field.name: getattr(thing, field.name) for field in fields if getattr(thing, field.name)}
