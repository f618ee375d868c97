"""Letters and a mail server that is down, refuses, hangs; workers that meet, and one that dies."""

import logging
from datetime import timedelta
from math import ceil
from threading import Thread

import pytest
from django.core import mail
from django.db import connection
from django.db.models import F
from django.utils import timezone

from ledger import outbox
from ledger.clock import real_now
from ledger.models import Task
from publishing.handlers import HANDLERS
from publishing.mail import sending, subscribing
from publishing.mail.letters import texts_in
from publishing.models import Delivery, Letter, Mailing, Notice, Subscriber
from tests.factories import hall_on
from tests.publishing.mailserver import Crash, Server, running
from tests.publishing.sending import deliver, make_due, seconds_until, subscribe

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings):
    server = Server()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_TIMEOUT = 30
    with running(server) as port:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        yield server


@pytest.fixture
def no_server(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1


def letter():
    return Letter.objects.get()


def test_what_arrives_at_a_real_server_is_the_notice_to_the_byte(server):
    subscribe()
    notice = deliver("mail")

    sending.send_due()

    [message] = server.messages
    text = message.get_content().replace("\r\n", "\n")  # mail has line ends of its own (RFC 5322)
    assert texts_in(text) == [notice.body]
    assert message["To"] == "wang@example.com"
    assert message["Message-ID"].endswith("@127.0.0.1>")
    assert server.recipients == ["wang@example.com"]


def test_while_the_server_is_down_letters_wait_longer_each_time_and_lose_nothing(no_server):
    subscribe()
    deliver("mail")
    pauses = []
    for attempt in range(1, 5):
        assert sending.send_due() == 0
        assert (letter().attempts, letter().error) == (attempt, "ConnectionRefusedError")
        pauses.append(ceil(seconds_until(letter().due_at) / 60))
        make_due()

    assert pauses == [1, 2, 4, 8]  # minutes


def test_while_the_server_is_down_each_run_asks_it_once(no_server):
    for number in range(5):
        subscribe(f"p{number}@example.com")
    deliver("mail")

    sending.send_due()

    assert sorted(Letter.objects.values_list("attempts", flat=True)) == [0, 0, 0, 0, 1]
    assert not Letter.objects.exclude(leased_until=None).exists()


def test_when_the_server_is_back_everything_goes_out_once(server):
    for number in range(45):
        subscribe(f"p{number}@example.com")
    deliver("mail")
    server.sender_answer = "451 4.3.0 try later"
    sending.send_due()
    assert server.messages == []

    server.sender_answer = None
    make_due()

    assert sending.send_due() == 45
    assert len(set(server.ids)) == len(server.ids) == 45
    assert Mailing.objects.filter(sent_at=None).count() == 0


def test_a_server_that_is_down_delays_no_publication(no_server, settings):
    settings.DEMO = True
    subscribe()
    hall_on("07-20 12:00")

    outbox.drain("render", HANDLERS)
    outbox.drain("deliver", HANDLERS)
    sending.send_due()

    assert not Task.objects.open().exists()
    assert Delivery.objects.filter(channel="website").count() == Notice.objects.count()


@pytest.mark.parametrize(("place", "answer"), [("rcpt", "451 4.2.0 greylisted"), ("data", "452 4.2.2 mailbox full")])
def test_what_is_refused_for_now_is_tried_again_and_others_are_not_held_up(server, place, answer):
    subscribe("busy@example.com")
    deliver("mail")
    setattr(server, place, answer)

    sending.send_due()
    assert (letter().sent_at, letter().failed_at, letter().error) == (None, None, f"SMTP {answer[:3]}")
    assert Subscriber.objects.get().refusals == 0
    setattr(server, place, None)
    make_due()
    sending.send_due()

    assert len(server.messages) == 1


def test_one_address_that_is_refused_holds_up_no_other(server):
    for number in range(10):
        subscribe(f"p{number}@example.com")
    server.rcpt, server.is_bad = "550 5.1.1 no such user", lambda address: address == "p4@example.com"

    notice = deliver("mail")
    sending.send_due()

    assert len(server.messages) == 9
    delivery = Delivery.objects.get(notice=notice, channel="mail")
    assert (delivery.recipients, delivery.receipt) == (9, "已发9，待发0，未能送达1")


@pytest.mark.parametrize(("place", "answer"), [("rcpt", "550 5.1.1 no such user"), ("data", "554 5.7.1 not wanted")])
def test_an_address_that_refuses_three_letters_for_good_gets_no_more(server, place, answer):
    subscribe()
    setattr(server, place, answer)
    for number in range(1, 4):
        deliver("mail")
        sending.send_due()
        assert Subscriber.objects.get().refusals == number

    assert Subscriber.objects.get().stopped_at
    assert Letter.objects.filter(failed_at=None).count() == 0
    setattr(server, place, None)
    deliver("mail")
    assert sending.send_due() == 0
    assert server.messages == []


def test_a_letter_that_arrives_wipes_out_earlier_refusals(server):
    subscribe()
    server.rcpt = "550 no"
    deliver("mail")
    sending.send_due()
    server.rcpt = None
    deliver("mail")
    sending.send_due()

    assert Subscriber.objects.get().refusals == 0


def test_a_server_that_does_not_take_us_for_a_sender_is_no_fault_of_the_readers(server):
    subscribe()
    deliver("mail")
    server.sender_answer = "553 5.7.1 sender rejected"

    sending.send_due()

    assert (letter().failed_at, letter().error) == (None, "SMTPSenderRefused 553")
    assert Subscriber.objects.get().refusals == 0


def test_a_server_that_hangs_after_the_text_gets_the_same_letter_again_under_the_same_id(server, settings):
    settings.EMAIL_TIMEOUT = 5  # all before the text has to be done within it, on a busy machine too
    subscribe()
    deliver("mail")
    server.hangs = True

    assert sending.send_due() == 0
    server.hangs, settings.EMAIL_TIMEOUT = False, 30
    make_due()
    assert sending.send_due() == 1

    assert len(server.messages) == 2, "one too many is unavoidable: nobody knows whether it was taken"
    assert len(set(server.ids)) == 1
    assert server.messages[0].get_content() == server.messages[1].get_content()


def test_a_line_that_breaks_is_mended_by_the_next_run(server):
    subscribe("a@example.com")
    subscribe("b@example.com")
    deliver("mail")
    server.breaks_off = True
    sending.send_due()
    server.breaks_off = False
    make_due()
    sending.send_due()

    assert Letter.objects.filter(sent_at=None).count() == 0
    assert len(set(server.ids)) == 2


def test_after_three_days_a_letter_is_given_up(no_server):
    subscribe()
    notice = deliver("mail")
    Letter.objects.update(created_at=F("created_at") - timedelta(days=3))

    sending.send_due()

    assert letter().failed_at
    assert Delivery.objects.get(notice=notice, channel="mail").state == "sent"
    assert Mailing.objects.get().failed_at


def test_no_log_and_no_row_about_an_error_names_an_address(server, caplog):
    caplog.set_level(logging.DEBUG)
    subscribe("canary@example.com")
    for answer in ("550 5.1.1 <canary@example.com> unknown", "451 4.1.1 <canary@example.com> later"):
        server.rcpt = answer
        deliver("mail")
        sending.send_due()

    ours = [r.getMessage() for r in caplog.records if not r.name.startswith("mail.log")]  # aiosmtpd's own
    assert not [text for text in ours if "canary" in text]
    assert not [error for error in Letter.objects.values_list("error", flat=True) if "canary" in error]


def test_a_worker_that_dies_after_sending_causes_one_letter_more_with_the_same_id(settings):
    subscribe()
    deliver("mail")
    settings.EMAIL_BACKEND = "tests.publishing.mailserver.CrashAfterSending"
    with pytest.raises(Crash):
        sending.send_due()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    assert sending.send_due() == 0, "the lease still holds"
    make_due()
    assert sending.send_due() == 1
    assert sending.send_due() == 0

    first, second = [message.message()["Message-ID"] for message in mail.outbox]
    assert first == second


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_each_letter_once(server):
    for number in range(30):
        subscribe(f"p{number}@example.com")
    deliver("mail")
    sent = []

    def work():
        sent.append(sending.send_due())
        connection.close()

    workers = [Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)

    assert sum(sent) == 30
    assert sorted(server.recipients) == sorted(f"p{number}@example.com" for number in range(30))


@pytest.mark.django_db(transaction=True)
def test_two_workers_that_write_down_the_same_notice_write_each_letter_once():
    for number in range(30):
        subscribe(f"p{number}@example.com", rhythm=number % 2)
    notice = deliver("webhook")

    def work():
        deliver("mail", notice)
        connection.close()

    workers = [Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)

    assert Letter.objects.count() == Mailing.objects.count() == 30


def test_each_letter_is_marked_with_the_time_at_which_it_went():
    subscribe()
    deliver("mail")
    before = timezone.now() - timedelta(minutes=1)

    sending.send_due()

    assert before < letter().sent_at
    assert Mailing.objects.get().sent_at


def test_the_channel_is_late_while_our_server_is_down_and_not_because_of_a_reader(server):
    subscribe()
    server.sender_answer = "451 4.3.0 try later"
    notice = deliver("mail")
    sending.send_due()
    assert not Delivery.objects.filter(notice=notice).exists()

    server.sender_answer, server.rcpt = None, "450 4.2.1 mailbox busy"
    make_due()
    sending.send_due()

    assert Delivery.objects.get(notice=notice).receipt == "已发0，待发1，未能送达0"


def test_a_letter_that_cannot_be_written_is_given_up_and_holds_up_no_other(server, caplog):
    subscribe("a@example.com")
    subscribe("b@example.com")
    deliver("mail")
    Subscriber.objects.filter(address="a@example.com").update(address="a@example.com\r\nBcc: canary@example.com")

    sending.send_due()

    assert server.recipients == ["b@example.com"]
    assert Letter.objects.get(sent_at=None).error == "unfit"
    assert "canary" not in caplog.text


def test_who_leaves_while_a_batch_is_sent_gets_nothing_more(server):
    subscribe("a@example.com")
    subscribe("b@example.com")
    deliver("mail")
    letters = sending.claim()
    subscribing.leave(Subscriber.objects.get(address="b@example.com").pk)

    sending.send_batch(letters)

    assert server.recipients == ["a@example.com"]


def test_an_address_that_was_stopped_gets_notices_again_once_it_takes_a_letter(server):
    subscribe()
    Subscriber.objects.update(refusals=3, stopped_at=real_now())
    subscribing.ask("wang@example.com", subscribing.Wish("all", 0, "zh-hans"))

    sending.send_due()
    deliver("mail")
    sending.send_due()

    assert [message["Subject"].strip() for message in server.messages] == [
        "【阳光工程】您已经订阅了",
        "【阳光工程】陵园公园改扩建 方案公示",
    ]
