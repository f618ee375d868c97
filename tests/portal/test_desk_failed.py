import pytest
from django.db.models.functions import Now

from ledger.models import Entry, Task
from tests.factories import hall_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def failed(at_desk):
    """A clerk's desk on a day on which the notice of a plan could not be made and a hook could not be called."""
    scene = hall_on()
    at_desk(scene, "clerk")
    entry = Entry.objects.get(kind="step.publish_plan")
    Task.objects.update(done_at=Now())
    paper = entry.task_set.get(name="document")
    Task.objects.filter(pk=paper.pk).update(
        done_at=None, failed_at=Now(), attempts=8, last_error="BlankField('监理单位')"
    )
    sent = Task.objects.create(
        entry=entry,
        name="deliver",
        queue="deliver",
        arguments={"channel": "website"},
        failed_at=Now(),
        attempts=24,
        last_error="OSError('disk full')",
    )
    return scene, paper, sent


def test_staff_see_what_is_not_published_of_which_act_how_often_and_why(client, failed):
    page = client.get("/desk/failed/").text

    assert "生成文书：方案公示公告" in page
    assert "对外发布：本网站" in page
    assert "公示方案" in page or "方案公示" in page
    assert "试过8次，最多试8次" in page
    assert "BlankField(&#x27;监理单位&#x27;)" in page


def test_one_is_tried_again_after_a_question(client, failed):
    _scene, paper, sent = failed
    address = f"/desk/failed/{paper.pk}/again/"

    asked = client.get(address)
    assert "确认再试一次" in asked.text
    assert Task.objects.failed().count() == 2

    answer = client.post(address, follow=True)
    assert "已重新排队：1项" in answer.text
    assert Task.objects.failed().get() == sent
    assert Task.objects.due().get() == paper


def test_all_are_tried_again_and_a_second_click_does_nothing_more(client, failed):
    assert "以下2项" in client.get("/desk/failed/again/").text

    client.post("/desk/failed/again/")
    assert client.post("/desk/failed/again/").status_code == 302

    assert not Task.objects.failed().exists()
    assert Task.objects.due().count() == 2
    assert "没有。所有后续工作都办成了" in client.get("/desk/failed/").text


def test_what_fails_but_is_still_tried_is_shown_too(client, failed):
    _scene, paper, _sent = failed
    Task.objects.filter(pk=paper.pk).update(failed_at=None, attempts=4)

    page = client.get("/desk/failed/")

    assert [row.task for row in page.context["trying"]] == [paper]
    assert "还在自动重试" in page.text


def test_what_is_not_given_up_cannot_be_tried_again(client, failed):
    _scene, paper, _sent = failed
    Task.objects.filter(pk=paper.pk).update(failed_at=None)

    assert client.get(f"/desk/failed/{paper.pk}/again/").status_code == 404


def test_the_list_is_the_bureaus(client, failed):
    scene, _paper, _sent = failed
    client.force_login(scene.people.discipline)
    assert client.get("/desk/failed/").status_code == 404
    assert client.post("/desk/failed/again/").status_code == 404

    client.logout()
    assert client.get("/desk/failed/").url.startswith("/accounts/login/")


def test_however_many_there_are_the_list_costs_a_few_queries(client, failed, django_assert_max_num_queries):
    _scene, paper, _sent = failed
    for number in range(20):
        Task.objects.create(
            entry=paper.entry, name="deliver", queue="deliver", arguments={"n": number}, failed_at=Now()
        )

    with django_assert_max_num_queries(12):
        client.get("/desk/failed/")
