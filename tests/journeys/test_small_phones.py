"""
The opening on the smallest phones, of 320 px: every screen of the chair, the hall, a bidder and an observer fits and
reads aloud, and whoever runs no scripts reads all the same.
"""

from datetime import timedelta
from itertools import islice

import pytest
from axe_playwright_python.sync_playwright import Axe

from accounts.models import Organisation, User
from integrity.models import Attendance
from ledger import clock
from lifecycle.demo.cemetery import BIDS
from publishing import site as published_site
from tests.browsers import RULES, session_of
from tests.factories import cemetery_on, moment
from tests.journeys.browsing import SMALL, Person
from tests.journeys.desk import PROJECT, PUBLIC

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DUE = moment("07-06 09:30")
# What tells of the live page itself, or of the second in which it was read
PASSING = ("自动更新", "刷新", "服务器时间", "updates", "Refresh")
CONCERN = "开标室后侧摄像机没有录像指示，请当场检查并说明原因。"
OBJECTION = "唱标的工期与投标函不一致，请核对。"


@pytest.fixture
def scene(site):
    scene = cemetery_on("07-06 09:25")  # minutes before the deadline, which is not to pass between two pages
    clock.advance(scene.at)
    return scene


@pytest.fixture
def phones(scene, sit_down, client, site):
    """Return a function that gives somebody two small phones: one that runs scripts, and one that does not."""

    def phones(user=None):
        both = [sit_down(size=SMALL, scripts=scripts) for scripts in (True, False)]
        if user:
            client.force_login(user)
            for person in both:
                person.context.add_cookies([session_of(client, site)])
        return both

    return phones


@pytest.fixture
def bidder(scene):
    """The account of the first bidder, a company with a long name, whose envelope lies on the table."""
    bid = scene.package.bids.first()
    company = Organisation.objects.create(name=bid.bidder, credit_code=bid.credit_code, kind="company")
    return User.objects.create(username="b1@example.org", name="王海", role=User.Role.BIDDER, organisation=company)


def begin(scene):
    """Open and read all bids, one of them wrongly at first; somebody objects, an observer is concerned."""
    acts, package = scene.acts, scene.package
    acts.step("open_bids", DUE, subject=package)
    acts.check_seals(package, DUE + timedelta(minutes=1))
    for minute, (bid, row) in enumerate(zip(package.bids.accepted(), BIDS, strict=True), start=2):
        acts.open_and_read(bid, DUE + timedelta(minutes=minute), *row[4:])
    first, second = package.bids.accepted()[:2]
    acts.read(first, DUE + timedelta(minutes=6), 1_386_000_001, *BIDS[0][5:], remark="数字读错，当场更正")
    acts.confirm(second, DUE + timedelta(minutes=7))
    acts.object(package, DUE + timedelta(minutes=8), "opening", first.bidder, OBJECTION)
    attendance = Attendance.objects.get(observer=scene.people.discipline)
    acts.observe(attendance, DUE + timedelta(minutes=9), "recording", "concern", CONCERN)
    clock.advance(DUE + timedelta(minutes=10))


def screens(scene, bidder):
    """Return who reads which pages, the one of the opening itself first, and what stands there once bids are read."""
    package, people, names = scene.package, scene.people, [bid.bidder for bid in scene.package.bids.accepted()]
    invitation = package.invitations.get(institution=people.discipline.organisation)
    price = "13,860,000.01"
    return {
        people.manager: {
            f"{PROJECT}registers/opening-session/{package.pk}/": [*names, price, CONCERN, OBJECTION],
            f"{PROJECT}registers/bids/{package.pk}/": names,
            f"{PROJECT}registers/observers/{package.pk}/": [CONCERN],
            f"{PROJECT}sealed/{package.pk}/": [],
        },
        people.discipline: {
            f"/observe/{invitation.pk}/": [*names, price, CONCERN],
            "/observe/": [package.name],
            f"/observe/{invitation.pk}/keys/": [],
        },
        bidder: {"/bid/openings/2026-001/1/": [price, OBJECTION], "/bid/openings/": [package.name]},
        None: {f"{PUBLIC}opening/1/": [*names, price, CONCERN], f"/en{PUBLIC}opening/1/": [*names, price]},
    }


def lines_of(person: Person):
    said = person.page.locator("main").inner_text().splitlines()
    return {line.strip() for line in said if line.strip() and not any(word in line for word in PASSING)}


def look_at_all(scene, bidder, phones, name, *, told):
    """Look at every page once bids are ``told``; before, at those of the opening itself."""
    published_site.rebuild()
    for user, pages in screens(scene, bidder).items():
        with_scripts, without = phones(user)
        for number, (address, words) in enumerate(islice(pages.items(), None if told else 1)):
            with_scripts.go(address).look(f"{name}-{user.role if user else 'public'}-{number}")
            found = Axe().run(with_scripts.page, options=RULES)
            assert found.violations_count == 0, (address, found.generate_report())
            without.go(address).look(f"{name}-{user.role if user else 'public'}-{number}-off")
            assert lines_of(with_scripts) <= lines_of(without), address
            if told:
                without.reads(*words)


def test_the_opening_is_followed_and_led_on_a_small_phone_and_read_without_scripts(scene, bidder, phones):
    look_at_all(scene, bidder, phones, "before", told=False)
    begin(scene)
    look_at_all(scene, bidder, phones, "during", told=True)
