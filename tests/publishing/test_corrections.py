"""Nothing disappears: what was published is corrected, withdrawn or taken down by acts that everybody can read."""

import json
from datetime import date, timedelta
from hashlib import sha256

import pytest
from django.core.exceptions import PermissionDenied

from contracts.models import Document
from ledger import outbox
from ledger.models import Entry
from publishing import notices, site
from publishing.amending import editable_text
from publishing.handlers import HANDLERS
from publishing.models import Amendment, Notice, TakeDown
from publishing.operations import (
    confirm_take_down,
    correct_notice,
    drop_take_down,
    propose_take_down,
    withdraw_notice,
)
from publishing.pages.comparison import compare
from tenders.models import Rendering
from tests.factories import cemetery_on, hall_on, moment
from tests.publishing.reading import every_file, path_of, publish, source, text
from tests.racing import race
from tests.refusing import refuses

pytestmark = pytest.mark.django_db

REASON = "联系电话排印有误。"


@pytest.fixture(autouse=True)
def demo(settings):
    settings.DEMO = True


def work_off():
    """Do all that waits, in whatever order the queues give it."""
    for _round in range(4):
        for queue in ("render", "deliver", "ledger"):
            outbox.drain(queue, HANDLERS)


def notice_of(kind, scene):
    return notices.issue(scene.entries(kind)[0])


@pytest.fixture
def hall():
    scene = hall_on()
    return scene, notice_of("step.publish_plan", scene)


def correct(scene, notice, **changes):
    details = {
        "text": f"{editable_text(notice)}联系电话：0870-5550103\n",
        "reason": REASON,
        "effective_on": scene.at.date(),
        "ground": "office",
        "actor": scene.people.manager,
        "at": scene.at,
    }
    return correct_notice(notice.pk, **details | changes)


# -- corrections -------------------------------------------------------------------------------------------------------


def test_a_correction_names_both_texts_and_points_at_the_act(hall):
    scene, notice = hall

    amendment = correct(scene, notice)
    new = notices.issue(amendment.entry)

    (entry,) = scene.entries("notice.corrected")
    assert entry.corrects == notice.entry_id
    assert (entry.facts["old_sha256"], entry.facts["new_sha256"]) == (notice.sha256, new.sha256)
    assert sha256(new.body.encode()).hexdigest() == new.sha256
    assert entry.facts["reason"] == REASON
    assert entry.facts["reaches_back"] is False
    assert new.body.startswith(f"更正：{notice.title}\n")
    assert "联系电话：0870-5550103" in new.body
    assert f"更正的理由：{REASON}" in new.body
    assert Notice.objects.get(pk=notice.pk).body == notice.body


def test_a_correction_may_reach_back_to_the_day_of_the_notice_and_says_so(hall):
    scene, notice = hall
    first = moment("07-20 00:00").date()
    for wrong in (first - timedelta(days=1), scene.at.date() + timedelta(days=1)):
        with refuses("effective"):
            correct(scene, notice, effective_on=wrong)

    amendment = correct(scene, notice, effective_on=first)

    assert amendment.entry.facts["reaches_back"] is True
    assert "自2026年7月20日起执行（早于本公告的公布日期）" in amendment.body


def test_what_is_wrong_with_a_correction_is_told_at_once(hall):
    scene, notice = hall
    with refuses("unchanged", "reason", "effective"):
        correct(scene, notice, text=editable_text(notice), reason=" ",
                effective_on=date(2027, 1, 1))  # fmt: skip


@pytest.mark.parametrize(
    ("number", "ground"),
    [
        ("530302199001011234", "office"),
        ("53030219900101123X", ""),
        ("13812345678", ""),
        ("0870-5550103", ""),
        ("6222021001116245702", "office"),
        ("wang@example.org", ""),
        ("云C12A45", "office"),
    ],
)
def test_numbers_of_persons_do_not_slip_into_a_corrected_text(hall, number, ground):
    scene, notice = hall
    with refuses("personal-data") as refused:
        correct(scene, notice, text=f"{notice.body}联系 {number}\n", ground=ground)
    assert number not in str(refused.value)
    with refuses("personal-data"):
        correct(scene, notice, reason=f"{number}来电反映", text=f"{notice.body}补\n", ground=ground)
    with refuses("PD-03", "personal-data"):
        withdraw_notice(notice.pk, reason=f"{number}来电反映", actor=scene.people.manager, at=scene.at)


