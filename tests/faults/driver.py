"""Draws faults from a seed, strikes while people act, lets everything recover, and asks what does not hold."""

import logging
import random
import time
from collections import Counter
from pathlib import Path
from threading import Thread

from django.conf import settings
from django.db import OperationalError, connection, connections

from ledger.models import Checkpoint, Entry, Task
from ledger.proofs import read_head
from tests.faults import crashes, letters
from tests.faults.acts import DONE, DONE_BEFORE
from tests.faults.invariants import Invariants, look
from tests.faults.journal import Journal
from tests.faults.kills import FAULTS
from tests.faults.mutants import MUTANTS
from tests.faults.points import POINTS
from tests.faults.snapshot import Snapshot
from tests.faults.stage import Stage

KILLS = 0.15  # of all runs: they cost seconds, the others a fraction of one
CLIENTS = 3
ACTS = 4
ANSWERED_WITHIN = 180.0  # seconds
STANDS_STILL = 60.0  # seconds without any step: what is open then is stuck, however busy the machine is
SETTLES_WITHIN = 600.0  # seconds: what moves for longer moves in a circle


def say(text):
    print(text, flush=True)  # noqa: T201, it is a program of its own


class Driver:
    def __init__(self, world, seed):
        self.world, self.rng = world, random.Random(seed)
        self.stage = Stage(self.rng)
        self.journal = Journal(world.instance.folder / "journal")
        self.invariants = Invariants(self.journal)
        self.counts, self.seconds, self.broken = Counter(), Counter(), []
        self.answers = Counter()  # by which people were told to try again
        self.is_live = False  # whether the programs run
        self.remarks = []  # what a fault itself found wrong

    def run(self, name, strike):
        """One run: ``strike`` breaks something, looks at the public face, and lets it recover."""
        started = time.monotonic()
        try:
            before = strike()
        except Exception:
            self.tell_of_programs()
            raise
        found = [*self.remarks, *self.invariants.broken(before)]
        self.remarks.clear()
        self.counts[name] += 1
        self.seconds[name] += time.monotonic() - started
        told = [f"✗ run {self.counts.total()}, {name}: {problem}" for problem in found]
        for problem in told:
            say(problem)
        if found and self.is_live:
            self.tell_of_programs()
        self.broken += told
        return found

    # -- processes

    def tell_of_programs(self):
        """Show what the programs said last: the world with its logs is gone afterwards."""
        for child in self.world.children.children:
            name = child.program.name
            say(f"--- {name}, {'alive' if self.world.is_alive(name) else 'dead'}\n{self.world.children.tail(name)}")

    def kill(self, fault):
        """People act by the web while ``fault`` strikes, and go on sending until they are told that it is done."""
        places = self.journal.add(self.stage.some_acts(ACTS))
        # Each person does one thing after the other; what is about the same comment waits for its turn.
        queues = [places[n::CLIENTS] for n in range(CLIENTS)]
        people = [Thread(target=self.act, args=(queue,)) for queue in queues]
        for person in people:
            person.start()
        time.sleep(self.rng.uniform(0, 0.4))
        struck = fault.strike(self.world, self.rng)
        before = look()
        fault.recover(self.world, struck)
        for person in people:
            person.join()
        self.settle()
        return before

    def act(self, places):
        deadline = time.monotonic() + ANSWERED_WITHIN
        for place in places:
            act, tries = self.journal.acts[place], 0
            while time.monotonic() < deadline:
                tries += 1
                status = act.by_web(self.world.port, self.stage.accounts)
                if status in DONE or (status in DONE_BEFORE and tries > 1):
                    self.journal.acknowledge(place)
                    break
                self.answers[status] += 1
                time.sleep(0.1)
            else:
                self.remarks.append(f"nobody answered for {ANSWERED_WITHIN:.0f} s: {act}")
        connections.close_all()

    def settle(self):
        """Wait until everything that follows is done and sealed; what stands still before that is a finding."""
        patience = Patience()
        while patience.lasts():
            try:
                left = still_open()
            except OperationalError:
                connection.close()
            else:
                if not any(left):
                    return
                patience.see(left)
            time.sleep(0.1)

    # -- points

    def crash(self, point):
        """A process dies at a drawn effect of its work, and another comes after it."""
        work = point.prepare(self)
        steps = self.rng.randint(1, point.effects)
        self.ended = crashes.in_fork(work, steps)
        # The farthest that it ever got tells how many points there are.
        point.effects = max(point.effects, steps + 1) if self.ended == crashes.DIED else max(steps - 1, 2)
        before = look()
        point.recover(self)
        self.recover_here()
        point.check(self)
        return before

    def recover_here(self):
        """What live processes would do, without their waiting. Sealed first, most pages are written once."""
        patience = Patience()
        while patience.lasts():
            crashes.seal()
            crashes.drain_all()
            left = still_open()
            if not any(left):
                return
            patience.see(left)
            time.sleep(0.02)

    def report(self):
        width = max(map(len, self.counts), default=0)
        for name, number in sorted(self.counts.items()):
            say(f"  {name:<{width}} {number:4} runs, {self.seconds[name] / number:5.1f} s each")
        say(
            f"{self.counts.total()} runs, {Entry.objects.count()} entries, {Checkpoint.objects.count()} checkpoints, "
            f"{len(self.broken)} broken; "
            f"answers that people had to try again after: {dict(self.answers)}"
        )


