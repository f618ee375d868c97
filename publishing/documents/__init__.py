"""Word papers, each made from an object of the register and a template that a clerk can open."""

from django.apps import apps
from django.utils import translation

from publishing.documents import render
from publishing.documents.registry import REGISTRY
from publishing.documents.render import BlankField

__all__ = ["BlankField", "generate"]


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
