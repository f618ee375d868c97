import pytest

from ledger import clock
from ledger.models import Entry
from lifecycle.steps import STEPS
from portal.staff.drafts import DRAFTS
from portal.staff.places import MENDING
from portal.staff.registers import REGISTERS
from portal.staff.uploads import UPLOADS
from portal.templatetags.desk import paper_title
from tenders.models import Hearing, Package, Project
from tests.factories import cemetery_on

pytestmark = pytest.mark.django_db


def card_of(page, step):
    return next(card for card in page.context["cards"] if card.item.step.name == step)


def test_a_step_that_is_not_allowed_yet_tells_every_reason_and_where_to_mend_it(client, at_desk):
    scene = cemetery_on("03-02 09:00")
    Project.objects.update(sanctions="", estimate_fen=5)

    page = client.get(f"{at_desk(scene)}/")

    card = card_of(page, "publish_plan")
    assert {reason.refusal.code for reason in card.reasons} == {"responsibility", "TH-12", "D03"}
    assert not card.is_free
    for reason in card.reasons:
        assert reason.refusal.message in page.text
        assert reason.refusal.basis in page.text
        assert reason.places
        for place in reason.places:
            assert f'href="{place.url}"' in page.text
            assert client.get(place.url).status_code == 200


def test_before_a_step_its_maker_sees_what_the_public_will_see(client, at_desk):
    scene = cemetery_on("03-02 16:00")

    page = client.get(f"{at_desk(scene)}/steps/publish_plan/{scene.project.pk}/")

    assert "办理即公开，办理后不能撤回" in page.text
    assert "树葬1200个" in page.text
    assert "¥18,000,000.00（1800万元）" in page.text
    assert "政府网站、报刊、广播、电视、街头大型效果图、公开栏" in page.text
    assert 'name="step" value="publish_plan"' in page.text


def test_a_step_is_taken_and_its_maker_told_the_entry(client, at_desk):
    scene = cemetery_on("03-02 16:00")
    address = f"{at_desk(scene)}/steps/publish_plan/{scene.project.pk}/"

    page = client.post(address, {"step": "publish_plan"}, follow=True)

    assert scene.project.stage == Project.Stage.CONSULTATION
    [entry] = scene.entries("step.publish_plan")
    assert f"已办理并公开：公布方案（公开账本第{entry.seq}条）。" in page.text


def test_a_refused_step_answers_409_with_all_reasons_and_changes_nothing(client, at_desk):
    scene = cemetery_on("07-06 09:25")
    before = Entry.objects.count()
    Package.objects.get().opening.__class__.objects.update(chair="")

    page = client.post(f"{at_desk(scene)}/steps/open_bids/{scene.package.pk}/")

    assert page.status_code == 409
    assert {r.refusal.code for r in page.context["reasons"]} == {"EV-01", "EV-05"}
    assert all(r.refusal.message in page.text for r in page.context["reasons"])
    assert scene.package.state == Package.State.ANNOUNCED
    assert Entry.objects.count() == before


def test_a_second_click_does_not_take_a_step_twice(client, at_desk):
    scene = cemetery_on("03-02 16:00")
    address = f"{at_desk(scene)}/steps/publish_plan/{scene.project.pk}/"

    client.post(address)

    assert client.post(address).status_code == 409
    assert len(scene.entries("step.publish_plan")) == 1


def test_a_step_of_another_office_is_greyed_and_refused(client, at_desk):
    scene = cemetery_on("03-09 10:00")
    desk = at_desk(scene)

    card = card_of(client.get(f"{desk}/"), "suspend")
    assert (card.is_free, card.office) == (False, "局领导")
    assert client.post(f"{desk}/steps/suspend/{scene.project.pk}/", {"reason": "想停"}).status_code == 403
    assert scene.project.standing == Project.Standing.ACTIVE


def test_a_step_that_needs_a_reason_publishes_it(client, at_desk):
    scene = cemetery_on("03-09 10:00")
    address = f"{at_desk(scene, 'leader')}/steps/suspend/{scene.project.pk}/"

    page = client.post(address, {"reason": " "})
    assert page.status_code == 409
    assert scene.project.standing == Project.Standing.ACTIVE

    client.post(address, {"reason": "等待用地批复"})
    assert scene.project.standing == Project.Standing.SUSPENDED
    assert scene.entries("step.suspend")[0].facts == {"reason": "等待用地批复"}


def test_the_draft_of_a_paper_can_be_looked_at_before(client, at_desk):
    scene = cemetery_on("03-02 09:00")
    address = f"{at_desk(scene)}/steps/publish_plan/{scene.project.pk}"

    response = client.get(f"{address}/plan-notice.docx")

    assert response.content.startswith(b"PK")
    assert "attachment" in response["Content-Disposition"]
    assert client.get(f"{address}/award-notice.docx").status_code == 404


def test_no_paper_of_a_step_that_is_not_on_offer_can_be_had(client, at_desk):
    scene = cemetery_on("07-06 09:25")
    address = f"{at_desk(scene, 'leader')}/steps/conclude_opening/{scene.package.pk}/opening-record.docx"

    assert client.get(address).status_code == 404  # it would name the bidders


def test_a_paper_of_which_nothing_is_drafted_yet_is_not_there(client, at_desk):
    scene = cemetery_on("07-10 12:00")

    assert client.get(f"{at_desk(scene)}/steps/award/{scene.package.pk}/award-notice.docx").status_code == 404


def test_at_the_deadline_only_who_opens_sees_what_the_opening_reveals(client, at_desk):
    scene = cemetery_on("07-06 09:25")
    scene.package.opening.__class__.objects.update(chair="周明远", recorder="林晓", bid_supervisor="何静")
    address = f"{at_desk(scene)}/steps/open_bids/{scene.package.pk}/"
    clock.advance(scene.package.bids_due_at)

    assert "云岭建设" in client.get(address).text
    client.force_login(scene.people.leader)
    assert "云岭建设" not in client.get(address).text


def test_a_step_on_a_thing_of_another_project_is_not_found(client, at_desk):
    scene = cemetery_on("06-12 09:00")
    desk = at_desk(scene)
    package = scene.package
    Project.objects.create(number="2026-777", name="别的项目", owner=scene.project.owner, manager=scene.people.manager)

    address = f"/desk/projects/2026-777/steps/announce_tender/{package.pk}/"

    assert client.get(address).status_code == 404
    assert client.get(f"{desk}/steps/nonsense/{package.pk}/").status_code == 404


def test_every_place_that_mends_a_refusal_exists():
    known = {*DRAFTS, *REGISTERS, *UPLOADS}
    assert {name for names in MENDING.values() for name in names} <= known


def test_every_paper_of_a_step_has_a_title():
    titles = [paper_title(template) for step in STEPS.values() for template in step.documents]
    assert all(titles)


def test_every_step_has_a_page(client, at_desk):
    scene = cemetery_on("07-23 15:00")
    desk = at_desk(scene)
    subjects = (scene.project, scene.consultation, Hearing.objects.get(), scene.package, scene.contract)
    pks = {type(subject): subject.pk for subject in subjects}

    pages = [client.get(f"{desk}/steps/{step.name}/{pks[step.subject]}/") for step in STEPS.values()]

    assert [page.status_code for page in pages] == [200] * len(STEPS)
