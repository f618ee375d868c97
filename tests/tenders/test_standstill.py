"""A tender stands still, goes on, is ended, and is tendered again."""

from datetime import date

import pytest

from lifecycle.demo.drafts import fill
from lifecycle.operations import refusals, take
from lifecycle.steps import STEPS
from tenders.audit.boxes import check_boxes
from tenders.drafting import retender
from tenders.gates.standstill import retender_is_due
from tenders.models import Bid, Ending, Package, Suspension
from tenders.operations.bid_boxes import tick_boxes
from tenders.operations.bids import note_arrival, register_bid, withdraw_bid
from tenders.operations.standstill import Order, resume_tender, suspend_tender
from tests.factories import cemetery_on, courtyard_on, moment
from tests.racing import race
from tests.refusing import refuses

pytestmark = pytest.mark.django_db
ORDER = Order(ordered_by="清平县住房和城乡建设局", order_number="清建停〔2026〕2号")


def stop(scene, at, order=ORDER):
    told = {"reason": "处理投诉期间暂停。", "basis": "《招标投标法实施条例》第六十二条", "order": order}
    return suspend_tender(scene.package.pk, actor=scene.people.manager, at=moment(at), **told)


def go_on(scene, at, due=None, **more):
    suspension = Suspension.objects.last()
    told = {"reason": "投诉已经处理。", "new_due_at": due and moment(due), "actor": scene.people.manager}
    return resume_tender(suspension.pk, at=moment(at), **told | more)


def codes(package, step, at):
    return [r.code for r in refusals(package, STEPS[step], at=moment(at))]


def end(scene, at, **written):
    if written:
        Ending.objects.update_or_create(package=scene.package, defaults=written)
    manager = scene.people.manager
    return take(STEPS["fail_tender"], scene.package.pk, actor=manager, at=moment(at), reason="投标人不足三家")


@pytest.mark.rule("OB-08.2")
def test_nothing_goes_on_while_the_tender_stands_still():
    scene = cemetery_on("07-13 16:00")
    assert "OB-08.2" not in codes(scene.package, "award", "07-14 09:00")
    stop(scene, "07-13 17:00")
    assert "OB-08.2" in codes(scene.package, "award", "07-14 09:00")
    with refuses("wrong-state"):
        stop(scene, "07-13 18:00")
    go_on(scene, "07-20 09:00")
    assert "OB-08.2" not in codes(scene.package, "award", "07-20 09:00")
    with refuses("wrong-state"):
        go_on(scene, "07-20 10:00")


def test_bidders_get_back_the_time_that_was_left():
    scene = cemetery_on("06-18 11:00")
    stop(scene, "06-26 09:30", Order())
    assert scene.package.bids_due_at is None
    assert codes(scene.package, "open_bids", "07-06 09:30")[0] == "EV-01"
    with refuses("TB-05"):  # ten days were left
        go_on(scene, "07-01 09:30", "07-11 09:29")
    go_on(scene, "07-01 09:30", "07-11 09:30")
    assert scene.package.bids_due_at == moment("07-11 09:30")


def envelope(scene, at, **changes):
    given = {"bidder": "金沙建设有限公司", "credit_code": "91530300MA6K00009Q", "envelopes": 1, "sealed": True}
    told = given | {"delivered_by": "何强"} | changes
    return register_bid(scene.package.pk, **told, actor=scene.people.clerk, at=moment(at))


@pytest.mark.rule("EV-02.2")
def test_while_a_tender_stands_still_a_bid_is_given_back_or_replaced_and_no_new_one_is_taken():
    scene = courtyard_on()
    first = envelope(scene, "08-12 11:00")
    stop(scene, "08-13 09:00")
    with refuses("EV-02"):
        envelope(scene, "08-13 10:00", bidder="白水建设有限公司", credit_code="91530300MA6K00008X")
    with refuses("EV-02"):
        note_arrival(scene.package.pk, actor=scene.people.clerk, at=moment("08-13 10:00"))
    second = envelope(scene, "08-13 10:00", replaces=True)
    first.refresh_from_db()
    assert (first.status, second.status, second.replaces) == (Bid.Status.WITHDRAWN, Bid.Status.ACCEPTED, first)
    assert envelope(scene, "08-13 10:30", replaces=True, sealed=False).status == Bid.Status.REFUSED
    back = withdraw_bid(second.pk, withdrawn_by="何强", actor=scene.people.clerk, at=moment("08-13 11:00"))
    assert back.status == Bid.Status.WITHDRAWN
    go_on(scene, "08-14 09:00", "08-19 09:30")
    assert envelope(scene, "08-19 09:30").status == Bid.Status.ACCEPTED
    assert tick_boxes(at=moment("08-19 09:31"))
    assert check_boxes()[1] == []


