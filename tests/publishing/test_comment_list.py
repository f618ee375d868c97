"""The list of comments: found by what is public of them, with a stone where words are withheld, and as files."""

import csv
import io
import json
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
import time_machine
from openpyxl import load_workbook

from ledger.models import Entry
from publishing import site
from publishing.comment_files import safe, write_xlsx
from publishing.comment_search import asked_in
from publishing.pages.comments import all_rows, comment_pages
from tenders.models import Answer, Comment
from tenders.operations.comments import show_comment, unmask_comment
from tests.factories import hall_on, moment
from tests.publishing.reading import every_file, publish, source, text

pytestmark = pytest.mark.django_db

HALL = "/projects/2026-001/"
LIST = f"{HALL}comments/"
SECRET, HIDDEN, WAITS = "专业刻碑量大从优", "王大爷", "母婴台"
KEPT = "说坡道要缓，扶手要两层，地面要防滑。"


@pytest.fixture(autouse=True)
def demo(settings):
    settings.DEMO = True


@pytest.fixture
def hall():
    """Comments 1 and 2 are shown, 1 is answered; 3 waits; 4 is masked; 5 is withheld."""
    scene = hall_on()
    acts, at = scene.acts, scene.at
    masked = acts.comment(at, f"{HIDDEN}{KEPT}", stance="object", topics=["design", "cost"])
    acts.mask(masked, at, f"███{KEPT}")
    acts.withhold(acts.comment(at, SECRET, stance="object", topics=["cost"]), at, "spam")
    return scene


def numbers(client, **query):
    page = client.get(LIST, {"sort": "old"} | query)
    assert page.status_code == 200
    return [comment.number for comment in page.context["comments"]]


# -- what nobody may read ----------------------------------------------------------------------------------------------


def test_what_is_masked_or_withheld_or_waits_is_in_no_file(hall):
    publish(hall.at)
    files = every_file()
    for words in (SECRET, HIDDEN, WAITS, *Comment.objects.values_list("code", flat=True)):
        assert not [name for name, content in files.items() if words.encode() in content], words
    book = load_workbook(io.BytesIO(files["projects/2026-001/comments.xlsx"]))
    said = str([[cell.value for cell in row] for row in book.active])
    assert KEPT in said
    for words in (SECRET, HIDDEN, WAITS):
        assert words not in said


def test_what_nobody_may_read_is_not_found_by_trying(client, hall):
    addresses = (LIST, f"{HALL}comments.csv", f"{HALL}comments.json", "/api/v1/projects/2026-001/comments/")
    for address, words in product(addresses, (SECRET, HIDDEN, WAITS)):
        for query in ({"q": words}, {"q": words[:1]}, {"sort": "old"}):
            answer = client.get(address, query)
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content
            assert words.encode() not in content.replace(f'value="{words}"'.encode(), b""), (address, query)
    for words in (SECRET, HIDDEN, WAITS):
        assert numbers(client, q=words) == []


def test_the_stance_and_topics_of_what_is_withheld_are_told_by_no_filter(client, hall):
    assert numbers(client, stance="object") == [4]
    assert numbers(client, topic="cost") == [4]
    assert numbers(client, state="withheld") == [5]
    page = client.get(LIST, {"state": "withheld"})
    assert page.context["stances"] == []
    for address in (f"{LIST}1/5/", f"{HALL}comments.json"):
        assert "反对" not in client.get(address, {"state": "withheld"}).text


def test_one_that_waits_has_no_page_and_is_only_counted(client, hall):
    assert client.get(f"{LIST}1/3/").status_code == 404
    assert client.get(f"{LIST}1/99/").status_code == 404
    publish(hall.at)
    page = text(LIST)
    assert "第3号" not in page
    assert "审核中 1条，等得最久的已经1天。" in page


# -- stones ------------------------------------------------------------------------------------------------------------


def test_a_stone_says_ground_article_day_offices_proof_and_whom_to_ask(client, hall):
    publish(hall.at)
    (entry,) = hall.entries("comment.withheld")
    page = text(LIST).partition("第5号意见")[2].partition("第4号意见")[0]
    for words in ("广告或者重复灌水", "本局公众意见公开规则", "2026年8月12日", f"账本第{entry.seq}条", "向谁提出"):
        assert words in page
    assert "由合同经办人提出，保密审查员复核" in page
    assert f"/ledger/entries/{entry.seq}.tlog-proof" in source(LIST)
    assert "行政复议" in text(LIST)
    assert "第五十一条" in text(LIST)
    assert "林晓" in text(LIST)
    assert words in client.get(f"{LIST}1/5/").text


def test_a_ground_of_law_is_cited_with_its_article(hall):
    hall.acts.withhold(Comment.objects.get(number=2), hall.at, "trade-secret")
    publish(hall.at)
    page = text(LIST).partition("第2号意见")[2]
    assert "涉及商业秘密" in page
    assert "《中华人民共和国政府信息公开条例》第十五条" in page


