import pytest

from ledger.models import Entry
from tenders.gates.plan import plan_is_complete
from tenders.models import Bid, Project
from tests.factories import cemetery_on
from tests.portal.desks import errors_of, typed

pytestmark = pytest.mark.django_db

HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def plan(at_desk):
    scene = cemetery_on("03-02 09:00")
    return scene, at_desk(scene)


@pytest.fixture
def project_page(plan):
    scene, desk = plan
    return scene, f"{desk}/drafts/project/{scene.project.pk}/"


# -- saving ------------------------------------------------------------------------------------------------------------


def test_a_draft_is_saved_and_writes_nothing_into_the_record(client, project_page):
    scene, page = project_page
    before = Entry.objects.count()

    response = client.post(page, typed("project", scene.project, site="城西", estimate_fen="１，２８０，０００．５"))

    assert response.status_code == 302
    assert scene.project.site == "城西"
    assert scene.project.estimate_fen == 128_000_050
    assert scene.project.revision == 1
    assert Entry.objects.count() == before


def test_what_cannot_be_read_is_told_beside_its_field_and_what_was_typed_stays(client, project_page):
    scene, page = project_page

    response = client.post(page, typed("project", scene.project, estimate_fen="一千八百万", site="新的地点"))

    assert response.status_code == 422
    assert errors_of(response) == ["请只写数字，例如 1,280,000.00（单位：元）。"]
    assert "一千八百万" in response.text
    assert "新的地点" in response.text
    assert scene.project.site != "新的地点"


def test_funding_is_written_as_rows_and_empty_rows_are_left_out(client, project_page):
    scene, page = project_page
    rows = {
        "funding-0-name": "县级财政",
        "funding-0-amount_fen": "12,000,000",
        "funding-1-DELETE": "on",
        "funding-2-name": "社会捐赠",
        "funding-2-amount_fen": "6,000,000.00",
    }

    client.post(page, typed("project", scene.project, **rows))

    assert list(scene.project.funding.values_list("name", "amount_fen")) == [
        ("县级财政", 1_200_000_000),
        ("社会捐赠", 600_000_000),
    ]


def test_saving_twice_from_one_page_does_not_double_or_lose_a_new_row(client, project_page):
    scene, page = project_page
    sent = typed("project", scene.project) | {"funding-2-name": "社会捐赠", "funding-2-amount_fen": "1"}

    client.post(page, sent, **HTMX)
    client.post(page, sent | {"revision": "1"}, **HTMX)

    assert scene.project.funding.count() == 3


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({"funding-2-name": "社会捐赠"}, "请填写金额。"),
        ({"funding-2-amount_fen": "5"}, "请填写资金来源的名称。"),
        ({"funding-2-name": "社会捐赠", "funding-2-amount_fen": "-5"}, "金额不能为负数。"),
    ],
)
def test_half_a_row_of_funding_is_not_saved(client, project_page, row, why):
    scene, page = project_page

    response = client.post(page, typed("project", scene.project, **row))

    assert errors_of(response) == [why]
    assert scene.project.funding.count() == 2


def test_the_plan_is_written_with_its_consultation(client, plan):
    scene, desk = plan
    page = f"{desk}/drafts/consultation/{scene.consultation.pk}/"

    client.post(
        page, typed("consultation", scene.consultation, channels=["website", "poster"], **{"plan-text": "新方案"})
    )

    assert scene.consultation.channels == ["website", "poster"]
    assert [plan.text for plan in scene.consultation.plans.all()] == ["新方案"]


def test_a_plan_without_words_counts_as_no_plan(client, plan):
    scene, desk = plan
    page = f"{desk}/drafts/consultation/{scene.consultation.pk}/"

    client.post(page, typed("consultation", scene.consultation, **{"plan-text": " "}))
    assert scene.consultation.current_plan().text == ""
    assert "方案正文" in plan_is_complete(scene.project, scene.at).message

    client.post(page, typed("consultation", scene.consultation, **{"plan-text": "重写"}))
    assert scene.consultation.current_plan().text == "重写"


