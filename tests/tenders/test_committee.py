"""Who evaluates: rules on the committee at their borders, the draw on record, the names under embargo."""

import pytest

from ledger.canonical import commitment
from lifecycle.demo.cemetery import COMMITTEE, DRAW
from lifecycle.demo.drafts import fill
from tenders.models import CommitteeMember
from tenders.operations.evaluation import Draw, Person, draw_experts, withdraw_member
from tests.factories import cemetery_on, moment
from tests.racing import race
from tests.refusing import refuses
from tests.tenders.evaluating import codes, evaluated, procured

pytestmark = pytest.mark.django_db

AGAIN = Draw("省综合评标专家库", "CQ-2", "建筑1人", moment("07-06 17:00"), reason="一名专家因故不能参加")


def sat_by(scene, experts, owners):
    """Let so many experts and representatives sit on the committee, all of them impartial and all signing."""
    members = scene.package.committee
    spare = members.first()
    members.exclude(pk=spare.pk).delete()
    kinds = ["technical"] * experts + ["owner"] * owners
    CommitteeMember.objects.bulk_create(
        CommitteeMember(
            package=scene.package, draw=spare.draw, number=n, kind=kind, name=f"成员{n}", employer=f"第{n}院",
            declares_no_interest=True, signature="signed",
        )
        for n, kind in enumerate(kinds, start=100)
    )  # fmt: skip
    spare.delete()
    return scene


@pytest.mark.rule("EV-10", "EV-10.2")
@pytest.mark.parametrize(
    ("experts", "owners", "refused"),
    [
        (4, 1, []),
        (3, 2, ["EV-10.2"]),
        (4, 0, ["EV-10"]),
        (4, 2, ["EV-10"]),
        (3, 0, ["EV-10"]),
        (5, 2, []),
        (6, 3, []),
        (4, 3, ["EV-10.2"]),
    ],
)
def test_the_committee_is_five_or_more_odd_and_two_thirds_experts(experts, owners, refused):
    scene = sat_by(evaluated(), experts, owners)
    assert codes(scene, "evaluate", "07-07 16:00") == refused


@pytest.mark.rule("GP-11", "GP-11.2", "GP-11.3", "GP-11.4")
@pytest.mark.parametrize(
    ("budget", "report", "seats", "refused"),
    [
        (999_999_999, {}, (4, 1), []),
        (1_000_000_000, {}, (4, 1), ["GP-11.3"]),
        (1_000_000_000, {}, (5, 2), []),
        (999_999_999, {"is_complex": True}, (4, 1), ["GP-11.3"]),
        (999_999_999, {"has_social_impact": True}, (4, 1), ["GP-11.3"]),
        (999_999_999, {}, (3, 2), ["GP-11.2"]),
        (999_999_999, {}, (3, 0), ["GP-11"]),
    ],
)
def test_a_large_or_hard_procurement_has_a_committee_of_seven(budget, report, seats, refused):
    scene = procured(sat_by(evaluated(**report), *seats), estimate_fen=budget)
    assert codes(scene, "evaluate", "07-07 16:00") == refused


@pytest.mark.rule("EV-11")
@pytest.mark.parametrize("employer", ["云岭建设工程有限公司", "清平县纪律检查委员会", "清平县住房和城乡建设局"])
def test_who_works_for_a_bidder_or_a_supervisor_does_not_evaluate(employer):
    scene = evaluated()
    fill(scene.package.committee.first(), employer=employer)
    assert codes(scene, "evaluate", "07-07 16:00") == ["EV-11"]


@pytest.mark.rule("EV-11")
def test_each_member_declares_that_nothing_binds_him_to_a_bidder():
    scene = evaluated()
    fill(scene.package.committee.last(), declares_no_interest=False)
    assert codes(scene, "evaluate", "07-07 16:00") == ["EV-11"]


@pytest.mark.rule("EV-13")
@pytest.mark.parametrize(("short", "extended", "refused"), [(1, False, []), (2, False, ["EV-13"]), (2, True, [])])
def test_more_than_a_third_may_ask_for_more_time(short, extended, refused):
    scene = evaluated(short_of_time=short, time_was_extended=extended)
    assert codes(scene, "evaluate", "07-07 16:00") == refused


