"""Where on the desk something of a project is written or registered, and where a refusal can be mended."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.models import User
from contracts.models import Contract
from portal.staff.drafts import DRAFTS
from portal.staff.finding import adoption_report_of, award_of, tender_report_of
from portal.staff.registers import REGISTERS
from portal.staff.uploads import UPLOADS
from statutes.refusal import Refusal
from tenders.gates.prequalification import prequalification_of
from tenders.gates.report import MOST_NAMED, waiting_comments, words_on_waiting
from tenders.gates.standstill import ending_of
from tenders.models import (
    Comment,
    Consultation,
    Hearing,
    Package,
    PlanVersion,
    Project,
)

# What of each thing is written, laid to it or registered, in the order of the work.
OF_PROJECT = ("project", "code", "decision", "approvals", "placements", "published", "reviews", "record")
OF_CONSULTATION = ("consultation", "renderings", "poster", "moderation", "comments", "themes", "adoption")
OF_PLAN_VERSION = ("plan-version",)
OF_HEARING = ("hearing", "session", "applications", "minutes")
OF_PACKAGE = (
    "package", "prequalification", "documents", "fairness", "applicants", "qualification-review", "opening",
    "observers", "clarifications", "bids", "bonds", "opening-session", "committee", "evaluation", "award", "results",
    "tender-report", "objections", "complaints", "standstills", "ending", "papers",
)  # fmt: skip
OF_CONTRACT = ("contracts", "commencement")
OF = {
    Project: OF_PROJECT,
    Consultation: OF_CONSULTATION,
    PlanVersion: OF_PLAN_VERSION,
    Hearing: OF_HEARING,
    Package: OF_PACKAGE,
    Contract: OF_CONTRACT,
}
BELONGING = ("decision", "opening", "evaluation", "commencement", "prequalification", "qualification-review")
# What is there only with a prequalification
PREQUALIFYING = ("prequalification", "qualification-review", "applicants")
# Drafts of what may not be there yet
MADE_ANEW: dict[str, Callable[[Any], Any]] = {
    "award": award_of,
    "tender-report": tender_report_of,
    "ending": ending_of,
    "adoption": adoption_report_of,
    "qualification-review": prequalification_of,
}

# Where what a gate misses is written: the code of its refusal, and the places.
MENDING = {
    "PD-03": ("project", "consultation", "plan-version", "renderings"),
    "unchanged": ("plan-version", "renderings"),
    "PD-04": ("placements",),
    "PD-07": ("comments", "themes", "adoption"),
    "PD-05": ("hearing", "applications"),
    "PD-05.2": ("consultation",),
    "PD-05.3": ("hearing",),
    "PD-05.4": ("applications",),
    "PD-06": ("minutes",),
    "PD-06.2": ("session", "minutes"),
    "PL-08": ("hearing",),
    "PL-08.2": ("session",),
    "PD-10": ("decision",),
    "PD-11": ("decision",),
    "responsibility": ("project",),
    "TH-12": ("project",),
    "TH-13": ("code", "approvals"),
    **dict.fromkeys(
        (
            "TH-02",
            "TH-03",
            "TH-04",
            "TH-06",
            "TH-07",
            "TH-08",
            "TH-09",
            "TH-10",
            "TH-11",
            "TH-15",
            "TB-00",
            "TB-01",
            "TB-03",
            "TB-05",
            "TB-08",
            "TB-09",
            "TB-10",
            "TB-10.2",
            "TB-11",
            "TB-12",
            "TB-16",
            "TB-18",
            "GP-00",
            "GP-01",
            "GP-03",
            "GP-04",
            "GP-04.2",
            "GP-04.3",
            "GP-06",
            "GP-07",
            "FC-04",
        ),
        ("package",),
    ),
    **dict.fromkeys(("TB-01", "TB-03", "TB-08", "GP-01"), ("package", "prequalification")),
    **dict.fromkeys(("TB-04", "GP-02"), ("prequalification",)),
    "TB-14": ("prequalification", "qualification-review", "ending"),
    **dict.fromkeys(("not-judged", "too-many"), ("qualification-review",)),
    "FC-01": ("fairness",),
    "FC-02": ("fairness", "package"),
    "TB-15.2": ("documents",),
    "TB-15": ("documents",),
    "EV-01": ("opening",),
    "EV-05": ("opening", "opening-session"),
    "EV-06": ("opening-session",),
    "EV-07": ("opening-session",),
    "EV-08": ("opening-session",),
    "EV-09": ("package",),
    "EM-02": ("opening-session",),
    "GP-08": ("opening",),
    "GP-10": (
        "objections",
        "opening-session",
    ),
    "EV-02": ("bids",),
    "EV-10": ("committee", "qualification-review"),
    "EV-10.2": ("committee",),
    "EV-11": ("committee", "evaluation"),
    "EV-13": ("evaluation",),
    "EV-14": ("evaluation",),
    "EV-15": ("evaluation",),
    "EV-18": ("evaluation",),
    "GP-11": ("committee", "qualification-review"),
    "GP-11.2": ("committee",),
    "GP-11.3": ("committee",),
    "GP-13": ("award",),
    "GP-14": ("award",),
    "AW-01": ("evaluation",),
    "AW-03": ("award",),
    "AW-06": ("tender-report",),
    "AW-13": ("award",),
    "EV-17": ("results",),
    "AW-07": ("contracts",),
    "AW-08": ("contracts",),
    "AW-09": ("contracts",),
    "AW-10": ("bonds",),
    "AW-11": ("bonds",),
    "AW-12": ("contracts",),
    "AW-16": ("contracts",),
    "EX-03": ("commencement",),
    "EX-11": ("contracts",),
    "OB-05": ("objections",),
    "GP-22": ("objections",),
    "OB-08.2": ("standstills",),
    "GP-21.6": ("standstills",),
    "suspended": ("standstills",),
    "TB-13": ("ending",),
    "EV-03": ("ending",),
    "EV-04": ("ending",),
    "EV-16": ("ending",),
    "D03": ("reviews",),
    "invitation": ("observers",),
    "attendance": ("observers",),
    "concern": ("observers",),
    "future": ("award",),
}


@dataclass(frozen=True)
class Place:
    name: str
    title: str | Promise
    url: str
    closed: str = ""  # why nothing can be written there any more


@dataclass(frozen=True)
class Reason:
    """A refusal with the places where it can be mended."""

    refusal: Refusal
    places: list[Place]


@dataclass(frozen=True)
class Shelf:
    """A thing of the project with its places."""

    thing: Any
    kind: str
    places: list[Place]


def shelves_of(project: Project, user: User) -> list[Shelf]:
    """The project and what belongs to it, in the order of the procedure, with the places open to a person."""
    return [Shelf(thing, str(thing._meta.model_name), places_of(thing, user)) for thing in things_of(project)]


def things_of(project: Project) -> Iterator[Any]:
    yield project
    for consultation in project.consultations.all():
        yield consultation
        if version := consultation.draft_revision():
            yield version
        yield from consultation.hearings.select_related("consultation__project")
    for package in project.packages.all():
        yield package
        yield from Contract.objects.filter(package=package).select_related("package__project")


def places_of(thing: Any, user: User) -> list[Place]:
    return [place for name in OF[type(thing)] if (place := place_of(name, thing, user))]


def place_of(name: str, thing: Any, user: User) -> Place | None:
    if name in PREQUALIFYING and prequalification_of(thing) is None:
        return None
    number = thing.project.number
    if draft := DRAFTS.get(name):
        if user.role not in draft.roles:
            return None
        written = written_for(name, thing)
        pk = written.pk if name in BELONGING else thing.pk
        url = reverse("desk-draft", args=[number, name, pk])
        return Place(name, draft.title, url, draft.closed(written))
    if upload := UPLOADS.get(name):
        url = reverse("desk-uploads", args=[number, name, thing.pk])
        return Place(name, upload.title, url, upload.closed(thing))
    register = REGISTERS[name]
    if user.role not in register.roles:
        return None
    return Place(name, register.title, reverse("desk-register", args=[number, name, thing.pk]))


def written_for(name: str, thing: Any) -> Any:
    """Return what a draft of this name writes for a thing: the thing itself, or what belongs to it."""
    if made_anew := MADE_ANEW.get(name):
        return made_anew(thing)
    return getattr(thing, name) if name in BELONGING else thing


def explained(refusals: list[Refusal], shelves: list[Shelf]) -> list[Reason]:
    """Add to each refusal the places where it can be mended and where something can still be written."""
    places = [place for shelf in shelves for place in shelf.places if not place.closed]
    waiting = waiting_places(shelves) if any(refusal.code == "PD-07" for refusal in refusals) else {}
    return [Reason(refusal, [*_mending(refusal, places), *waiting.get(refusal.message, [])]) for refusal in refusals]


def _mending(refusal: Refusal, places: list[Place]) -> list[Place]:
    return [place for place in places if place.name in MENDING.get(refusal.code, ())]


def waiting_places(shelves: list[Shelf]) -> dict[str, list[Place]]:
    """Return where the first comments without an outcome are answered, by the words in which a refusal names them."""
    things = [shelf.thing for shelf in shelves if isinstance(shelf.thing, Project | Consultation)]
    return {
        words: [place_of_comment(comment, thing) for comment in waiting_comments(thing)[:MOST_NAMED]]
        for thing in things
        if (words := words_on_waiting(thing))
    }


def place_of_comment(comment: Comment, thing: Project | Consultation) -> Place:
    title = _("第%(n)d号意见") % {"n": comment.number}
    return Place("waiting", title, reverse("desk-act", args=[thing.project.number, "answer-comment", comment.pk]))
