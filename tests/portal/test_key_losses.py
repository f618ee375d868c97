"""
The drills of docs/sealed-bids.md through the product: a key is lost or stolen, and what everybody does then.

What a key's holder does at home is done here with the tools' own functions; all else goes through the pages.
"""

import re
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import SignUp
from integrity.models import Invitation
from ledger.clock import real_now
from ledger.models import Entry, Task
from lifecycle.operations import take
from lifecycle.steps import STEPS
from publishing.handlers import HANDLERS
from publishing.mail.sending import send_due
from publishing.models import Letter
from publishing.pages.hall import hall_page
from publishing.pages.record import Record
from tenders.models import Bid, Ending, Package, SealedBid, TrusteeKey
from tenders.operations.bid_boxes import tick_boxes
from tenders.sealing.envelopes import new_identity, recipient_of
from tenders.sealing.exchange import PeeledFile, WrapsFile
from tenders.sealing.head import Holder
from tenders.sealing.holding import finish_all, peel_all
from tests.bidding import (
    READING,
    company,
    deliver,
    due_at,
    holder_of,
    let_the_deadline_pass,
    open_bids,
    open_tender,
    sealed_by,
    secrets,
    upload,
)
from tests.factories import make_people

pytestmark = pytest.mark.django_db


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def file_of(text):
    return {"file": SimpleUploadedFile("file.json", text.encode(), content_type="application/json")}


@dataclass
class Drill:
    """A tender whose keys the desk has registered, and who does what with them."""

    people: object
    tender: Package

    def renew(self, holder, why):
        """The bureau's leader revokes a key and registers another. Return the new one."""
        leader, new = signed_in(self.people.leader), new_identity()
        old = TrusteeKey.objects.in_use().get(holder=holder)
        assert leader.post(f"/desk/keys/{old.pk}/", {"reason": why}).status_code == 302
        typed = {"holder": holder, "recipient": recipient_of(new), "organisation": old.organisation_id}
        assert leader.post("/desk/keys/", typed).status_code == 302
        return new

    @property
    def desk(self):
        return f"/desk/projects/{self.tender.project.number}"

    @property
    def sealed(self):
        return f"{self.desk}/sealed/{self.tender.pk}"

    @property
    def page(self):
        return f"/bid/tenders/{self.tender.project.number}/{self.tender.number}/"

    def replace(self):
        address = f"{self.desk}/acts/replace-keys/{self.tender.pk}/"
        manager = signed_in(self.people.manager)
        token = manager.get(address).context["form"]["token"].value()
        return manager.post(address, {"token": token})

    def open(self):
        let_the_deadline_pass(self.tender)
        open_bids(self.tender)
        self.tender.refresh_from_db()
        institution = self.people.discipline.organisation
        self.invitation = Invitation.objects.create(
            package=self.tender, number=1, institution=institution, sent_at=real_now()
        )

    def wraps(self):
        answer = signed_in(self.people.discipline).get(f"/observe/{self.invitation.pk}/wraps.json")
        return WrapsFile.parse(answer.content.decode())

    def hand_in_peeled(self, text):
        return signed_in(self.people.discipline).post(f"/observe/{self.invitation.pk}/keys/", file_of(text))

    def hand_in_keys(self, text):
        return signed_in(self.people.clerk).post(f"{self.sealed}/take-in/keys/", file_of(text))

    def open_with(self, outer, *inner):
        """The commission peels with one key, the bureau or the procurement centre finishes with each of the others."""
        peeled = peel_all(self.wraps(), outer, [("own", real_now())])
        assert self.hand_in_peeled(peeled.dump()).status_code == 302
        clerk = signed_in(self.people.clerk)
        places = re.findall(rf"{self.sealed}/peeled/\d+\.json", clerk.get(f"{self.sealed}/").content.decode())
        brought = PeeledFile.parse(clerk.get(places[-1]).content.decode())
        for secret in inner:
            assert self.hand_in_keys(finish_all(brought, secret).dump()).status_code == 302

    def settle(self, bid, outcome):
        return signed_in(self.people.clerk).post(f"{self.sealed}/bids/{bid.pk}/", {"go": outcome})

    def opened(self):
        """Return who is read by now."""
        return set(self.tender.bids.exclude(opened_at=None).values_list("bidder", flat=True))


