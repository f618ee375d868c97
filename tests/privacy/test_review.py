"""Before a release each finding of the detectors is resolved, in texts and in files, and the record says how many."""

from hashlib import sha256

import pytest
from django.core.files.base import ContentFile

from ledger.models import Entry
from lifecycle.demo.drafts import fill
from lifecycle.operations import take
from lifecycle.steps import STEPS
from tenders.findings import findings_of
from tenders.gates import is_released
from tenders.models import FileScan, TenderDocument
from tenders.operations.review import review
from tests import files
from tests.factories import cemetery_on, moment
from tests.racing import race
from tests.refusing import refuses

PHONE, IDENTITY = "13870214563", "530302199001011239"
LINE = "0870-5557799"


@pytest.fixture
def tender(db):
    """A tender whose notice and documents wait for their review."""
    return cemetery_on("06-12 09:00")


def lay(package, content, ending=".docx", title="补充说明"):
    digest = sha256(content).hexdigest()
    file = ContentFile(content, f"{digest[:16]}{ending}")
    return package.documents.create(kind=TenderDocument.Kind.OTHER, title=title, file=file, sha256=digest)


def decide(scene, *, released=True, **answers):
    return review(scene.package, released=released, actor=scene.people.reviewer, at=scene.at, **answers)


def grounds(scene, ground):
    return {finding.key: ground for finding in findings_of(scene.package)}


def test_a_number_in_a_text_keeps_the_document_back(tender):
    fill(tender.package, documents_from=f"请致电{PHONE}领取")

    with refuses("personal-data") as refused:
        decide(tender)

    assert "手机号（招标文件获取方式）" in str(refused.value)
    assert PHONE not in str(refused.value)
    assert "第十五条、第十七条" in refused.value.refusals[0].basis
    assert is_released(tender.package, tender.at)


def test_a_file_keeps_the_document_back_whatever_its_kind(tender):
    for content, ending, told in (
        (files.docx(f"联系{PHONE}"), ".docx", "手机号（补充说明 · 正文）"),
        (files.docx("正文", author="王小明"), ".docx", "作者或者修改人姓名（补充说明 · 文件属性 · creator）"),
        (files.changed_docx("新", "旧", "周明远"), ".docx", "看不见的内容（补充说明 · 修订：插入）"),
        (files.xlsx("甲", hidden=IDENTITY), ".xlsx", "身份证号（补充说明 · 隐藏的内容 · sheet2 A1）"),
        (files.pdf("page", f"call {PHONE}"), ".pdf", "手机号（补充说明 · 正文 · 2）"),
        (b"AC1032\0drawing", ".dwg", "机器读不了的内容（补充说明 · 没有能检查的部分）"),
    ):
        laid = lay(tender.package, content, ending)
        with refuses("personal-data") as refused:
            decide(tender)
        assert told in str(refused.value)
        laid.delete()
    assert decide(tender).released


def test_a_picture_of_the_plan_with_its_place_keeps_the_plan_back(db):
    scene = cemetery_on("03-02 09:00")
    content = files.jpeg(gps=True)
    digest = sha256(content).hexdigest()
    image = ContentFile(content, f"{digest[:16]}.jpg")
    scene.consultation.renderings.create(image=image, sha256=digest, caption="鸟瞰", alt="从空中看")
    with refuses("personal-data") as refused:
        review(scene.consultation, released=True, actor=scene.people.reviewer, at=scene.at)
    assert "拍摄地点（鸟瞰 · 图片附带的信息 · GPS）" in str(refused.value)


def test_on_a_ground_it_may_stay_and_the_record_says_how_many_and_not_what(tender):
    fill(tender.package, documents_from=f"办公电话{LINE}，手机{PHONE}")
    lay(tender.package, files.docx("正文", author="王小明"))
    found = findings_of(tender.package)
    given = dict(zip((f.key for f in found), ("office", "office", "in-office"), strict=True))

    done = decide(tender, grounds=given)

    entry = Entry.objects.filter(kind="review.recorded", subject=tender.package.path).get()
    assert entry.facts["personal_data"] == {
        "found": {"author": 1, "landline": 1, "mobile": 1},
        "may_stay": {"in-office": 1, "office": 2},
        "removed": 0,
    }
    assert not is_released(tender.package, tender.at)
    kept = list(done.findings.values_list("kind", "ground", "excerpt"))
    assert kept == [
        ("landline", "office", "办公电话0870-*******，手机"),
        ("mobile", "office", "，手机138****4563"),
        ("author", "in-office", "王**"),
    ]
    assert not any(datum in str(FileScan.objects.values_list("hits")) for datum in (PHONE, LINE, "王小明"))


def test_no_ground_but_a_false_alarm_lets_an_identity_number_stay(tender):
    fill(tender.package, documents_from=f"身份证{IDENTITY}")
    for ground in ("office", "in-office", "project-leader", "by-hand", "", "whatever"):
        with refuses("personal-data"):
            decide(tender, grounds=grounds(tender, ground))
    assert decide(tender, grounds=grounds(tender, "false-alarm")).released


def test_what_is_removed_after_a_review_is_counted_in_the_next(tender):
    before = tender.package.documents_from
    fill(tender.package, documents_from=f"请致电{PHONE}领取")
    refused = decide(tender, released=False, remark="删去手机号")
    assert list(refused.findings.values_list("ground", flat=True)) == [""]

    fill(tender.package, documents_from=before)
    decide(tender)

    _first, second = Entry.objects.filter(kind="review.recorded", subject=tender.package.path).in_order()
    assert second.facts["personal_data"] == {"found": {}, "may_stay": {}, "removed": 1}


def test_a_number_that_comes_after_the_review_needs_another(tender):
    decide(tender)
    fill(tender.package, documents_from=f"请致电{PHONE}领取")
    with refuses("D03", "FC-01"):
        take(STEPS["announce_tender"], tender.package.pk, actor=tender.people.manager, at=moment("06-15 09:00"))
    with refuses("personal-data"):
        decide(tender)


def test_a_file_is_looked_through_once_until_more_is_known(tender):
    lay(tender.package, files.docx(f"联系{LINE}"))
    assert len(findings_of(tender.package)) == 1
    scanned = FileScan.objects.count()
    findings_of(tender.package)
    assert FileScan.objects.count() == scanned

    fill(tender.project, contact_phone=LINE)
    assert findings_of(tender.package) == []


def test_a_long_text_is_looked_through_to_its_end(tender):
    fill(tender.package, scope="土方。" * 1000 + PHONE)
    with refuses("personal-data"):
        decide(tender)


@pytest.mark.django_db(transaction=True)
def test_of_an_edit_and_a_review_at_once_none_lets_a_number_out():
    scene = cemetery_on("06-12 09:00")

    outcomes = race(lambda: decide(scene))
    fill(scene.package, documents_from=PHONE)

    assert outcomes == ["done", "done"]
    assert is_released(scene.package, scene.at)
