"""What must hold after every fault, told as sentences of what does not."""

import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from contracts.models import Document
from ledger import merkle
from ledger.check import check_ledger
from ledger.files import UNFINISHED
from ledger.keys import published_verifier
from ledger.models import Entry, Task
from ledger.proofs import read_head
from lifecycle.steps import STEPS, TABLE
from publishing.channels.website import text_in
from publishing.models import Notice
from publishing.notices import KINDS
from publishing.output import file_of
from publishing.pages import acts
from tenders.models import Comment, Consultation, Project
from tests.faults.letters import Sent
from tests.ledger.making import audit


@dataclass
class Face:
    """What the public can see at a moment, from files alone: the database may be dead."""

    leaves: dict = field(default_factory=dict)  # number of an entry -> its leaf hash, as pages and log tell it
    checkpoint: str = ""
    problems: list = field(default_factory=list)


def look():
    """Look at the public files as a stranger does, and verify the log."""
    face, root = Face(), Path(settings.PUBLIC_ROOT)
    log = root / "ledger"
    if (log / "checkpoint").exists():
        face.checkpoint = (log / "checkpoint").read_text()
        try:
            audit(log, published_verifier(log))
        except (AssertionError, OSError, ValueError) as e:
            face.problems.append(f"the public log does not verify: {e!r}")
    for file in root.glob("projects/*/record.json"):
        for entry in json.loads(file.read_bytes())["entries"]:
            face.leaves[entry["seq"]] = entry["leaf"]
    pages = [file for file in root.rglob("index.html") if UNFINISHED not in file.name]
    face.problems += [f"{page} is not whole" for page in pages if not page.read_bytes().rstrip().endswith(b"</html>")]
    return face


class Invariants:
    """Remembers what was seen before, so that nothing seen may ever change."""

    def __init__(self, journal):
        self.journal = journal
        self.sent = Sent()
        self.heads = {}  # size -> root, of every checkpoint that was ever seen

    def broken(self, before):
        """Return all that does not hold, given the public face before the recovery and the state after it."""
        leaves = [bytes(leaf) for leaf in Entry.objects.in_order().values_list("leaf", flat=True)]
        after = look()
        return [
            *before.problems,
            *after.problems,
            *self.acts(),
            *work(),
            *record(),
            *self.public(before, after, leaves),
            *self.checkpoints(before, after, leaves),
            *notices(),
            *papers(),
            *states(),
            *self.sent.broken(),
        ]

    def acts(self):
        """No act is lost, none is there twice."""
        acknowledged = self.journal.acknowledged()
        for place, act in enumerate(self.journal.acts):
            times = act.times()
            if place in acknowledged and times == 0:
                yield f"lost: {act}"
            if times > 1:
                yield f"{times} times: {act}"
        # What was right stays right: the record is append-only, and the next run looks at its own acts.
        self.journal.clear()

    def public(self, before, after, leaves):
        """Nothing public that is not on record; and in the end all of it public."""
        for face, when in ((before, "before"), (after, "after")):
            for seq, leaf in face.leaves.items():
                if seq >= len(leaves) or leaves[seq].hex() != leaf:
                    yield f"public {when} the recovery, and not on record: entry {seq}"
        for project in Project.objects.public():
            known = set(Entry.objects.about(project.path).values_list("seq", flat=True))
            if missing := known - set(after.leaves):
                yield f"not on the page of {project.number}: {sorted(missing)[:5]}"

    def checkpoints(self, before, after, leaves):
        """Every checkpoint that anybody has ever seen is a prefix of today's record."""
        for note in filter(None, (before.checkpoint, after.checkpoint)):
            head = read_head(note)
            if self.heads.setdefault(head.size, head.root) != head.root:
                yield f"two roots at {head.size}"
        read = merkle.reader(leaves)
        for size, root in self.heads.items():
            if size > len(leaves) or merkle.root_at(size, read) != root:
                yield f"the record no longer begins with the {size} entries that were signed"
        if not after.checkpoint or read_head(after.checkpoint).size != len(leaves):
            yield "the newest entries are not sealed"


