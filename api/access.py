"""Which projects an asker may know of. What is not for the asker and what does not exist are both "not found"."""

from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.models import User
from tenders.models import Project, ProjectQuerySet


def public_project(number: str) -> Project:
    return get_object_or_404(Project.objects.public().select_related("owner"), number=number)


def project_of(user: User | AnonymousUser, number: str) -> Project:
    """Return a project on a person's desk: a manager's own, any for the bureau's other staff, none for anybody else."""
    if not isinstance(user, User) or not user.works_at_bureau:
        raise Http404
    projects: ProjectQuerySet = Project.objects.all()
    if user.role == User.Role.MANAGER:
        projects = projects.filter(manager=user)
    return get_object_or_404(projects, number=number)
