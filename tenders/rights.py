"""Who may act on a project. Asked by every operation, so that a page, the API and a command answer alike."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from accounts.models import User
from tenders.law import listed
from tenders.models import Project

Role = User.Role


def demand(actor: User, project: Project, *roles: User.Role) -> None:
    """
    Let pass an actor who holds one of the roles; a manager only on the own projects.

    :raises PermissionDenied: saying which office the law or the bureau gives the act to
    """
    demand_role(actor, *roles)
    if actor.role == Role.MANAGER and project.manager_id != actor.pk:
        raise PermissionDenied(_("此事项须由本项目的负责人办理。"))


def demand_role(actor: User, *roles: User.Role) -> None:
    """
    Let pass an actor who holds one of the roles, in what belongs to no project.

    :raises PermissionDenied: saying which office the law or the bureau gives the act to
    """
    if actor.role not in roles or not actor.is_active:
        offices = listed(role.label for role in roles)
        raise PermissionDenied(_("此事项须由%(offices)s办理。") % {"offices": offices})
