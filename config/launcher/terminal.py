"""What the launcher says to the person at the terminal."""


class Failure(Exception):  # noqa: N818, it is shown as a sentence
    """Raised if the launcher cannot go on: what went wrong, and what the person can do about it."""

    def __init__(self, message: str, remedy: str = ""):
        super().__init__(message)
        self.remedy = remedy


def say(text: str = "") -> None:
    print(text, flush=True)


def show(failure: Failure) -> None:
    say(f"✗ {failure}")
    if failure.remedy:
        say(f"  → {failure.remedy}")
