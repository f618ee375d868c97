"""What stands in the addresses. A name that means nothing is no address, hence 404 without an ``if``."""

from lifecycle.steps import STEPS, Step


class StepName:
    regex = "|".join(STEPS)

    def to_python(self, value: str) -> Step:
        return STEPS[value]

    def to_url(self, value: Step) -> str:
        return value.name
