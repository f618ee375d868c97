"""What a package must be before it is announced: planned in time, measured, honestly reasoned, complete, fair."""

from datetime import date

import pytest

from accounts.models import User
from ledger.models import Entry
from statutes.refusal import unmet
from tenders.fairness import hints_of
from tenders.gates import enquiry, method, notice, tender
from tenders.gates.fairness import competition_is_reviewed
from tenders.models import Approval, Clause, Package, Project
from tenders.operations.fairness import review_fairness
from tenders.operations.plan import publish_approval
from tenders.thresholds import signs_of_splitting
from tests.publishing.samples import make_package, make_user, moment
from tests.racing import race
from tests.refusing import refuses

pytestmark = pytest.mark.django_db

ANNOUNCED = moment(6, 15)
LIMIT = 400_000_000  # from which works must be tendered, in fen
GP = {"track": "gp", "media": "中国政府采购网", "category": "services"}
FAIR = {clause.value: ("kept", "") for clause in Clause}


def package(**changes):
    """A package of a decided project whose approvals are published."""
    made = make_package(**changes)
    Project.objects.filter(pk=made.project_id).update(stage=Project.Stage.DECIDED)
    made.project.approvals.all().delete()
    known = {"title": "批复", "organ": "发改局", "approved_on": date(2026, 5, 8), "amount_fen": 1_800_000_000}
    made.project.approvals.create(kind=Approval.Kind.FEASIBILITY, number="青发改投资〔2026〕12号", **known)
    made.project.approvals.create(kind=Approval.Kind.DESIGN, number="青发改〔2026〕20号", **known)
    return Package.objects.get(pk=made.pk)


def beside(first, **changes):
    """Another package of the same project."""
    number = first.project.packages.count() + 1
    return Package.objects.create(project=first.project, number=number, name=f"第{number}标段", **changes)


def code(gate, subject, at=ANNOUNCED, *more):
    refusal = gate(subject, at, *more)
    assert refusal is None or (refusal.message and refusal.basis)
    return refusal and refusal.code


# -- the plan


@pytest.mark.rule("TB-00", "GP-00")
@pytest.mark.parametrize(
    ("track", "planned", "refused"),
    [
        ("works", (6, 4), None), ("works", (6, 5), None), ("works", (6, 6), "TB-00"),
        ("gp", (5, 15), None), ("gp", (5, 16), None), ("gp", (5, 17), "GP-00"),
    ],
)  # fmt: skip
def test_a_plan_is_published_days_before_the_announcement(track, planned, refused):
    assert code(notice.plan_was_published_early, package(track=track, planned_at=moment(*planned))) == refused


@pytest.mark.rule("TB-00")
def test_without_a_plan_nothing_is_announced_but_what_failed_was_planned_once():
    failed = package(planned_at=None)
    assert code(notice.plan_was_published_early, failed) == "TB-00"
    assert code(notice.plan_was_published_early, beside(failed, retender_of=failed)) is None


@pytest.mark.rule("TB-00", "GP-00")
@pytest.mark.parametrize(("planned_on", "refused"), [(date(2026, 6, 14), "TB-00"), (date(2026, 6, 15), None)])
def test_a_plan_names_a_day_that_is_far_enough_off(planned_on, refused):
    assert code(notice.plan_leaves_its_time, package(planned_on=planned_on), moment(6, 5)) == refused


# -- periods and ceilings of the two tracks


@pytest.mark.rule("GP-03", "GP-01")
@pytest.mark.parametrize(("until", "refused"), [(22, "GP-03"), (23, None), (24, None)])
def test_procurement_documents_are_offered_for_five_working_days(until, refused):
    procured = package(**GP, documents_until=date(2026, 6, until))
    assert code(tender.documents_are_offered_long_enough, procured) == refused


@pytest.mark.rule("TB-03")
@pytest.mark.parametrize(("until", "refused"), [(21, "TB-03"), (22, None), (23, None)])
def test_tender_documents_are_offered_for_five_days_past_the_holiday(until, refused):
    assert code(tender.documents_are_offered_long_enough, package(documents_until=date(2026, 6, until))) == refused


@pytest.mark.rule("TB-15", "TB-15.2")
@pytest.mark.parametrize(
    ("missing", "refused"), [("main", "TB-15"), ("contract-draft", "TB-15"), ("integrity-draft", "TB-15.2"), ("", None)]
)
def test_what_will_be_signed_is_in_the_tender_documents_from_the_start(missing, refused):
    tendered = package()
    tendered.documents.filter(kind=missing).delete()
    assert code(tender.both_contract_drafts_are_included, tendered) == refused


