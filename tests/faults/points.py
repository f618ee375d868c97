"""The pieces of work in which a process is made to die, each at any of its effects."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from django.db import transaction

from ledger.models import Entry, Task
from ledger.operations import FollowUp, follow_up
from statutes.refusal import ActRefused
from tests.faults import crashes, letters
from tests.faults.far_side import FAR_SIDE, MAIL_MODES, MAIL_SERVER, MODES


@dataclass
class Point:
    """``prepare`` makes work and returns what does it; ``recover`` is what people do when nothing came back."""

    name: str
    weight: int
    prepare: Callable
    recover: Callable
    check: Callable = lambda driver: None  # what must hold of it in the end, beside everything else
    effects: int = 40  # a guess that the runs correct


def nothing(driver):
    """Nobody waits for it."""


def one_act(kind):
    """A person's act by the web: told only if the process lives until then, else the form is sent again."""

    def prepare(driver):
        act = getattr(driver.stage, kind)()
        (place,) = driver.journal.add([act])

        def work():
            act.here(driver.stage.people)
            driver.journal.acknowledge(place)

        return work

    def again(driver):
        place = len(driver.journal.acts) - 1
        with suppress(ActRefused):  # the first attempt was through
            driver.journal.acts[place].here(driver.stage.people)
        driver.journal.acknowledge(place)

    return prepare, again


def pages_and_papers(driver):
    """A step's paper, notice and pages, or those of comments. Each step makes a project, and every page longer."""
    draw = driver.rng.choice((driver.stage.step, driver.stage.comment))
    for act in [draw(), driver.stage.show()]:
        act.here(driver.stage.people)
    return crashes.drain_all


def sealing(driver):
    for _ in range(driver.rng.randint(1, 6)):
        driver.stage.comment().here(driver.stage.people)
    crashes.drain_all()
    return crashes.seal


def three_workers(driver):
    """Two more are at the same work, at the same time. They live."""
    pages_and_papers(driver)
    driver.others = [crashes.start_fork(crashes.drain_all) for _ in range(2)]
    return crashes.drain_all


def wait_for_others(driver):
    for pid in driver.others:
        if crashes.ended(pid) != crashes.SURVIVED:
            driver.remarks.append("a worker failed beside another")


def far_side_down(driver):
    """Somebody else's server is in trouble. Pages must not wait for it."""
    FAR_SIDE.mode = driver.rng.choice(MODES)
    driver.key = driver.stage.word()
    act = driver.stage.comment()
    act.here(driver.stage.people)
    with transaction.atomic():
        entry = Entry.objects.filter(kind="comment.received").latest("seq")
        follow_up(entry, [FollowUp("call", {"key": driver.key}, queue=Task.Queue.DELIVER)])
    return partial(crashes.drain_all, reverse=True)  # the far side first


def far_side_up(driver):
    open_ = Task.objects.open()
    if open_.filter(queue="render", attempts=0).exists() and driver.ended == crashes.SURVIVED:
        driver.remarks.append(f"pages waited for a far side that was {FAR_SIDE.mode}")
    FAR_SIDE.mode = "up"


def far_side_has_it(driver):
    if not FAR_SIDE.got[f"/{driver.key}"]:
        driver.remarks.append("never delivered")


def to_be_sent(driver):
    """A notice, and the letters and calls that carry it."""
    driver.stage.step().here(driver.stage.people)
    crashes.drain_all()


def mail_server_down(driver):
    MAIL_SERVER.turn(driver.rng.choice(MAIL_MODES))
    to_be_sent(driver)
    return letters.send


def machine_down(driver):
    FAR_SIDE.mode = driver.rng.choice(MODES)
    to_be_sent(driver)
    return letters.send


def everybody_up(driver):
    """What was begun and not ended is done again under the same id."""
    FAR_SIDE.mode = "up"
    MAIL_SERVER.turn("up")
    driver.remarks += letters.bring_out()


POINTS = (
    Point("a comment", 10, *one_act("comment")),
    Point("an observer's remark", 6, *one_act("remark")),
    Point("showing a comment", 6, *one_act("show")),
    Point("a step", 2, *one_act("step")),
    Point("pages and papers", 7, pages_and_papers, nothing),
    Point("pages and papers, beside two others", 2, three_workers, wait_for_others),
    Point("a seal", 8, sealing, nothing),
    Point("a delivery to a far side in trouble", 4, far_side_down, far_side_up, check=far_side_has_it),
    Point("letters, the mail server in trouble", 3, mail_server_down, everybody_up),
    Point("calls, the machine called in trouble", 3, machine_down, everybody_up),
)
