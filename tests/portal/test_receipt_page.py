"""The page of a receipt: what was done with a comment and when, what is still to come, and nothing of who wrote it."""

import logging
import re
from uuid import uuid4

import pytest

from config.discreet_logs import Discreet, discreet
from ledger.clock import advance, now
from ledger.sealer import seal
from portal.public import guessing
from tenders.models import Comment, Inquiry, Project
from tenders.operations.comments import mask_comment
from tenders.operations.withholding import ask_authority
from tests.factories import cemetery_on, moment
from tests.portal.scenes import make_consultation
from tests.portal.test_public_record import KEY, make_comment

pytestmark = pytest.mark.django_db

TITLES = re.compile(r'<li class="(done|over|)"( aria-current="step")?><h3>([^<]*)</h3>')


@pytest.fixture(autouse=True)
def own_cache(settings):
    settings.CACHES = {"default": settings.CACHES["default"] | {"KEY_PREFIX": uuid4().hex}}


def page_of(client, comment):
    response = client.get(f"/receipts/{comment.code}/")
    assert response.status_code == 200
    return response.content.decode()


def way(page):
    """What the page shows of each station: its title, with ✓ if it is done, ! if late, → if it comes next."""
    marks = {"done": "✓", "over": "!", "": ""}
    return [f"{marks[state]}{'→' if current else ''}{title}" for state, current, title in TITLES.findall(page)]


def test_a_new_comment_sees_its_whole_way_before_it(client):
    comment = make_comment(make_consultation())

    page = page_of(client, comment)

    assert way(page) == ["✓已收到", "→写进公开账本", "公开", "答复", "公布全部意见的采纳情况", "方案决策"]
    assert f'href="/receipts/{comment.code}.json" download' in page
    assert ".tlog-proof" not in page


def test_once_sealed_the_proof_can_be_saved(client, settings):
    comment = make_comment(make_consultation())
    seal(settings.PUBLIC_ROOT / "ledger", KEY)

    page = page_of(client, comment)

    assert way(page)[:3] == ["✓已收到", "✓写进公开账本", "→公开"]
    assert 'href="/ledger/entries/0.tlog-proof" download' in page
    assert client.get("/ledger/entries/0.tlog-proof").status_code == 200


def test_the_latest_day_is_counted_from_the_announced_end_while_comments_are_taken(client, settings):
    settings.DEMO = True
    scene = cemetery_on("03-12 21:00")
    advance(scene.at)

    page = page_of(client, scene.consultation.comments.get(number=1))

    assert "征求意见到2026年4月8日（星期三）24时截止。" in page
    assert "最迟2026年5月9日（星期六）" in page  # 20 working days, past a holiday, on a Saturday that is worked
    assert "超期" not in page


def test_what_was_answered_decided_and_changed_is_shown_with_its_days(client, settings):
    settings.DEMO = True
    scene = cemetery_on("04-24 09:30")
    advance(scene.at)

    page = page_of(client, scene.consultation.comments.get(number=1))

    assert way(page)[2:] == ["✓已公开", "✓已答复：采纳", "✓公布全部意见的采纳情况", "✓方案因此作出的改动"]
    assert "2026年4月10日（星期五）10:00" in page
    assert "出口改到东侧支路，凤山路一侧只设入口" in page
    assert "出口改到东侧支路（方案第三条）。" in page
    decided = scene.entries("step.decide")[0]
    assert f'href="/notices/{decided.seq}/"' in page


@pytest.mark.parametrize(
    ("today", "late"),
    [("05-11", ""), ("05-12", "已经超期1天"), ("05-21", "已经超期10天")],
)
def test_a_report_that_is_late_is_said_to_be_late(client, settings, today, late):
    settings.DEMO = True
    scene = cemetery_on("04-09 10:00")
    comment = scene.consultation.comments.get(number=1)
    advance(moment(f"{today} 10:00"))

    page = page_of(client, comment)

    assert ("!答复" in way(page)) is bool(late)
    assert (late in page) if late else ("超期" not in page)


def test_a_withheld_comment_says_why_and_how_to_object(client, settings):
    settings.DEMO = True
    scene = cemetery_on("04-09 10:00")
    advance(scene.at)
    advert = scene.consultation.comments.get(visibility=Comment.Visibility.WITHHELD)

    page = page_of(client, advert)

    assert "✓依法不公开" in way(page)
    assert "理由：广告或者重复灌水。" in page
    assert f"打监督电话{scene.project.hotline}" in page
    assert "第五十一条" in page
    assert "专业墓碑雕刻" in page  # the holder of the code reads it all the same


def test_masked_parts_are_said_to_be_masked_beside_what_the_public_reads(client):
    consultation = make_consultation()
    comment = make_comment(consultation, text="请打13812345678找王大爷，多留几个停车位。")
    masked = "请打138****5678找〔…〕，多留几个停车位。"
    mask_comment(comment.pk, text=masked, ground="privacy", actor=consultation.project.manager, at=now())

    page = page_of(client, comment)

    assert "✓已公开，遮盖了一部分" in way(page)
    assert "理由：涉及个人隐私。" in page
    assert masked in page
    assert "请打13812345678找王大爷" in page  # the original, for its author alone