@pytest.mark.rule("GP-04", "GP-04.2", "GP-04.3", "TB-05")
@pytest.mark.parametrize(
    ("chosen", "due", "refused"),
    [
        ({}, (7, 5), "TB-05"), ({}, (7, 6), None),
        (GP, (7, 5), "GP-04"), (GP, (7, 6), None), (GP, (7, 7), None),
        (GP | {"method": "negotiate"}, (6, 17), "GP-04.2"), (GP | {"method": "negotiate"}, (6, 18), None),
        (GP | {"method": "consult"}, (6, 24), "GP-04.3"), (GP | {"method": "consult"}, (6, 25), None),
    ],
)  # fmt: skip
def test_each_method_has_its_own_time_to_bid(chosen, due, refused):
    assert code(tender.bid_period_is_long_enough, package(**chosen, bids_due_at=moment(*due))) == refused


@pytest.mark.rule("GP-05", "TB-06")
@pytest.mark.parametrize(("changed_on", "late"), [(20, False), (21, False), (22, True)])
@pytest.mark.parametrize(("track", "rule"), [("works", "TB-06"), ("gp", "GP-05")])
def test_a_change_leaves_fifteen_days_on_both_tracks(track, rule, changed_on, late):
    refused = rule if late else None
    gate, changed_at = enquiry.clarification_leaves_time, moment(6, changed_on)
    assert code(gate, package(track=track), changed_at, moment(7, 6, 9, 30)) == refused


@pytest.mark.rule("GP-07", "TB-10")
@pytest.mark.parametrize(("track", "rule"), [("works", "TB-10"), ("gp", "GP-07")])
@pytest.mark.parametrize(("bond", "over"), [(29_599_999, False), (29_600_000, False), (29_600_001, True)])
def test_the_bid_bond_is_two_percent_at_most_on_both_tracks(track, rule, bond, over):
    asked = package(track=track, bid_bond_fen=bond)
    assert code(tender.bid_bond_is_within_the_cap, asked) == (rule if over else None)


@pytest.mark.rule("TB-10.2")
@pytest.mark.parametrize(("track", "bond", "refused"), [("works", 1, "TB-10.2"), ("works", 0, None), ("gp", 1, None)])
def test_the_absolute_ceiling_of_the_bond_binds_works(track, bond, refused):
    asked = package(track=track, estimate_fen=10_000_000_000, bid_bond_fen=80_000_000 + bond)
    assert code(tender.bid_bond_of_works_is_within_the_cap, asked) == refused


@pytest.mark.rule("GP-06", "TB-11")
@pytest.mark.parametrize(("track", "rule"), [("works", "TB-11"), ("gp", "GP-06")])
@pytest.mark.parametrize(("more", "over"), [(-1, False), (0, False), (1, True)])
def test_the_limit_price_is_not_above_the_budget(track, rule, more, over):
    limited = package(track=track, limit_price_fen=1_480_000_000 + more)
    assert code(notice.limit_price_is_within_the_estimate, limited) == (rule if over else None)


# -- what the announcement says


OF_ITS_OWN = {
    "works": {"limit_price_fen": "TB-11", "bid_validity_days": "TB-12", "objection_contact": "TB-16"},
    "gp": {"estimate_fen": "GP-06", "limit_price_fen": "GP-06", "objection_contact": "TB-16"},
}
COMPLETE = (
    notice.announcement_is_complete, notice.budget_is_published, notice.limit_price_is_published,
    notice.bid_validity_is_stated, notice.objections_have_an_address,
)  # fmt: skip


@pytest.mark.rule("TB-01", "GP-01", "TB-11", "TB-12", "TB-16", "GP-06")
@pytest.mark.parametrize(("track", "general"), [("works", "TB-01"), ("gp", "GP-01")])
def test_an_announcement_says_all_that_the_law_wants_each_under_its_own_article(track, general):
    announced = package(track=track)
    assert unmet(COMPLETE, announced, ANNOUNCED) == []
    for name in notice.ANNOUNCEMENT_FIELDS:
        field, written = Package._meta.get_field(name), getattr(announced, name)
        setattr(announced, name, None if field.null else 0 if name.endswith("_fen") else "")
        (refusal,) = unmet(COMPLETE, announced, ANNOUNCED)
        assert refusal.code == OF_ITS_OWN[track].get(name, general), name
        assert str(field.verbose_name)[:5] in refusal.message
        setattr(announced, name, written)