def test_what_is_shown_again_keeps_the_story_of_its_stone(hall):
    later = hall.at + timedelta(days=2)
    show_comment(Comment.objects.get(number=5).pk, actor=hall.people.clerk, at=later)
    publish(later)
    page = text(LIST).partition("第5号意见")[2].partition("第4号意见")[0]
    assert SECRET in page
    assert page.index("依法不公开意见原文：广告或者重复灌水") < page.index("重新公开意见原文")


def test_every_masking_withholding_and_showing_again_is_in_the_register(hall):
    later = hall.at + timedelta(days=2)
    show_comment(Comment.objects.get(number=5).pk, actor=hall.people.clerk, at=later)
    unmask_comment(Comment.objects.get(number=4).pk, actor=hall.people.reviewer, at=later)
    publish(later)
    register = json.loads(source("/corrections/register.json"))["corrections"]
    told = [(row["kind"], row["place"], row["reason"]) for row in reversed(register)]
    assert told == [
        ("masked", "第4号意见", "涉及个人隐私，遮盖3字"),
        ("withheld", "第5号意见", "广告或者重复灌水"),
        ("shown-again", "第5号意见", ""),
        ("shown-again", "第4号意见", ""),
    ]
    offices = next(row["offices"] for row in register if row["kind"] == "withheld")
    assert offices == ["合同经办人", "保密审查员"]
    (masking,) = hall.entries("comment.masked")
    received = Entry.objects.get(kind="comment.received", subject=masking.subject)
    assert next(row["old_sha256"] for row in register if row["kind"] == "masked") == received.facts["commitment"]
    assert "遮盖后公开意见" in text("/corrections/")
    assert source("/feeds/corrections.atom").count("<entry>") == 4
    assert SECRET not in source("/corrections/register.json")


# -- counts ------------------------------------------------------------------------------------------------------------


def test_everybody_sees_how_each_stance_is_treated(hall):
    (page,) = comment_pages(hall.project, hall.at)
    balances = {str(b.label): (b.received, b.shown, b.masked, b.withheld, b.pending) for b in page["balances"]}
    assert balances == {"支持": (2, 1, 0, 0, 1), "建议": (1, 1, 0, 0, 0), "反对": (2, 1, 1, 1, 0)}
    publish(hall.at)
    assert "反对 2 1 1 1 0" in text(LIST)


@pytest.mark.parametrize(("day", "overdue"), [("09-08 23:59", 0), ("09-09 00:00", 1)])
def test_a_comment_under_review_is_late_after_twenty_working_days(hall, day, overdue):
    """Received on 2026-08-11, a Tuesday: the twentieth working day is 09-08 (条例 26)."""
    (page,) = comment_pages(hall.project, moment(day))
    assert page["waiting"].overdue == overdue
    assert page["waiting"].longest == 28 + overdue


# -- finding -----------------------------------------------------------------------------------------------------------


FOUND: tuple = (
    ({"q": ""}, [1, 2, 4, 5]),
    ({"q": "坡道"}, [1, 4]),
    ({"q": "坡道 扶手"}, [1, 4]),
    ({"q": "双层"}, [1]),  # in the answer
    ({"q": "５"}, [5]),
    ({"q": "%"}, []),
    ({"q": "坡\0道"}, [1, 4]),
    ({"q": "'; --"}, []),
    ({"q": "多" * 500}, []),
    ({"stance": "support"}, [1]),
    ({"stance": "nonsense"}, [1, 2, 4, 5]),
    ({"topic": "design"}, [1, 2, 4]),
    ({"outcome": "adopted"}, [1]),
    ({"state": "shown"}, [1, 2, 4]),
    ({"state": "masked"}, [4]),
    ({"state": "answered"}, [1]),
    ({"state": "waiting"}, [2, 4, 5]),
    ({"state": "shown", "topic": "design", "stance": "object"}, [4]),
    ({"sort": "new"}, [5, 4, 2, 1]),
    ({"sort": "answered"}, [1, 5, 4, 2]),
    ({"page": "99"}, [1, 2, 4, 5]),
)


def test_comments_are_found_by_what_is_public(client, hall):
    for query, expected in FOUND:
        assert numbers(client, **query) == expected, query


def test_what_is_typed_is_shown_as_text_and_kept_in_the_form(client, hall):
    page = client.get(LIST, {"q": '"><script>', "stance": "object"}).text
    assert '"><script>' not in page
    assert '<option value="object" selected>' in page
    assert "没有找到" in page


def test_the_english_page_says_the_same(client, hall):
    page = client.get(f"/en{LIST}", {"state": "masked"})
    assert [comment.number for comment in page.context["comments"]] == [4]


def test_a_project_without_comments_says_so(client):
    scene = hall_on("07-20 09:10")
    publish(scene.at)
    assert "还没有收到意见。" in text(LIST)
    assert "没有找到" in client.get(LIST, {"q": "坡道"}).text


def test_no_more_words_are_looked_for_than_five():
    assert asked_in({"q": "一 二 三 四 五 六 七"}).q == "一 二 三 四 五"


