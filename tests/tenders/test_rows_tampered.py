"""Who changes a committee, a report or a register in the database afterwards is found out, and the row is named."""

import random
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection, transaction

from ledger.canonical import new_salt
from lifecycle.demo.drafts import fill
from tenders.audit.arrivals import check_arrivals
from tenders.audit.boxes import check_boxes
from tenders.audit.comments import check_comments
from tenders.audit.committees import check_committees
from tenders.audit.evaluations import check_evaluations
from tenders.audit.prequalified import check_prequalifications
from tenders.audit.register import check_registers
from tenders.models import Bid, CommitteeDraw, CommitteeMember, Evaluation
from tenders.operations.evaluation import Draw, Person, draw_experts, withdraw_member
from tests.factories import cemetery_on, moment
from tests.ledger.making import role, run_sql

pytestmark = pytest.mark.django_db
SQL = Path(apps.get_app_config("tenders").path) / "sql"
PACKAGE = "project/2026-001/package/1"
TRIALS = 12  # of each way of tampering
CHECKS = (
    check_comments,
    check_boxes,
    check_registers,
    check_arrivals,
    check_prequalifications,
    check_committees,
    check_evaluations,
)
GRANTED = (
    "comment_commitments",
    "bid_lines",
    "committed_rows",
    "opening_lists",
    "prequalification_commitments",
    "void_arrivals",
)


@pytest.fixture
def scene():
    """A committee of two draws, one of whose members has left; the report not there yet."""
    scene = cemetery_on("07-06 16:30")
    by_clerk = {"actor": scene.people.clerk}
    withdraw_member(scene.package.committee.first().pk, ground="unable", at=moment("07-06 16:40"), **by_clerk)
    again = Draw("省综合评标专家库", "CQ-2", "建筑2人", moment("07-06 17:00"), reason="一名专家因故不能参加")
    named = [Person("technical", "马翠", "省路桥学院"), Person("economic", "何平", "省造价站")]
    draw_experts(scene.package.pk, again, named, at=moment("07-06 17:05"), **by_clerk)
    return scene


def found(check):
    return [(problem.code, problem.zh.partition("：")[0]) for problem in check()[1]]


def undone(tamper, check):
    """Tamper, and return what was touched and what the check says of it; then it is as it was."""
    with transaction.atomic():
        touched = tamper()
        said = found(check)
        transaction.set_rollback(True)
    return touched, said


def a_member(chance):
    return chance.choice(list(CommitteeMember.objects.order_by("pk")))


def change(name, value):
    def tamper(chance):
        member = a_member(chance)
        CommitteeMember.objects.filter(pk=member.pk).update(**{name: value(member)})
        return [("draw-altered", member.draw.path)]

    return tamper


def drop(chance):
    member = a_member(chance)
    CommitteeMember.objects.filter(pk=member.pk).delete()
    return [("member-dropped", member.draw.path)]


def insert(chance):
    draw = chance.choice(list(CommitteeDraw.objects.order_by("pk")))
    number = chance.randint(50, 99)
    CommitteeMember.objects.create(package=draw.package, draw=draw, number=number, kind="owner", name="某某")
    return [("member-inserted", draw.path)]


def swap_members(chance):
    a, b = (chance.choice(list(draw.members.all())) for draw in CommitteeDraw.objects.order_by("pk"))
    CommitteeMember.objects.filter(pk=a.pk).update(name=b.name, employer=b.employer)
    CommitteeMember.objects.filter(pk=b.pk).update(name=a.name, employer=a.employer)
    return [("draw-altered", a.draw.path), ("draw-altered", b.draw.path)]


def swap_draws(chance):
    a, b = CommitteeDraw.objects.order_by("pk")
    run_sql(f"UPDATE tenders_committeedraw SET number = 99 WHERE id = {a.pk}")
    run_sql(f"UPDATE tenders_committeedraw SET number = {a.number} WHERE id = {b.pk}")
    run_sql(f"UPDATE tenders_committeedraw SET number = {b.number} WHERE id = {a.pk}")
    return [("draw-swapped", a.path), ("draw-swapped", b.path)]


def other_salt(chance):
    draw = chance.choice(list(CommitteeDraw.objects.order_by("pk")))
    CommitteeDraw.objects.filter(pk=draw.pk).update(salt=new_salt())
    return [("draw-altered", draw.path)]


def leave(chance):
    member = chance.choice(list(CommitteeMember.objects.standing().order_by("pk")))
    fill(member, withdrawn_at=moment("07-06 18:00"), withdrawn_for="unable")
    return [("member-left", member.path)]


def come_back(chance):
    member = CommitteeMember.objects.exclude(withdrawn_at=None).get()
    fill(member, withdrawn_at=None, withdrawn_for="")
    return [("member-back", member.path)]


WAYS = {
    "another name": change("name", lambda member: f"{member.name}某"),
    "another employer": change("employer", lambda member: f"{member.employer}一"),
    "another kind": change("kind", lambda member: "owner" if member.kind != "owner" else "technical"),
    "another number": change("number", lambda member: member.number + 40),
    "drop": drop,
    "insert": insert,
    "swap two members": swap_members,
    "swap two draws": swap_draws,
    "another salt": other_salt,
    "leave": leave,
    "come back": come_back,
}


