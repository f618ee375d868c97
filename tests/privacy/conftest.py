from tests.ledger.conftest import roles
from tests.portal.conftest import at_desk

__all__ = ["at_desk", "roles"]
