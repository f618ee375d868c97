"""
A hundred data of each kind, planted wherever people type or upload, and looked for wherever the public can read.

What the public can read: every file of the published site, packed ones unpacked, the API, the forms, the record; and
what it must not be left in all the same: log lines.
"""

import gzip
import io
import json
import logging
import zipfile
from hashlib import sha256

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from ledger.models import Entry
from lifecycle.demo.acts import Acts
from lifecycle.demo.drafts import fill
from lifecycle.operations import take
from lifecycle.steps import STEPS
from statutes.refusal import ActRefused
from tenders.models import Comment, FileScan, Project, ReviewFinding, TenderDocument
from tenders.operations.comments import receive_comment, show_comment
from tenders.operations.review import review
from tenders.personal import Kind
from tests import files
from tests.api.conftest import ApiClient
from tests.api.routes import all_addresses
from tests.factories import cemetery_on, hall_on, make_people
from tests.planting import samples
from tests.publishing.announcing import send_out
from tests.publishing.reading import every_file, publish

pytestmark = pytest.mark.django_db

PLANTED = {kind: samples(kind) for kind in Kind}
EVERYTHING = [datum for data in PLANTED.values() for datum in data]
IN_ONE_TEXT = 30
HEAD = "我家的情况："


def texts():
    """All that is planted, in texts as long as people write them: some of each kind in each."""
    mixed = [datum for row in zip(*PLANTED.values(), strict=True) for datum in row]
    return [HEAD + "，".join(mixed[i : i + IN_ONE_TEXT]) for i in range(0, len(mixed), IN_ONE_TEXT)]


def whole_files():
    """Files that hold all of it, seen and unseen. The typeface of the PDF has no Chinese, so no plates there."""
    written = "\n".join(EVERYTHING)
    ascii_only = "\n".join(datum for datum in EVERYTHING if datum.isascii())
    return {
        ".docx": files.docx(*texts(), author="王小明", **{"word/comments.xml": files.comments_of("李四", written)}),
        ".xlsx": files.xlsx("清单", hidden=written, comment=written, author="王小明"),
        ".pdf": files.pdf("cover", ascii_only, info={"/Author": written, "/Keywords": written}, note=ascii_only),
        ".zip": files.archive(**{"a.txt": written.encode(), "b.docx": files.changed_docx(written, written, "李四")}),
    }


def is_refused(act, *args, **options):
    with pytest.raises(ActRefused) as refused:
        act(*args, **options)
    assert "personal-data" in [refusal.code for refusal in refused.value.refusals]


def readable(name, content):
    """Yield what somebody reads in a file of the site: unpacked, and the parts of a Word file."""
    if name.endswith(".gz"):
        content = gzip.decompress(content)
    yield content
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield from (archive.read(part) for part in archive.namelist())


def left_in(haystack):
    """Return which of the planted data stand in some bytes, in letters or escaped as JSON does."""
    return [datum for datum in EVERYTHING if datum.encode() in haystack or json.dumps(datum)[1:-1].encode() in haystack]


@pytest.fixture
def county(settings):
    """A project that takes comments, and one whose tender waits for its review."""
    settings.DEMO = True
    people = make_people("a-password-of-tests")
    tender = cemetery_on("06-12 09:00", people)
    package = tender.package
    scene = hall_on(people=people)
    hall = Project.objects.exclude(pk=package.project_id).get()
    return people, hall, package, scene.at


def plant_comments(hall, at):
    consultation = hall.current_consultation()
    for n, text in enumerate(texts()):
        contact = EVERYTHING[n * 7]
        receive_comment(consultation.pk, text=text, at=at, name=EVERYTHING[n * 11], contact=contact)


def plant_words(acts, at):
    for text in texts():
        is_refused(acts.step, "suspend", at, reason=text[:900])
        is_refused(acts.place, "step.publish_plan", "platform", "平台", at, at, receipt="7", note=text[:200])
    for comment in Comment.objects.filter(text__startswith=HEAD):
        is_refused(acts.answer, comment, at, "explained", comment.text)
        is_refused(show_comment, comment.pk, actor=acts.people.clerk, at=at)


def plant_files(package, people, at):
    fill(package, documents_from="\n".join(EVERYTHING))
    for ending, content in whole_files().items():
        digest = sha256(content).hexdigest()
        file = ContentFile(content, f"{digest[:16]}{ending}")
        package.documents.create(kind=TenderDocument.Kind.OTHER, title="附件", file=file, sha256=digest)
    is_refused(review, package, released=True, actor=people.reviewer, at=at)
    review(package, released=False, actor=people.reviewer, at=at, remark="全部删去")
    with pytest.raises(ActRefused):
        take(STEPS["announce_tender"], package.pk, actor=people.manager, at=at)


def ask(hall, package):
    """Return what the API and the forms answer to anybody, also to one who sends such data."""
    anyone = ApiClient()
    answers = [anyone.get(address) for project in (hall, package.project) for address in all_addresses(project)]
    browser = Client(REMOTE_ADDR=f"2a01:{package.pk:x}::7")
    answers += [browser.get(address) for address in ("/receipts/", f"/projects/{hall.number}/comment/")]
    sent = {"text": "", "contact": EVERYTHING[0], "name": EVERYTHING[1], "code": EVERYTHING[2]}
    for address in ("/receipts/", f"/projects/{hall.number}/comment/"):
        assert browser.post(address, sent).status_code < 500  # its answer shows the sender what was typed
    return [b"".join(answer) if answer.streaming else answer.content for answer in answers]


def test_what_is_planted_reaches_no_public_place_and_no_log(county, caplog, capfd):
    people, hall, package, at = county
    caplog.set_level(logging.INFO)  # as the product is run

    plant_comments(hall, at)
    plant_words(Acts(hall, people), at)
    plant_files(package, people, at)
    publish(at)
    send_out()
    answers = ask(hall, package)

    assert left_in(b"\n".join(part for name, content in every_file().items() for part in readable(name, content))) == []
    assert left_in(b"\n".join(answers)) == []
    assert left_in(b"".join(bytes(body) for body in Entry.objects.values_list("body", flat=True))) == []
    assert left_in(caplog.text.encode()) == []
    assert left_in("".join(capfd.readouterr()).encode()) == []


def test_the_desk_keeps_what_was_found_masked(county):
    people, _hall, package, at = county
    plant_files(package, people, at)

    hits = json.dumps(list(FileScan.objects.values_list("hits", flat=True)), ensure_ascii=False)
    assert left_in(hits.encode()) == []
    kept = "\n".join("".join(row) for row in ReviewFinding.objects.values_list("place", "excerpt"))
    assert left_in(kept.encode()) == []
    counted = Entry.objects.filter(kind="review.recorded", subject=package.path).get().facts["personal_data"]
    assert all(counted["found"][kind] >= 100 for kind in Kind)


def test_the_search_would_find_it():
    """What the other tests rely on: planted data is found where it does stand."""
    assert left_in("\n".join(texts()).encode()) == EVERYTHING
    assert left_in(json.dumps(texts()).encode()) == EVERYTHING