@pytest.fixture
def drill():
    people = make_people("a-password-of-tests")
    leader = signed_in(people.leader)
    for holder, secret in secrets().items():
        typed = {"holder": holder, "recipient": recipient_of(secret), "organisation": holder_of(holder, people).pk}
        assert leader.post("/desk/keys/", typed).status_code == 302
    return Drill(people, open_tender(people))


def bidders_of(drill, number=2):
    """Let bidders deliver. Return each with what it has sealed."""
    sealed = {bidder: sealed_by(bidder, drill.tender) for bidder in map(company, range(1, number + 1))}
    for bidder, content in sealed.items():
        deliver(bidder, drill.tender, real_now(), sealed=content)
    return sealed


def names(bidders):
    return {bidder.organisation.name for bidder in bidders}


# -- a key is lost


@pytest.mark.parametrize(
    ("lost", "outer", "inner"),
    [
        ("observer", "observer-spare", "bureau"),
        ("bureau", "observer", "escrow"),
        ("escrow", "observer", "bureau"),
        ("observer-spare", "observer", "bureau"),
    ],
)
def test_a_lost_key_keeps_no_bid_closed_and_the_next_tender_has_a_new_one(drill, lost, outer, inner):
    bidders = bidders_of(drill)
    drill.open()
    drill.open_with(secrets()[outer], secrets()[inner])
    assert drill.opened() == names(bidders)
    new = drill.renew(lost, "U盘和纸件都找不到了。")
    assert open_tender(drill.people, 2).bid_box.keys.as_keys()[lost] == recipient_of(new)


@pytest.mark.parametrize("lost", [("observer", "observer-spare"), ("observer", "bureau")])
def test_if_no_pair_of_keys_is_left_bidders_open_their_own_and_who_cannot_is_not_to_blame(drill, lost, monkeypatch):
    (keeps, sealed), (has_lost, _) = bidders_of(drill).items()
    drill.open()
    left = [secret for holder, secret in secrets().items() if holder not in lost]
    for outer in left:
        peeled = peel_all(drill.wraps(), outer, [])
        assert not any(finish_all(peeled, inner).keys for inner in left)
    for bid in drill.tender.bids.all():
        drill.settle(bid, "failed")
    place = f"/bid/bids/{SealedBid.objects.get(organisation=keeps.organisation).pk}/"
    assert "恢复密钥" in signed_in(keeps).get(place).text
    recovery = {"secret": f"# 投标恢复密钥\n{sealed.secret}\n"}
    assert signed_in(keeps).post(f"{place}recover/", recovery).status_code == 302
    waiting = drill.tender.bids.get(organisation=has_lost.organisation)
    assert of_hall(drill, waiting).remedy_until
    assert drill.settle(waiting, "withdrawn").status_code == 302
    waiting.refresh_from_db()
    assert waiting.status == Bid.Status.ACCEPTED  # its half hour runs
    monkeypatch.setattr("portal.staff.views_sealed.now", lambda: real_now() + timedelta(minutes=31))
    assert "视为撤回" in signed_in(drill.people.clerk).get(f"{drill.sealed}/").text
    drill.settle(waiting, "withdrawn")
    waiting.refresh_from_db()
    assert (waiting.status, "要求责任方赔偿" in waiting.remark) == (Bid.Status.WITHDRAWN, True)
    assert drill.opened() == {keeps.organisation.name}
    shown = of_hall(drill, waiting)
    assert ("要求责任方赔偿" in shown.status, shown.is_accepted, shown.remedy_until) == (True, False, None)


def of_hall(drill, bid):
    """Return a bid as everybody sees it on the page of the opening."""
    shown = hall_page(drill.tender, Record(drill.tender.project), at=real_now())["bids"]
    return next(one for one in shown if one.registered["number"] == bid.number)


