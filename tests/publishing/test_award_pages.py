"""What the public reads of an evaluation and an award: on the project's page and in notices."""

from datetime import date

import pytest

from contracts.operations import revoke_award
from ledger.models import Entry
from lifecycle.demo.drafts import fill
from publishing.texts import written
from tenders.models import Award
from tenders.operations.award import extend_validity
from tests.factories import cemetery_on, moment
from tests.publishing.reading import publish, text
from tests.publishing.test_texts import SAID
from tests.tenders.evaluating import evaluated, procured

pytestmark = pytest.mark.django_db
PAGE = "/projects/2026-001/"


def told(kind):
    return written(Entry.objects.get(kind=kind))[1]


def test_an_award_that_was_lost_is_told_and_no_longer_shown_as_the_result(settings):
    settings.DEMO = True
    scene = cemetery_on("07-13 16:00")
    act = {"actor": scene.people.manager, "at": moment("07-13 17:00")}
    extend_validity(scene.package.pk, until=date(2026, 10, 20), reason="评标延后", **act)
    Award.objects.create(package=scene.package, winner=scene.package.bids.get(rank=1), determined_on=date(2026, 7, 14))
    scene.acts.step("award", moment("07-14 09:00"), subject=scene.package)
    act["at"] = moment("07-20 09:00")
    revoke_award(scene.package.pk, ground="refused", reason="书面表示不签合同", **act)
    publish(act["at"])

    for kind in ("award.revoked", "bids.validity-extended"):
        assert [words for words in SAID[kind] if words not in told(kind)] == []
    assert "取消中标资格：云岭建设工程有限公司 书面表示不签合同" in text(PAGE)
    assert "中标结果 中标人" not in text(PAGE)
    assert "取消中标资格" in text("/corrections/")


def test_rejected_bids_stand_with_ground_and_reason_beside_the_candidates(settings):
    settings.DEMO = True
    scene = evaluated()
    rejected = {"rank": None, "rejection_ground": "price", "rejection_reason": "报价高于最高投标限价。"}
    fill(scene.package.bids.get(rank=3), **rejected)
    scene.acts.step("evaluate", moment("07-07 16:00"), subject=scene.package)
    scene.acts.step("publish_candidates", moment("07-08 09:00"), subject=scene.package)
    publish(moment("07-08 09:05"))

    assert "清平第一建筑有限公司，报价低于成本或者高于最高投标限价，报价高于最高投标限价。" in told(
        "step.publish_candidates"
    )
    assert "报价低于成本或者高于最高投标限价" in text(PAGE)
    assert "招标人公示前的核对" in text(PAGE)


def test_the_result_of_a_procurement_names_its_experts_in_public(settings):
    settings.DEMO = True
    scene = procured(cemetery_on("07-07 16:00"))
    Award.objects.create(
        package=scene.package,
        winner=scene.package.bids.get(rank=1),
        determined_on=date(2026, 7, 8),
        winner_address="清平县工业园区创新路20号",
        items="改扩建工程施工一项",
    )
    scene.acts.step("award", moment("07-08 09:00"), subject=scene.package)
    publish(moment("07-08 09:05"))

    for said in (told("step.award"), text(PAGE)):
        assert "罗启明、段玉兰、许建国、白雪梅" in said
        assert "改扩建工程施工一项" in said
    assert "唐小军" not in text(PAGE)
