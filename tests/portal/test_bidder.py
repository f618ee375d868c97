"""The bidder's pages: an account by e-mail, an upload in pieces, a signed receipt, and nothing of anybody else."""

import re

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import SignUp, User
from integrity.models import Invitation
from ledger.canonical import CHINA
from ledger.clock import real_now
from ledger.notes import VerifierKey, open_note
from portal.public import limits
from publishing.mail.sending import send_due
from tenders.models import BidUpload, Prequalification, SealedBid, TrusteeKey
from tenders.operations.decryption import report_undecryptable
from tenders.sealing.content import File
from tenders.sealing.envelopes import recipient_of
from tenders.sealing.exchange import PeeledFile, WrapsFile
from tenders.sealing.holding import finish_all, peel_all
from tests.bidding import (
    READING,
    company,
    credit_code,
    deliver,
    let_the_deadline_pass,
    open_bids,
    open_tender,
    register_keys,
    sealed_by,
    secrets,
)
from tests.factories import make_people

pytestmark = pytest.mark.django_db
PIECE = 1 << 20


@pytest.fixture
def people():
    return make_people("a-password-of-tests")


@pytest.fixture
def tender(people):
    register_keys(people, real_now())
    return open_tender(people)


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def page_of(tender):
    return f"/bid/tenders/{tender.project.number}/{tender.number}/"


@pytest.mark.parametrize("serial", [1, 2])
def test_after_a_prequalification_each_bidder_is_told_alike_that_only_who_passed_may_bid(tender, serial):
    assert "只有收到资格预审合格通知书的单位才能投标" not in signed_in(company(3)).get(page_of(tender)).text
    Prequalification.objects.create(package=tender, state="concluded", concluded_at=real_now(), enough=True)
    bidder = company(serial)
    of_bidder = {"applicant": bidder.organisation.name, "credit_code": bidder.organisation.credit_code}
    known = {"arrived_at": real_now(), "delivered_by": "何强", "received_by": tender.project.manager}
    tender.applicants.create(number=1, status="accepted", passed=serial == 1, **of_bidder, **known)

    page = signed_in(bidder).get(page_of(tender)).text
    assert "只有收到资格预审合格通知书的单位才能投标" in page
    assert not re.search("未通过|通过了|已通过", page)


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(limits, "SHORTEST_SECONDS", -1)


