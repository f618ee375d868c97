from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tenders.models import Rendering, TenderDocument
from tests.factories import cemetery_on
from tests.portal.desks import picture

pytestmark = pytest.mark.django_db

WORDS = {"caption": "正门", "alt": "正门，两棵柏树", "position": "0"}
PDF = b"%PDF-1.7\n%%EOF"


@pytest.fixture
def plan(at_desk):
    """A plan that is still a draft, with the address of its renderings."""
    scene = cemetery_on("03-02 15:00")
    return scene, f"{at_desk(scene)}/files/renderings/{scene.consultation.pk}/"


def lay(client, address, content, **words):
    return client.post(address, {"picture": SimpleUploadedFile("photo.jpg", content)} | WORDS | words)


def stored_bytes(stored):
    with stored.open("rb") as file:
        return file.read()


def test_a_picture_is_laid_to_a_plan_and_taken_away_again(client, plan):
    scene, address = plan

    assert lay(client, address, picture()).status_code == 302

    laid = scene.consultation.renderings.get(caption="正门")
    assert (laid.width, laid.height, laid.alt) == (40, 30, "正门，两棵柏树")
    assert laid.sha256 == sha256(stored_bytes(laid.image)).hexdigest()

    client.post(f"{address}{laid.pk}/remove/")

    assert not scene.consultation.renderings.filter(caption="正门").exists()
    assert not laid.image.storage.exists(laid.image.name)


@pytest.mark.parametrize(("field", "sent"), [("alt", {"alt": ""}), ("picture", {"picture": ""})])
def test_a_picture_without_words_and_words_without_a_picture_are_not_taken(client, plan, field, sent):
    scene, address = plan
    before = scene.consultation.renderings.count()

    response = client.post(address, {"picture": SimpleUploadedFile("photo.jpg", picture())} | WORDS | sent)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert "正门" in response.text
    assert scene.consultation.renderings.count() == before


def test_the_pictures_of_a_published_plan_stay_as_they_are(client, at_desk):
    scene = cemetery_on("03-09 10:00")
    address = f"{at_desk(scene)}/files/renderings/{scene.consultation.pk}/"
    before = list(Rendering.objects.values_list("pk", "sha256"))

    assert lay(client, address, picture()).status_code == 409
    response = client.post(f"{address}{before[0][0]}/remove/", follow=True)

    assert "方案已经公布" in response.text
    assert list(Rendering.objects.values_list("pk", "sha256")) == before


def test_a_document_is_laid_to_a_tender_under_its_digest(client, at_desk):
    scene = cemetery_on("06-12 09:00")
    address = f"{at_desk(scene)}/files/documents/{scene.package.pk}/"

    client.post(address, {"document": SimpleUploadedFile("图纸.pdf", PDF), "kind": "drawings", "title": "总平面图"})

    laid = TenderDocument.objects.get(title="总平面图")
    assert laid.sha256 == sha256(PDF).hexdigest() == sha256(stored_bytes(laid.file)).hexdigest()


def test_a_file_that_another_draft_holds_too_outlives_its_row(client, at_desk):
    scene = cemetery_on("06-12 09:00")
    first = scene.package.documents.first()
    twin = scene.package.documents.create(kind="other", title="副本", file=first.file.name, sha256=first.sha256)

    client.post(f"{at_desk(scene)}/files/documents/{scene.package.pk}/{twin.pk}/remove/")

    assert not TenderDocument.objects.filter(pk=twin.pk).exists()
    assert first.file.storage.exists(first.file.name)


def test_the_files_of_a_draft_are_for_the_bureau_only(client, plan):
    scene, address = plan
    stored = scene.consultation.renderings.first()

    response = client.get(f"{address}{stored.pk}/")
    assert sha256(response.getvalue()).hexdigest() == stored.sha256

    client.force_login(scene.people.reviewer)
    assert client.get(address).status_code == 200
    assert lay(client, address, picture()).status_code == 404

    client.force_login(scene.people.discipline)
    assert client.get(f"{address}{stored.pk}/").status_code == 404

    client.logout()
    assert client.get(f"{address}{stored.pk}/").status_code == 302
