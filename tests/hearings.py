"""
Hearings at any point of their path, on the plan of the hall's project as it stands on 07-24 (a Friday).

Applications end on 07-31, the hearing is on 08-21.
"""

from datetime import date, datetime, timedelta

from lifecycle.demo import hearing as demo
from tenders.models import Hearing
from tenders.operations import hearing as operations
from tenders.operations import hearing_room as room
from tenders.operations.hearing import Applicant
from tests.factories import moment


def draft(scene, **changes):
    hearing = demo.new_hearing(scene.consultation.pk, actor=scene.people.manager)
    facts = demo.HEARING | {
        "starts_at": moment("08-21 09:00"),
        "applications_until": date(2026, 7, 31),
        **changes,
    }
    demo.fill(hearing, **facts)
    for position, (name, seats) in enumerate(demo.GROUPS):
        hearing.groups.create(position=position, name=name, seats=seats)
    return hearing


def step(scene, name, hearing, at, **more):
    return scene.acts.step(name, at, subject=Hearing.objects.get(pk=hearing.pk), **more)


def announced(scene, **changes):
    hearing = draft(scene, **changes)
    step(scene, "announce_hearing", hearing, scene.at)
    return Hearing.objects.get(pk=hearing.pk)


def apply(hearing, at, n=1, group=0, **changes):
    fields = {"name": f"王小{n}", "contact": f"1390000{n:04}", "group_id": hearing.groups.all()[group].pk}
    return operations.apply_for_hearing(hearing.pk, Applicant(**fields | changes), at=at)


def closed(scene, applicants=3, **changes):
    hearing = announced(scene, **changes)
    for n in range(applicants):
        apply(hearing, scene.at + timedelta(hours=n), n)
    step(scene, "close_hearing_applications", hearing, moment("08-01 09:00"))
    return Hearing.objects.get(pk=hearing.pk)


def listed(scene, at="08-14 09:00", **changes):
    hearing = closed(scene, **changes)
    operations.select_participants(hearing.pk, seed=demo.SEED, actor=scene.people.clerk, at=moment("08-02 09:00"))
    staff(hearing)
    step(scene, "list_hearing_participants", hearing, moment(at))
    return Hearing.objects.get(pk=hearing.pk)


def staff(hearing, **changes):
    people = {"chair": "赵立新", "chair_post": "副局长", "recorder": "林晓", "presenter": "周明远"}
    demo.fill(Hearing.objects.get(pk=hearing.pk), **people | changes)


def held(scene, delivered_on=date(2026, 8, 14), **changes):
    hearing = listed(scene, **changes)
    deliver(scene, hearing, delivered_on)
    step(scene, "hold_hearing", hearing, moment("08-21 09:00"))
    return Hearing.objects.get(pk=hearing.pk)


def deliver(scene, hearing, on):
    at = datetime.combine(on, datetime.min.time(), moment("08-01 09:00").tzinfo) + timedelta(hours=17)
    operations.deliver_materials(hearing.pk, delivered_on=on, means="当面签收", actor=scene.people.clerk, at=at)


def speak(scene, hearing, **changes):
    said = {"stance": "object", "summary": "出口要改。", "reply": "会改。", "said_at": moment("08-21 09:20")} | changes
    return room.note_statement(hearing.participants()[0].pk, **said, actor=scene.people.clerk)


def attend(scene, hearing, *numbers):
    room.take_attendance(hearing.pk, attended=numbers, checked=numbers, actor=scene.people.clerk)


def sign(scene, hearing, scan=True, **signatures):
    given = {int(n[1:]): value for n, value in signatures.items()}
    paper = demo._scan() if scan else None
    room.note_signatures(hearing.pk, signatures=given, scan=paper, actor=scene.people.clerk)
