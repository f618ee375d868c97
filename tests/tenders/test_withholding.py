"""What keeps words from the public: passages are masked, a whole comment needs a ground, a reason and two persons."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from ledger.models import Entry
from tenders.models import Comment, Inquiry, Withholding
from tenders.operations.comments import mask_comment, receive_comment, show_comment, unmask_comment
from tenders.operations.withholding import (
    ask_authority,
    confirm_withholding,
    drop_withholding,
    note_reply,
    propose_withholding,
)
from tests.factories import hall_on
from tests.racing import race
from tests.refusing import refuses

pytestmark = pytest.mark.django_db

TEXT = "请打13812345678找王大爷，坡道要缓，扶手要两层。"
MASKED = "请打138****5678找〔…〕，坡道要缓，扶手要两层。"
WHY = "通篇是他人的病情，遮盖后没有可读的内容。"


@pytest.fixture
def hall():
    return hall_on("07-20 09:10")


def said(scene, text=TEXT):
    return receive_comment(scene.consultation.pk, text=text, at=scene.at)


def mask(scene, comment, text=MASKED, ground="privacy", role="clerk", after=0):
    act = {"actor": getattr(scene.people, role), "at": scene.at + timedelta(hours=after)}
    return mask_comment(comment.pk, text=text, ground=ground, **act)


def propose(scene, comment, ground="spam", why=WHY, attempt="", role="clerk"):
    draft = Withholding(comment=comment, ground=ground, insufficient=why, attempt=attempt)
    return propose_withholding(draft, actor=getattr(scene.people, role), at=scene.at)


def withhold(scene, comment, **details):
    proposed = propose(scene, comment, **details)
    return confirm_withholding(proposed.pk, actor=scene.people.reviewer, at=scene.at)


def ask(scene, comment):
    draft = Inquiry(comment=comment, authority="县国家保密局", question="提到的地下管线是否涉密。")
    return ask_authority(draft, actor=scene.people.clerk, at=scene.at)


def again(comment):
    return Comment.objects.get(pk=comment.pk)


# -- masking -----------------------------------------------------------------------------------------------------------


def test_masking_shows_the_rest_and_leaves_the_original(hall):
    comment = said(hall)
    mask(hall, comment)
    comment = again(comment)
    assert (comment.visibility, comment.text, comment.public_text) == ("shown", TEXT, MASKED)


def test_the_entry_of_a_masking_says_how_much_and_why_but_not_what(hall):
    comment = said(hall)
    mask(hall, comment)
    (entry,) = hall.entries("comment.masked")
    assert entry.facts == {"number": comment.number, "ground": "privacy", "characters": 7}
    assert entry.by["role"] == "clerk"
    body = bytes(entry.body).decode()
    for hidden in ("13812345678", "王大爷", "138****5678", "坡道"):
        assert hidden not in body


@pytest.mark.parametrize("text", [MASKED.replace("要缓", "不要缓"), f"{MASKED}好。", MASKED[1:], "█" * 3 + "好"])
def test_masking_cannot_rewrite(hall, text):
    comment = said(hall)
    with refuses("rewritten"):
        mask(hall, comment, text)


def test_masking_that_masks_nothing_is_refused(hall):
    comment = said(hall, "坡道要缓")
    with refuses("unchanged"):
        mask(hall, comment, "坡道要缓")


def test_masking_needs_a_ground_of_law(hall):
    comment = said(hall)
    with refuses("ground") as refused:
        mask(hall, comment, ground="critical")
    assert "意见尖锐不是理由" in str(refused.value)
    assert "第五条" in refused.value.refusals[0].basis


def test_one_person_cannot_withhold_by_masking_most(hall):
    comment = said(hall, "这个局长不干事。")
    with refuses("too-much"):
        mask(hall, comment, "█████干事。", ground="abusive")
    mask(hall, comment, "████不干事。", ground="abusive")
    assert again(comment).public_text == "████不干事。"


def test_masking_half_way_is_not_enough_to_show(hall):
    comment = said(hall)
    with refuses("personal-data") as refused:
        mask(hall, comment, TEXT.replace("王大爷", "███"))
    assert str(refused.value).startswith("第3个字起像是手机号")


def test_more_can_be_masked_later_and_each_time_is_on_record(hall):
    comment = said(hall)
    mask(hall, comment)
    with refuses("unchanged"):
        mask(hall, comment)
    mask(hall, comment, "请打〔…〕，坡道要缓，扶手要两层。", after=1)
    assert len(hall.entries("comment.masked")) == 2


def test_a_masking_is_taken_back_by_an_act_that_corrects_it(hall):
    comment = said(hall, "王大爷说坡道要缓，扶手要两层。")
    mask(hall, comment, "███说坡道要缓，扶手要两层。")
    unmask_comment(comment.pk, actor=hall.people.reviewer, at=hall.at + timedelta(hours=1))
    assert again(comment).public_text == comment.text
    assert hall.entries("comment.shown")[-1].corrects == hall.entries("comment.masked")[0].seq
    with refuses("wrong-state"):
        unmask_comment(comment.pk, actor=hall.people.reviewer, at=hall.at + timedelta(hours=2))


def test_a_masking_over_personal_data_is_not_taken_back(hall):
    comment = said(hall)
    mask(hall, comment)
    with refuses("personal-data"):
        unmask_comment(comment.pk, actor=hall.people.clerk, at=hall.at + timedelta(hours=1))


@pytest.mark.parametrize("role", ["leader", "discipline"])
def test_who_does_not_handle_comments_neither_masks_nor_proposes(hall, role):
    comment = said(hall)
    with pytest.raises(PermissionDenied):
        mask(hall, comment, role=role)
    with pytest.raises(PermissionDenied):
        propose(hall, comment, role=role)


# -- showing -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [TEXT, "我的身份证53030219900101123X", "打一三八一二三四五六七八", "云D12345乱停"])
def test_a_comment_with_personal_data_is_not_shown_until_it_is_masked(hall, text):
    comment = said(hall, text)
    with refuses("personal-data") as refused:
        show_comment(comment.pk, actor=hall.people.clerk, at=hall.at)
    assert "第二十五条" in refused.value.refusals[0].basis
    assert again(comment).visibility == "pending"


def test_the_number_of_the_office_is_nobody_s_personal_data(hall):
    project = hall.project
    comment = said(hall, f"打{project.contact_phone}没人接。")
    show_comment(comment.pk, actor=hall.people.clerk, at=hall.at)
    assert again(comment).visibility == "shown"


# -- two persons -------------------------------------------------------------------------------------------------------


def test_a_proposal_is_no_act_and_changes_nothing_in_public(hall):
    comment = said(hall)
    before = Entry.objects.count()
    propose(hall, comment)
    assert Entry.objects.count() == before
    assert again(comment).visibility == "pending"


def test_a_second_person_confirms_and_both_offices_stand_in_the_record(hall):
    comment = said(hall, "专业刻碑，量大从优。")
    withhold(hall, comment)
    comment = again(comment)
    assert (comment.visibility, comment.withheld_ground) == ("withheld", "spam")
    (entry,) = hall.entries("comment.withheld")
    offices = {"proposed_by": "clerk", "confirmed_by": "reviewer"}
    assert entry.facts == {"number": comment.number, "ground": "spam", **offices}


def test_who_has_proposed_cannot_confirm(hall):
    proposed = propose(hall, said(hall), role="reviewer")
    for decide in (confirm_withholding, drop_withholding):
        with refuses("second-person"):
            decide(proposed.pk, actor=hall.people.reviewer, at=hall.at)
    confirm_withholding(proposed.pk, actor=hall.people.leader, at=hall.at)


@pytest.mark.parametrize("role", ["clerk", "manager", "discipline"])
def test_only_reviewer_and_leader_decide(hall, role):
    proposed = propose(hall, said(hall))
    with pytest.raises(PermissionDenied):
        confirm_withholding(proposed.pk, actor=getattr(hall.people, role), at=hall.at)


def test_the_database_knows_two_persons_too(hall):
    proposed = propose(hall, said(hall))
    with pytest.raises(IntegrityError, match="withholding_has_two_persons"):
        Withholding.objects.filter(pk=proposed.pk).update(state="done", decided_by=hall.people.clerk)


def test_what_was_not_confirmed_can_be_shown(hall):
    comment = said(hall, "这钱花得冤枉！")
    proposed = propose(hall, comment)
    with refuses("proposed"):
        show_comment(comment.pk, actor=hall.people.clerk, at=hall.at)
    with refuses("proposed"):
        propose(hall, comment, role="manager")
    drop_withholding(proposed.pk, actor=hall.people.leader, at=hall.at)
    show_comment(comment.pk, actor=hall.people.clerk, at=hall.at)
    with refuses("wrong-state"):
        confirm_withholding(proposed.pk, actor=hall.people.reviewer, at=hall.at)


def test_being_critical_is_no_ground(hall):
    comment = said(hall, "这钱花得冤枉！")
    with refuses("ground") as refused:
        propose(hall, comment, ground="critical")
    assert "第五条" in refused.value.refusals[0].basis


def test_a_withholding_says_why_masking_is_not_enough(hall):
    comment = said(hall)
    with refuses("text"):
        propose(hall, comment, why=" ")


def test_privacy_is_masked_before_anything_is_withheld(hall):
    comment = said(hall)
    with refuses("FO-11") as refused:
        propose(hall, comment, ground="privacy")
    assert "第三十七条" in refused.value.refusals[0].basis
    with refuses("FO-11"):
        propose(hall, comment, ground="privacy", attempt=MASKED)
    with refuses("rewritten"):
        propose(hall, comment, ground="privacy", attempt="别的话")
    propose(hall, comment, ground="privacy", attempt="█")


def test_where_masking_does_nothing_is_withheld_on_any_ground(hall):
    comment = said(hall)
    with refuses("FO-11"):
        propose(hall, comment, ground="abusive", attempt=MASKED)


def test_a_shown_comment_can_be_withheld_and_shown_again_and_the_record_links_both(hall):
    comment = said(hall, "专业刻碑，量大从优。")
    show_comment(comment.pk, actor=hall.people.clerk, at=hall.at)
    withhold(hall, comment)
    with refuses("wrong-state"):
        propose(hall, comment)
    show_comment(comment.pk, actor=hall.people.clerk, at=hall.at + timedelta(hours=1))
    comment = again(comment)
    assert (comment.visibility, comment.withheld_ground) == ("shown", "")
    first, later = hall.entries("comment.shown")
    assert (first.corrects, later.corrects) == (None, hall.entries("comment.withheld")[0].seq)
    with refuses("wrong-state"):
        show_comment(comment.pk, actor=hall.people.clerk, at=hall.at + timedelta(hours=2))


def test_a_withheld_comment_can_be_masked_and_shown_instead(hall):
    comment = said(hall)
    withhold(hall, comment)
    mask(hall, comment, after=1)
    assert (again(comment).visibility, again(comment).withheld_ground) == ("shown", "")
    assert hall.entries("comment.masked")[0].corrects == hall.entries("comment.withheld")[0].seq


# -- unsure ------------------------------------------------------------------------------------------------------------


def test_while_an_authority_is_asked_a_comment_waits(hall):
    comment = said(hall, "广场底下的管线图能不能公开？")
    before = Entry.objects.count()
    inquiry = ask(hall, comment)
    assert Entry.objects.count() == before
    with refuses("inquiry") as refused:
        show_comment(comment.pk, actor=hall.people.clerk, at=hall.at)
    assert "第十七条第三款" in refused.value.refusals[0].basis
    with refuses("inquiry"):
        propose(hall, comment)
    with refuses("inquiry"):
        ask(hall, comment)
    note_reply(inquiry.pk, reply="不涉密。", actor=hall.people.clerk, at=hall.at + timedelta(days=3))
    show_comment(comment.pk, actor=hall.people.clerk, at=hall.at + timedelta(days=3))
    with refuses("wrong-state"):
        note_reply(inquiry.pk, reply="不涉密。", actor=hall.people.clerk, at=hall.at + timedelta(days=4))


def test_what_is_public_is_not_hidden_by_asking(hall):
    comment = said(hall, "坡道要缓")
    show_comment(comment.pk, actor=hall.people.clerk, at=hall.at)
    with refuses("wrong-state"):
        ask(hall, comment)


# -- at once -----------------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_maskings_at_once_give_one():
    scene = hall_on("07-20 09:10")
    comment = said(scene)
    assert race(lambda: mask(scene, comment)) == ["ActRefused", "done"]
    assert len(scene.entries("comment.masked")) == 1


@pytest.mark.django_db(transaction=True)
def test_two_proposals_at_once_give_one():
    scene = hall_on("07-20 09:10")
    comment = said(scene)
    assert race(lambda: propose(scene, comment)) == ["ActRefused", "done"]
    assert Withholding.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_confirmed_and_dropped_at_once_one_counts():
    scene = hall_on("07-20 09:10")
    comment = said(scene)
    proposed = propose(scene, comment)
    decisions = iter([(confirm_withholding, scene.people.reviewer), (drop_withholding, scene.people.leader)])

    def decide():
        act, actor = next(decisions)
        act(proposed.pk, actor=actor, at=scene.at)

    assert race(decide) == ["ActRefused", "done"]
    withheld = again(comment).visibility == "withheld"
    assert len(scene.entries("comment.withheld")) == (1 if withheld else 0)
    assert Withholding.objects.get().state == ("done" if withheld else "dropped")


@pytest.mark.django_db(transaction=True)
def test_shown_and_proposed_at_once_one_counts():
    scene = hall_on("07-20 09:10")
    comment = said(scene, "专业刻碑，量大从优。")
    acts = iter([lambda: show_comment(comment.pk, actor=scene.people.clerk, at=scene.at), lambda: ask(scene, comment)])

    def act():
        next(acts)()

    assert race(act) == ["ActRefused", "done"]
    assert (again(comment).visibility == "shown") is not Inquiry.objects.exists()
