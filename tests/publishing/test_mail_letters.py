"""Who gets a notice by mail, in how many letters, and what these say."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.core import mail
from django.db import transaction
from django.db.models import F

from ledger.models import Entry
from publishing.channels.mail import deliver as deliver_by_mail
from publishing.channels.mail import next_digest
from publishing.mail import sending, subscribing
from publishing.mail.letters import message_of, texts_in
from publishing.models import Delivery, Letter, Mailing, Notice, Subscriber, Subscription
from tests.portal.scenes import make_project
from tests.publishing.sending import Rhythm, Scope, deliver, make_due, make_notice, subscribe

pytestmark = pytest.mark.django_db

SHANGHAI = ZoneInfo("Asia/Shanghai")


def let_days_pass(days):
    Subscriber.objects.update(created_at=F("created_at") - days)
    Subscription.objects.update(asked_at=F("asked_at") - days)


def recipients():
    return sorted(message.to[0] for message in mail.outbox)


def test_a_subscriber_gets_the_text_of_the_notice_unchanged_before_a_line_that_ends_it():
    subscribe()
    notice = deliver("mail")

    assert sending.send_due() == 1

    [letter] = mail.outbox
    assert letter.to == ["wang@example.com"]
    assert letter.subject == f"【阳光工程】{notice.title}"
    assert letter.body.startswith(notice.body)
    assert texts_in(letter.body) == [notice.body]
    assert "/subscribe/manage/" in letter.body.removeprefix(notice.body)


def test_the_letter_can_be_unsubscribed_by_one_click_and_says_that_it_is_no_person():
    subscribe()
    deliver("mail")
    sending.send_due()

    headers = mail.outbox[0].message()

    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["List-Unsubscribe"].startswith("<http://127.0.0.1:8000/subscribe/off/")
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["List-Id"] == "<notices.127.0.0.1>"


def test_no_link_of_a_letter_holds_the_address():
    subscribe("wang.er@example.com")
    deliver("mail")
    sending.send_due()

    message = mail.outbox[0].message()
    del message["To"]
    assert "wang.er" not in message.as_string()
    assert "wang.er" not in mail.outbox[0].body


def test_only_those_get_it_whom_it_concerns():
    here, there = make_project("2026-001"), make_project("2026-002")
    subscribe("all@example.com")
    subscribe("here@example.com", Scope.PROJECT, project=here)
    subscribe("there@example.com", Scope.PROJECT, project=there)
    subscribe("word@example.com", Scope.KEYWORD, keyword="陵园")
    subscribe("other-word@example.com", Scope.KEYWORD, keyword="养老")
    subscribe("percent@example.com", Scope.KEYWORD, keyword="5%")  # not a wild card

    deliver("mail", make_notice(here))
    sending.send_due()

    assert recipients() == ["all@example.com", "here@example.com", "word@example.com"]


def test_who_has_not_confirmed_gets_nothing_but_the_question():
    subscribing.ask("wang@example.com", subscribing.Wish(Scope.ALL, Rhythm.IMMEDIATELY, "zh-hans"))

    deliver("mail")
    sending.send_due()

    assert [message.subject for message in mail.outbox] == ["【阳光工程】请确认订阅"]


def test_who_confirms_later_does_not_get_what_is_past():
    notice = make_notice()
    subscribe()

    deliver("mail", notice)

    assert not Letter.objects.exists()


def test_an_address_with_several_subscriptions_gets_a_notice_once_and_at_the_soonest():
    project = make_project()
    subscribe(rhythm=Rhythm.WEEKLY)
    subscribe(scope=Scope.KEYWORD, keyword="陵园", rhythm=Rhythm.DAILY)
    subscribe("WANG@Example.com", Scope.PROJECT, project=project)
    notice = make_notice(project)

    deliver("mail", notice)
    deliver("mail", notice)
    sending.send_due()

    assert len(mail.outbox) == Mailing.objects.count() == Subscriber.objects.count() == 1


def test_delivering_again_writes_to_nobody_twice():
    for number in range(3):
        subscribe(f"p{number}@example.com")
    notice = deliver("mail")
    sending.send_due()

    deliver("mail", notice)

    assert sending.send_due() == 0
    assert len(mail.outbox) == 3


def test_many_are_written_to_in_few_queries(django_assert_max_num_queries):
    Subscriber.objects.bulk_create(Subscriber(address=f"p{n}@example.com") for n in range(1200))
    first = subscribe("first@example.com")
    Subscription.objects.bulk_create(
        Subscription(subscriber=each, scope=Scope.ALL, rhythm=0, language="zh-hans", confirmed_at=first.confirmed_at)
        for each in Subscriber.objects.exclude(pk=first.subscriber_id)
    )
    notice = make_notice()

    with django_assert_max_num_queries(40):
        deliver_by_mail(notice)

    assert Letter.objects.count() == Mailing.objects.count() == 1201


def test_a_digest_gathers_notices_into_one_letter_that_leaves_in_the_morning():
    subscribe(rhythm=Rhythm.DAILY)
    first, second = deliver("mail"), deliver("mail")

    assert sending.send_due() == 0
    letter = Letter.objects.get()
    local = letter.due_at.astimezone(SHANGHAI)
    assert (local.hour, local.minute) == (8, 0)
    assert timedelta() < letter.due_at - first.published_by.recorded_at <= timedelta(days=1, seconds=1)
    make_due()
    assert sending.send_due() == 1
    assert sending.send_due() == 0

    [digest] = mail.outbox
    assert digest.subject == "【阳光工程】公告2条"
    assert texts_in(digest.body) == [first.body, second.body]
    assert Mailing.objects.filter(sent_at=None).count() == 0


def test_what_comes_after_a_digest_was_tried_goes_into_the_next_one():
    subscribe(rhythm=Rhythm.DAILY)
    deliver("mail")
    Letter.objects.update(attempts=1)

    late = deliver("mail")

    assert Letter.objects.count() == 2
    assert Mailing.objects.get(notice=late).letter.attempts == 0


@pytest.mark.parametrize(
    ("rhythm", "after", "leaves"),
    [
        (Rhythm.DAILY, (2026, 7, 20, 7, 59), (2026, 7, 20, 8)),
        (Rhythm.DAILY, (2026, 7, 20, 8, 0), (2026, 7, 21, 8)),
        (Rhythm.DAILY, (2026, 12, 31, 12, 0), (2027, 1, 1, 8)),
        (Rhythm.WEEKLY, (2026, 7, 20, 7, 59), (2026, 7, 20, 8)),  # a Monday
        (Rhythm.WEEKLY, (2026, 7, 20, 8, 0), (2026, 7, 27, 8)),
        (Rhythm.WEEKLY, (2026, 7, 26, 23, 59), (2026, 7, 27, 8)),
    ],
)
def test_digests_leave_at_eight_and_weekly_ones_on_mondays(rhythm, after, leaves):
    assert next_digest(rhythm, datetime(*after, tzinfo=SHANGHAI)) == datetime(*leaves, tzinfo=SHANGHAI)


def test_an_english_reader_gets_the_same_text_with_links_to_english_pages():
    subscribe(language="en")
    notice = deliver("mail")
    sending.send_due()

    assert texts_in(mail.outbox[0].body) == [notice.body]
    assert "/en/subscribe/manage/" in mail.outbox[0].body


@pytest.mark.parametrize(
    "title",
    [
        "方案\r\nBcc: everyone@example.com",
        "方案\nX-Evil: 1",
        "方案\r\n\r\n<html>",
        "方案\x0b\x0c\x1c\x85\u2028\u2029\u202e",
        "方" * 200,
    ],
)
def test_no_title_adds_a_header(title):
    subscribe()
    notice = make_notice()
    Notice.objects.update(title=title)
    deliver("mail", notice)
    plain = set(message_of(Letter.objects.get()).message().keys())
    sending.send_due()

    message = mail.outbox[0].message()
    assert set(message.keys()) == plain == {
        "Content-Type", "MIME-Version", "Content-Transfer-Encoding", "Subject", "From", "To", "Date", "Message-ID",
        "Auto-Submitted", "List-Id", "List-Unsubscribe", "List-Unsubscribe-Post",
    }  # fmt: skip
    assert len(mail.outbox[0].subject) <= 120
    assert "\n" not in mail.outbox[0].subject
    assert recipients() == ["wang@example.com"]


def test_the_public_learns_how_many_got_it_and_that_the_text_is_the_same():
    subscribe("a@example.com")
    subscribe("b@example.com", rhythm=Rhythm.DAILY)
    notice = deliver("mail")
    assert not Delivery.objects.exists(), "it is late as long as nothing has gone out"

    sending.send_due()

    delivery = Delivery.objects.get(channel="mail")
    assert (delivery.recipients, delivery.receipt, delivery.state) == (1, "已发1，待发1，未能送达0", "sent")
    assert delivery.sha256 == notice.sha256
    assert "example.com" not in str(Delivery.objects.values())


def test_the_count_does_not_sink_when_somebody_leaves():
    sender = subscribe("a@example.com")
    subscribe("b@example.com", rhythm=Rhythm.DAILY)
    deliver("mail")
    sending.send_due()

    for subscriber in Subscriber.objects.all():
        subscribing.leave(subscriber.pk)

    delivery = Delivery.objects.get(channel="mail")
    assert (delivery.recipients, delivery.receipt) == (1, "已发1，待发0，未能送达0")
    assert Mailing.objects.get().subscriber is None
    assert sender.pk
    assert not Letter.objects.exists()


def test_nothing_in_the_record_knows_an_address():
    subscribe("canary@example.com")
    deliver("mail")
    sending.send_due()

    assert not any(b"canary" in bytes(entry.body) for entry in Entry.objects.all())


def test_addresses_that_never_confirm_are_forgotten_after_two_days():
    subscribing.ask("never@example.com", subscribing.Wish(Scope.ALL, Rhythm.IMMEDIATELY, "zh-hans"))
    subscribe("yes@example.com")
    let_days_pass(timedelta(hours=47))
    subscribing.forget_the_lost()
    assert Subscriber.objects.count() == 2
    let_days_pass(timedelta(hours=2))
    subscribing.forget_the_lost()

    assert Subscriber.objects.get().address == "yes@example.com"
    assert not Letter.objects.exists()


def test_two_who_ask_for_the_same_address_at_once_make_one_subscriber():
    for address in ("Wang@example.com", "wang@EXAMPLE.com"):
        with transaction.atomic():
            subscribing.ask(address, subscribing.Wish(Scope.ALL, Rhythm.IMMEDIATELY, "zh-hans"))

    assert Subscriber.objects.count() == 1


def test_a_channel_that_nobody_waits_for_is_not_late():
    nobody = deliver("mail")
    subscribe(rhythm=Rhythm.WEEKLY)
    later = deliver("mail")

    found = dict(Delivery.objects.values_list("notice", "receipt"))
    assert found == {nobody.pk: "已发0，待发0，未能送达0", later.pk: "已发0，待发1，未能送达0"}


def test_after_somebody_has_left_no_table_knows_the_address():
    subscription = subscribe("canary@example.com", Scope.KEYWORD, keyword="陵园")
    deliver("mail")
    sending.send_due()
    found = [model for model in apps.get_models() if "canary" in str(list(model._base_manager.values()))]
    assert found == [Subscriber]

    subscribing.leave(subscription.subscriber_id)

    assert not [model for model in apps.get_models() if "canary" in str(list(model._base_manager.values()))]