def test_the_number_of_an_office_goes_into_a_corrected_text_on_a_recorded_ground(hall):
    scene, notice = hall
    correct(scene, notice, ground="office")
    (entry,) = scene.entries("notice.corrected")
    assert entry.facts["personal_data"] == {"found": {"landline": 1}, "may_stay": "office"}


@pytest.mark.parametrize("role", ["clerk", "leader", "reviewer", "discipline"])
def test_only_the_manager_corrects_and_withdraws(hall, role):
    scene, notice = hall
    with pytest.raises(PermissionDenied):
        correct(scene, notice, actor=getattr(scene.people, role))
    with pytest.raises(PermissionDenied):
        withdraw_notice(notice.pk, reason=REASON, actor=getattr(scene.people, role), at=scene.at)


def test_a_corrected_notice_is_corrected_further_at_its_newest(hall):
    scene, notice = hall
    second = notices.issue(correct(scene, notice).entry)
    with refuses("wrong-state") as refused:
        correct(scene, notice)
    assert f"公开第{second.pk}号" in refused.value.refusals[0].message

    third = notices.issue(correct(scene, second, text=f"{editable_text(second)}又改了一处。\n").entry)

    assert third.title == f"更正：{notice.title}"
    assert third.body.count("更正后的全文如下") == 1
    assert third.entry.subject.count("/notice/") == 1


def test_an_old_page_shows_the_way_to_the_newer_one_and_the_register_both_texts(hall):
    scene, notice = hall
    work_off()
    amendment = correct(scene, notice)
    work_off()

    assert "已更正：2026年8月12日" in text(notice.address)
    assert f'href="/notices/{amendment.pk}/"' in source(notice.address)
    assert f"公开第{notice.pk}号公告" in text(f"/notices/{amendment.pk}/")
    register = text("/corrections/")
    assert REASON in register
    assert notice.sha256 in register
    assert Notice.objects.get(pk=amendment.pk).sha256 in register
    comparison = source(f"/corrections/{amendment.pk}/")
    assert "<ins>联系电话：0870-5550103</ins>" in comparison
    assert "Corrected" in source(f"/en/notices/{notice.pk}/") or path_of(f"/en/notices/{notice.pk}/").is_file()


def test_the_register_is_there_for_machines_and_readers_of_feeds(hall):
    scene, notice = hall
    work_off()
    amendment = correct(scene, notice)
    work_off()

    (first, *_others) = json.loads(source("/corrections/register.json"))["corrections"]
    assert first["entry"] == amendment.pk
    assert (first["kind"], first["reason"], first["old_sha256"]) == ("correction", REASON, notice.sha256)
    assert REASON in source("/feeds/corrections.atom")


def test_the_register_is_filtered_by_kind_and_project(client):
    scene = cemetery_on("07-24 10:00")
    correct(scene, notice_of("step.publish_plan", scene))
    publish(scene.at)

    def kinds(**query):
        return [row.group for row in client.get("/corrections/", query).context["rows"]]

    assert kinds() == ["correction", "withheld", "masked"]
    assert kinds(kind="withheld") == ["withheld"]
    assert kinds(kind="withheld", project="2026-001") == ["withheld"]
    assert kinds(project="2026-999") == []
    assert kinds(kind="nonsense") == []


def test_the_queries_of_the_register_do_not_grow(hall, django_assert_num_queries, client):
    scene, notice = hall
    correct(scene, notice)
    client.get("/corrections/")
    with django_assert_num_queries(4):
        client.get("/corrections/", {"kind": "correction"})
    withdraw_notice(notice_of("step.open_comments", suspended(scene)).pk, reason="重复。", actor=scene.people.manager,
                    at=scene.at)  # fmt: skip
    with django_assert_num_queries(4):
        client.get("/corrections/", {"kind": "correction"})


def suspended(scene):
    type(scene.project).objects.update(standing="suspended")
    return scene


# -- withdrawals -------------------------------------------------------------------------------------------------------


def test_a_notice_whose_period_runs_is_not_withdrawn(hall):
    scene, notice = hall
    with refuses("PD-03") as refused:
        withdraw_notice(notice.pk, reason=REASON, actor=scene.people.manager, at=scene.at)
    assert "2026年8月31日" in refused.value.refusals[0].message
    withdraw_notice(notice.pk, reason=REASON, actor=scene.people.manager, at=moment("09-01 00:00"))