def test_a_bidder_without_its_recovery_key_delivers_again_before_the_deadline_and_needs_none_after_it(drill):
    (bidder,) = bidders_of(drill, 1)
    again = sealed_by(bidder, drill.tender)
    assert again.secret not in SealedBid.objects.get().head
    deliver(bidder, drill.tender, real_now(), sealed=again)
    assert SealedBid.objects.standing().get().bid_key == recipient_of(again.secret)
    drill.open()
    drill.open_with(secrets()["observer"], secrets()["bureau"])  # nobody asks for a recovery key
    assert drill.tender.bids.get().submitted == READING.facts()


# -- a key is stolen before the deadline


@pytest.mark.parametrize("stolen", ["bureau", "observer"])
def test_a_stolen_key_is_replaced_and_bids_are_sealed_anew(drill, stolen, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    (anew, _), (stays, _) = bidders_of(drill).items()
    watches, addresses = company(3), confirmed(1, 2, 3)
    late = sealed_by(watches, drill.tender)
    new = drill.renew(stolen, "U盘被人取走两小时，可能被复制。")
    assert drill.tender.name in signed_in(drill.people.leader).get("/desk/keys/").text
    register = f"{drill.desk}/registers/clarifications/{drill.tender.pk}/"
    assert "/acts/replace-keys/" in signed_in(drill.people.manager).get(register).text
    assert drill.replace().status_code == 302
    assert "/acts/replace-keys/" not in signed_in(drill.people.manager).get(register).text

    # everybody with an account is told, and nobody who bids
    for letter in told_by_mail():
        assert drill.page in letter.body
        assert not any(name in letter.body for name in names([anew, stays, watches]))
    assert sorted(letter.to[0] for letter in mail.outbox) == addresses
    assert {(letter.subject, letter.body) for letter in mail.outbox} == {(mail.outbox[0].subject, mail.outbox[0].body)}
    said = b"".join(bytes(body) for body in Entry.objects.values_list("body", flat=True)).decode()
    assert not any(name in said for name in names([anew, stays, watches]))
    assert "重新密封" in signed_in(anew).get(drill.page).text
    assert "有一把开标密钥换过了" not in signed_in(watches).get(drill.page).text

    # what is sealed to the old key comes no more
    head = late.head.to_bytes().decode()
    answer = signed_in(watches).post(f"{drill.page}uploads/", head, content_type="application/json")
    assert (answer.status_code, "重新密封" in answer.json()["detail"]) == (422, True)
    deliver(anew, drill.tender, real_now())
    assert "有一把开标密钥换过了" not in signed_in(anew).get(drill.page).text

    # who did not deliver anew takes part: the house has its own copy of the old key
    drill.open()
    thief = secrets()[stolen]
    assert not finish_all(peel_all(drill.wraps(), thief, []), thief).keys
    old = {"observer": secrets()["observer"], "bureau": secrets()["bureau"]}
    drill.open_with((old | {stolen: new})["observer"], (old | {stolen: new})["bureau"])
    assert anew.organisation.name in drill.opened()
    if stays.organisation.name not in drill.opened():
        drill.open_with(old["observer"], old["bureau"])
    assert drill.opened() == names([anew, stays])


def confirmed(*serials):
    """Let accounts have been confirmed by mail. Return their addresses."""
    addresses = [f"Bidder{serial}@example.org" for serial in serials]  # as typed, with a capital
    for address in addresses:
        SignUp.objects.create(company="某公司", email=address, language="zh-hans", confirmed_at=real_now())
    return addresses


def told_by_mail():
    entry = Entry.objects.get(kind="package.keys-replaced")
    (task,) = Task.objects.filter(entry=entry, name="tell-bidders")
    for _twice in range(2):
        HANDLERS[task.name](entry, **task.arguments)
    assert Letter.objects.count() == send_due() == 3
    return mail.outbox


def test_an_upload_under_way_while_a_key_is_replaced_is_not_delivered(drill):
    bidder = company(1)
    begun = upload(bidder, drill.tender, sealed_by(bidder, drill.tender), real_now())
    drill.renew("escrow", "怀疑被复制。")
    drill.replace()
    answer = signed_in(bidder).post(f"{drill.page}deliver/", {"upload": begun.pk})
    assert (answer.status_code, "开标密钥已经更换" in answer.text) == (409, True)


@pytest.mark.parametrize(("seconds", "allowed"), [(60, True), (-1, False)])
def test_keys_are_replaced_as_long_as_bids_can_be_delivered_anew(drill, seconds, allowed):
    drill.renew("bureau", "怀疑被复制。")
    due_at(drill.tender, real_now() + timedelta(seconds=seconds))
    assert drill.replace().status_code == (302 if allowed else 409)
    assert Task.objects.filter(name="tell-bidders").exists() is allowed


def test_after_the_deadline_a_theft_changes_nothing_for_this_tender(drill):
    bidders = bidders_of(drill)
    drill.open()
    drill.renew("bureau", "开标当天发现被人动过。")
    assert set(drill.tender.bid_box.keys.as_keys().values()) == {recipient_of(s) for s in secrets().values()}
    drill.open_with(secrets()["observer"], secrets()["bureau"])
    assert drill.opened() == names(bidders)


def test_if_both_keys_of_a_pair_are_stolen_the_tender_ends_and_nothing_ever_comes_out_of_its_box(drill):
    bidders_of(drill)
    for holder in ("observer", "bureau"):
        drill.renew(holder, "两把同时被盗。")
    Ending.objects.create(package=drill.tender, afterwards=Ending.Next.RETENDER, refund="没有收取费用。")
    step, why = STEPS["fail_tender"], "监督单位和招标人的开标密钥同时被盗，已经递交的投标可能泄露。"
    take(step, drill.tender.pk, actor=drill.people.manager, at=real_now(), reason=why)
    drill.tender.refresh_from_db()
    assert drill.tender.state == Package.State.FAILED
    tick_boxes(at=real_now())
    assert signed_in(drill.people.clerk).get(f"{drill.sealed}/").status_code == 404
    assert not Bid.objects.exists()
    said = b"".join(bytes(body) for body in Entry.objects.values_list("body", flat=True)).decode()
    assert "建筑有限公司" not in said


# -- the opening day


def test_wrong_files_and_wrong_keys_change_nothing_and_the_right_ones_still_open(drill):
    (bidder,) = bidders_of(drill, 1)
    other = open_tender(drill.people, 2)
    foreign = sealed_by(company(7), other)
    drill.open()
    wraps, clocks = drill.wraps(), [("own", real_now())]
    for holder in set(Holder) - {Holder.OBSERVER, Holder.OBSERVER_SPARE}:
        refused = drill.hand_in_peeled(peel_all(wraps, secrets()[holder], clocks).dump())
        assert (refused.status_code, "不是公告的监督方密钥" in refused.text) == (422, True)
    peeled = peel_all(wraps, secrets()["observer"], clocks)
    elsewhere = PeeledFile(other.path, peeled.peeled).dump()
    refused = drill.hand_in_peeled(elsewhere)
    assert (refused.status_code, "不是本标段的" in refused.text) == (422, True)
    assert "不是解过外层的文件" in drill.hand_in_peeled(wraps.dump()).text
    assert drill.hand_in_peeled(peeled.dump()).status_code == 302

    right = finish_all(peeled, secrets()["bureau"])
    moved = right.dump().replace(drill.tender.path, other.path)
    assert "另一个标段" in drill.hand_in_keys(moved).text
    for wrong in ("observer", "observer-spare"):  # it opens nothing: the file says so, and the bid waits on
        drill.hand_in_keys(finish_all(peeled, secrets()[wrong]).dump())
    (key,) = right.keys
    swapped = right.dump().replace(key.secret, foreign.secret)
    drill.hand_in_keys(swapped)
    bid = drill.tender.bids.get()
    assert (bid.status, bid.opened_at) == (Bid.Status.ACCEPTED, None)
    drill.hand_in_keys(right.dump())
    assert drill.opened() == names([bidder])
