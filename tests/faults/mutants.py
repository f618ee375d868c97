"""
Ways in which such systems are commonly wrong, built into forked processes: the invariants must notice each.

Nothing of the product is changed: a mutant replaces a function in its own process only, and dies.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import get_context

from django.db import transaction

from ledger import operations, outbox, sending, tiles
from ledger.models import Entry, Task
from ledger.operations import FollowUp, follow_up
from publishing import site
from publishing.handlers import HANDLERS
from tenders.operations import comments
from tests.faults import crashes
from tests.faults.invariants import look

FORKED = get_context("fork")  # by which forked processes wait for each other, however busy the machine is


@dataclass(frozen=True)
class Mutant:
    """``live`` lets it do its harm and returns what the public saw before the recovery."""

    name: str
    live: Callable


def die(*arguments, **options):
    os._exit(crashes.DIED)


def published_before_commit(driver):
    """Write the page within the transaction, and die before its end."""
    act = driver.stage.comment()

    def work():
        def publish_and_die(entry, works):
            site.publish_subject(entry, entry.subject)
            die()

        operations.follow_up = publish_and_die
        act.here(driver.stage.people)

    crashes.in_fork(work)
    return look()


def told_before_commit(driver):
    """Say "received", and die before it is."""
    act = driver.stage.comment()
    (place,) = driver.journal.add([act])

    def work():
        driver.journal.acknowledge(place)
        operations.follow_up = die
        act.here(driver.stage.people)

    crashes.in_fork(work)
    return look()


def marked_before_done(driver):
    """Mark a task as done, and die while doing it."""
    driver.stage.step().here(driver.stage.people)

    def work():
        def attempt(task, handlers):
            outbox.finish(task)
            handlers[task.name](task.entry, **task.arguments)
            return True

        outbox._attempt = attempt
        outbox.drain("render", HANDLERS | {"document": die}, lease=crashes.SHORT_LEASE)

    crashes.in_fork(work)
    return look()


def message_as_record(driver):
    """Send a message in place of writing a row, and lose it with the broker."""
    act = driver.stage.step()

    def work():
        operations.follow_up = lambda entry, works: None
        act.here(driver.stage.people)

    crashes.in_fork(work)
    return look()


def no_row_lock(driver):
    """Two clerks press the same button at once."""
    driver.stage.comment().here(driver.stage.people)
    act = driver.stage.show()
    times = (act, type(act)(act.number, act.comment, act.path, driver.stage.word()))
    both_have_looked = FORKED.Barrier(2)

    def click(act):
        def unlocked(model, pk):
            found = model.objects.get(pk=pk)
            both_have_looked.wait(60)
            return found

        comments.lock = unlocked
        act.here(driver.stage.people)

    for pid in [crashes.start_fork(lambda act=act: click(act)) for act in times]:
        crashes.ended(pid)
    return look()


def token_forgotten(driver):
    """Keep in memory which forms were taken, and die between the commit and the answer."""
    act = driver.stage.comment()
    driver.journal.add([act])

    def work():
        sending.note = lambda entry: None
        sending.note_unrecorded = die
        act.here(driver.stage.people)

    crashes.in_fork(work)
    act.here(driver.stage.people)
    return look()


def cursor_over_a_sequence(driver):
    """Remember the highest number seen in place of what is done: a number drawn earlier may be committed later."""
    driver.stage.comment().here(driver.stage.people)
    driver.recover_here()
    entry = Entry.objects.latest("seq")
    cursor = Task.objects.latest("pk").pk
    has_drawn, is_passed = FORKED.Event(), FORKED.Event()

    def late():
        with transaction.atomic():
            follow_up(entry, [FollowUp("never-heard-of", {"n": 1}, queue=Task.Queue.DELIVER)])
            has_drawn.set()
            is_passed.wait(60)

    pid = crashes.start_fork(late)
    has_drawn.wait(60)
    with transaction.atomic():
        follow_up(entry, [FollowUp("never-heard-of", {"n": 2}, queue=Task.Queue.DELIVER)])
    cursor = work_off_beyond(cursor)
    is_passed.set()
    crashes.ended(pid)
    work_off_beyond(cursor)
    Task.objects.open().update(failed_at=entry.recorded_at, last_error="the cursor has passed it")
    return look()


def work_off_beyond(cursor):
    found = list(Task.objects.open().filter(pk__gt=cursor).order_by("pk"))
    for task in found:
        outbox.finish(task)
    return max((task.pk for task in found), default=cursor)


def checkpoint_before_tiles(driver):
    """Publish the signed head, and die before the files that it signs: as if they had never been written."""
    driver.stage.comment().here(driver.stage.people)
    write, written = tiles.write_once, []

    def work():
        def remember(path, content):
            write(path, content)
            written.append(path)

        tiles.write_once = remember
        crashes.seal()
        for path in written:
            path.unlink()

    crashes.in_fork(work)
    return look()


MUTANTS = (
    Mutant("published before the commit", published_before_commit),
    Mutant("checkpoint before its tiles", checkpoint_before_tiles),
    Mutant("told before the commit", told_before_commit),
    Mutant("marked before it was done", marked_before_done),
    Mutant("the message as the record", message_as_record),
    Mutant("no row lock", no_row_lock),
    Mutant("which form was taken kept in memory", token_forgotten),
    Mutant("a cursor over a sequence", cursor_over_a_sequence),
)
