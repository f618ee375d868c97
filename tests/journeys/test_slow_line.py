"""Writing at the desk while the answers are slow to come."""

import pytest
from playwright.sync_api import expect

from lifecycle.demo.people import make_people
from tests.factories import PASSWORD
from tests.journeys.desk import Staff

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SLOW_MS = 2000


@pytest.fixture
def manager(sit_down):
    """A manager before a new project's draft. What the page saves by itself is answered two seconds late."""
    make_people(PASSWORD)
    manager = sit_down(Staff).sign_in("manager", PASSWORD)
    manager.fill("new-project", name="陵园公园改扩建工程").send("new-project").at("项目信息")

    def answer_late(route):
        if "hx-request" not in route.request.headers:
            return route.continue_()
        answer = route.fetch()
        manager.page.wait_for_timeout(SLOW_MS)
        return route.fulfill(response=answer)

    manager.page.route("**/drafts/**", answer_late)
    return manager


def test_the_button_waits_for_a_save_that_is_under_way(manager):
    with manager.page.expect_request(lambda request: "hx-request" in request.headers):
        manager.fill("project", site="城东")
    manager.page.wait_for_timeout(SLOW_MS / 2)  # the server has saved it, and the page does not know it yet
    manager.send("project").reads("已保存。")
    expect(manager.page.get_by_label("建设地点")).to_have_value("城东")
