"""Names in addresses become rows of the tables; an unknown one is not found."""

from collections.abc import Mapping
from typing import Any

from lifecycle.steps import STEPS
from portal.staff.acts import ACTS
from portal.staff.drafts import DRAFTS
from portal.staff.registers import REGISTERS
from portal.staff.uploads import UPLOADS


class Row:
    """A row of a table, by its name."""

    regex = "[a-z_-]+"
    table: Mapping[str, Any]

    def to_python(self, value: str) -> Any:
        if value not in self.table:
            raise ValueError(value)
        return self.table[value]

    def to_url(self, value: Any) -> str:
        return value if isinstance(value, str) else value.name


class StepName(Row):
    table = STEPS


class DraftName(Row):
    table = DRAFTS


class ActName(Row):
    table = ACTS


class RegisterName(Row):
    table = REGISTERS


class UploadName(Row):
    table = UPLOADS
