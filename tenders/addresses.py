"""What stands in addresses. A name that means nothing is no address, hence 404 without an ``if``."""


class ProjectNumber:
    """The number of a project in an address, as Django's URL converters are written: ``2026-001``."""

    regex = "[0-9]{4}-[0-9]{3,16}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
