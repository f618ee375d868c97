"""A bidder on its phone in the opening session, and what the desk and the hall show of it."""

from datetime import timedelta

import pytest

from accounts.models import Organisation, User
from lifecycle.demo.drafts import fill
from publishing import site
from publishing.documents import generate
from publishing.output import file_of
from tenders.models import Bid, BidderAttendance, LineConfirmation
from tenders.operations.opening import read_bid
from tests.factories import cemetery_on, moment
from tests.publishing.papers import text_of

pytestmark = pytest.mark.django_db

DUE = moment("07-06 09:30")
PAGE = "/bid/openings/2026-001/1/"
HALL = "/projects/2026-001/opening/1/"


@pytest.fixture
def scene(settings, monkeypatch):
    settings.DEMO = True
    scene = cemetery_on("07-06 09:29")
    at_minute(monkeypatch, -1)
    return scene


def at_minute(monkeypatch, minutes):
    """Let the pages see the clock at so many minutes after the deadline."""
    now = DUE + timedelta(minutes=minutes)
    for module in ("portal.bidder.openings", "portal.staff.views_registers.clock"):
        monkeypatch.setattr(f"{module}.now", lambda: now)


def sign_in(client, scene, number=1):
    bid = scene.package.bids.get(number=number)
    company = Organisation.objects.create(name=bid.bidder, credit_code=bid.credit_code, kind="company")
    user = User.objects.create(username=f"b{number}", name="王海", role=User.Role.BIDDER, organisation=company)
    client.force_login(user)
    return bid


def token(page, form):
    return page.context[form]["token"].value()


COMING = {"representative": "王海", "authority": "authorised", "remote": "remote"}


@pytest.mark.rule("EM-01", "EM-06")
def test_before_the_opening_the_page_is_the_same_for_who_has_bid_and_who_has_not(client, scene):
    sign_in(client, scene)
    with_bid = client.get(PAGE).context
    Bid.objects.filter(number=1).delete()
    without = client.get(PAGE).context
    for name in ("bid", "heard", "objections", "is_running"):
        assert with_bid[name] == without[name]


@pytest.mark.rule("EM-01", "EM-07")
def test_what_a_bidder_s_account_signs_is_not_shown_at_the_desk_before_the_opening(client, scene):
    BidderAttendance.objects.all().delete()
    sign_in(client, scene)
    form = {"token": token(client.get(PAGE), "attend")} | COMING
    assert client.post(f"{PAGE}sign-in/", form).status_code == 302
    assert client.post(f"{PAGE}sign-in/", form).status_code == 302  # the line was lost, and the button pressed again
    assert BidderAttendance.objects.count() == 1

    register = f"/desk/projects/2026-001/registers/opening-session/{scene.package.pk}/"
    client.force_login(scene.people.clerk)
    assert not client.get(register).context["attending"]
    scene.acts.step("open_bids", DUE, subject=scene.package)
    assert [a.representative for a in client.get(register).context["attending"]] == ["王海"]


def test_a_bidder_confirms_its_own_line_once_and_after_a_correction_again(client, scene, monkeypatch):
    bid = sign_in(client, scene)
    scene.acts.step("open_bids", DUE, subject=scene.package)
    scene.acts.check_seals(scene.package, DUE)
    scene.acts.open_and_read(bid, DUE + timedelta(minutes=2), 1_386_000_000, "高峰", "云253202100318")
    at_minute(monkeypatch, 5)
    page = client.get(PAGE)
    assert "13,860,000.00" in page.text
    refused = client.post(f"{PAGE}confirm/", {"token": token(page, "confirm")})
    assert refused.status_code == 400
    sent = {"token": token(page, "confirm"), "is_right": "on"}
    assert [client.post(f"{PAGE}confirm/", sent).status_code for _ in range(2)] == [302, 302]
    assert LineConfirmation.objects.get().means == "electronic"

    read = {name: getattr(Bid.objects.get(pk=bid.pk), name) for name in ("duration_days", "quality", "bond_fen")}
    read |= {"price_fen": 1, "project_manager": "高峰", "manager_certificate": "云1", "remark": "读错"}
    read_bid(bid.pk, **read, actor=scene.people.clerk, at=DUE + timedelta(minutes=6))
    page = client.get(PAGE)
    assert page.context["heard"] is None
    client.post(f"{PAGE}confirm/", {"token": token(page, "confirm"), "is_right": "on"})
    assert LineConfirmation.objects.count() == 2


@pytest.mark.rule("EV-07")
def test_the_hall_page_follows_the_session_and_keeps_what_was_corrected(scene):
    site.rebuild()
    before = file_of(HALL).read_text()
    assert "一律保密" in before
    assert '<noscript><meta http-equiv="refresh"' in before
    assert "云岭建设" not in before

    scene.acts.step("open_bids", DUE, subject=scene.package)
    scene.acts.check_seals(scene.package, DUE + timedelta(minutes=1))
    bid = scene.package.bids.first()
    scene.acts.open_and_read(bid, DUE + timedelta(minutes=2), 1_368_000_000, "高峰", "云1")
    scene.acts.read(bid, DUE + timedelta(minutes=3), 1_386_000_000, "高峰", "云1", remark="数字读倒")
    scene.acts.confirm(bid, DUE + timedelta(minutes=4))
    site.rebuild()
    during = file_of(HALL).read_text()
    assert "<del>" in during
    assert "13,680,000.00" in during
    assert "数字读倒" in during
    assert "当场签字" in during
    assert "王海" not in during
    assert file_of(f"/en{HALL}").is_file()


def test_the_chair_s_screen_leads_from_act_to_act(client, scene):
    fill(scene.package.opening, has_reserve_price=True)
    client.force_login(scene.people.clerk)
    register = f"/desk/projects/2026-001/registers/opening-session/{scene.package.pk}/"
    assert not client.get(register).context["lines"]
    scene.acts.step("open_bids", DUE, subject=scene.package)
    bid = scene.package.bids.first()

    def next_of():
        return next(line.next for line in client.get(register).context["lines"] if line.bid.pk == bid.pk)

    scene.acts.check_seals(scene.package, DUE)
    found = [next_of()]
    scene.acts.open_and_read(bid, DUE, 1_386_000_000, "高峰", "云1")
    found.append(next_of())
    scene.acts.confirm(bid, DUE)
    assert [*found, next_of()] == ["open-envelope", "confirm-line", ""]
    for person in (scene.people.leader, scene.people.reviewer):
        client.force_login(person)
        assert client.get(register).status_code == 404


def test_the_objections_are_printed_in_full_for_the_desk_alone(client, scene):
    address = f"/desk/projects/2026-001/openings/{scene.package.pk}/objections.docx"
    client.force_login(scene.people.clerk)
    assert client.get(address).status_code == 404
    scene.acts.step("open_bids", DUE, subject=scene.package)
    scene.acts.object(scene.package, DUE, "opening", "云岭建设工程有限公司", "唱标的工期有误。")
    scene.acts.settle(scene.package.objections.get(kind="opening"), DUE, "已核对，无误。")
    text = text_of(client.get(address).content)
    assert "唱标的工期有误。" in text
    assert "云岭建设工程有限公司" in text
    assert "唱标的工期有误" not in text_of(generate("opening-objections", scene.package.pk, draft=True)[1])
    client.force_login(scene.people.discipline)
    assert client.get(address).status_code == 404
