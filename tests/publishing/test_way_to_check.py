"""Each page of a paper on record says where it is checked, in words and as a code; a draft does not."""

import io

import docx
import pytest
import zxingcpp
from PIL import Image

from publishing import documents
from tests.factories import cemetery_on

pytestmark = pytest.mark.django_db


def footers(content):
    return [section.footer for section in docx.Document(io.BytesIO(content)).sections]


def test_the_code_in_the_corner_leads_to_the_verifier(settings):
    scene = cemetery_on("03-09 09:10")

    _title, content = documents.generate("plan-notice", scene.consultation.pk)

    for footer in footers(content):
        assert f"{settings.SITE_URL}/verify/" in "".join(paragraph.text for paragraph in footer.paragraphs)
        [picture] = [part for part in footer.part.related_parts.values() if "image" in part.content_type]
        assert zxingcpp.read_barcode(Image.open(io.BytesIO(picture.blob))).text == f"{settings.SITE_URL}/verify/"


def test_the_same_paper_has_the_same_bytes():
    scene = cemetery_on("03-09 09:10")

    assert documents.generate("plan-notice", scene.consultation.pk) == documents.generate(
        "plan-notice", scene.consultation.pk
    )


def test_a_draft_cannot_be_checked_and_does_not_say_so():
    scene = cemetery_on("03-09 09:10")

    _title, content = documents.generate("plan-notice", scene.consultation.pk, draft=True)

    assert "verify" not in "".join(paragraph.text for footer in footers(content) for paragraph in footer.paragraphs)