@pytest.mark.rule("TB-11", "TB-12", "GP-06")
@pytest.mark.parametrize(
    ("track", "gate", "blank", "rule", "article"),
    [
        ("works", notice.limit_price_is_published, "limit_price_fen", "TB-11", "招标投标法实施条例》第二十七条"),
        ("works", notice.bid_validity_is_stated, "bid_validity_days", "TB-12", "招标投标法实施条例》第二十五条"),
        ("gp", notice.budget_is_published, "estimate_fen", "GP-06", "政府采购法实施条例》第三十条"),
    ],
)
def test_what_is_missing_is_asked_for_with_its_article(track, gate, blank, rule, article):
    announced = package(track=track)
    setattr(announced, blank, 0 if blank == "estimate_fen" else None)
    refusal = gate(announced, ANNOUNCED)
    assert (refusal.code, article in refusal.basis) == (rule, True)


@pytest.mark.rule("TB-01", "GP-01")
@pytest.mark.parametrize(
    ("track", "media", "refused"),
    [
        ("works", "本局网站", "TB-01"), ("works", "中国招标投标公共服务平台", None),
        ("gp", "中国招标投标公共服务平台", "GP-01"), ("gp", "中国政府采购网云南分网", None),
    ],
)  # fmt: skip
def test_an_announcement_goes_to_the_medium_that_the_law_designates(track, media, refused):
    assert code(notice.announcement_goes_to_a_designated_medium, package(track=track, media=media)) == refused


@pytest.mark.rule("TB-08", "TB-11")
def test_what_the_announcement_may_not_say_is_refused_under_its_rule():
    fair = package(documents_from="无须报名，直接下载。", price_terms="不设最低投标限价。")
    assert unmet((notice.documents_need_no_registration, notice.no_lowest_price_is_set), fair, ANNOUNCED) == []
    fair.documents_from = "先到交易中心免费报名，凭回执领取文件。"
    assert code(notice.documents_need_no_registration, fair) == "TB-08"
    fair.price_terms = "投标报价不得低于最低投标限价1200万元。"
    assert code(notice.no_lowest_price_is_set, fair) == "TB-11"


@pytest.mark.rule("TB-16")
@pytest.mark.parametrize(
    ("contact", "refused"),
    [("", "TB-16"), ("林晓", "TB-16"), ("林晓 0870-5550102", None), ("yiyi@example.gov.cn", None)],
)
def test_objections_have_a_telephone_or_an_address(contact, refused):
    assert code(notice.objections_have_an_address, package(objection_contact=contact)) == refused


@pytest.mark.rule("TB-09", "FC-04")
def test_works_use_the_standard_text_and_name_where_unfair_terms_are_reported():
    bare = {"standard_text": "", "fairness_channel": ""}
    works = package(**bare)
    assert code(notice.standard_text_is_used, works) == "TB-09"
    assert code(notice.unfair_terms_can_be_reported, works) == "FC-04"
    assert code(notice.standard_text_is_used, beside(works, track="gp")) is None


@pytest.mark.rule("TB-18")
def test_who_must_tender_and_does_it_alone_has_told_the_supervisor():
    own = package(self_filing="")
    assert code(notice.own_tender_is_filed, own) == "TB-18"
    own.agency = "云南某招标代理有限公司"
    assert code(notice.own_tender_is_filed, own) == "TB-01", "an agency is named with its address"
    own.agency_contact = "曲靖市麒麟路1号 0874-3333333"
    assert code(notice.own_tender_is_filed, own) is None
    small = package_below(own, self_filing="")
    assert code(notice.own_tender_is_filed, small) is None


def package_below(first, **changes):
    """A package of a category that nothing else in the project belongs to, below its threshold."""
    return beside(first, category="supervision", estimate_fen=30_000_000, **changes)


# -- thresholds and splitting