@pytest.mark.rule("EV-13")
@pytest.mark.parametrize(("short", "refused"), [(3, []), (4, ["EV-13"])])
def test_exactly_a_third_is_not_more_than_a_third(short, refused):
    scene = sat_by(evaluated(short_of_time=short), 6, 3)
    assert codes(scene, "evaluate", "07-07 16:00") == refused


@pytest.mark.rule("EV-14")
@pytest.mark.parametrize(
    ("signature", "dissent", "refused"),
    [("", "", ["EV-14"]), ("dissent", "", ["EV-14"]), ("dissent", "第二名的业绩不应得分。", []), ("refused", "", [])],
)
def test_all_sign_and_who_dissents_says_so_in_writing(signature, dissent, refused):
    scene = evaluated()
    fill(scene.package.committee.first(), signature=signature, dissent=dissent)
    assert codes(scene, "evaluate", "07-07 16:00") == refused


# -- the draw


@pytest.mark.rule("EM-03")
def test_the_record_binds_the_bureau_to_the_names_without_telling_them():
    scene = cemetery_on("07-06 16:30")
    draw = scene.package.draws.get()
    (entry,) = scene.entries("committee.drawn")
    body = bytes(entry.body).decode()
    assert (entry.facts["experts"], entry.facts["representatives"]) == (4, 1)
    for person in COMMITTEE:
        assert person.name not in body
        assert person.employer not in body or person.employer in scene.project.owner.name
    named = "\n".join(f"{n}\t{p.kind}\t{p.name}\t{p.employer}\t{p.speciality}" for n, p in enumerate(COMMITTEE, 1))
    assert entry.facts["commitment"] == commitment("committee-draw-v1", bytes(draw.salt), named)


@pytest.mark.rule("EV-11")
def test_a_place_is_filled_by_a_draw_of_its_own_with_a_reason():
    scene = cemetery_on("07-06 16:30")
    withdraw_member(
        scene.package.committee.first().pk, ground="unable", actor=scene.people.clerk, at=moment("07-06 16:40")
    )
    one, act = [Person("technical", "马翠", "省路桥学院")], {"actor": scene.people.clerk, "at": moment("07-06 17:05")}
    with refuses("EV-11"):
        draw_experts(scene.package.pk, Draw("省库", "CQ-2", "1人", moment("07-06 17:00")), one, **act)
    draw_experts(scene.package.pk, AGAIN, one, **act)
    assert [member.number for member in scene.package.committee.standing()] == [2, 3, 4, 5, 6]
    assert scene.entries("committee.drawn")[1].facts["reason"] == "一名专家因故不能参加"


@pytest.mark.rule("EV-11")
@pytest.mark.parametrize(
    ("until", "at", "drawn_at"),
    [
        ("06-12 09:00", "06-12 10:00", "06-12 09:30"),  # before the announcement
        ("07-06 09:30", "07-06 16:30", "07-06 16:31"),  # ahead
        ("07-07 16:00", "07-07 17:00", "07-07 16:30"),  # after the report
    ],
)
def test_experts_are_drawn_between_the_announcement_and_the_report(until, at, drawn_at):
    scene = cemetery_on(until)
    draw = Draw("省库", "CQ-3", "4人", moment(drawn_at), reason="补抽")
    with refuses("EV-11"):
        draw_experts(scene.package.pk, draw, COMMITTEE[:1], actor=scene.people.clerk, at=moment(at))


@pytest.mark.rule("EM-01")
def test_before_the_opening_nobody_withdraws_over_a_bidder():
    scene = cemetery_on("06-18 11:00")
    draw = Draw("省库", "CQ-4", "4人", moment("06-18 11:10"))
    draw_experts(scene.package.pk, draw, COMMITTEE, actor=scene.people.clerk, at=moment("06-18 11:10"))
    member = scene.package.committee.first()
    with refuses("EV-11"):
        withdraw_member(member.pk, ground="interest", actor=scene.people.clerk, at=moment("06-18 12:00"))
    withdraw_member(member.pk, ground="unable", actor=scene.people.clerk, at=moment("06-18 12:00"))


@pytest.mark.django_db(transaction=True)
def test_two_draws_at_once_make_one_committee():
    scene = cemetery_on("07-06 09:30")

    def draw():
        draw_experts(scene.package.pk, DRAW, COMMITTEE, actor=scene.people.clerk, at=moment("07-06 16:30"))

    assert race(draw) == ["ActRefused", "done"]
    assert scene.package.committee.count() == 5
