"""What people and machines send that nobody meant to ask for: a clear answer, nothing lost, nothing doubled."""

import time
from uuid import uuid4

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ledger.models import Entry
from tenders.models import Comment
from tests.portal.desks import picture
from tests.portal.scenes import make_consultation, token_of_age, typed
from tests.portal.test_public_comments import URL, hidden_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def consultation(settings):
    settings.CACHES = {"default": settings.CACHES["default"] | {"KEY_PREFIX": uuid4().hex}}
    return make_consultation()


WRONG = {
    "empty": ({"text": ""}, "text", "请写下您的意见"),
    "blank": ({"text": "\u3000 \n"}, "text", "请写下您的意见"),
    "zero-width": ({"text": "\u200b\u2060\ufeff"}, "text", "请填写内容"),
    "filler": ({"text": "\u3164\u3164"}, "text", "请填写内容"),
    "right-to-left": ({"text": "同意\u202e意不"}, "text", "改变文字方向"),
    "isolate": ({"text": "同意\u2067意不"}, "text", "改变文字方向"),
    "NUL": ({"text": "同意\x00不"}, "text", "控制字符"),
    "escape": ({"text": "同意\x1b[2J"}, "text", "控制字符"),
    "too long": ({"text": "停" * 2001}, "text", "最多2000字，现有2001字"),
    "a megabyte": ({"text": "a" * 1_000_000}, "text", "最多2000字，现有1000000字"),
    "unknown stance": ({"stance": "furious"}, "stance", "请从列出的态度里选一个"),
    "unknown topic": ({"topics": ["moon"]}, "stance", "请从列出的方面里选"),
    "four topics": ({"topics": ["site", "design", "cost", "graves"]}, "stance", "最多选3个方面"),
    "NUL in a topic": ({"topics": ["site\x00"]}, "stance", "请从列出的方面里选"),
    "long name": ({"name": "王" * 61}, "contact", "最多60字"),
    "NUL in a name": ({"name": "王\x00"}, "contact", "控制字符"),
    "half an address": ({"contact": "wang@"}, "contact", "邮箱地址写得不对"),
    "header injection": ({"contact": "a@example.com\nBcc: b@example.com"}, "contact", "邮箱地址写得不对"),
    "honeypot": ({"homepage": "http://spam.example"}, "text", "请把这一栏清空"),
}