def work():
    """Nothing is left open, nothing was given up."""
    for task in Task.objects.filter(done_at=None)[:5]:
        yield f"not done: {task} ({task.attempts} attempts, {task.last_error})"


def record():
    log = Path(settings.PUBLIC_ROOT) / "ledger"
    report = check_ledger(log, settings.LEDGER_ORIGIN, [published_verifier(log)], timedelta(seconds=60))
    yield from (problem.en for problem in report.problems)


def notices():
    """Each act that is announced has one notice, one entry that names its digest, and one page with the same text."""
    announced = Entry.objects.filter(kind__in=KINDS)
    public = set(Project.objects.public().values_list("number", flat=True))
    expected = {entry.seq for entry in announced if acts.number_of_project(entry.subject) in public}
    on_record = Counter(entry.facts["of"] for entry in Entry.objects.filter(kind="notice.published"))
    if on_record != Counter(expected):
        yield f"notices on record {on_record - Counter(expected)}, missing {Counter(expected) - on_record}"
    for notice in Notice.objects.all():
        page = file_of(notice.address)
        if not page.is_file() or text_in(page.read_bytes()) != notice.body:
            yield f"{notice.address} does not say what the notice says"


def papers():
    """Each paper that an act causes is there once, with the bytes that the record names."""
    steps = Entry.objects.filter(kind__startswith="step.")
    wanted = Counter(
        (entry.seq, paper) for entry in steps for paper in STEPS[entry.kind.removeprefix("step.")].documents
    )
    asked = Task.objects.filter(name="document").values_list("entry", "arguments__template")
    wanted |= Counter(set(asked))  # acts beside the steps have papers, too
    there = Counter(Document.objects.values_list("caused_by", "template"))
    yield from (f"the paper {paper} of entry {seq} is missing" for seq, paper in wanted - there)
    yield from (f"the paper {paper} of entry {seq} is there too often" for seq, paper in there - wanted)
    recorded = Counter(e.facts["sha256"] for e in Entry.objects.filter(kind="document.published"))
    known = Counter(Document.objects.values_list("sha256", flat=True))
    if recorded != known:
        yield f"papers on record {recorded}, in the register {known}"
    for document in Document.objects.all():
        file = Path(settings.PUBLIC_ROOT) / "documents" / document.file_name
        if not file.is_file() or sha256(file.read_bytes()).hexdigest() != document.sha256:
            yield f"{file.name} is missing or has other bytes"


def states():
    """Each state machine stands where the entries of its steps have led it."""
    things = {thing.path: thing for model in {step.subject for step in TABLE} for thing in model.objects.all()}
    led = {}
    for entry in Entry.objects.filter(kind__startswith="step.").in_order():
        for move in STEPS[entry.kind.removeprefix("step.")].moves:
            thing = move.of(things[entry.subject])
            machine = move.edge._django_fsm
            led[thing, machine.field.name] = {str(t.target) for t in machine.transitions.values()}
    for (thing, field_name), targets in led.items():
        if (state := getattr(thing, field_name)) not in targets:
            yield f"{thing!r} is {state}, its entries have led it to {targets}"
    for consultation in Consultation.objects.all():
        numbers = list(consultation.comments.order_by("number").values_list("number", flat=True))
        if numbers != list(range(1, len(numbers) + 1)):
            yield f"the comments of {consultation.path} are numbered {numbers}"
    yield from shown_comments()


def shown_comments():
    """A comment is public if its entries say so, and each change is there once."""
    for comment in Comment.objects.exclude(visibility=Comment.Visibility.PENDING):
        kinds = ("comment.shown", "comment.masked", "comment.withheld")
        shown = Entry.objects.filter(subject=comment.path, kind__in=kinds).count()
        if shown != 1:
            yield f"{comment.path} is {comment.visibility} by {shown} entries"
