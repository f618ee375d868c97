"""What keeps the code of the room from being tried out: who has missed ten times in an hour waits."""

from accounts.models import User
from portal.public.limits import TooManyError, count_one, counted, share

MISSES_PER_WINDOW = 10
NAME = "room-code-miss"


def refuse_guesser(observer: User) -> None:
    """:raises TooManyError: until the window is over"""
    key, again_at = share(NAME, str(observer.pk))
    if counted(key) >= MISSES_PER_WINDOW:
        raise TooManyError(again_at)


def note_miss(observer: User) -> None:
    key, _again_at = share(NAME, str(observer.pk))
    count_one(key)
