"""What people type into acts goes public at once: no act takes personal data into the record."""

from datetime import date

import pytest
from django.core.files.base import ContentFile

from integrity.models import Attendance
from ledger.models import Entry
from lifecycle.demo.drafts import fill
from statutes.refusal import ActRefused
from tenders.gates.placement import Photo
from tenders.gates.privacy import words_name_nobody
from tenders.models import Comment, Placement
from tenders.operations.opening import open_envelope
from tenders.operations.placements import record_placement
from tenders.personal import Kind
from tests import files
from tests.factories import cemetery_on, courtyard_on, hall_on, moment
from tests.planting import samples
from tests.refusing import refuses

pytestmark = pytest.mark.django_db

PHONE = "13870214563"
SAID = f"请王某到场，电话{PHONE}"


def test_the_refusal_names_the_kind_and_the_place_and_not_the_number():
    scene = hall_on()
    refusal = words_name_nobody(scene.project, {"答复": f"请您联系工作人员办理，{PHONE}"})
    assert refusal.message.startswith("“答复”第12个字起像是手机号。")
    assert PHONE not in refusal.message
    assert "第二十五条" in refusal.basis


def test_the_numbers_of_offices_may_be_named(django_assert_num_queries):
    project = hall_on().project
    with django_assert_num_queries(0):
        assert words_name_nobody(project, {"答复": "已采纳。"}) is None
    with django_assert_num_queries(2):
        assert words_name_nobody(project, {"答复": f"请致电{project.contact_phone}、纪委0870-5550110"}) is None


@pytest.mark.parametrize("kind", list(Kind))
def test_an_answer_with_any_kind_of_them_is_refused(kind):
    scene = hall_on()
    comment = Comment.objects.filter(answer=None).first()
    for datum in samples(kind, 3):
        with refuses("personal-data"):
            scene.acts.answer(comment, scene.at, "explained", f"请联系{datum}。")
        with refuses("personal-data"):
            scene.acts.answer(comment, scene.at, "adopted", "已采纳。", f"请联系{datum}。")
    scene.acts.answer(comment, scene.at, "explained", "请到窗口办理。")


def test_a_comment_is_received_as_it_is_and_not_shown_as_it_is():
    scene = hall_on()
    comment = scene.acts.comment(scene.at, SAID)
    assert comment.text == SAID
    with refuses("personal-data") as refused:
        scene.acts.show(comment, scene.at)
    assert "第9个字起像是手机号" in str(refused.value)
    scene.acts.show(scene.acts.comment(scene.at, f"请先打{scene.project.contact_phone}"), scene.at)


def test_reasons_of_steps_and_placements():
    scene = hall_on()
    with refuses("personal-data"):
        scene.acts.step("suspend", scene.at, reason=SAID)
    placed = {
        "announced": "step.publish_plan",
        "kind": "platform",
        "receipt": "7",
        "posted_at": scene.at,
        "at": scene.at,
    }
    with refuses("personal-data"):
        scene.acts.place(place=f"平台（{PHONE}）", **placed)
    with refuses("personal-data"):
        scene.acts.place(place="平台", note=SAID, **placed)
    scene.acts.place(place="平台", **placed)
    with refuses("personal-data"):
        scene.acts.take_away("平台", scene.at, SAID)


def test_a_photo_that_says_where_it_was_taken_is_no_evidence():
    scene = hall_on()
    entry = Entry.objects.get(kind="step.publish_plan")
    draft = Placement(project=scene.project, announced=entry, kind="board", place="大门", posted_at=scene.at)
    draft.photo_alt = "大门旁的公开栏"
    photo = Photo(ContentFile(files.jpeg(gps=True), "a.jpg"), "0" * 64)
    with refuses("personal-data"):
        record_placement(draft, [photo], actor=scene.people.clerk, at=scene.at)


def test_clarifications_and_approvals_and_names_of_bidders():
    scene = courtyard_on()
    with refuses("personal-data"):
        scene.acts.clarify(scene.package, scene.at, SAID)
    with refuses("personal-data"):
        scene.acts.approve(scene.at, f"批复（{PHONE}）", "清发改〔2026〕9号", "发改局")
    with pytest.raises(ActRefused, match="手机号"):
        scene.acts.receive_bid(scene.package, scene.at, f"某公司{PHONE}", "91530300MA6K00004D", "钱七")


def test_what_is_said_at_an_opening_and_what_its_record_says():
    scene = cemetery_on("07-06 09:20")
    acts, at = scene.acts, moment("07-06 09:30")
    acts.step("open_bids", at, subject=scene.package)
    attendance = Attendance.objects.order_by("pk")[0]
    with refuses("personal-data"):
        acts.observe(attendance, at, "seals", "note", SAID)
    with refuses("personal-data"):
        acts.leave(attendance, at, SAID)
    acts.check_seals(scene.package, at)
    open_envelope(scene.package.bids.accepted()[0].pk, actor=scene.people.clerk, at=at)
    with refuses("personal-data"):
        acts.read(scene.package.bids.accepted()[0], at, 1_300_000_000, "高峰", "云253202100318", remark=SAID)
    note = acts.observe(attendance, at, "recording", "note", "没有录像指示。")
    with refuses("personal-data"):
        acts.reply(note, at, SAID)
    with refuses("personal-data"):
        acts.absent(scene.package, scene.people.procurator, at, SAID)


def test_a_step_names_the_field_that_names_somebody():
    scene = cemetery_on("08-07 09:00")
    fill(scene.contract.commencement, supervisor=f"监理{PHONE}", permit_number="530300202608030101",
         permit_organ="住建局", permit_on=date(2026, 8, 3), starts_on=date(2026, 8, 10))  # fmt: skip
    with refuses("personal-data") as refused:
        scene.acts.step("start_works", moment("08-10 08:30"))
    assert "起像是手机号" in str(refused.value)
    assert "530300202608030101" not in str(refused.value)
