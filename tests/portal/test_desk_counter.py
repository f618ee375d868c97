"""The counter: an envelope is noted with one click, written down, printed, given back; bonds beside it."""

import io
from datetime import timedelta

import docx
import pytest

from ledger.canonical import canonical_bytes, commitment
from tenders.models import Arrival, Bid, BidBond
from tenders.operations.bids import note_arrival
from tenders.operations.standstill import suspend_tender
from tenders.register import LINE, line_of
from tests.factories import courtyard_on
from tests.portal.desks import picture

pytestmark = pytest.mark.django_db
ENVELOPE = {"bidder": "金沙建设有限公司", "credit_code": "91530300MA6K00009Q", "envelopes": "2", "delivered_by": "何强"}


@pytest.fixture
def counter(at_desk):
    scene = courtyard_on("08-12 10:00")
    return scene, at_desk(scene, "clerk")


def act(client, desk, name, thing, **sent):
    address = f"{desk}/acts/{name}/{thing.pk}/"
    token = client.get(address).context["form"]["token"].value()
    return client.post(address, {"token": token, **sent})


def test_one_click_notes_the_second_and_the_line_is_written_afterwards(client, counter):
    scene, desk = counter
    page = client.get(f"{desk}/registers/bids/{scene.package.pk}/")
    noted = client.post(f"{desk}/acts/note-arrival/{scene.package.pk}/", {"token": page.context["token"]})
    assert noted.status_code == 302
    arrival = Arrival.objects.get()
    assert "已经送达，还没有登记" in client.get(f"{desk}/registers/bids/{scene.package.pk}/").text

    form = client.get(f"{desk}/acts/register-bid/{scene.package.pk}/").context["form"]
    assert form["arrival_id"].value() == arrival.pk  # the one that waits is chosen already
    photo = io.BytesIO(picture())
    photo.name = "seal.jpg"
    sent = {**ENVELOPE, "sealed": "on", "seal_note": "骑缝章完整", "arrival_id": str(arrival.pk), "photos": photo}
    assert act(client, desk, "register-bid", scene.package, **sent).status_code == 302

    bid = Bid.objects.get()
    assert (bid.arrived_at, bid.seal_note, bid.photos.count()) == (arrival.arrived_at, "骑缝章完整", 1)
    download = client.get(f"{desk}/bids/{bid.pk}/photos/{bid.photos.get().pk}/")
    assert download.headers["Content-Disposition"].startswith("attachment")
    assert download.getvalue().startswith(b"\xff\xd8")


def test_of_two_envelopes_that_wait_each_line_has_the_second_of_its_own(client, counter):
    scene, desk = counter
    seconds = [scene.at, scene.at + timedelta(seconds=7)]
    first, second = [note_arrival(scene.package.pk, actor=scene.people.clerk, at=at) for at in seconds]
    act(client, desk, "register-arrival", second, **ENVELOPE, sealed="on")
    second.refresh_from_db()
    assert (second.bid.bidder, second.bid.arrived_at) == (ENVELOPE["bidder"], seconds[1])
    assert list(scene.package.arrivals.waiting()) == [first]
    again = act(client, desk, "register-arrival", second, **ENVELOPE, sealed="on", replaces="on")
    assert (again.status_code, Bid.objects.count()) == (409, 1)


@pytest.mark.rule("EM-01")
def test_the_receipt_proves_the_line_and_does_not_count_those_before(client, counter):
    scene, desk = counter
    scene.acts.receive_bid(scene.package, scene.at, "先来的有限公司", "91530300MA6K00008X", "王海")
    act(client, desk, "register-bid", scene.package, **ENVELOPE, sealed="on")
    bid = Bid.objects.latest("pk")
    page = client.get(f"{desk}/bids/{bid.pk}/receipt/")
    assert commitment(LINE, bytes(bid.salt), canonical_bytes(line_of(bid)).decode()) in page.text
    assert "投标文件签收回执" in page.text
    assert "number" not in line_of(bid)
    assert "先来的有限公司" not in page.text
    assert "第2号" not in page.text