@pytest.mark.rule("TH-01", "TH-02", "TH-03", "TH-04", "TH-11")
@pytest.mark.parametrize(
    ("category", "track", "limit", "rule"),
    [
        ("construction", "works", 400_000_000, "TH-02"),
        ("goods", "works", 200_000_000, "TH-03"),
        ("design", "works", 100_000_000, "TH-04"),
        ("supervision", "works", 100_000_000, "TH-04"),
        ("services", "gp", 200_000_000, "TH-11"),
    ],
)
@pytest.mark.parametrize("more", [-1, 0, 1])
def test_from_its_threshold_on_a_package_is_tendered(category, track, limit, rule, more):
    method_, ground = ("direct", "below") if track == "works" else ("negotiate", "gp-below")
    chosen = {"method": method_, "method_ground": ground, "category": category, "track": track}
    bought = package(**chosen, estimate_fen=limit + more)
    assert code(method.what_must_be_tendered_is_tendered, bought) == (rule if more >= 0 else None)
    bought.method = "open"
    assert code(method.what_must_be_tendered_is_tendered, bought) is None


@pytest.mark.rule("TH-01", "TH-01.2")
@pytest.mark.parametrize(
    ("public", "must"),
    [(199_999_999, False), (200_000_000, True), (200_000_001, True)],
)
def test_works_that_hardly_any_public_money_pays_for_need_no_tender(public, must):
    bought = package(method="direct", method_ground="below", estimate_fen=LIMIT)
    Project.objects.update(estimate_fen=2_000_000_000)
    bought.project.funding.all().delete()
    bought.project.funding.create(name="财政", amount_fen=public)
    bought.project.funding.create(name="社会捐赠", amount_fen=2_000_000_000 - public, is_public=False)
    bought = Package.objects.get(pk=bought.pk)
    assert (code(method.what_must_be_tendered_is_tendered, bought) == "TH-02") is must


@pytest.mark.rule("TH-05", "TH-07")
@pytest.mark.parametrize(("second", "split"), [(-1, False), (0, True), (1, True)])
def test_what_could_be_bought_together_counts_together(second, split):
    first = package(method="direct", method_ground="below", estimate_fen=300_000_000)
    beside(first, estimate_fen=100_000_000 + second)
    refusal = method.what_must_be_tendered_is_tendered(first, ANNOUNCED)
    assert (refusal is not None) is split
    if split:
        assert (refusal.code, "化整为零" in refusal.message) == ("TH-07", True)
    assert [sign.code for sign in signs_of_splitting(first.project, date(2026, 6, 15))] == (["TH-05"] if split else [])


@pytest.mark.rule("TH-07")
@pytest.mark.parametrize(("estimate", "signs"), [(359_999_999, []), (360_000_000, ["TH-07"]), (LIMIT, [])])
def test_an_estimate_just_below_the_threshold_is_pointed_at(estimate, signs):
    bought = package(estimate_fen=estimate)
    assert [sign.code for sign in signs_of_splitting(bought.project, date(2026, 6, 15))] == signs


@pytest.mark.rule("TH-07", "TH-11")
def test_goods_are_measured_by_the_threshold_of_their_own_track():
    first = package(category="goods", track="works", estimate_fen=100_000_000)
    beside(first, category="goods", track="gp", estimate_fen=190_000_000)
    Project.objects.update(estimate_fen=2_000_000_000)
    first.project.funding.all().delete()  # so the law of tenders does not bind, that of procurement does
    signs = signs_of_splitting(Project.objects.get(), date(2026, 6, 15))
    assert [sign.code for sign in signs] == ["TH-07"]


@pytest.mark.rule("TH-05")
def test_what_failed_and_is_tendered_again_counts_once():
    first = package(method="direct", method_ground="below", estimate_fen=300_000_000)
    again = beside(first, retender_of=first, estimate_fen=300_000_000)
    Package.objects.filter(pk=first.pk).update(state=Package.State.FAILED)
    assert signs_of_splitting(again.project, date(2026, 6, 15)) == []


@pytest.mark.rule("TH-02")
def test_works_above_the_threshold_do_not_go_by_procurement():
    assert code(method.what_must_be_tendered_is_tendered, package(track="gp")) == "TH-02"


# -- the method and its reason


