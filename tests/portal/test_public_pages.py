import pytest
from django.conf import settings

from accounts.models import User
from tenders.models import Project
from tests.portal.scenes import make_consultation, make_observer, make_project, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def projects():
    manager = make_user(User.Role.MANAGER)
    for number, name, site, stage in (
        ("2026-001", "陵园公园改扩建", "城东", Project.Stage.CONSULTATION),
        ("2026-002", "社区养老服务中心", "城西", Project.Stage.DECIDED),
        ("2026-003", "福利院修缮", "城东", Project.Stage.PREPARATION),
    ):
        make_consultation(make_project(number, manager=manager, name=name, site=site, stage=stage))


def found(client, **query):
    return [row.project.number for row in client.get("/projects/", query).context["listed"]]


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("", ["2026-002", "2026-001"]),
        ("陵园", ["2026-001"]),
        ("城西", ["2026-002"]),
        ("2026-001", ["2026-001"]),
        ("２０２６－００１", ["2026-001"]),  # full-width, as a Chinese keyboard types it
        ("  陵园　城东 ", ["2026-001"]),
        ("陵园 城西", []),
        ("福利院", []),  # not public yet
        ("%", []),
        ("'; --", []),
        ("陵\x00园", ["2026-001"]),  # read as a blank
        ("多" * 500, []),
    ],
)
def test_a_project_is_found_by_the_words_of_its_name_number_or_place(client, projects, query, numbers):
    assert found(client, q=query) == numbers


def test_the_list_is_filtered_by_stage_and_counts_what_the_public_knows(client, projects):
    assert found(client, stage="decided") == ["2026-002"]
    assert found(client, stage="preparation") == []
    assert found(client, stage="nonsense") == ["2026-002", "2026-001"]

    page = client.get("/projects/", {"q": "城东"})
    assert [(s["value"], s["count"]) for s in page.context["stages"]] == [("consultation", 1)]
    assert "preparation" not in page.content.decode()


def test_what_is_searched_for_is_shown_as_text(client, projects):
    page = client.get("/projects/", {"q": '"><script>'}).content.decode()

    assert '"><script>' not in page.replace("&quot;", "")
    assert "&lt;script&gt;" in page


def test_a_long_list_comes_in_pages(client):
    manager = make_user(User.Role.MANAGER)
    for number in range(1, 23):
        make_consultation(make_project(f"2026-{number:03}", manager=manager))

    assert len(found(client)) == 20
    assert len(found(client, page=2)) == 2
    assert len(found(client, page="last")) == 20


def test_the_queries_of_a_page_are_bounded_however_long_the_list_is(client, django_assert_max_num_queries):
    manager = make_user(User.Role.MANAGER)
    for number in range(1, 31):
        make_consultation(make_project(f"2026-{number:03}", manager=manager))

    with django_assert_max_num_queries(30):
        assert len(found(client)) == 20


@pytest.mark.parametrize(
    "address", ["/", "/projects/2026-001/", "/projects/2026-001/comments/", "/ledger/", "/verify/", "/corrections/"]
)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_page_without_its_file_is_made_on_the_spot(client, projects, address, prefix):
    response = client.get(prefix + address)

    assert response.status_code == 200
    assert f'lang="{"en" if prefix else "zh-CN"}"' in response.content.decode()


@pytest.mark.parametrize(
    "address",
    ["/projects/2026-003/", "/projects/2026-003/comments/", "/projects/2026-404/", "/projects/2026-001/comments/2/"],
)
def test_what_is_not_public_is_not_found(client, projects, address):
    assert client.get(address).status_code == 404


def test_every_page_forbids_inline_scripts(client, projects):
    policy = client.get("/projects/")["Content-Security-Policy"]

    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


# -- signing in --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "home"),
    [(role, "/desk/") for role in User.STAFF_ROLES] + [(User.Role.OBSERVER, "/observe/"), (User.Role.BIDDER, "/bid/")],
)
def test_everybody_is_led_to_where_the_work_is(client, role, home):
    client.force_login(make_user(role))

    assert client.get("/my/")["Location"] == home


def test_who_is_not_signed_in_is_led_to_the_sign_in_page_first(client):
    assert client.get("/my/")["Location"] == "/accounts/login/?next=/my/"


def test_signing_in_leads_an_observer_to_the_invitations(client):
    observer = make_observer()
    observer.set_password("a-long-password")
    observer.save()

    response = client.post("/accounts/login/", {"login": "observer", "password": "a-long-password"}, follow=True)

    assert response.redirect_chain[-1][0] == "/observe/"


def test_the_sign_in_page_stands_in_our_frame(client):
    page = client.get("/accounts/login/").content.decode()

    assert "site/site.css" in page
    assert "工作人员和监督代表登录" in page


def test_nobody_can_sign_up(client):
    client.post("/accounts/signup/", {"username": "x", "password1": "a-long-password", "password2": "a-long-password"})

    assert not User.objects.exists()


def test_a_page_that_does_not_exist_says_so_in_our_words(client):
    response = client.get("/nowhere/")

    assert response.status_code == 404
    assert "没有找到这一页" in response.content.decode()


def test_cookies_are_closed_to_scripts():
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == "Lax"
