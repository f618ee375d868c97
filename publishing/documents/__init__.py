"""Word papers, each made from an object of the register and a template that a clerk can open."""

import json
from hashlib import sha256
from typing import Any

from django.apps import apps
from django.utils import translation

from publishing.documents import render
from publishing.documents.registry import REGISTRY
from publishing.documents.render import BlankField, Picture

__all__ = ["BlankField", "data_digest", "generate", "signing_copy"]


def generate(template: str, pk: int, *, draft: bool = False) -> tuple[str, bytes]:
    """
    Return a paper's title and its bytes. It is written in Chinese, whatever language is active.

    :raises KeyError: if there is no such template
    :raises ObjectDoesNotExist: if there is nothing to make it of
    :raises BlankField: naming every blank field, unless it is a draft
    """
    declared = REGISTRY[template]
    with translation.override("zh-hans"):
        subject = apps.get_model(declared.model)._default_manager.get(pk=pk)
        title, context = declared.title(subject), declared.context(subject)
        return title, render.render(
            template,
            context,
            title=title,
            optional=declared.optional,
            draft=draft,
            on_record=not declared.is_kept,
        )


def signing_copy(template: str, subject: Any) -> tuple[str, bytes]:
    """
    Return the title and the bytes of a paper with full names and room to sign, for the archive alone.

    What is published of it hides the names.

    :raises BlankField: naming every blank field
    """
    declared = REGISTRY[template]
    if declared.to_sign is None:
        raise ValueError(f"{template} is not signed")
    with translation.override("zh-hans"):
        title, context = declared.title(subject), declared.to_sign(subject)
        return title, render.render(template, context, title=title, optional=declared.optional)


def data_digest(template: str, pk: int) -> str:
    """
    Return the digest of all that a paper would say now. Two papers of the same data have the same.

    :raises KeyError: if there is no such template
    :raises ObjectDoesNotExist: if there is nothing to make it of
    """
    declared = REGISTRY[template]
    with translation.override("zh-hans"):
        subject = apps.get_model(declared.model)._default_manager.get(pk=pk)
        said = {"title": declared.title(subject), "context": declared.context(subject)}
    return sha256(json.dumps(said, sort_keys=True, default=_of_picture).encode()).hexdigest()


def _of_picture(value: Any) -> str:
    return sha256(value.content).hexdigest() if isinstance(value, Picture) else str(value)
