"""Until the opening nothing that the API says depends on whether there are bids, whoever asks."""

import pytest

from accounts.models import User
from api.views.tenders import Openings, Packages
from lifecycle.steps import TABLE
from tenders.models import Bid
from tests.api.conftest import ApiClient
from tests.api.routes import OF_PROJECT, address, address_of_step, all_addresses
from tests.factories import cemetery_on, courtyard_on, moment

pytestmark = pytest.mark.django_db

BIDDER, CODE = "埋名建筑有限公司", "91530300MA6KSECRET"


def everything_said(project, *people):
    """Return what every address answers to nobody in particular and to each of the people."""
    clients = {"anyone": ApiClient()} | {person.username: ApiClient(person) for person in people}
    return {
        (name, path): (answer.status_code, answer.content.decode())
        for name, client in clients.items()
        for path in all_addresses(project)
        for answer in [client.get(path)]
    }


def three_bids(scene):
    for serial in range(3):
        code = f"{CODE[:-1]}{serial}"
        scene.acts.receive_bid(scene.package, moment("08-12 10:00"), f"{BIDDER}{serial}", code, "钱七")


def test_before_the_opening_no_answer_changes_with_a_bid(calendar):
    scene = courtyard_on()
    calendar(scene.at)
    before = everything_said(scene.project, scene.people.manager)
    three_bids(scene)
    assert everything_said(scene.project, scene.people.manager) == before
    assert {status for status, _ in before.values()} == {200, 401}


def test_before_the_opening_nobody_reads_a_bidder_s_name(calendar):
    scene = courtyard_on()
    calendar(scene.at)
    three_bids(scene)
    bidder = User.objects.create(username="bidder", role=User.Role.BIDDER)
    one_of_each_role = {person.role: person for person in [bidder, *scene.people.everyone()]}
    assert one_of_each_role.keys() == set(User.Role.values)
    for asked, (_, said) in everything_said(scene.project, *one_of_each_role.values()).items():
        assert BIDDER not in said, asked
        assert CODE[:-1] not in said, asked


@pytest.mark.parametrize("view", [Packages, Openings])
def test_before_the_opening_bids_are_not_even_read_from_the_database(view):
    scene = courtyard_on()
    three_bids(scene)
    (package,) = view.queryset.all()
    assert package.revealed_bids == []


def test_before_the_opening_no_refusal_speaks_of_bidders(calendar):
    scene = courtyard_on()
    calendar(scene.at)
    scene.acts.receive_bid(scene.package, moment("08-12 10:00"), BIDDER, CODE, "钱七")
    manager = ApiClient(scene.people.manager)
    answers = [manager.send(address_of_step(scene.project, step)) for step in TABLE]
    assert {answer.status_code for answer in answers} == {403, 409}
    for answer in answers:
        for secret in (BIDDER, CODE, "钱七", "投标人少于"):
            assert secret not in answer.content.decode()


def test_with_the_opening_the_register_is_public(anyone):
    project = cemetery_on("07-06 09:30").project
    for route in ("api-packages", "api-openings"):
        (package,) = anyone.get(address(route, project)).json()
        assert [bid["bidder"][:4] for bid in package["bids"]] == ["云岭建设", "滇东市政", "清平第一", "南盘江建"]


def test_a_failed_tender_that_was_never_opened_keeps_its_bidders_secret(calendar, anyone):
    scene = courtyard_on()
    scene.acts.receive_bid(scene.package, moment("08-12 10:00"), BIDDER, CODE, "钱七")
    scene.acts.step("fail_tender", moment("08-12 11:00"), subject=scene.package, reason="招标范围须作重大调整。")
    for route in OF_PROJECT:
        assert BIDDER not in anyone.get(address(route, scene.project)).content.decode()


def test_ranks_and_the_report_are_secret_until_the_candidates_are_published(anyone):
    scene = cemetery_on("07-07 16:00")
    Bid.objects.filter(number=3).update(rejection_reason="投标函没有盖章")
    (package,) = anyone.get(address("api-packages", scene.project)).json()
    secret = ("candidates", "rejected", "evaluation", "award")
    assert {name: package[name] for name in secret} == dict.fromkeys(secret)
    said = "".join(anyone.get(address(route, scene.project)).content.decode() for route in OF_PROJECT)
    for words in ("投标函没有盖章", "三份投标均通过初步评审", "93.60"):
        assert words not in said


def test_the_winner_is_secret_until_the_award(anyone):
    scene = cemetery_on("07-13 16:00")
    (package,) = anyone.get(address("api-packages", scene.project)).json()
    assert [candidate["rank"] for candidate in package["candidates"]] == [1, 2, 3]
    assert package["award"] is None


def test_who_objected_is_never_said(anyone):
    scene = cemetery_on("07-13 16:00")
    said = "".join(anyone.get(address(route, scene.project)).content.decode() for route in OF_PROJECT)
    for words in ("要求过严", "另有在建工程，请求核实"):
        assert words not in said


def test_observers_are_named_by_their_office_only(anyone):
    scene = cemetery_on("07-06 10:16")
    (opening,) = anyone.get(address("api-openings", scene.project)).json()
    modes = {observer["institution"]: (observer["mode"], observer["reason"]) for observer in opening["observers"]}
    assert modes["清平县人民检察院"] == ("absent", "当日有出庭任务，已书面请假")
    concerns = [
        (observation["text"], observation["reply"])
        for observer in opening["observers"]
        for attendance in observer["attendances"]
        for observation in attendance["observations"]
        if observation["finding"] == "concern"
    ]
    assert concerns == [
        ("开标室后侧摄像机没有录像指示。", "已由交易中心技术员恢复，前侧摄像机全程录像，编号JY-0706-02。")
    ]
    assert opening["record"]["seals_finding"] == "三份投标文件密封完好"
    assert "孙志强" not in str(opening)