def test_the_list_takes_the_same_queries_for_any_number(client, hall, django_assert_max_num_queries):
    Comment.objects.bulk_create(
        Comment(
            consultation=hall.consultation, number=n, salt=b"", text=f"第{n}条", received_at=hall.at, visibility="shown"
        )
        for n in range(100, 160)
    )
    said = {"consultation": hall.consultation, "outcome": "explained", "text": "说明", "answered_at": hall.at}
    for comment in Comment.objects.filter(number__gte=100):
        comment.answer = Answer.objects.create(**said)
        comment.save(update_fields=["answer"])
    client.get(LIST, {"q": "条"})
    with django_assert_max_num_queries(8):
        assert len(client.get(LIST, {"q": "条", "stance": "", "page": "2"}).context["comments"]) == 20
    with django_assert_max_num_queries(10):
        comment_pages(hall.project, hall.at)


# -- files -------------------------------------------------------------------------------------------------------------


def table(answer):
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content, list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_the_whole_list_lies_beside_the_page_for_when_the_database_is_down(hall):
    publish(hall.at)
    files = every_file()
    content = files["projects/2026-001/comments.csv"]
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert [row["编号"] for row in rows] == ["5", "4", "2", "1"]
    assert rows[0]["公开情况"] == "依法不公开"
    assert (rows[0]["意见"], rows[0]["态度"], rows[0]["遮盖或者不公开的理由"]) == ("", "", "广告或者重复灌水")
    assert (rows[1]["公开情况"], rows[1]["意见"]) == ("遮盖后公开", f"███{KEPT}")
    assert rows[3]["结果"] == "采纳"
    data = json.loads(files["projects/2026-001/comments.json"])
    assert data["pagination"] == {
        "resultsPerPage": 4, "currentPage": 1, "totalPages": 1, "totalResults": 4, "totalAvailableItems": 4,
    }  # fmt: skip
    assert data["summary"]["sentiment"] == {"neutral": 1, "object": 1, "support": 1}
    assert [comment["id"] for comment in data["comments"]] == ["1-5", "1-4", "1-2", "1-1"]
    assert data["comments"][3]["outcome"] == "adopted"


def test_files_that_say_the_same_are_not_written_again(hall):
    publish(hall.at)
    before = every_file()
    site.rebuild()
    assert every_file() == before


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_what_was_found_is_a_file(client, hall, kind):
    answer = client.get(f"{HALL}comments.{kind}", {"stance": "object"})
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert f"comments-2026-001.{kind}" in answer["Content-Disposition"]
    if kind == "csv":
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))[1:]
        found = [int(row[1]) for row in rows]
    elif kind == "xlsx":
        found = [row[1] for row in load_workbook(io.BytesIO(content)).active.iter_rows(min_row=2, values_only=True)]
    else:
        data = json.loads(content)
        found = [comment["number"] for comment in data["comments"]]
        assert (data["pagination"]["totalResults"], data["pagination"]["totalAvailableItems"]) == (1, 4)
    assert found == [4]


def test_the_same_comments_give_the_same_workbook(hall):
    books = [io.BytesIO(), io.BytesIO()]
    for year, book in zip((2026, 2031), books, strict=True):
        with time_machine.travel(datetime(year, 5, 4, 3, 2, tzinfo=UTC)):
            write_xlsx(all_rows(hall.project), book)
    assert books[0].getvalue() == books[1].getvalue()


def test_there_is_no_other_kind_of_file_and_none_of_a_secret_project(client, hall):
    assert client.get(f"{HALL}comments.xls").status_code == 404
    assert client.get("/projects/2026-777/comments.csv").status_code == 404


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@SUM(A1)", "\t=1", "  =cmd", "＝1+1", "|calc", "%0A", "\r\n=1"])
def test_no_cell_is_a_formula(text):
    assert safe(text).startswith("'")


def test_a_hostile_comment_breaks_no_table(client, hall):
    evil = '=HYPERLINK("http://example.com","看")\n第二行，"引号"'
    hall.acts.show(hall.acts.comment(hall.at, evil), hall.at)
    _content, rows = table(client.get(f"{HALL}comments.csv", {"q": "第二行"}))
    assert rows[1][8] == f"'{evil}"
    book = load_workbook(io.BytesIO(client.get(f"{HALL}comments.xlsx", {"q": "第二行"}).getvalue()))
    assert book.active["I2"].data_type == "s"


def test_the_filters_of_the_interface_are_those_of_the_page(client, hall):
    def found(**query):
        answer = client.get("/api/v1/projects/2026-001/comments/", query)
        return [comment["number"] for comment in answer.json()["results"]]

    assert found(q="坡道") == [1, 4]
    assert found(q=HIDDEN) == []
    assert found(stance="object", topic="cost") == [4]
    assert found(outcome="adopted") == [1]
    assert found(state="masked") == [4]
    assert found(state="withheld") == [5]
