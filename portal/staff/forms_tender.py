"""Drafts of a package: the announcement, the opening session, the evaluation with its bids, the award."""

from datetime import timedelta
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ledger import clock
from portal.staff.fields import draft_field
from portal.staff.forms import DeskForm, DraftForm, Group, names_in
from portal.staff.hints import earliest_day
from publishing.money import yuan
from tenders.gates.opening import PUNCTUAL
from tenders.law import basis, day, figure, law
from tenders.models import CHECKED, Award, Bid, Evaluation, Opening, Package, Track
from tenders.periods import BOND, OFFER, bidding_rule
from tenders.thresholds import measure

ANNOUNCEMENT: tuple[Group, ...] = (
    (
        gettext_lazy("标段"),
        ("name", "tender_number", "category", "track", "scope", "planned_on"),
    ),
    (gettext_lazy("价格与保证金"), ("estimate_fen", "limit_price_fen", "price_terms", "bid_bond_fen")),
    (
        gettext_lazy("招标方式"),
        ("method", "method_ground", "method_reason", "approval_number", "approved_method", "approved_organising"),
    ),
    (gettext_lazy("谁来组织"), ("agency", "agency_contact", "self_filing")),
    (
        gettext_lazy("对投标人的要求"),
        (
            "technical",
            "qualification",
            "consortium_allowed",
            "duration_days",
            "quality",
            "evaluation_method",
            "bid_validity_days",
        ),
    ),
    (
        gettext_lazy("时间与地点"),
        (
            "documents_issued_on",
            "standard_text",
            "documents_from",
            "documents_until",
            "bids_due_at",
            "submission",
            "platform",
            "opening_place",
        ),
    ),
    (gettext_lazy("监督与发布"), ("objection_contact", "supervisor", "fairness_channel", "media")),
)


class PackageForm(DraftForm):
    groups: ClassVar = ANNOUNCEMENT

    class Meta:
        model = Package
        fields = names_in(ANNOUNCEMENT)
        formfield_callback = draft_field

    def hints(self) -> dict[str, str]:
        package = self.instance
        issued, track = package.documents_issued_on, Track(package.track)
        return {
            "documents_issued_on": _("公告当日；各期限都从这一天算起。"),
            "documents_until": earliest_day(OFFER[track], issued, _("最早可截止于")),
            "bids_due_at": earliest_day(bidding_rule(package), issued, _("最早可截止于")),
            "bid_bond_fen": self.bond_cap(),
            "documents_from": _("任何人都能下载，不得要求报名、登记。"),
            "estimate_fen": self.threshold(),
            "planned_on": _("先公布招标计划（采购意向），到这一天再发公告。"),
        }

    def threshold(self) -> str:
        """Say from what amount such a package must be tendered, and what the project's alike come to."""
        found = measure(self.instance, day(clock.now()))
        if found is None:
            return ""
        figures = {"limit": figure(found.rule), "together": yuan(found.together_fen), "law": basis(found.rule)}
        words = _("%(limit)s以上必须招标；本项目同类标段合计%(together)s元，已达到（%(law)s）。")
        below = _("%(limit)s以上必须招标；本项目同类标段合计%(together)s元，未达到（%(law)s）。")
        return (words if found.is_reached else below) % figures

    def bond_cap(self) -> str:
        if not self.instance.estimate_fen or not self.instance.documents_issued_on:
            return ""
        rule = law(BOND[Track(self.instance.track)], self.instance.documents_issued_on)
        cap = int(self.instance.estimate_fen * (rule.amount or 0))
        return _("最高 %(cap)s 元（估算价的%(share)s）") % {"cap": yuan(cap), "share": figure(rule)}


SESSION: tuple[Group, ...] = (
    (gettext_lazy("由谁主持和记录"), ("chair", "recorder", "bid_supervisor")),
    (gettext_lazy("开标之前"), ("has_reserve_price", "delay_reason")),
    (gettext_lazy("录音录像和其他"), ("recording", "no_evaluator_attended", "notes")),
)


class OpeningForm(DraftForm):
    """Whether there is a reserve price is settled once bids are open: it can't be dropped when it is inconvenient."""

    groups: ClassVar = SESSION

    class Meta:
        model = Opening
        fields = names_in(SESSION)
        formfield_callback = draft_field

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("has_reserve_price", "delay_reason"):
            self.fields[name].disabled = self.instance.package.is_opened
        minutes = PUNCTUAL // timedelta(minutes=1)
        late = _("比公告的时间晚%(minutes)d分钟以上开标的必填，随开标公布") % {"minutes": minutes}
        self.fields["delay_reason"].help_text = late


REPORT: tuple[Group, ...] = (
    (
        gettext_lazy("评标委员会（成员名单在结果确定前保密，在“评标委员会”登记，不在此填写）"),
        ("is_complex", "has_social_impact", "short_of_time", "time_was_extended"),
    ),
    (
        gettext_lazy("评标报告"),
        ("finished_on", "report_received_on", "summary", "clarifications", "matters_before_signing"),
    ),
    (gettext_lazy("公示之前的核对"), CHECKED),
)


class EvaluationForm(DraftForm):
    groups: ClassVar = REPORT

    class Meta:
        model = Evaluation
        fields = names_in(REPORT)
        formfield_callback = draft_field


class BidFindings(DeskForm, forms.ModelForm):
    """What the committee found of one bid."""

    class Meta:
        model = Bid
        fields = ("score", "evaluated_price_fen", "rank", "eligibility", "rejection_ground", "rejection_reason")
        formfield_callback = draft_field


class BidFindingsRows(forms.BaseModelFormSet):
    """The committee's findings on all bids that were opened. Before the opening not even their number shows (EM-01)."""

    title = gettext_lazy("各投标的评审结果")
    layout = "staff/parts/bids.html"

    def __init__(self, data: Any = None, *, owner: Evaluation) -> None:
        bids = owner.package.bids.accepted()
        super().__init__(data, prefix="bids", queryset=bids if owner.package.is_opened else bids.none())

    def clean(self) -> None:
        super().clean()
        ranks = [form.cleaned_data.get("rank") for form in self.forms if form.is_valid()]
        given = [rank for rank in ranks if rank is not None]
        if len(given) != len(set(given)):
            raise ValidationError(_("名次有重复。"))

    def save(self, commit: bool = True) -> Any:
        """Ranks may change places: all are cleared before they are given anew."""
        Bid.objects.filter(pk__in=[form.instance.pk for form in self.forms]).update(rank=None)
        for form in self.forms:
            form.save()
        return []


BidFindingsFormSet = forms.modelformset_factory(Bid, form=BidFindings, formset=BidFindingsRows, extra=0, edit_only=True)


class AwardForm(DraftForm):
    class Meta:
        model = Award
        fields = ("winner", "determined_on", "ground", "reason", "winner_address", "items")
        formfield_callback = draft_field

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        winner = self.fields["winner"]
        winner.queryset = self.instance.package.bids.candidates()  # type: ignore[attr-defined]
        winner.label_from_instance = candidate  # type: ignore[attr-defined]


def candidate(bid: Bid) -> str:
    words = _("第%(rank)d名：%(bidder)s，%(price)s元")
    return words % {"rank": bid.rank, "bidder": bid.bidder, "price": yuan(bid.price_fen or 0)}