@pytest.mark.parametrize(
    ("kind", "until", "rule"),
    [("step.announce_tender", "07-06 09:25", "TB-05"), ("step.publish_candidates", "07-13 17:00", "AW-02")],
)
def test_no_bidder_loses_the_notice_on_which_a_period_rests(kind, until, rule):
    scene = cemetery_on(until)
    notice = notice_of(kind, scene)
    with refuses(rule):
        withdraw_notice(notice.pk, reason=REASON, actor=scene.people.manager, at=scene.at)


def test_a_withdrawn_notice_stays_readable_and_is_marked():
    scene = cemetery_on("06-12 09:00")
    work_off()
    notice = notice_of("approval.published", scene)

    amendment = withdraw_notice(notice.pk, reason="重复公布。", actor=scene.people.manager, at=scene.at)
    work_off()

    page = text(notice.address)
    assert "已撤回：2026年6月12日" in page
    assert notice.body.splitlines()[0] in page
    assert "重复公布。" in text(f"/notices/{amendment.pk}/")
    with refuses("withdrawal"):
        correct(scene, Notice.objects.get(pk=amendment.pk))
    with refuses("wrong-state"):
        withdraw_notice(notice.pk, reason="重复公布。", actor=scene.people.manager, at=scene.at)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_amend_a_notice_at_once_one_is_refused():
    scene = cemetery_on("06-12 09:00")
    notice = notice_of("approval.published", scene)
    assert race(lambda: correct(scene, notice)) == ["ActRefused", "done"]
    other = notices.issue(scene.entries("approval.published")[1])
    act = {"reason": REASON, "actor": scene.people.manager, "at": scene.at}
    assert race(lambda: withdraw_notice(other.pk, **act)) == ["ActRefused", "done"]
    assert Amendment.objects.count() == 2


# -- take-downs --------------------------------------------------------------------------------------------------------


def draft_of(scene, what, sha256, published_by, **changes):
    details = {"ground": "privacy", "explanation": "图中有人的面部。"}
    return TakeDown(project=scene.project, what=what, sha256=sha256, published_by=published_by, **details | changes)


def picture_draft(scene, **changes):
    published_by = scene.entries("step.publish_plan")[0]
    return draft_of(scene, "picture", Rendering.objects.get().sha256, published_by, **changes)


def propose(scene, draft, actor=None):
    return propose_take_down(draft, actor=actor or scene.people.manager, at=scene.at)


def test_a_picture_leaves_the_public_only_after_a_second_person_has_agreed(hall):
    scene, _notice = hall
    work_off()
    digest = Rendering.objects.get().sha256
    before = Entry.objects.count()

    proposed = propose(scene, picture_draft(scene))
    assert Entry.objects.count() == before  # an entry would point at what may have to be hidden
    site.rebuild()
    assert path_of(f"/media/{digest}.jpg").is_file()
    confirm_take_down(proposed.pk, actor=scene.people.reviewer, at=scene.at)
    work_off()
    site.rebuild()

    assert not [name for name in every_file() if digest in name]
    page = text("/projects/2026-001/")
    assert f'src="/media/{digest}' not in source("/projects/2026-001/")
    for words in ("依法下架的内容", "涉及个人隐私", "图中有人的面部。", "项目负责人提出，保密审查员复核", digest):
        assert words in page
    assert digest in text("/corrections/")


def test_the_words_of_a_notice_leave_every_file_and_its_digest_stays(hall):
    scene, notice = hall
    work_off()
    words = max(notice.body.splitlines(), key=len)
    assert path_of(f"{notice.address}board-a4.pdf").is_file()

    proposed = propose(scene, draft_of(scene, "notice", notice.sha256, notice.published_by), scene.people.clerk)
    confirm_take_down(proposed.pk, actor=scene.people.leader, at=scene.at)
    work_off()

    places = ("notices/", "en/notices/", "feeds/")
    assert not [name for name, content in every_file().items() if name.startswith(places) and words.encode() in content]
    assert "正文已依法下架" in text(notice.address)
    assert notice.sha256 in text(notice.address)
    assert not [name for name in every_file() if name.startswith(f"notices/{notice.pk}/board")]
    assert TakeDown.objects.get().kept_body == notice.body
    with refuses("wrong-state"):
        correct(scene, Notice.objects.get(pk=notice.pk), text="别的。")


def test_a_text_that_was_taken_down_is_not_shown_beside_the_newer_one(hall):
    scene, notice = hall
    work_off()
    amendment = correct(scene, notice)
    work_off()
    old = draft_of(scene, "notice", notice.sha256, notice.published_by)
    confirm_take_down(propose(scene, old).pk, actor=scene.people.reviewer, at=scene.at)
    work_off()

    assert "联系电话：0870-5550103" not in source(f"/corrections/{amendment.pk}/")
    assert notice.sha256 in source(f"/corrections/{amendment.pk}/")


