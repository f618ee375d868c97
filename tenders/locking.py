"""The one order of locks: the project, the thing, then (in ``ledger.record``) the ledger. So no two acts deadlock."""

from typing import Any, TypeVar

from django.db.models import Model

from tenders.models import Project

Thing = TypeVar("Thing", bound=Model)


def lock(model: type[Thing], pk: Any) -> Thing:
    """
    Return an object of a project as it is now, with its project's row and its own locked until the transaction ends.

    :raises ObjectDoesNotExist: if there is none
    """
    found: Any = model._default_manager.get(pk=pk)
    names_it = hasattr(model, "project_id")  # in a column; else by way of what it belongs to
    project = Project.objects.select_for_update().get(pk=found.project_id if names_it else found.project.pk)
    if isinstance(found, Project):
        return project  # type: ignore[return-value]
    locked: Any = model._default_manager.select_for_update(of=("self",)).get(pk=pk)
    if names_it:
        locked.project = project  # as it is under the lock, and without asking again
    return locked
