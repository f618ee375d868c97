"""To whom a package is awarded, that all are told at one moment, and what follows."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.models import Organisation, SignUp, User
from contracts.operations import revoke_award
from integrity.operations.drafting import draft_contracts
from ledger.models import Entry, Task
from lifecycle.clocks import clocks
from lifecycle.demo.drafts import fill
from lifecycle.operations import refusals, take
from lifecycle.steps import STEPS
from publishing.handlers import HANDLERS
from publishing.mail import result_letters
from publishing.mail.letters import message_of
from publishing.models import Letter
from tenders.models import Award, AwardLetter, Bid, Package, TenderReport
from tenders.operations.award import deliver_letter, extend_validity, submit_tender_report
from tests.factories import cemetery_on, moment
from tests.racing import race
from tests.refusing import refuses
from tests.tenders.evaluating import codes, procured

pytestmark = pytest.mark.django_db


def drafted(scene, rank=1, **written):
    winner = scene.package.bids.get(rank=rank)
    written = {"determined_on": date(2026, 7, 14)} | written
    return Award.objects.create(package=scene.package, winner=winner, **written)


def clock_of(scene, rule_id, at):
    (clock,) = [c for c in clocks(scene.project, at=moment(at)) if c.rule.id == rule_id]
    return clock


@pytest.mark.rule("AW-02")
@pytest.mark.parametrize(
    ("at", "determined", "refused"),
    [
        ("07-11 09:00", 11, ["AW-02"]),  # the third day, a Saturday
        ("07-13 23:59", 13, ["AW-02"]),
        ("07-14 00:00", 14, []),
        ("07-14 00:00", 13, ["AW-02"]),  # dated back
        ("07-14 00:00", 15, ["future"]),  # dated ahead
    ],
)
def test_the_award_waits_until_the_publicity_has_ended_on_a_working_day(at, determined, refused):
    scene = cemetery_on("07-13 16:00")
    drafted(scene, determined_on=date(2026, 7, determined))
    assert codes(scene, "award", at) == refused


@pytest.mark.rule("AW-02", "OB-05")
def test_an_open_objection_holds_the_award_however_long_the_publicity_has_ended():
    scene = cemetery_on("07-10 11:00")
    drafted(scene)
    assert codes(scene, "award", "07-20 09:00") == ["OB-05"]


@pytest.mark.rule("AW-03")
@pytest.mark.parametrize(
    ("rank", "written", "refused"),
    [
        (1, {}, []),
        (2, {}, ["AW-03"]),
        (2, {"reason": "书面放弃中标"}, ["AW-03"]),
        (2, {"ground": "gave-up"}, ["AW-03"]),
        (2, {"ground": "gave-up", "reason": "书面放弃中标"}, []),
    ],
)
def test_another_than_the_first_candidate_wins_on_a_ground_of_the_law_only(rank, written, refused):
    scene = cemetery_on("07-13 16:00")
    drafted(scene, rank, **written)
    assert codes(scene, "award", "07-14 09:00") == refused


@pytest.mark.rule("EV-17")
@pytest.mark.parametrize(
    ("until", "at", "refused"), [(None, 4, []), (None, 5, ["EV-17"]), (6, 6, []), (6, 7, ["EV-17"])]
)
def test_bids_bind_ninety_days_or_as_long_as_they_were_extended(until, at, refused):
    scene = cemetery_on("07-13 16:00")
    drafted(scene)
    if until:
        act = {"reason": "评标延后", "actor": scene.people.manager, "at": moment("10-04 09:00")}
        extend_validity(scene.package.pk, until=date(2026, 10, until), **act)
    assert codes(scene, "award", f"10-0{at} 09:00") == refused


@pytest.mark.rule("EV-17")
def test_validity_is_only_ever_extended():
    scene = cemetery_on("07-13 16:00")
    with refuses("EV-17"):
        extend_validity(
            scene.package.pk, until=date(2026, 10, 4), reason="误", actor=scene.people.manager, at=moment("07-14 09:00")
        )


# -- all are told


@pytest.mark.rule("AW-04")
def test_nobody_is_told_before_the_award_and_each_once_after_it():
    scene = cemetery_on("07-13 16:00")
    bids = list(scene.package.bids.accepted())
    act = {"means": "hand", "received_by": "王海", "actor": scene.people.clerk}
    with refuses("AW-04"):
        deliver_letter(bids[0].pk, at=moment("07-13 17:00"), **act)
    drafted(scene)
    scene.acts.step("award", moment("07-14 09:00"), subject=scene.package)
    letters = [deliver_letter(bid.pk, at=moment("07-14 10:00"), **act) for bid in bids]
    assert {letter.awarded_at for letter in letters} == {moment("07-14 09:00")}
    with refuses("AW-04"):
        deliver_letter(bids[0].pk, at=moment("07-14 10:01"), **act)
    entry = scene.entries("letter.delivered")[0]
    assert entry.facts == {"number": 1, "bidder": bids[0].bidder, "means": "hand"}
    assert "王海" not in bytes(entry.body).decode()


@pytest.mark.rule("AW-04")
def test_a_bidder_with_an_account_has_the_letter_there_from_the_moment_of_the_award(client):
    scene = cemetery_on("07-13 16:00")
    bid, other = scene.package.bids.get(rank=2), scene.package.bids.get(rank=1)
    bidder = account_of(bid)
    address = reverse("bid-result", args=[bid.pk])
    client.force_login(bidder)
    assert client.get(address).status_code == 404
    drafted(scene)
    scene.acts.step("award", moment("07-14 09:00"), subject=scene.package)
    assert "下载结果通知书" in client.get(reverse("bid")).text
    assert client.get(address).content[:2] == b"PK"
    assert client.get(reverse("bid-result", args=[other.pk])).status_code == 404


@pytest.mark.rule("AW-04")
def test_who_has_an_account_is_told_by_mail_once_however_often_the_worker_dies():
    scene = cemetery_on("07-13 16:00")
    account_of(scene.package.bids.get(rank=2))
    drafted(scene)
    scene.acts.step("award", moment("07-14 09:00"), subject=scene.package)
    entry = Entry.objects.get(kind="step.award")
    result_letters.write(scene.package.bids.get(rank=2), entry)  # and the worker died before it noted that
    for _twice in range(2):
        HANDLERS["award-letters"](entry, pk=scene.package.pk)
    delivered = AwardLetter.objects.get()
    assert (delivered.bid.rank, delivered.means, delivered.delivered_at) == (2, "account", moment("07-14 09:00"))
    mail = message_of(Letter.objects.get())
    assert mail.to == ["bids@dian.example"]
    assert scene.package.name not in mail.body
    assert Task.objects.filter(name="award-letters", entry=entry).count() == 1


def account_of(bid):
    """Let a bid be that of a company with an account."""
    company = Organisation.objects.create(name=bid.bidder, kind="company", credit_code=bid.credit_code)
    type(bid).objects.filter(pk=bid.pk).update(organisation=company)
    known = {"email": "bids@dian.example", "name": "李娜"}
    SignUp.objects.create(
        company=bid.bidder, credit_code=bid.credit_code, language="zh-hans", confirmed_at=moment("06-20 09:00"), **known
    )
    return User.objects.create(username=known["email"], role=User.Role.BIDDER, organisation=company, **known)


@pytest.mark.rule("AW-04")
def test_a_refused_envelope_is_told_nothing():
    scene = cemetery_on("07-14 09:00")
    late = scene.package.bids.get(status=Bid.Status.REFUSED)
    with refuses("AW-04"):
        deliver_letter(late.pk, means="hand", received_by="", actor=scene.people.clerk, at=moment("07-14 10:00"))


@pytest.mark.django_db(transaction=True)
def test_two_deliveries_at_once_are_one():
    scene = cemetery_on("07-14 09:00")
    bid, act = scene.package.bids.first(), {"means": "hand", "received_by": "", "actor": scene.people.clerk}
    assert race(lambda: deliver_letter(bid.pk, at=moment("07-14 10:00"), **act)) == ["ActRefused", "done"]


# -- the report to the supervising department


@pytest.mark.rule("AW-06")
def test_the_report_goes_to_the_supervisor_within_fifteen_days_of_the_determination():
    scene = cemetery_on("07-14 09:00")
    clock = clock_of(scene, "AW-06", "07-14 09:00")
    assert (clock.due_on, clock.done) == (date(2026, 7, 29), False)
    assert not clock.overdue(date(2026, 7, 29))
    assert clock.overdue(date(2026, 7, 30))
    act = {"submitted_to": "清平县住房和城乡建设局", "receipt": "收文12号", "sha256": "a" * 64}
    with refuses("AW-06"):
        submit_tender_report(scene.package.pk, actor=scene.people.clerk, at=moment("07-20 09:00"), **act)
    TenderReport.objects.create(package=scene.package, overview="公开招标，三家投标。")
    submit_tender_report(scene.package.pk, actor=scene.people.clerk, at=moment("07-20 09:00"), **act)
    assert clock_of(scene, "AW-06", "07-20 09:00").done
    with refuses("AW-06"):
        submit_tender_report(scene.package.pk, actor=scene.people.clerk, at=moment("07-20 09:01"), **act)


@pytest.mark.rule("AW-01", "AW-05", "AW-07")
def test_the_duties_around_the_award_have_their_last_days():
    scene = cemetery_on("07-14 09:00")
    due = {rule: clock_of(scene, rule, "07-14 09:00").due_on for rule in ("AW-01", "AW-05", "AW-07")}
    assert due == {"AW-01": date(2026, 7, 10), "AW-05": date(2026, 8, 11), "AW-07": date(2026, 8, 13)}


# -- an award that is lost


def refuse_to_sign(scene, at="07-20 09:00", **changes):
    act = {"ground": "refused", "reason": "无正当理由不签合同", "actor": scene.people.manager} | changes
    return revoke_award(scene.package.pk, at=moment(at), **act)


@pytest.mark.rule("AW-13")
def test_who_does_not_sign_loses_the_award_and_the_next_candidate_may_win():
    scene = cemetery_on("07-14 09:00")
    draft_contracts(scene.package.pk, actor=scene.people.clerk)
    refuse_to_sign(scene)
    (entry,) = scene.entries("award.revoked")
    assert entry.facts["bond_is_kept"]
    assert scene.package.state == Package.State.CANDIDATES
    assert codes(scene, "award", "07-20 10:00") == ["AW-13"]
    fill(scene.package.result, winner=scene.package.bids.get(rank=2), determined_on=date(2026, 7, 20))
    scene.acts.step("award", moment("07-20 10:00"), subject=scene.package)
    contract = draft_contracts(scene.package.pk, actor=scene.people.clerk)
    assert (contract.contractor, contract.price_fen) == ("滇东市政园林有限公司", 1_412_500_000)


@pytest.mark.rule("AW-13")
def test_an_award_is_lost_after_it_was_made_and_before_both_have_signed():
    scene = cemetery_on("07-13 16:00")
    with refuses("AW-13"):
        refuse_to_sign(scene)


@pytest.mark.rule("AW-13")
def test_a_signed_contract_ends_the_time_to_lose_an_award():
    scene = cemetery_on("07-24 10:00")
    with refuses("AW-13"):
        refuse_to_sign(scene, at="07-24 11:00")


@pytest.mark.django_db(transaction=True)
def test_two_revocations_at_once_are_one():
    scene = cemetery_on("07-14 09:00")
    assert race(lambda: refuse_to_sign(scene)) == ["ActRefused", "done"]


# -- government procurement


def procurement_awarded(at="07-08 09:00", **written):
    scene = procured(cemetery_on("07-07 16:00"))
    drafted(scene, **{"determined_on": date(2026, 7, 8), "winner_address": "创新路20号", "items": "施工一项"} | written)
    scene.acts.release([scene.package.evaluation], moment(at))
    return scene


@pytest.mark.rule("GP-13", "GP-14")
@pytest.mark.parametrize(
    ("rank", "written", "refused"),
    [
        (1, {}, []),
        (1, {"winner_address": ""}, ["GP-14"]),
        (1, {"items": ""}, ["GP-14"]),
        (2, {}, ["GP-13"]),
    ],
)
def test_the_result_of_a_procurement_says_more_and_follows_the_ranking(rank, written, refused):
    scene = procured(cemetery_on("07-07 16:00"))
    drafted(scene, rank, **{"determined_on": date(2026, 7, 8), "winner_address": "创新路", "items": "施工"} | written)
    scene.acts.release([scene.package.evaluation], moment("07-08 08:00"))
    assert codes(scene, "award", "07-08 09:00") == refused


@pytest.mark.rule("GP-14", "EM-03")
def test_the_result_of_a_procurement_names_the_experts():
    scene = procurement_awarded()
    take(STEPS["award"], scene.package.pk, actor=scene.people.manager, at=moment("07-08 09:00"))
    (entry,) = scene.entries("step.award")
    assert entry.facts["experts"] == ["罗启明", "段玉兰", "许建国", "白雪梅"]


@pytest.mark.rule("GP-12", "GP-13", "GP-14", "GP-15")
def test_the_clocks_of_a_procurement_run_in_working_days():
    scene = procurement_awarded()
    assert clock_of(scene, "GP-13", "07-08 08:00").due_on == date(2026, 7, 14)
    take(STEPS["award"], scene.package.pk, actor=scene.people.manager, at=moment("07-08 09:00"))
    due = {rule: clock_of(scene, rule, "07-08 09:00").due_on.day for rule in ("GP-12", "GP-13", "GP-14", "GP-15")}
    assert due == {"GP-12": 9, "GP-13": 14, "GP-14": 10, "GP-15": 9}


@pytest.mark.rule("GP-15")
@pytest.mark.parametrize(("at", "refused"), [("07-08 17:00", True), ("07-09 23:59", True), ("07-10 00:00", False)])
def test_nothing_is_signed_while_the_result_of_a_procurement_stands_its_time(at, refused):
    scene = procurement_awarded()
    take(STEPS["award"], scene.package.pk, actor=scene.people.manager, at=moment("07-08 09:00"))
    contract = draft_contracts(scene.package.pk, actor=scene.people.clerk)
    reasons = refusals(contract, STEPS["sign_contracts"], at=moment(at))
    assert ("GP-15" in [reason.code for reason in reasons]) is refused