@pytest.mark.parametrize(("changed", "screen", "answer"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_taken_is_answered_on_its_screen_and_everything_is_kept(client, changed, screen, answer):
    sent = typed(name="王大爷") | changed
    response = client.post(URL, sent)

    page = response.content.decode()
    assert (response.status_code, response.context["screen"]) == (400, screen)
    assert page.index("请先改好这几处") < page.index(answer) < page.rindex(answer), "in the summary and at the field"
    form = response.context["form"]
    back = {name: form[name].value() for name in form.fields}
    assert back == {name: value for name, value in sent.items() if name != "go"}
    assert not Comment.objects.exists()
    assert not Entry.objects.exists()


KEPT = {
    "emoji": ("好👍🏽，全家👨\u200d👩\u200d👧都支持❤\ufe0f", "好👍🏽，全家👨\u200d👩\u200d👧都支持❤\ufe0f"),
    "rare characters": ("𠮷野家的㐂", "𠮷野家的㐂"),
    "an Arabic sentence": ("شكرا لكم", "شكرا لكم"),
    "zero-width between": ("停\u200b车\u200d位", "停车位"),
    "two languages of line ends": ("一\r\n二\r三", "一\n二\n三"),
    "decomposed": ("cafe\u0301", "café"),
    "markup": ("<script>alert(1)</script>&amp;{{ 7*7 }}", "<script>alert(1)</script>&amp;{{ 7*7 }}"),
    "a question to a database": ("'; DROP TABLE tenders_comment; --", "'; DROP TABLE tenders_comment; --"),
}


@pytest.mark.parametrize(("text", "kept"), KEPT.values(), ids=KEPT)
def test_what_is_odd_but_honest_is_taken_as_it_was_meant_and_shown_as_text(client, text, kept):
    check = client.post(URL, typed(go="check", text=text))
    receipt = client.post(URL, hidden_in(check) | {"token": token_of_age(60), "go": "send"}, follow=True)

    assert Comment.objects.get().text == kept
    assert "<script>alert" not in check.content.decode() + receipt.content.decode()


@pytest.mark.parametrize(
    ("typed_contact", "kept"),
    [
        ("１３８１２３４５６７８", "13812345678"),
        ("ｗａｎｇ＠example．com", "wang@example.com"),
        ("　0870－5550100 ", "0870-5550100"),
    ],
)
def test_full_width_signs_in_a_contact_become_plain_ones(client, typed_contact, kept):
    client.post(URL, typed(contact=typed_contact))

    assert Comment.objects.get().contact == kept


FILES = {
    "twenty pictures": [("a.jpg", picture())] * 20,
    "SVG": [("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")],
    "a picture that is a page": [("a.jpg", picture() + b"<html><script>alert(1)</script>")],
}


@pytest.mark.parametrize("files", FILES.values(), ids=FILES)
def test_the_form_takes_no_files_and_a_comment_that_brings_some_is_taken_without(client, settings, tmp_path, files):
    settings.MEDIA_ROOT = tmp_path / "uploads"

    client.post(URL, typed() | {"photo": [SimpleUploadedFile(*file) for file in files]})

    assert Comment.objects.get().text == "希望多留几个停车位。"
    assert not list(tmp_path.glob("uploads/**/*"))


def test_a_body_that_is_too_large_is_answered_with_a_page_and_413(client, consultation):
    response = client.post(URL, typed(text="停" * 1_000_000))

    assert response.status_code == 413
    assert "最多2000字" in response.content.decode()
    assert "back in your browser" in response.content.decode()
    assert client.post("/receipts/", {"code": "A" * 3_000_000}).status_code == 413


def test_too_many_fields_and_files_are_answered_with_a_page(client):
    assert client.post(URL, {f"f{i}": "1" for i in range(2_001)}).status_code == 413
    many = [SimpleUploadedFile("a.jpg", b"1") for _ in range(101)]
    assert client.post(URL, {"photo": many}).status_code == 413


@pytest.mark.parametrize("go", ["", "publish", "send\x00", "check"], ids=["none", "unknown", "NUL", "check"])
def test_a_step_that_is_not_ours_leads_to_the_last_look(client, go):
    response = client.post(URL, typed(go=go))

    assert (response.status_code, response.context["screen"]) == (200, "check")
    assert not Comment.objects.exists()


def test_who_tampers_with_a_hidden_field_on_the_last_screen_gets_back_to_where_it_is_asked(client):
    page = client.post(URL, typed(go="check"))

    response = client.post(URL, hidden_in(page) | {"topics": ["moon"], "token": token_of_age(60), "go": "send"})

    assert (response.status_code, response.context["screen"]) == (400, "stance")
    assert hidden_in(response)["text"] == "希望多留几个停车位。"
    assert not Comment.objects.exists()


@pytest.mark.parametrize("changed", [{"text": "另外，请种柏树。"}, {"stance": "object"}, {"topics": ["cost"]}])
def test_who_goes_back_from_the_receipt_and_says_something_else_has_said_a_second_thing(client, changed):
    form = typed()
    first = client.post(URL, form)["Location"]

    second = client.post(URL, form | changed)["Location"]

    assert first != second
    assert client.post(URL, form)["Location"] == first
    assert client.post(URL, form | changed)["Location"] == second
    assert Comment.objects.count() == 2


def test_a_form_that_was_taken_finds_its_receipt_also_after_its_day(client):
    form = typed(token=token_of_age(23 * 3600))
    first = client.post(URL, form)
    assert first.status_code == 302
    with time_machine.travel(time.time() + 2 * 3600):
        assert client.post(URL, form)["Location"] == first["Location"]


def test_no_cookie_is_needed_and_none_is_set():
    browser = Client(enforce_csrf_checks=True)
    page = browser.get(URL)
    answer = browser.post(URL, typed())

    assert answer.status_code == 302
    assert not page.cookies
    assert not answer.cookies
    assert not browser.cookies


def test_every_screen_asks_one_thing_and_carries_the_rest(client):
    page = client.get(URL)
    said = {"token": token_of_age(60), "stance": "object", "topics": ["traffic", "cost"], "go": "text"}
    screens = [page.context["screen"]]
    for answer in ({}, {"text": "太贵了。", "go": "contact"}, {"contact": "wang@example.com", "go": "check"}):
        said |= answer
        page = client.post(URL, said)
        screens.append(page.context["screen"])
        said |= {name: value for name, value in hidden_in(page).items() if name != "homepage"}

    receipt = client.post(URL, said | {"go": "send"}, follow=True)

    assert screens == ["stance", "text", "contact", "check"]
    assert "已收到您的意见" in receipt.content.decode()
    comment = Comment.objects.get()
    assert (comment.stance, comment.topics, comment.contact) == ("object", ["traffic", "cost"], "wang@example.com")


def test_who_chooses_no_topic_speaks_of_something_else(client):
    form = typed()
    del form["topics"]
    client.post(URL, form)

    assert Comment.objects.get().topics == ["other"]


def test_personal_data_in_the_text_is_warned_of_and_not_refused(client, consultation):
    text = "我是王某，身份证53010219800101123X，电话13812345678，请回电。"

    page = client.post(URL, typed(go="check", text=text))

    assert "好像有电话、证件号之类的个人信息" in page.content.decode()
    assert "138****5678" in page.context["masked"]
    office = client.post(URL, typed(go="check", text=f"你们的电话{consultation.project.contact_phone}打不通。"))
    assert not office.context["personal"]
    client.post(URL, typed(text=text))
    assert Comment.objects.get().text == text


def test_large_type_goes_on_from_screen_to_screen_without_scripts(client):
    page = client.post(f"{URL}?mode=elder", typed(go="check"))
    answer = client.post(f"{URL}?mode=elder", typed())

    assert '<html lang="zh-CN" data-mode="elder">' in page.content.decode()
    assert answer["Location"].endswith("?mode=elder")
    assert "data-mode" not in client.get(f"{URL}?mode=giant").content.decode()