def test_a_company_gets_its_account_by_a_letter_and_a_second_one_none(people, tender, quick, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    client = Client()
    typed = {
        "company": "云岭建设工程有限公司",
        "credit_code": credit_code(7).lower(),
        "name": "王海",
        "email": "Wang@example.org",
        "password": "长得谁也猜不着的密码2026",
        "token": limits.new_token(),
    }
    assert client.post("/bid/sign-up/", typed | {"credit_code": "91530300MA0000007X"}).status_code == 400
    assert client.post("/bid/sign-up/", typed)["Location"] == "/bid/sign-up/sent/"
    send_due()
    (link,) = re.findall(r"/bid/confirm/\S+", mail.outbox[0].body)
    assert "云岭建设" in client.get(link).content.decode()
    assert not User.objects.filter(role="bidder").exists()
    client.post(link)
    assert client.post(link).status_code == 200
    assert SignUp.objects.get().password == ""
    assert client.login(username="wang@example.org", password=typed["password"])
    assert client.get("/my/")["Location"] == "/bid/"
    other = typed | {"email": "li@example.org", "token": limits.new_token()}
    Client().post("/bid/sign-up/", other)
    send_due()
    (link,) = re.findall(r"/bid/confirm/\S+", mail.outbox[1].body)
    answer = Client().post(link)
    assert (answer.status_code, "已经有账户" in answer.content.decode()) == (409, True)
    assert Client().get("/bid/confirm/made-up/").status_code == 404


def test_a_bid_goes_up_in_pieces_is_delivered_and_its_receipt_is_signed(people, tender, settings):
    bidder = company(1)
    client = signed_in(bidder)
    page = client.get(page_of(tender)).content.decode()
    assert all(recipient in page for recipient in tender.bid_box.keys.as_keys().values())
    sealed = sealed_by(bidder, tender, files=[File("图纸.pdf", "application/pdf", bytes(900_000))])
    head = sealed.head.to_bytes().decode()
    begun = client.post(f"{page_of(tender)}uploads/", head, content_type="application/json").json()
    assert client.post(f"{page_of(tender)}uploads/", head, content_type="application/json").json() == begun
    received = 0
    while received < len(sealed.payload):
        piece = sealed.payload[received : received + PIECE]
        headers = {"Upload-Offset": str(received)}
        answer = client.put(begun["address"], piece, content_type="application/octet-stream", headers=headers)
        received = answer.json()["received"]
    again = client.put(begun["address"], b"x", content_type="application/octet-stream", headers={"Upload-Offset": "0"})
    assert (again.status_code, again.json()) == (409, {"received": len(sealed.payload)})
    place = client.post(f"{page_of(tender)}deliver/", {"upload": begun["upload"]})["Location"]
    assert client.post(f"{page_of(tender)}deliver/", {"upload": begun["upload"]})["Location"] == place
    kept = SealedBid.objects.get()
    note = client.get(f"{place}receipt.txt").content.decode()
    key = VerifierKey.parse((settings.PUBLIC_ROOT / "ledger" / "receipt-vkey").read_text().strip())
    opened, _ = open_note(note, [key])
    assert opened.text == (
        f"sealed-bid/v1\norigin {settings.LEDGER_ORIGIN}\nsealed-bid-line/v1\ntender {tender.path}\nbid {kept.pk}\n"
        f"bidder {bidder.organisation.credit_code}\npayload_sha256 {kept.payload_sha256}\nbid_key {kept.bid_key}\n"
        f"received_at {kept.received_at.astimezone(CHINA).isoformat(timespec='microseconds')}\ntick 1\n"
    )


def test_a_bid_is_withdrawn_only_by_who_is_sure(people, tender):
    bidder = company(1)
    sealed, client = deliver(bidder, tender, real_now()), signed_in(bidder)
    assert client.post(f"/bid/bids/{sealed.pk}/withdraw/").status_code == 400
    assert client.post(f"/bid/bids/{sealed.pk}/withdraw/", {"sure": "yes"}).status_code == 302
    assert "until_tick" in client.get(f"/bid/bids/{sealed.pk}/").content.decode()
    assert not SealedBid.objects.standing().exists()


def test_what_is_not_sealed_as_demanded_is_told_to_the_script_in_words(people, tender):
    client = signed_in(company(1))
    answer = client.post(f"{page_of(tender)}uploads/", "{}", content_type="application/json")
    assert (answer.status_code, "重新密封" in answer.json()["detail"]) == (422, True)
    assert client.post(f"{page_of(tender)}uploads/", "no", content_type="application/json").status_code == 400
    assert client.post(f"{page_of(tender)}deliver/", {"upload": "no"}).status_code == 404
    assert not BidUpload.objects.exists()


def test_who_comes_late_is_told_on_the_page(people, tender):
    bidder = company(1)
    sealed, client = deliver(bidder, tender, real_now()), signed_in(bidder)
    let_the_deadline_pass(tender)
    answer = client.post(f"{page_of(tender)}deliver/", {"upload": sealed.upload.pk})
    assert answer.status_code == 302  # it was delivered in time: the second click only leads there
    assert "投标截止时间已过" in client.get(page_of(tender)).content.decode()
    assert client.post(f"/bid/bids/{sealed.pk}/withdraw/", {"sure": "yes"}).status_code == 409


def test_nobody_finds_another_one_s_bid(people, tender):
    sealed = deliver(company(1), tender, real_now())
    places = [f"/bid/bids/{sealed.pk}/", f"/bid/bids/{sealed.pk}/receipt.txt", f"/bid/uploads/{sealed.upload.pk}/"]
    for user in [company(2), *people.everyone()]:
        client = signed_in(user)
        assert {client.get(place).status_code for place in places} == {404}
    assert {Client().get(place).status_code for place in places} == {302}


def test_anybody_reads_what_is_open_for_bids(people, tender):
    page = Client().get("/bid/").content.decode()
    assert tender.name in page
    assert "注册投标账户" in page
    assert Client().get("/en/bid/").status_code == 200


def test_a_recovery_key_is_asked_for_when_the_others_have_failed(people, tender):
    bidder = company(1)
    sealed = sealed_by(bidder, tender)
    kept = deliver(bidder, tender, real_now(), sealed=sealed)
    let_the_deadline_pass(tender)
    open_bids(tender)
    client, place = signed_in(bidder), f"/bid/bids/{kept.pk}/"
    assert "恢复密钥" not in client.get(place).content.decode()
    report_undecryptable(kept.package.bids.get().pk, actor=people.clerk, at=real_now())
    assert "恢复密钥" in client.get(place).content.decode()
    assert client.post(f"{place}recover/", {"secret": "# 我的钥匙\nno"}).status_code == 409
    assert client.post(f"{place}recover/", {"secret": f"# 我的钥匙\n{sealed.secret}\n"}).status_code == 302
    assert kept.package.bids.get().submitted == READING.facts()


def test_the_desk_and_an_observer_open_bids_by_files(people, tender):
    bidder = company(1)
    deliver(bidder, tender, real_now())
    clerk, observer = signed_in(people.clerk), signed_in(people.discipline)
    desk = f"/desk/projects/{tender.project.number}/sealed/{tender.pk}/"
    invitation = Invitation.objects.create(
        package=tender, number=1, institution=people.discipline.organisation, sent_at=real_now()
    )
    assert clerk.get(desk).status_code == 404
    assert observer.get(f"/observe/{invitation.pk}/wraps.json").status_code == 302
    let_the_deadline_pass(tender)
    open_bids(tender)
    taken = observer.get(f"/observe/{invitation.pk}/wraps.json").content.decode()
    peeled = peel_all(WrapsFile.parse(taken), secrets()["observer"], []).dump()
    assert observer.post(f"/observe/{invitation.pk}/keys/", {"file": upload_of(taken)}).status_code == 422
    assert observer.post(f"/observe/{invitation.pk}/keys/", {"file": upload_of(peeled)}).status_code == 302
    (place,) = re.findall(rf"{desk}peeled/\d+\.json", clerk.get(desk).content.decode())
    keys = finish_all(PeeledFile.parse(clerk.get(place).content.decode()), secrets()["bureau"]).dump()
    refused = clerk.post(f"{desk}take-in/keys/", {"file": upload_of(peeled)})
    assert (refused.status_code, 'href="#keys"' in refused.content.decode()) == (422, True)
    assert clerk.post(f"{desk}take-in/other/", {"file": upload_of(peeled)}).status_code == 404
    assert clerk.post(f"{desk}take-in/keys/", {"file": upload_of(keys)}).status_code == 302
    assert tender.bids.get().submitted == READING.facts()
    assert "已解密" in clerk.get(desk).content.decode()


def test_a_key_is_registered_and_revoked_at_the_desk_by_who_may(people):
    leader = signed_in(people.leader)
    secret = secrets()["bureau"]
    typed = {"holder": "bureau", "organisation": people.manager.organisation.pk, "recipient": recipient_of(secret)}
    assert leader.post("/desk/keys/", typed | {"recipient": "age1x"}).status_code == 422
    assert leader.post("/desk/keys/", typed).status_code == 302
    key = TrusteeKey.objects.get()
    assert key.recipient in leader.get("/desk/keys/").content.decode()
    assert leader.post(f"/desk/keys/{key.pk}/", {"reason": ""}).status_code == 422
    assert leader.post(f"/desk/keys/{key.pk}/", {"reason": "U盘遗失"}).status_code == 302
    assert not TrusteeKey.objects.in_use().exists()
    assert signed_in(people.clerk).get("/desk/keys/").status_code == 404


def upload_of(text):
    return SimpleUploadedFile("file.json", text.encode(), content_type="application/json")
