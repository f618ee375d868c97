"""Whoever left an e-mail address with a comment is told what becomes of it: once for each news, and never quoted."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db.models import F

from ledger.clock import now
from ledger.models import Entry, Task
from ledger.outbox import drain
from publishing.handlers import HANDLERS
from publishing.mail import commenting, sending
from publishing.mail.comment_letters import address_of
from publishing.models import Letter, Silence
from tenders.models import Comment
from tenders.operations.answers import answer_comment
from tenders.operations.comments import receive_comment, show_comment
from tests.factories import cemetery_on
from tests.portal.scenes import make_consultation
from tests.portal.test_public_record import withhold
from tests.publishing.mailserver import Server, running
from tests.publishing.sending import make_due
from tests.racing import race

pytestmark = pytest.mark.django_db

TEXT = "希望多留几个停车位。"


@pytest.fixture
def consultation():
    return make_consultation()


def comment_from(consultation, contact="wang.er@example.com", text=TEXT, **fields):
    return receive_comment(consultation.pk, text=text, at=now(), contact=contact, name="王二", **fields)


def tell(*kinds):
    """Do what the outbox does about the newest entry of each kind: write the letters. Then send what is due."""
    for kind in kinds:
        commenting.follow(Entry.objects.filter(kind=kind).order_by("-seq").first())
    drain(Task.Queue.DELIVER, {**HANDLERS, "deliver": lambda entry, channel: None})
    sending.send_due()


def subjects():
    return [message.subject.removeprefix("【阳光工程】") for message in mail.outbox]


def off_path(message):
    return message.extra_headers["List-Unsubscribe"].strip("<>").removeprefix("http://127.0.0.1:8000")


def test_each_news_is_one_letter_with_the_way_to_the_receipt(consultation):
    manager = consultation.project.manager
    comment = comment_from(consultation)
    tell("comment.received")
    show_comment(comment.pk, actor=manager, at=now())
    tell("comment.shown")
    answer_comment(comment.pk, outcome="explained", text="有八十个车位。", actor=manager, at=now())
    tell("comment.answered")

    assert subjects() == ["已收到您的意见", "您的意见已公开", "您的意见有答复了"]
    for message in mail.outbox:
        assert message.to == ["wang.er@example.com"]
        assert f"http://127.0.0.1:8000/receipts/{comment.code}/" in message.body
        assert f"http://127.0.0.1:8000/en/receipts/{comment.code}/" in message.body


def test_a_letter_quotes_nobody_and_its_links_hold_no_address(consultation):
    manager = consultation.project.manager
    comment = comment_from(consultation)
    tell("comment.received")
    answer_comment(comment.pk, outcome="explained", text="有八十个车位。", actor=manager, at=now())
    tell("comment.answered")

    for message in mail.outbox:
        whole = message.message()
        del whole["To"]
        told = message.subject + message.body + "".join(f"{n}: {v}" for n, v in whole.items())
        assert "停车位" not in told
        assert "车位" not in told
        assert "王二" not in told
        assert "wang.er" not in told


def test_a_withheld_comment_is_told_without_its_ground(consultation):
    comment = comment_from(consultation)
    withhold(comment)
    tell("comment.withheld")

    assert subjects() == ["您的意见依法不公开"]
    assert "隐私" not in mail.outbox[0].body


def test_the_decision_is_told_to_all_who_left_an_address_and_to_nobody_else():
    scene = cemetery_on("04-24 09:30")
    Comment.objects.filter(number__in=(1, 2)).update(contact="a@example.com")
    Comment.objects.filter(number=3).update(contact="13800000000")

    tell("step.decide")
    tell("step.decide")

    assert subjects() == ["方案已经决策", "方案已经决策"]
    assert scene.project.name in mail.outbox[0].body


@pytest.mark.parametrize(
    "contact", ["", "13800000000", "微信 wang@", "a@b", "王@例子", "x@example.com\nBcc: y@example.com"]
)
def test_what_is_no_address_gets_no_letter_and_is_in_nobody_s_way(consultation, contact):
    comment = comment_from(consultation, contact="")
    Comment.objects.filter(pk=comment.pk).update(contact=contact)

    tell("comment.received")

    assert not mail.outbox
    assert not Letter.objects.exists()


def test_without_an_address_nothing_is_put_into_the_outbox(consultation):
    comment_from(consultation, contact="13800000000")

    commenting.follow(Entry.objects.get(kind="comment.received"))

    assert not Task.objects.filter(name="tell-commenters").exists()


def test_news_told_twice_is_one_letter(consultation):
    comment_from(consultation)
    entry = Entry.objects.get(kind="comment.received")

    for _ in range(3):
        commenting.tell(entry)
    sending.send_due()
    sending.send_due()

    assert subjects() == ["已收到您的意见"]


@pytest.mark.django_db(transaction=True)
def test_news_told_by_two_workers_at_once_is_one_letter():
    comment_from(make_consultation())
    entry = Entry.objects.get(kind="comment.received")

    assert race(lambda: commenting.tell(entry)) == ["done", "done"]

    assert Letter.objects.count() == 1


def test_an_address_gets_no_more_than_a_few_letters_a_day(consultation):
    for number in range(commenting.A_DAY + 3):
        comment_from(consultation, contact="Victim@example.com" if number % 2 else "victim@example.com")
        tell("comment.received")
    comment_from(consultation, contact="other@example.com")
    tell("comment.received")

    assert [message.to[0].lower() for message in mail.outbox] == [
        *["victim@example.com"] * commenting.A_DAY,
        "other@example.com",
    ]


def test_the_next_day_there_are_letters_again(consultation):
    for _ in range(commenting.A_DAY):
        comment_from(consultation)
        tell("comment.received")
    Letter.objects.update(created_at=F("created_at") - timedelta(days=1, seconds=1))

    comment_from(consultation)
    tell("comment.received")

    assert len(mail.outbox) == commenting.A_DAY + 1


def test_each_letter_says_that_it_may_be_a_mistake_and_stops_by_one_click(client, consultation):
    first, second = comment_from(consultation), comment_from(consultation)
    tell("comment.received")
    message = mail.outbox[0]
    assert "如果不是您" in message.body
    assert off_path(message) in message.body
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"

    assert client.get(off_path(message)).status_code == 200  # looked at by a scanner: nothing happens
    assert not Silence.objects.exists()
    client.post(off_path(message), {"List-Unsubscribe": "One-Click"})
    for comment in (first, second):
        show_comment(comment.pk, actor=consultation.project.manager, at=now())
        tell("comment.shown")

    assert not [subject for subject in subjects() if subject == "您的意见已公开"]
    assert "wang.er" not in Silence.objects.get().recipient


def test_a_stop_holds_back_what_is_still_to_be_sent(client, consultation):
    comment = comment_from(consultation)
    commenting.tell(Entry.objects.get(kind="comment.received"))

    commenting.hush(comment)

    assert sending.send_due() == 0
    assert not mail.outbox


def test_a_stop_by_mistake_can_be_taken_back(client, consultation):
    comment = comment_from(consultation)
    tell("comment.received")
    client.post(off_path(mail.outbox[0]))

    client.post(off_path(mail.outbox[0]), {"go": "on"})
    show_comment(comment.pk, actor=consultation.project.manager, at=now())
    tell("comment.shown")

    assert subjects() == ["已收到您的意见", "您的意见已公开"]


@pytest.mark.parametrize("token", ["1", "1.forged", "x.y"])
def test_a_link_that_is_not_ours_stops_nothing(client, consultation, token):
    comment_from(consultation)

    response = client.post(f"/receipts/off/{token}/")

    assert response.status_code == 404
    assert "失效" in response.content.decode()
    assert not Silence.objects.exists()


def test_the_page_that_stops_the_letters_shows_neither_address_nor_comment(client, consultation):
    comment_from(consultation)
    tell("comment.received")

    page = client.get(off_path(mail.outbox[0])).content.decode()

    assert "wang.er" not in page
    assert "停车位" not in page


def test_an_address_that_its_server_refuses_stands_in_nobody_s_way(consultation, settings, caplog):
    server = Server()
    server.rcpt, server.is_bad = "550 no such user", lambda address: "nobody" in address
    comment_from(consultation, contact="nobody@example.com")
    tell_later = Entry.objects.get(kind="comment.received")
    comment_from(consultation, contact="wang@example.com")
    for entry in (tell_later, Entry.objects.order_by("seq").last()):
        commenting.tell(entry)

    with running(server) as port:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        sending.send_due()

    assert server.recipients == ["wang@example.com"]
    refused = Letter.objects.get(comment__contact="nobody@example.com")
    assert refused.failed_at is not None
    assert refused.error == "SMTP 550"
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith("mail.log")]  # the server's
    assert "nobody@" not in "".join(ours)


def test_an_address_that_was_taken_out_meanwhile_is_given_up(consultation):
    comment = comment_from(consultation)
    commenting.tell(Entry.objects.get(kind="comment.received"))
    Comment.objects.filter(pk=comment.pk).update(contact="")

    sending.send_due()
    make_due()
    sending.send_due()

    assert not mail.outbox
    assert Letter.objects.get().error == "unfit"


def test_neither_the_record_nor_the_outbox_knows_an_address(consultation):
    comment = comment_from(consultation)
    show_comment(comment.pk, actor=consultation.project.manager, at=now())
    tell("comment.received", "comment.shown")

    bodies = "".join(bytes(entry.body).decode() for entry in Entry.objects.all())
    assert "wang.er" not in bodies
    assert comment.code not in bodies
    assert "wang.er" not in str(list(Task.objects.values()))
    assert "wang.er" not in str(list(Letter.objects.values()))


def test_a_blank_around_the_address_does_no_harm():
    assert address_of(Comment(contact=" wang@example.com ")) == "wang@example.com"
