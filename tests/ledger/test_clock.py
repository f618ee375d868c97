from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured

from ledger import clock
from ledger.checks import demo_says_so
from tests.ledger.making import make_entry

pytestmark = pytest.mark.django_db

SPRING = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
MOMENT = timedelta(minutes=1)  # more than it takes, for the machine may be busy


def test_the_clock_is_the_database_s():
    assert abs(clock.now() - datetime.now(UTC)) < MOMENT


def test_a_demo_starts_on_the_day_that_it_is_given_and_goes_on(settings):
    settings.DEMO = True

    clock.advance(SPRING)

    assert SPRING <= clock.now() < SPRING + MOMENT
    clock.advance(SPRING + timedelta(days=20))
    assert SPRING + timedelta(days=20) <= clock.now() < SPRING + timedelta(days=20) + MOMENT


def test_a_demo_without_a_calendar_of_its_own_shows_the_real_time(settings):
    settings.DEMO = True

    assert abs(clock.now() - datetime.now(UTC)) < MOMENT


def test_a_demo_never_goes_back(settings):
    settings.DEMO = True
    clock.advance(SPRING)

    with pytest.raises(ValueError, match="cannot go back"):
        clock.advance(SPRING - timedelta(days=1))


def test_the_record_of_a_demo_says_when_it_was_really_written(settings):
    settings.DEMO = True
    clock.advance(SPRING)

    entry = make_entry(at=clock.now())

    assert entry.at < SPRING + MOMENT
    assert abs(entry.recorded_at - datetime.now(UTC)) < MOMENT


def test_a_real_instance_has_no_calendar_to_move(settings):
    settings.DEMO = False

    with pytest.raises(ImproperlyConfigured):
        clock.advance(SPRING)


@pytest.mark.parametrize(
    ("demo", "origin", "errors"),
    [(True, "county.example/ledger2026", 1), (True, "demo.example/ledger2026", 0), (False, "county.example/ledger", 0)],
)
def test_a_demo_log_must_say_so_in_its_name(settings, demo, origin, errors):
    settings.DEMO, settings.LEDGER_ORIGIN = demo, origin

    assert len(demo_says_so()) == errors