@pytest.mark.rule("EV-02")
def test_a_refused_envelope_leaves_with_the_article_in_its_receipt(client, counter):
    scene, desk = counter
    act(client, desk, "register-bid", scene.package, **ENVELOPE)
    page = client.get(f"{desk}/bids/{Bid.objects.get().pk}/receipt/").text
    assert "投标文件拒收通知" in page
    assert "未按要求密封（《中华人民共和国招标投标法》第二十八条" in page


def test_taking_back_is_confirmed_first_and_printed(client, counter):
    scene, desk = counter
    bid = scene.acts.receive_bid(scene.package, scene.at, ENVELOPE["bidder"], ENVELOPE["credit_code"], "何强")
    assert act(client, desk, "withdraw-bid", bid, withdrawn_by="何强").status_code == 422  # nothing confirmed
    assert act(client, desk, "withdraw-bid", bid, withdrawn_by="何强", notice_seen="on").status_code == 302
    bid.refresh_from_db()
    page = client.get(f"{desk}/bids/{bid.pk}/receipt/").text
    assert "投标文件撤回回执" in page
    assert bid.withdrawal_digest in page


def test_the_register_is_printed_for_signing_with_full_names(client, counter):
    scene, desk = counter
    scene.acts.receive_bid(scene.package, scene.at, ENVELOPE["bidder"], ENVELOPE["credit_code"], "何强")
    answer = client.get(f"{desk}/packages/{scene.package.pk}/register.docx")
    table = docx.Document(io.BytesIO(answer.content)).tables[1]
    assert "何强" in [cell.text for cell in table.rows[1].cells]


def test_a_bond_comes_in_and_goes_back_at_the_counter(client, counter):
    scene, desk = counter
    paid = {"bidder": ENVELOPE["bidder"], "credit_code": ENVELOPE["credit_code"], "form": "transfer"}
    paid |= {"amount_fen": "90,000.00", "received_on": "2026-08-11", "from_basic_account": "on"}
    assert act(client, desk, "receive-bond", scene.package, **paid).status_code == 302
    assert "少于要求" in client.get(f"{desk}/registers/bonds/{scene.package.pk}/").text
    bond = BidBond.objects.get()
    assert act(client, desk, "return-bond", bond, returned_on="2026-08-12", interest_fen="0").status_code == 302
    bond.refresh_from_db()
    assert (bond.amount_fen, bond.interest_fen) == (9_000_000, 0)


@pytest.mark.rule("EM-05")
@pytest.mark.parametrize("role", ["leader", "reviewer", "administrator", "discipline"])
def test_before_the_opening_nobody_else_sees_bonds_receipts_or_photos(client, counter, role):
    scene, desk = counter
    bid = scene.acts.receive_bid(scene.package, scene.at, ENVELOPE["bidder"], ENVELOPE["credit_code"], "何强")
    client.force_login(getattr(scene.people, role))
    for page in (
        f"registers/bonds/{scene.package.pk}/",
        f"bids/{bid.pk}/receipt/",
        f"packages/{scene.package.pk}/register.docx",
    ):
        assert client.get(f"{desk}/{page}").status_code in {302, 403, 404}


def test_while_the_tender_stands_still_the_counter_gives_back_and_replaces_only(client, counter):
    scene, desk = counter
    act(client, desk, "register-bid", scene.package, **ENVELOPE, sealed="on")
    why = {"reason": "重新核实招标条件。", "basis": "本局决定"}
    suspend_tender(scene.package.pk, **why, actor=scene.people.manager, at=scene.at)
    page = client.get(f"{desk}/registers/bids/{scene.package.pk}/").text
    assert "封套到了" not in page
    assert f"/acts/withdraw-bid/{Bid.objects.get().pk}/" in page
    assert act(client, desk, "register-bid", scene.package, **ENVELOPE, sealed="on", replaces="on").status_code == 302
    assert Bid.objects.accepted().get().replaces
