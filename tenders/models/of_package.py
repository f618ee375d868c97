"""What all things of a package share: their project, and how the public record calls them."""

from typing import Any, ClassVar

from django.db import models

from tenders.models.project import Project


class OfPackage(models.Model):
    """A thing with a foreign key ``package``."""

    package: models.ForeignKey[Any, Any]

    class Meta:
        abstract = True

    @property
    def project(self) -> Project:
        return self.package.project


class NumberedInPackage(OfPackage):
    """One of several alike in a package, told apart by their ``number`` there. ``branch`` is their part of the path."""

    branch: ClassVar[str]
    number: "models.PositiveSmallIntegerField[Any, Any]"

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.package} · {self.number}"

    @property
    def path(self) -> str:
        return f"{self.package.path}/{self.branch}/{self.number}"