class Patience:
    """Lasts while something moves. A slow machine is no finding, a thing that is stuck is one."""

    def __init__(self):
        self.left, self.since, self.began = None, time.monotonic(), time.monotonic()

    def see(self, left):
        if left != self.left:
            self.left, self.since = left, time.monotonic()

    def lasts(self):
        now = time.monotonic()
        return now - self.since < STANDS_STILL and now - self.began < SETTLES_WITHIN


def still_open():
    """
    Return how many tasks are not done, and how many entries not sealed in public.

    The row of a checkpoint comes before its file: a sealer that dies between them leaves the file to the next one.
    """
    published = Path(settings.PUBLIC_ROOT) / "ledger" / "checkpoint"
    sealed = read_head(published.read_text()).size if published.exists() else 0
    return Task.objects.filter(done_at=None, failed_at=None).count(), Entry.objects.count() - sealed


def drive(world, asked):
    say(f"faults: --runs {asked.runs} --seed {asked.seed}")
    driver, started = Driver(world, asked.seed), time.monotonic()
    logging.disable(logging.ERROR)  # what fails on purpose would fill the report
    kills = [fault for fault in FAULTS if asked.only in fault.name and fault.possible(world)]
    points = [point for point in POINTS if asked.only in point.name]
    for fault in FAULTS:
        if not fault.possible(world):
            say(f"- {fault.name}: not on this machine")
    number = round(asked.runs * KILLS) if points else asked.runs
    if kills and number:
        world.start()
        driver.is_live = True
        driver.settle()
        for fault in drawn(driver.rng, kills, number):
            driver.run(fault.name, lambda fault=fault: driver.kill(fault))
        world.stop_application()
        driver.is_live = False
        time.sleep(2)  # until their sessions, and their leases, have ended
    driver.remarks += letters.bring_out()
    driver.recover_here()
    for point in drawn(driver.rng, points, asked.runs - driver.counts.total()):
        driver.run(f"died in: {point.name}", lambda point=point: driver.crash(point))
    if asked.runs:
        driver.report()
    missed = drive_mutants(driver) if asked.mutants else 0
    for problem in driver.broken:
        say(problem)  # once more, at the end: where a log is cut, its last lines are what is left
    say(
        f"{time.monotonic() - started:.0f} s; once more: python -m tests.faults --seed {asked.seed} --runs {asked.runs}"
    )
    return 1 if driver.broken or missed else 0


def drawn(rng, choices, number):
    """Each at least once if there is room, then by weight, in random order."""
    if not choices or number <= 0:
        return []
    found = choices[:number] + rng.choices(
        choices, [choice.weight for choice in choices], k=max(number - len(choices), 0)
    )
    rng.shuffle(found)
    return found


def drive_mutants(driver):
    """
    Break the product in forked processes in ways in which such systems are broken. Every one must be noticed.

    Each finds the same sound state: what one has spoilt would hide, or feign, what the next one does.
    """
    missed, state, heads = 0, Snapshot(driver.world), dict(driver.invariants.heads)
    for mutant in MUTANTS:
        if problems := driver.invariants.broken(look()):
            raise AssertionError(problems)
        before = mutant.live(driver)
        driver.recover_here()
        found = driver.invariants.broken(before)
        say(f"{'✓' if found else '✗'} {mutant.name}: {found[0] if found else 'not noticed'}")
        missed += not found
        state.restore()
        driver.invariants.heads = dict(heads)
    say(f"{len(MUTANTS)} mutants, {missed} missed")
    return missed