@pytest.mark.rule("TH-06", "TH-10")
@pytest.mark.parametrize(
    ("chosen", "refused"),
    [
        ({"method": "selective", "method_ground": "few-bidders"}, None),
        ({"method": "selective", "method_ground": ""}, "TH-06"),
        ({"method": "selective", "method_ground": "gp-cost"}, "TH-06"),
        ({"method": "negotiate", "method_ground": "urgent"}, "TH-06"),
        ({"track": "gp", "method": "negotiate", "method_ground": "urgent"}, None),
        ({"track": "gp", "method": "inquiry", "method_ground": "standard"}, "TH-10"),
        ({"track": "gp", "category": "goods", "method": "inquiry", "method_ground": "standard"}, None),
        ({"track": "gp", "method": "direct", "method_ground": "below"}, "TH-10"),
    ],
)
def test_each_track_knows_its_methods_and_their_grounds(chosen, refused):
    assert code(method.method_belongs_to_its_track, package(**chosen)) == refused


@pytest.mark.rule("TH-08")
def test_what_must_be_tendered_is_tendered_as_it_was_approved():
    approved = {"approved_method": "open", "approved_organising": "self"}
    assert code(method.method_is_as_approved, package(**approved)) is None
    other = Package.objects.get()
    other.method = "selective"
    assert code(method.method_is_as_approved, other) == "TH-08"
    other.method, other.agency = "open", "某代理公司"
    assert code(method.method_is_as_approved, other) == "TH-08"
    other.agency, other.approval_number = "", "没有公布过的文号"
    assert code(method.method_is_as_approved, other) == "TH-08"


@pytest.mark.rule("TH-09")
@pytest.mark.parametrize(("published", "refused"), [(moment(6, 14), None), (ANNOUNCED, "TH-09"), (None, "TH-09")])
def test_another_method_is_reasoned_in_public_before(published, refused):
    reason = {"method_ground": "few-bidders", "method_reason": "只有三家能做"}
    chosen = package(method="selective", reasoned_at=published, **reason)
    chosen.published_choice = chosen.chosen()
    assert code(method.reason_was_published_before, chosen) == refused
    chosen.method_reason = "公示以后改了理由"
    assert code(method.reason_was_published_before, chosen) == "TH-09"


@pytest.mark.rule("GP-23")
@pytest.mark.parametrize(("at", "refused"), [((6, 22), "GP-23"), ((6, 23), "GP-23"), ((6, 24), None)])
def test_a_single_source_stands_five_working_days_before_the_public(at, refused):
    chosen = package(**GP, method="single", method_ground="sole", reasoned_at=moment(6, 15))
    assert code(method.single_source_was_before_the_public, chosen, moment(*at)) == refused
    assert code(method.somebody_is_invited_to_compete, chosen) == "TH-09"


@pytest.mark.rule("TH-11")
def test_finance_has_approved_that_a_large_purchase_is_not_tendered_openly():
    chosen = package(**GP, method="negotiate", method_ground="urgent", approval_number="")
    assert code(method.finance_has_approved_another_method, chosen) == "TH-11"
    chosen.approval_number = "青发改〔2026〕20号"
    assert code(method.finance_has_approved_another_method, chosen) is None


@pytest.mark.rule("TH-12", "TH-13")
def test_a_tender_waits_for_the_decision_and_for_the_approvals():
    waiting = package()
    assert unmet((tender.plan_is_decided, method.project_is_approved), waiting, ANNOUNCED) == []
    waiting.project.approvals.filter(kind=Approval.Kind.DESIGN).delete()
    Project.objects.update(stage=Project.Stage.CONSULTATION)
    waiting = Package.objects.get(pk=waiting.pk)
    refused = unmet((tender.plan_is_decided, method.project_is_approved), waiting, ANNOUNCED)
    assert [refusal.code for refusal in refused] == ["TH-12", "TH-13"]
    assert code(method.project_is_approved, beside(waiting, category="design")) is None, "a design comes before"


@pytest.mark.rule("TH-14")
@pytest.mark.parametrize(("budget", "refused"), [(1_980_000_000, False), (1_980_000_001, True)])
def test_a_budget_far_above_the_estimate_says_to_whom_that_was_reported(budget, refused):
    project = package().project
    known = {"title": "概算批复", "organ": "发改局", "approved_on": date(2026, 6, 1), "at": moment(6, 2)}
    known |= {"kind": "design", "amount_fen": budget, "actor": project.manager}
    if refused:
        with refuses("TH-14"):
            publish_approval(project.pk, number="甲", **known)
    report = "已报原审批机关，同意不再重报可研。" if refused else ""
    publish_approval(project.pk, number="甲", overrun_report=report, **known)
    assert Entry.objects.get(kind="approval.published").facts["amount_fen"] == budget