@pytest.mark.parametrize("way", WAYS)
def test_whatever_is_done_to_a_committee_is_named_in_every_trial(scene, way):
    assert check_committees() == (2, [])
    chance = random.Random(way)
    for _ in range(TRIALS):
        touched, said = undone(lambda: WAYS[way](chance), check_committees)
        assert set(touched) <= set(said)


def test_a_draw_that_is_gone_or_that_nobody_recorded_is_named(scene):
    draw = CommitteeDraw.objects.get(number=2)

    def dropped():
        draw.members.all().delete()
        CommitteeDraw.objects.filter(pk=draw.pk).delete()

    def slipped_in():
        CommitteeDraw.objects.create(package=draw.package, number=9, drawn_at=draw.drawn_at, salt=new_salt())

    assert undone(dropped, check_committees)[1] == [("draw-dropped", f"{PACKAGE}/draw/2")]
    assert undone(slipped_in, check_committees)[1] == [("draw-unrecorded", f"{PACKAGE}/draw/9")]


# -- the report


REPORT = [("report-altered", f"{PACKAGE}/evaluation")]
FINDINGS = {
    "score": lambda: Bid.objects.filter(rank=3).update(score="91.55"),
    "price": lambda: Bid.objects.filter(rank=3).update(evaluated_price_fen=1),
    "rank": lambda: Bid.objects.filter(rank=3).update(rank=None),
    "swap": lambda: [Bid.objects.filter(rank=r).update(score=s) for r, s in ((1, "90.25"), (2, "93.60"))],
    "reason": lambda: Bid.objects.filter(rank=3).update(rejection_ground="price", rejection_reason="低于成本\n\"'\\。"),
    "eligibility": lambda: Bid.objects.filter(rank=2).update(eligibility="一级资质"),
    "bid taken away": lambda: Bid.objects.filter(rank=3).update(status="withdrawn"),
    "bid let in": lambda: Bid.objects.filter(status="refused").update(status="accepted", refusal_reason=""),
    "signature": lambda: CommitteeMember.objects.filter(number=2).update(signature="refused"),
    "dissent": lambda: CommitteeMember.objects.filter(number=2).update(dissent="名次不对。"),
    "member": lambda: CommitteeMember.objects.filter(number=3).delete(),
    "summary": lambda: Evaluation.objects.update(summary="各投标文件均响应。"),
    "clarifications": lambda: Evaluation.objects.update(clarifications="无。"),
    "salt": lambda: Evaluation.objects.update(salt=new_salt()),
}


@pytest.mark.parametrize("until", ["07-07 16:00", "07-08 10:00", "07-13 10:00"])
def test_whatever_is_done_to_a_report_is_named_at_every_stage(until):
    scene = cemetery_on(until)
    assert check_evaluations() == (1, [])
    assert scene.package.evaluation.summary
    for name, tamper in FINDINGS.items():
        assert undone(tamper, check_evaluations)[1] == REPORT, name


def test_a_report_that_is_gone_is_named():
    scene = cemetery_on("07-07 16:00")

    def drop():
        scene.package.evaluation.delete()

    assert undone(drop, check_evaluations)[1] == [("report-dropped", f"{PACKAGE}/evaluation")]


def test_what_the_committee_corrects_is_no_problem_and_binds_with_the_candidates():
    scene = cemetery_on("07-07 16:00")
    fill(scene.package.bids.get(rank=3), score="87.30", eligibility="含有“引号”、\t制表、\\和é的资格说明。")
    assert found(check_evaluations) == REPORT
    fill(scene.package.evaluation, check_scores="settled", check_handling="汇总有误，评标委员会复核改正。")
    assert found(check_evaluations) == []
    scene.acts.step("publish_candidates", moment("07-08 09:00"), subject=scene.package)
    assert found(check_evaluations) == []
    fill(scene.package.bids.get(rank=3), score="91.50")
    assert found(check_evaluations) == REPORT


# -- who checks


def test_the_sealer_makes_every_check_and_can_read_no_row():
    cemetery_on("07-08 10:00")
    run_sql("SET CONSTRAINTS ALL IMMEDIATE")
    run_sql(
        "DO $$ BEGIN CREATE ROLE tracker_sealer NOLOGIN; "
        "EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"
    )
    run_sql("GRANT USAGE ON SCHEMA public TO tracker_sealer; GRANT SELECT ON ledger_entry TO tracker_sealer")
    for name in GRANTED:
        granting = (SQL / f"{name}.sql").read_text(encoding="utf-8").partition("-- A role that does not exist")[2]
        with connection.cursor() as cursor:
            cursor.execute(granting.partition("\n")[2])

    with role("tracker_sealer"):
        assert [check()[1] for check in CHECKS] == [[]] * len(CHECKS)
    for table in ("bid", "committeemember", "evaluation", "applicant"):
        with role("tracker_sealer"), pytest.raises(Exception, match="permission denied"), transaction.atomic():
            run_sql(f"SELECT * FROM tenders_{table}")