def test_a_comment_that_an_authority_is_asked_about_says_since_when_it_waits(client):
    consultation = make_consultation()
    comment = make_comment(consultation)
    asked = Inquiry(comment=comment, authority="县国家保密局", question="提到的地下管线是否涉密。")
    ask_authority(asked, actor=consultation.project.manager, at=now())

    page = page_of(client, comment)

    assert "请示有关机关" in page
    assert "保密局" not in page


def test_a_comment_on_paper_says_who_entered_it_and_when_it_came(client, settings):
    settings.DEMO = True
    scene = cemetery_on("04-08 12:00")
    advance(scene.at)

    page = page_of(client, scene.consultation.comments.get(channel="letter"))

    assert "来信，由工作人员代为登记" in page


def test_a_round_without_change_leads_to_the_decision(client, settings):
    settings.DEMO = True
    scene = cemetery_on("04-24 09:30")
    advance(scene.at)

    page = page_of(client, scene.consultation.comments.get(number=4))

    assert way(page)[-3:] == ["✓已答复：已说明", "✓公布全部意见的采纳情况", "✓方案已决策"]


def test_a_project_that_was_cancelled_owes_no_report_and_says_so(client, settings):
    settings.DEMO = True
    scene = cemetery_on("04-09 10:00")
    Project.objects.update(standing=Project.Standing.CANCELLED)
    advance(moment("06-30 10:00"))

    page = page_of(client, scene.consultation.comments.get(number=1))

    assert "项目已取消，见项目页。" in page
    assert "超期" not in page


# -- of whom it is, nobody learns


@pytest.mark.parametrize("path", ["/receipts/{}/", "/receipts/{}.json", "/en/receipts/{}/"])
def test_neither_name_nor_contact_nor_who_asks_goes_anywhere(client, path):
    comment = make_comment(make_consultation(), name="王大爷", contact="wang@example.com")

    response = client.get(path.format(comment.code))

    assert "王大爷" not in response.content.decode()
    assert "wang@example.com" not in response.content.decode()
    assert response["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response["Cache-Control"]
    assert "noindex" in response["X-Robots-Tag"]
    assert not response.cookies
    sources = re.findall(r'(?:src|href)="((?:https?:)?//[^"]*)"', response.content.decode())
    assert not [source for source in sources if not source.startswith("http://testserver")]


def test_the_title_which_stays_in_the_history_does_not_name_the_code(client):
    comment = make_comment(make_consultation())

    title = re.search("<title>(.*?)</title>", page_of(client, comment))[1]

    assert comment.code not in title


def test_whoever_guesses_codes_is_put_off_even_from_right_ones(client, monkeypatch):
    monkeypatch.setattr(guessing, "MISSES_PER_WINDOW", 3)
    comment = make_comment(make_consultation())
    for number in range(3):
        assert client.get(f"/receipts/0000-0000-000{number}/", REMOTE_ADDR="203.0.113.7").status_code == 404

    by_address = client.get(f"/receipts/{comment.code}/", REMOTE_ADDR="203.0.113.7")
    by_form = client.post("/receipts/", {"code": comment.code}, REMOTE_ADDR="203.0.113.7")

    assert (by_address.status_code, by_form.status_code) == (429, 429)
    assert client.get(f"/receipts/{comment.code}/", REMOTE_ADDR="203.0.113.8").status_code == 200


def test_whoever_has_a_right_code_may_look_as_often_as_they_like(client, monkeypatch):
    monkeypatch.setattr(guessing, "MISSES_PER_WINDOW", 3)
    comment = make_comment(make_consultation())

    statuses = {client.get(f"/receipts/{comment.code}/").status_code for _ in range(10)}

    assert statuses == {200}


def test_a_receipt_is_found_while_the_cache_is_away(client, settings):
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": "redis://127.0.0.1:1/0"}}
    comment = make_comment(make_consultation())

    assert client.get(f"/receipts/{comment.code}/").status_code == 200
    assert client.get("/receipts/0000-0000-0000/").status_code == 404


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Not Found: /receipts/7K2M-9QXF-4TZA/", "Not Found: /receipts/..."),
        ("GET /en/receipts/7k2m9qxf4tza.json 200", "GET /en/receipts/... 200"),
        ("/subscribe/manage/12.abcdef/ and /receipts/off/3.xyz/", "/subscribe/... and /receipts/..."),
        ("Key (code)=(7K2M-9QXF-4TZA) already exists", "Key (code)=(....-....-....) already exists"),
        ("could not write to wang.er@mail.example.com now", "could not write to ...@... now"),
        ("Forbidden: /projects/2026-001/comment/", "Forbidden: /projects/2026-001/comment/"),
        ("2026-03-12 09:00:00 INFO Entry 12345678", "2026-03-12 09:00:00 INFO Entry 12345678"),
    ],
)
def test_a_line_of_the_log_holds_no_code_no_token_and_no_address(line, told):
    assert discreet(line) == told


def test_every_line_of_the_log_is_looked_through(client, settings):
    formatter = settings.LOGGING["formatters"]["line"]
    records = []
    handler = logging.Handler()
    handler.emit = lambda record: records.append(Discreet(formatter["fmt"]).format(record))
    logging.getLogger("django.request").addHandler(handler)
    try:
        client.get("/receipts/0000-0000-0000/")
    finally:
        logging.getLogger("django.request").removeHandler(handler)

    assert formatter["()"] == "config.discreet_logs.Discreet"
    assert [record for record in records if "/receipts/..." in record]
    assert "0000-0000-0000" not in "".join(records)
