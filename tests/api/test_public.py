"""What the API says in public, and what it keeps."""

from base64 import b64encode

import pytest

from ledger.models import Entry
from tenders.models import Comment, Project
from tests.api.routes import OF_PROJECT, address
from tests.factories import cemetery_on, hall_on, moment

pytestmark = pytest.mark.django_db


def names(answer):
    return [project["number"] for project in answer.json()["results"]]


def another(project, number, **fields):
    """Return a project that only its number and some fields tell from a public one."""
    copy = {"owner": project.owner, "manager": project.manager, "name": "改造", "stage": "consultation"} | fields
    return Project.objects.create(number=number, **copy)


def test_a_project_is_unknown_until_its_plan_is_published(anyone):
    project = cemetery_on("03-02 15:00").project
    assert names(anyone.get("/api/v1/projects/")) == []
    for route in OF_PROJECT:
        answer = anyone.get(address(route, project))
        assert answer.status_code == 404, route
        assert answer.headers["Content-Type"] == "application/problem+json"


def test_projects_are_found_by_stage_standing_and_words(anyone):
    project = hall_on("07-20 09:10").project
    another(project, "2026-002", name="公墓道路改造", stage="construction", standing="suspended")
    found = {
        "stage=construction": ["2026-002"],
        "standing=active": ["2026-001"],
        "q=公墓": ["2026-002"],
        "q=2026-00": ["2026-002", "2026-001"],
        "q=没有这样的": [],
    }
    for query, numbers in found.items():
        assert names(anyone.get(f"/api/v1/projects/?{query}")) == numbers, query


@pytest.mark.parametrize("query", ["stage=nonsense", "standing=-1", "q=%00", f"q={'长' * 101}"])
def test_a_filter_that_means_nothing_is_refused(query, anyone):
    answer = anyone.get(f"/api/v1/projects/?{query}")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == f"#/{query.split('=')[0]}"


def test_pages_stay_where_they_are_while_projects_are_added(anyone):
    project = hall_on("07-20 09:10").project
    for serial in range(2, 8):
        another(project, f"2026-{serial:03}")
    first = anyone.get("/api/v1/projects/?page_size=3")
    another(project, "2026-008")
    second = anyone.get(first.json()["next"])
    assert names(first) + names(second) == [f"2026-{serial:03}" for serial in (7, 6, 5, 4, 3, 2)]


@pytest.mark.parametrize("path", ["", "2026-001/timeline/", "2026-001/comments/"])
def test_a_cursor_of_somebody_s_own_making_does_no_harm(path, anyone):
    hall_on("07-20 09:10")
    for cursor in (b"p=abc", b"p=%00", b"o=9999999999", b"p=99999999999999999999", b"r=1&p=", b"\xff"):
        answer = anyone.get(f"/api/v1/projects/{path}", {"cursor": b64encode(cursor).decode()})
        assert answer.status_code in {200, 404}, cursor


def test_a_draft_of_the_decision_is_not_shown(anyone):
    scene = cemetery_on("04-10 10:00")
    scene.project.decision.text = "尚未公布的决定"
    scene.project.decision.save()
    answer = anyone.get(address("api-project", scene.project))
    assert answer.json()["decision"] is None
    assert "尚未公布的决定" not in answer.content.decode()


def test_comments_show_their_words_only_if_they_are_shown(anyone):
    scene = cemetery_on("04-10 10:00")
    Comment.objects.filter(number=1).update(name="张三丰", contact="13800000000")
    answer = anyone.get(address("api-comments", scene.project))
    shown, withheld = answer.json()["results"][0], answer.json()["results"][6]
    assert shown["text"].startswith("停车场出口正对凤山小学")
    assert shown["answer"]["outcome"] == "adopted"
    assert withheld | {"received_at": "", "answer": ""} == {
        "round": 1, "number": 7, "channel": "web", "received_at": "", "visibility": "withheld", "ground": "spam",
        "masked_ground": "", "text": None, "stance": None, "topics": None, "answer": "",
    }  # fmt: skip
    for private in ("专业墓碑雕刻", "张三丰", "13800000000", Comment.objects.get(number=1).code):
        assert private not in answer.content.decode()


def test_comments_are_found_by_what_is_public_of_all_of_them(anyone):
    project = cemetery_on("04-10 10:00").project
    withheld = anyone.get(address("api-comments", project), {"visibility": "withheld"}).json()["results"]
    assert [comment["number"] for comment in withheld] == [7]
    assert "stance" not in str(withheld[0]["answer"])
    for stance in Comment.Stance.values:
        found = anyone.get(address("api-comments", project), {"stance": stance}).json()["results"]
        assert 7 not in [comment["number"] for comment in found], "it would tell the stance of what is withheld"


def test_words_that_were_withheld_later_are_not_in_the_timeline(anyone):
    scene = cemetery_on("03-10 23:10")
    comment = Comment.objects.get(number=1)
    scene.acts.withhold(comment, moment("03-11 09:00"), "privacy")
    for route in OF_PROJECT:
        assert comment.text not in anyone.get(address(route, scene.project)).content.decode(), route


def test_the_timeline_is_the_record_in_its_order(anyone):
    project = hall_on("07-27 10:00").project
    acts = anyone.get(address("api-timeline", project)).json()["results"]
    assert [act["seq"] for act in acts] == list(Entry.objects.in_order().values_list("seq", flat=True))
    published = next(act for act in acts if act["kind"] == "step.publish_plan")
    entry = Entry.objects.get(kind="step.publish_plan")
    assert published["title"] == "公布方案"
    assert published["facts"] == entry.facts
    assert published["leaf"] == bytes(entry.leaf).hex()
    assert published["by"] == {"role": "manager", "organisation": "清平县民政局"}
    assert published["sealed"] is False


def test_titles_and_messages_are_english_for_whoever_asks_for_it(anyone):
    hall_on("07-20 09:10")
    chinese = anyone.get("/api/v1/projects/2026-999/").json()
    english = anyone.get("/api/v1/projects/2026-999/", headers={"Accept-Language": "en"})
    assert chinese["detail"] != english.json()["detail"]
    assert english.headers["Content-Language"] == "en"
    assert "Accept-Language" in english.headers["Vary"]


def test_a_clock_says_what_it_rests_on_and_when_it_ends(anyone, calendar):
    scene = hall_on("08-05 08:45")
    calendar(scene.at)
    (clock,) = anyone.get(address("api-clocks", scene.project)).json()
    assert clock["rule"] == "PD-03"
    assert clock["citation"] == "《重大行政决策程序暂行条例》第十五条第一款"
    assert (clock["starts_on"], clock["due_on"], clock["days_left"]) == ("2026-07-20", "2026-08-31", 26)
    assert (clock["is_window"], clock["done"], clock["overdue"], clock["provisional"]) == (True, False, False, False)


def test_contracts_appear_when_both_are_signed(anyone):
    scene = cemetery_on("07-23 15:00")
    contracts = address("api-contracts", scene.project)
    assert scene.contract.contractor
    assert anyone.get(contracts).json() == []


def test_a_signed_contract_stands_beside_its_integrity_contract(anyone):
    scene = cemetery_on("08-10 08:30")
    (contract,) = anyone.get(address("api-contracts", scene.project)).json()
    assert contract["contractor"] == "云岭建设工程有限公司"
    assert contract["price_fen"] == 1_386_000_000
    assert contract["integrity_contract"]["signed_at"] == contract["signed_at"] == "2026-07-24T10:00:00+08:00"
    assert contract["commencement"]["starts_on"] == "2026-08-10"