@pytest.mark.rule("TH-15")
@pytest.mark.parametrize(("second", "refused"), [(320_000_000, None), (320_000_001, "TH-15")])
def test_all_packages_stay_within_the_approved_budget(second, refused):
    first = package()
    beside(first, estimate_fen=second)
    assert code(method.packages_fit_the_budget, first) == refused


# -- fair competition


def reviewer_of(made):
    return make_user("fair", User.Role.REVIEWER, made.project.owner)


@pytest.mark.rule("FC-01")
def test_a_review_is_stale_as_soon_as_a_word_or_a_file_changes():
    made = package()
    assert code(competition_is_reviewed, made) == "FC-01"
    review_fairness(made.pk, findings=FAIR, actor=reviewer_of(made), at=moment(6, 12))
    assert code(competition_is_reviewed, made) is None
    made.documents.filter(kind="bill").update(sha256="9" * 64)
    assert code(competition_is_reviewed, made) == "FC-01"
    facts = Entry.objects.get(kind="fairness.reviewed").facts
    assert (facts["conclusion"], len(facts["clauses"])) == ("fair", len(Clause))


@pytest.mark.rule("FC-02")
def test_one_broken_clause_makes_a_tender_unfair():
    made = package()
    findings = FAIR | {Clause.LOCAL_RECORD: ("broken", "要求本县业绩")}
    review_fairness(made.pk, findings=findings, actor=reviewer_of(made), at=moment(6, 12))
    assert code(competition_is_reviewed, made) == "FC-02"


@pytest.mark.rule("FC-01", "FC-02")
@pytest.mark.parametrize(
    ("findings", "ground", "refused"),
    [
        ({k: v for k, v in FAIR.items() if k != Clause.LOT}, "", "FC-01"),
        (FAIR | {Clause.LICENCE: ("exception", "古树")}, "", "FC-01"),
        (FAIR, "没有例外却写了理由", "FC-01"),
        (FAIR | {Clause.LOT: ("maybe", "")}, "", "FC-01"),
    ],
)
def test_a_review_answers_every_clause_and_an_exception_has_its_ground(findings, ground, refused):
    made = package()
    with refuses(refused):
        review_fairness(made.pk, findings=findings, exception_ground=ground, actor=reviewer_of(made), at=moment(6, 12))


@pytest.mark.rule("FC-02")
@pytest.mark.parametrize(
    ("words", "clause"),
    [
        ("投标人须在本县设有分公司。", Clause.LOCAL_BRANCH),
        ("近三年在本市有两项类似业绩。", Clause.LOCAL_RECORD),
        ("具有县建筑业协会会员资格。", Clause.MEMBERSHIP),
        ("国有企业加2分。", Clause.SCORE_BY_OWNERSHIP),
        ("注册资本不少于5000万元。", Clause.SCORE_BY_SIZE),
        ("得分相同的，抽签确定中标人。", Clause.LOT),
        ("开标时携带营业执照原件。", Clause.ORIGINALS),
        ("项目经理须亲自到场。", Clause.PRESENCE),
        ("缴纳诚信保证金10万元。", Clause.OTHER_BOND),
        ("采用某某品牌。", Clause.BRAND),
    ],
)
def test_words_that_restrict_are_shown_and_must_be_explained(words, clause):
    made = package(qualification=words)
    assert clause in hints_of(made)
    with refuses("FC-02"):
        review_fairness(made.pk, findings=FAIR, actor=reviewer_of(made), at=moment(6, 12))
    explained = FAIR | dict.fromkeys(hints_of(made), ("kept", "与履约直接有关，法律要求。"))
    review_fairness(made.pk, findings=explained, actor=User.objects.get(username="fair"), at=moment(6, 12))
    assert code(competition_is_reviewed, made) is None


def test_the_words_of_an_ordinary_tender_are_pointed_at_nowhere():
    assert hints_of(package()) == {}


@pytest.mark.django_db(transaction=True)
def test_two_reviews_at_once_get_two_numbers():
    made = package()
    reviewer = reviewer_of(made)
    outcomes = race(lambda: review_fairness(made.pk, findings=FAIR, actor=reviewer, at=moment(6, 12)))
    assert outcomes == ["done", "done"]
    assert sorted(made.fairness_reviews.values_list("number", flat=True)) == [1, 2]