@pytest.mark.rule("EV-02.2")
def test_once_a_tender_has_ended_while_it_stood_still_no_bid_is_given_back_as_withdrawn():
    scene = courtyard_on()
    bid = envelope(scene, "08-12 11:00")
    stop(scene, "08-13 09:00", Order())
    Package.objects.update(state=Package.State.FAILED, failed_at=moment("08-13 10:00"))
    with refuses("EV-02.2"):
        withdraw_bid(bid.pk, withdrawn_by="何强", actor=scene.people.clerk, at=moment("08-13 11:00"))


@pytest.mark.parametrize(("until", "allowed"), [(date(2026, 7, 31), True), (date(2026, 8, 1), False), (None, False)])
@pytest.mark.rule("GP-21.6")
def test_in_procurement_an_order_stops_thirty_days_at_most(until, allowed):
    scene = cemetery_on("06-18 11:00")
    Package.objects.update(track=Package.Track.PROCUREMENT)
    order = Order(ordered_by="清平县财政局", order_number="清财采〔2026〕1号", ends_on=until)
    if allowed:
        assert stop(scene, "07-01 09:00", order).ends_on == until
    else:
        with refuses("GP-21.6"):
            stop(scene, "07-01 09:00", order)


@pytest.mark.django_db(transaction=True)
def test_two_orders_at_once_stop_a_tender_once_and_two_resumptions_let_it_go_on_once():
    scene = cemetery_on("07-07 16:00")
    assert race(lambda: stop(scene, "07-07 17:00")) == ["ActRefused", "done"]
    assert race(lambda: go_on(scene, "07-08 09:00")) == ["ActRefused", "done"]


# -- the end


@pytest.mark.rule("EV-03", "EV-04")
def test_too_few_bidders_are_a_ground_only_after_the_deadline_and_lead_to_another_tender():
    scene = cemetery_on("07-06 09:29")
    scene.package.bids.last().delete()
    step = STEPS["fail_tender"]
    assert step.says(scene.package, moment("07-06 09:29"))["ground"] == "terminated"
    fill(Ending.objects.create(package=scene.package), afterwards="none")
    assert codes(scene.package, "fail_tender", "07-06 09:29") == []  # the bureau may give a tender up
    with refuses("EV-03"):
        end(scene, "07-06 09:30")
    end(scene, "07-06 09:30", afterwards="retender")
    assert scene.entries("step.fail_tender")[0].facts["ground"] == "too-few-bidders"

    package = Package.objects.get()
    assert retender_is_due(package)
    again = retender(package.pk, actor=scene.people.manager)
    assert (again.retender_of, again.tender_number != package.tender_number) == (package, True)
    # all periods run anew
    fill(again, documents_issued_on=date(2026, 7, 10), documents_until=date(2026, 7, 15))
    fill(again, bids_due_at=moment("07-29 09:30"))
    assert "TB-05" in codes(again, "announce_tender", "07-10 09:00")
    fill(again, bids_due_at=moment("07-30 09:30"))
    assert "TB-05" not in codes(again, "announce_tender", "07-10 09:00")
    Package.objects.filter(pk=again.pk).update(state=Package.State.ANNOUNCED, announced_at=moment("07-10 09:00"))
    assert not retender_is_due(Package.objects.get(number=1))

    # the second failure may be the end, if the approving organ agrees
    give_up = Ending.objects.create(package=again, afterwards="none")
    assert codes(Package.objects.get(number=2), "fail_tender", "07-30 09:30") == ["EV-04"]
    fill(give_up, approval_organ="清平县发展和改革局")
    assert codes(Package.objects.get(number=2), "fail_tender", "07-30 09:30") == ["EV-04"]
    fill(give_up, approval_number="清发改〔2026〕88号")
    assert codes(Package.objects.get(number=2), "fail_tender", "07-30 09:30") == []


@pytest.mark.rule("EV-16")
def test_all_bids_rejected_lead_to_another_tender():
    scene = cemetery_on("07-06 10:10")
    scene.package.bids.update(rejection_reason="未实质性响应")
    Ending.objects.create(package=scene.package, afterwards="none")
    with refuses("EV-16"):
        end(scene, "07-07 16:00")


@pytest.mark.rule("TB-13")
def test_a_terminated_tender_says_how_money_goes_back():
    scene = courtyard_on()
    with refuses("TB-13"):
        end(scene, "08-12 11:00", refund=" ")
    end(scene, "08-12 11:00", refund="投标保证金及利息五日内退还。")
    facts = scene.entries("step.fail_tender")[0].facts
    assert (facts["ground"], facts["refund"]) == ("terminated", "投标保证金及利息五日内退还。")