def test_a_paper_is_gone_from_pages_and_lists_and_an_old_worker_does_not_bring_it_back(hall, client):
    scene, _notice = hall
    work_off()
    paper = Document.objects.get()
    content = path_of(f"/documents/{paper.file_name}").read_bytes()
    published_by = Entry.objects.get(kind="document.published")

    proposed = propose(scene, draft_of(scene, "paper", paper.sha256, published_by, ground="secret"))
    confirm_take_down(proposed.pk, actor=scene.people.reviewer, at=scene.at)
    work_off()
    assert not path_of(f"/documents/{paper.file_name}").exists()
    path_of(f"/documents/{paper.file_name}").write_bytes(content)
    site.rebuild()

    assert not path_of(f"/documents/{paper.file_name}").exists()
    assert f"/documents/{paper.file_name}" not in source("/projects/2026-001/")
    assert client.get("/api/v1/projects/2026-001/documents/").json()["results"] == []


@pytest.mark.parametrize("ground", ["", "off-topic", "spam", "abusive", "it looks bad"])
def test_what_is_wrong_or_unwelcome_is_not_taken_down(hall, ground):
    scene, _notice = hall
    with refuses("ground") as refused:
        propose(scene, picture_draft(scene, ground=ground))
    assert "应当更正" in refused.value.refusals[0].message


def test_nobody_takes_down_alone_and_not_everybody_may_confirm(hall):
    scene, _notice = hall
    proposed = propose(scene, picture_draft(scene), scene.people.reviewer)
    with refuses("second-person"):
        confirm_take_down(proposed.pk, actor=scene.people.reviewer, at=scene.at)
    for role in ("manager", "clerk", "administrator", "discipline"):
        with pytest.raises(PermissionDenied):
            confirm_take_down(proposed.pk, actor=getattr(scene.people, role), at=scene.at)
    with pytest.raises(PermissionDenied):
        propose(scene, picture_draft(scene), scene.people.leader)
    with refuses("duplicate"):
        propose(scene, picture_draft(scene))
    confirm_take_down(proposed.pk, actor=scene.people.leader, at=scene.at)


def test_what_a_second_person_does_not_agree_to_stays_and_can_be_proposed_again(hall):
    scene, _notice = hall
    proposed = propose(scene, picture_draft(scene))
    drop_take_down(proposed.pk, actor=scene.people.reviewer, at=scene.at)
    with refuses("wrong-state"):
        confirm_take_down(proposed.pk, actor=scene.people.reviewer, at=scene.at)
    assert not scene.entries("content.taken-down")
    propose(scene, picture_draft(scene))


@pytest.mark.django_db(transaction=True)
def test_of_two_who_confirm_at_once_one_is_refused_and_so_of_two_who_propose():
    scene = hall_on()
    assert race(lambda: propose(scene, picture_draft(scene))) == ["ActRefused", "done"]
    proposed = TakeDown.objects.get()
    act = {"actor": scene.people.reviewer, "at": scene.at}
    assert race(lambda: confirm_take_down(proposed.pk, **act)) == ["ActRefused", "done"]
    assert len(scene.entries("content.taken-down")) == 1


# -- two texts side by side --------------------------------------------------------------------------------------------


def words(pieces):
    return None if pieces is None else "".join(f"[{p.text}]" if p.is_changed else p.text for p in pieces)


def test_two_texts_are_laid_side_by_side_with_what_has_changed():
    pairs = compare("第一行\n电话：5550102\n要删的行\n末行", "第一行\n电话：5550103\n末行\n新的行")

    assert [(words(pair.old), words(pair.new)) for pair in pairs] == [
        ("第一行", "第一行"),
        ("电话：555010[2]", "电话：555010[3]"),
        ("[要删的行]", None),
        ("末行", "末行"),
        (None, "[新的行]"),
    ]


def test_what_looks_like_a_page_is_shown_as_text(hall):
    scene, notice = hall
    work_off()
    amendment = correct(scene, notice, text="<script>alert(1)</script>", reason="<b>粗</b>")
    work_off()
    for address in ("/corrections/", f"/corrections/{amendment.pk}/", f"/notices/{amendment.pk}/", notice.address):
        assert "<script>alert" not in source(address)
        assert "<b>粗" not in source(address)