def test_a_period_that_ends_before_it_begins_is_not_saved(client, plan):
    scene, desk = plan
    page = f"{desk}/drafts/consultation/{scene.consultation.pk}/"

    response = client.post(page, typed("consultation", scene.consultation, closes_on="2026-03-01"))

    assert response.status_code == 422
    assert scene.consultation.closes_on.isoformat() == "2026-04-08"


def test_the_earliest_lawful_day_stands_beside_the_field(client, plan):
    scene, desk = plan

    page = client.get(f"{desk}/drafts/consultation/{scene.consultation.pk}/")

    assert "最早可截止于2026年4月8日（星期三）（30日，《重大行政决策程序暂行条例》第十五条" in page.text


# -- two writers -------------------------------------------------------------------------------------------------------


def test_a_writer_who_came_second_sees_both_texts_and_loses_nothing(client, project_page):
    scene, page = project_page
    first, second = typed("project", scene.project, site="甲写的"), typed("project", scene.project, site="乙写的")
    client.post(page, first)

    response = client.post(page, second)

    assert response.status_code == 409
    assert [(d.stored, d.typed) for d in response.context["differences"]] == [("甲写的", "乙写的")]
    assert scene.project.site == "甲写的"

    client.post(page, second | {"revision": response.context["sheet"].form["revision"].value()})
    assert scene.project.site == "乙写的"


def test_the_same_amount_written_otherwise_is_no_difference(client, project_page):
    scene, page = project_page
    client.post(page, typed("project", scene.project, site="甲写的"))

    response = client.post(page, typed("project", scene.project, revision="0", estimate_fen="18000000"))

    assert [d.label for d in response.context["differences"]] == []


def test_an_autosave_that_came_second_saves_nothing(client, project_page):
    scene, page = project_page
    sent = typed("project", scene.project, site="乙写的")
    client.post(page, typed("project", scene.project, site="甲写的"))

    response = client.post(page, sent, **HTMX)

    assert response.status_code == 409
    assert "别人刚保存过这份草稿" in response.text
    assert 'name="revision"' not in response.text  # the page must not catch up in silence
    assert scene.project.site == "甲写的"


# -- autosave ----------------------------------------------------------------------------------------------------------


def test_an_autosave_answers_with_the_new_revision_only(client, project_page):
    scene, page = project_page

    response = client.post(page, typed("project", scene.project, site="城西"), **HTMX)

    assert response.status_code == 200
    assert "已自动保存" in response.text
    assert '<input type="hidden" name="revision" value="1"' in response.text
    assert "<html" not in response.text
    assert scene.project.site == "城西"


def test_an_autosave_that_cannot_be_read_says_where(client, project_page):
    scene, page = project_page

    response = client.post(page, typed("project", scene.project, contact_email="电话联系"), **HTMX)

    assert response.status_code == 422
    assert "还没有保存：有1处要先改好" in response.text
    assert 'id="id_contact_email_error" hx-swap-oob="true"></p>' not in response.text
    assert 'id="id_contact_phone_error" hx-swap-oob="true"></p>' in response.text


# -- until when --------------------------------------------------------------------------------------------------------


def test_what_is_published_is_only_read(client, at_desk):
    scene = cemetery_on("03-09 10:00")
    page = f"{at_desk(scene)}/drafts/project/{scene.project.pk}/"
    before = scene.project.site

    shown = client.get(page)
    assert "方案已经公布，项目信息不再改动" in shown.text
    assert 'name="site"' not in shown.text

    response = client.post(page, typed("project", scene.project, site="悄悄改掉"))
    assert response.status_code == 409
    assert "悄悄改掉" in response.text  # to be copied
    assert scene.project.site == before


def test_a_project_code_that_came_after_the_plan_is_still_entered(client, at_desk):
    scene = cemetery_on("04-24 09:00")
    Project.objects.update(code="")
    page = f"{at_desk(scene)}/drafts/code/{scene.project.pk}/"

    client.post(page, typed("code", scene.project, code="2603-530300-04-01-100018"))

    assert scene.project.code == "2603-530300-04-01-100018"


