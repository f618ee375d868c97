"""
Projects at any point of their path, made through the operations that people use.

``cemetery_on("07-06 09:25")`` is the demo's main project as it stood at that minute of 2026: a test goes on from there.
A story told once is remembered for a while, and put into the next empty database as it was left.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import datetime
from time import monotonic

from accounts.models import User
from contracts.models import Contract
from ledger.models import Entry
from lifecycle.demo import cemetery, courtyard, hall
from lifecycle.demo.acts import Acts
from lifecycle.demo.calendar import Story, moment, tell
from lifecycle.demo.people import People, make_people
from tenders.models import Consultation, Package, Project
from tests.remembering import Memory, nothing_is_there, recall, remember

__all__ = ["Scene", "cemetery_on", "courtyard_on", "hall_on", "make_people", "moment"]

PASSWORD = "a-password-of-tests"
REMEMBERED_FOR = (
    180.0  # seconds: entries keep the minute they were recorded in, and what goes out 5 minutes later is late
)


@dataclass(frozen=True)
class Scene:
    """A project with its people at a moment. Each property is read anew from the database."""

    people: People
    at: datetime

    @property
    def project(self) -> Project:
        return Project.objects.get()

    @property
    def consultation(self) -> Consultation:
        return Consultation.objects.get()

    @property
    def package(self) -> Package:
        return Package.objects.get()

    @property
    def contract(self) -> Contract:
        return Contract.objects.get()

    def entries(self, kind: str) -> list[Entry]:
        return list(Entry.objects.filter(kind=kind).in_order())

    @property
    def acts(self) -> Acts:
        return Acts(self.project, self.people)


Tell = Callable[[People], Story]
remembered: dict[tuple[Tell, str], tuple[float, Memory]] = {}  # when it was told, and what it left


def _tell(story: Tell, people: People | None, until: str) -> Scene:
    if people is None and nothing_is_there():
        people = _remembered(story, until)
    else:
        people = people or make_people(PASSWORD)
        tell([story(people)], until=moment(until))
    return Scene(people, moment(until))


def _remembered(story: Tell, until: str) -> People:
    told_at, memory = remembered.get((story, until), (0.0, None))
    if memory and monotonic() - told_at < REMEMBERED_FOR:
        recall(memory)
        return People(**{person.name: User.objects.get(username=person.name) for person in fields(People)})
    told_at, people = monotonic(), make_people(PASSWORD)
    tell([story(people)], until=moment(until))
    remembered[story, until] = (told_at, remember())
    return people


def cemetery_on(until: str, people: People | None = None) -> Scene:
    """陵园公园改扩建 as it stood at a minute of 2026, after what happened then."""
    return _tell(cemetery.story, people, until)


def hall_on(until: str = "08-12 10:00", people: People | None = None) -> Scene:
    """A project that is open for comments until 08-31."""
    return _tell(hall.story, people, until)


def courtyard_on(until: str = "08-12 10:00", people: People | None = None) -> Scene:
    """A project whose tender takes bids until 08-18 09:30."""
    return _tell(courtyard.story, people, until)
