"""A prequalification at the desk and before the public: chosen, written, taken in, judged, told by letter."""

import io
from dataclasses import replace

import docx
import pytest
from django.template.loader import render_to_string

from lifecycle.operations import take
from lifecycle.steps import STEPS
from publishing.pages.project import project_page
from publishing.pages.record import Record
from tenders.models import Applicant, Package, Prequalification
from tests.bidding import credit_code
from tests.factories import cemetery_on, moment
from tests.tenders.prequalifying import CONCLUDED, DUE, REVIEWERS, apply, concluded_with, published_on

pytestmark = pytest.mark.django_db
SECRETS = ("建筑有限公司", "91530300MA")


def act(client, desk, name, thing, **sent):
    address = f"{desk}/acts/{name}/{thing.pk}/"
    token = client.get(address).context["form"]["token"].value()
    return client.post(address, {"token": token, **sent})


def texts(content):
    return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs)


def public_page(scene, at):
    page = project_page(scene.project, Record(scene.project), at=at)
    return page["tenders"], render_to_string("public/project.html", page)


def test_a_manager_chooses_it_writes_its_notice_and_sees_what_is_missing(client, at_desk):
    scene = cemetery_on("06-12 09:00")
    desk = at_desk(scene)
    assert act(client, desk, "choose-prequalification", scene.package).status_code == 302
    ours = Prequalification.objects.get()
    assert client.get(f"{desk}/drafts/prequalification/{ours.pk}/").status_code == 200
    assert "资格预审文件获取方式" in client.get(f"{desk}/steps/publish_prequalification/{scene.package.pk}/").text
    assert "资格预审申请登记" in client.get(f"{desk}/").text
    assert act(client, desk, "drop-prequalification", scene.package).status_code == 302
    assert not Prequalification.objects.exists()


def test_the_public_reads_the_notice_and_nothing_of_who_applies(client, at_desk):
    scene = published_on()
    apply(scene, 1)
    tenders, page = public_page(scene, DUE)
    assert [tender.state for tender in tenders] == ["资格预审中"]
    for words in ("资格预审公告", "资格审查方法", "资格预审文件（任何人可以下载", "对资格预审文件提问"):
        assert words in page
    assert not any(secret in page for secret in SECRETS)
    assert client.get(f"/projects/{scene.project.number}/packages/1/object/").status_code == 200


def test_an_application_is_taken_in_given_back_and_taken_in_again(client, at_desk):
    scene = replace(published_on(), at=moment("06-29 16:00"))
    desk = at_desk(scene, "clerk")
    sent = {"applicant": "第1建筑有限公司", "credit_code": credit_code(1), "delivered_by": "何强"}
    assert act(client, desk, "register-application", scene.package, **sent).status_code == 302
    assert "第1建筑有限公司" in client.get(f"{desk}/registers/applicants/{scene.package.pk}/").text
    applicant = Applicant.objects.get()
    assert act(client, desk, "withdraw-application", applicant, withdrawn_by="何强").status_code == 302
    assert act(client, desk, "register-application", scene.package, **sent).status_code == 302
    assert sorted(Applicant.objects.values_list("status", flat=True)) == ["accepted", "withdrawn"]


def test_verdicts_are_written_after_the_deadline_and_told_by_letter(client, at_desk):
    scene = published_on()
    for serial in (1, 2, 3, 4):
        apply(scene, serial)
    desk = at_desk(replace(scene, at=moment("06-30 09:00")))
    ours = scene.package.prequalification
    address = f"{desk}/drafts/qualification-review/{ours.pk}/"
    sheet = client.get(address).context["sheet"]
    sent = {"reviewers": REVIEWERS, "revision": sheet.form["revision"].value(), "verdicts-TOTAL_FORMS": 4}
    sent |= {"verdicts-INITIAL_FORMS": 4}
    for n, applicant in enumerate(scene.package.applicants.all()):
        failed = applicant.number == 4
        sent |= {f"verdicts-{n}-id": applicant.pk, f"verdicts-{n}-passed": str(not failed)}
        sent |= {f"verdicts-{n}-reason": "没有安全生产许可证" if failed else ""}
    assert client.post(address, sent).status_code == 302
    take(STEPS["conclude_prequalification"], scene.package.pk, actor=scene.people.manager, at=CONCLUDED)
    first, last = scene.package.applicants.first(), scene.package.applicants.last()
    letter = client.get(f"{desk}/kept/prequalification-failed/{last.pk}.docx")
    assert "没有安全生产许可证" in texts(letter.getvalue())
    assert "邀请你单位参加投标" in texts(client.get(f"{desk}/kept/prequalification-passed/{first.pk}.docx").getvalue())
    assert client.get(f"{desk}/kept/prequalification-passed/{last.pk}.docx").status_code == 404


def test_who_reviews_documents_sees_neither_applications_nor_verdicts(client, at_desk):
    scene = concluded_with()
    desk = at_desk(scene, "reviewer")
    ours = scene.package.prequalification
    assert client.get(f"{desk}/registers/applicants/{scene.package.pk}/").status_code == 404
    assert client.get(f"{desk}/drafts/qualification-review/{ours.pk}/").status_code == 404
    page = client.get(f"{desk}/").text + client.get(f"{desk}/registers/record/{scene.project.pk}/").text
    assert not any(secret in page for secret in SECRETS)


@pytest.mark.rule("EM-01")
def test_after_the_result_page_and_interface_tell_that_enough_passed_and_no_more(client):
    scene = concluded_with()
    _tenders, page = public_page(scene, CONCLUDED)
    assert "通过的不少于三家" in page
    (told,) = client.get(f"/api/v1/projects/{scene.project.number}/prequalifications/").json()
    assert (told["enough"], told["digest"]) == (True, Package.objects.get().prequalification.digest)
    assert not any(secret in page + str(told) for secret in SECRETS)
