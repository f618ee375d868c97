import pytest

from database import remove_cluster, start_database
from instance import throw_away
from processes import Children


@pytest.fixture(scope="module")
def database():
    """A server with the roles of roles.sql and an empty database."""
    with throw_away() as instance:
        children = Children(instance.logs)
        try:
            yield start_database(instance, children, fast=True)
        finally:
            children.stop()
            remove_cluster(instance)