def test_a_project_code_stays_once_the_tender_is_announced(client, at_desk):
    scene = cemetery_on("06-16 09:00")
    page = f"{at_desk(scene)}/drafts/code/{scene.project.pk}/"

    assert client.post(page, typed("code", scene.project, code="X")).status_code == 409
    assert scene.project.code != "X"


def test_only_manager_and_clerk_write(client, project_page):
    scene, page = project_page
    sent = typed("project", scene.project, site="城西")

    for role in ("leader", "reviewer", "administrator"):
        client.force_login(getattr(scene.people, role))
        assert client.get(page).status_code == 200
        assert client.post(page, sent).status_code == 404
    client.force_login(scene.people.discipline)
    assert client.get(page).status_code == 404

    client.force_login(scene.people.clerk)
    assert client.post(page, sent).status_code == 302


def test_a_draft_of_another_project_is_not_found_here(client, project_page):
    scene, page = project_page
    project = scene.project
    Project.objects.create(number="2026-777", name="别的项目", owner=project.owner, manager=project.manager)

    assert client.get(page.replace(project.number, "2026-777")).status_code == 404
    assert client.get(page.replace("/project/", "/nothing/")).status_code == 404


# -- evaluation, award, contracts --------------------------------------------------------------------------------------


def test_before_the_opening_the_evaluation_shows_no_bid(client, at_desk):
    scene = cemetery_on("07-06 09:25")
    page = f"{at_desk(scene)}/drafts/evaluation/{scene.package.evaluation.pk}/"
    assert Bid.objects.count() == 3

    text = client.get(page).text

    assert "云岭建设" not in text
    assert 'name="bids-TOTAL_FORMS" value="0"' in text


def test_ranks_change_places_and_stay_unique(client, at_desk):
    scene = cemetery_on("07-06 10:20")
    evaluation = scene.package.evaluation
    page = f"{at_desk(scene)}/drafts/evaluation/{evaluation.pk}/"

    def rank(*ranks):
        fields = {f"bids-{i}-rank": rank for i, rank in enumerate(ranks)}
        return client.post(page, typed("evaluation", evaluation_now()) | fields)

    def evaluation_now():
        return type(evaluation).objects.get(pk=evaluation.pk)

    rank(1, 2, 3)
    rank(2, 1, 3)
    assert list(Bid.objects.accepted().values_list("rank", flat=True)) == [2, 1, 3]

    response = rank(1, 1, 2)
    assert errors_of(response) == ["名次有重复。"]
    assert list(Bid.objects.accepted().values_list("rank", flat=True)) == [2, 1, 3]


def test_the_opening_says_from_when_a_delay_needs_its_reason(client, at_desk):
    scene = cemetery_on("07-06 09:25")
    page = client.get(f"{at_desk(scene, 'clerk')}/drafts/opening/{scene.package.opening.pk}/")
    assert "晚5分钟以上开标的必填" in page.text


def test_an_award_is_drafted_among_the_candidates(client, at_desk):
    scene = cemetery_on("07-10 12:00")
    page = f"{at_desk(scene)}/drafts/award/{scene.package.pk}/"
    first = scene.package.bids.candidates()[0]

    assert "第1名：云岭建设工程有限公司，13,860,000.00元" in client.get(page).text
    client.post(page, {"winner": first.pk, "determined_on": "2026-07-14", "reason": "", "revision": "0"})

    assert scene.package.result.winner == first
    assert scene.package.result.revision == 1


def test_both_contracts_are_written_on_one_sheet(client, at_desk):
    scene = cemetery_on("07-23 15:00")
    page = f"{at_desk(scene, 'clerk')}/drafts/contracts/{scene.contract.pk}/"
    sent = typed("contracts", scene.contract, signing_place="县民政局", **{"integrity-owner_liaison": "何静二"})

    client.post(page, sent)

    contract = scene.contract
    assert contract.signing_place == "县民政局"
    assert contract.integrity_contract.owner_liaison == "何静二"
    assert (contract.revision, contract.integrity_contract.revision) == (1, 1)

    response = client.post(page, sent | {"revision": "1", "integrity-hotline": "12388"})
    assert response.status_code == 409  # the integrity contract alone was seen in an older state
