"""What is asked at the desk about questions, clarifications, and what stops, resumes or ends a tender."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ledger import clock
from portal.staff.fields import MomentInput, draft_field
from portal.staff.forms import DraftForm
from portal.staff.forms_acts import ActForm, ActModelForm
from publishing.pages.wording import day, moment
from tenders.gates.enquiry import earliest_due_day, rule_before_deadline
from tenders.gates.standstill import earliest_after
from tenders.law import day as day_on
from tenders.law import law
from tenders.models import Clarification, Ending, Question, Suspension
from tenders.operations.clarifications import Detail
from tenders.operations.standstill import Order

DETAIL = ("kind", "item", "question", "old_text", "new_text")
ORDER = ("ordered_by", "order_number", "ends_on")


class QuestionForm(ActModelForm):
    channel = forms.ChoiceField(
        label=gettext_lazy("来源"), choices=[c for c in Question.Channel.choices if c[0] != Question.Channel.WEB]
    )

    class Meta:
        model = Question
        fields = ("channel", "text", "asker", "contact")
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "asker": gettext_lazy("可以不写。永远不公开。"),
            "contact": gettext_lazy("可以不写。永远不公开。"),
        }


class SetQuestionAsideForm(ActForm):
    reason = forms.ChoiceField(
        label=gettext_lazy("不答复的理由（公开）"), choices=Question.SetAside, widget=forms.RadioSelect
    )


class ClarificationForm(ActModelForm):
    """The answers to questions are chosen by number: who asked is shown at the desk, and nowhere else."""

    answers_to = forms.TypedMultipleChoiceField(
        label=gettext_lazy("答复哪些提问"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    new_due_at = forms.DateTimeField(label=gettext_lazy("新的截止时间"), required=False, widget=MomentInput)

    class Meta:
        model = Clarification
        fields = (*DETAIL, "text", "affects_bids")
        formfield_callback = draft_field

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        waiting = self.thing.questions.waiting()  # type: ignore[attr-defined]
        self.fields["answers_to"].choices = [(q.number, f"{q.number}. {q.text[:60]}") for q in waiting]  # type: ignore[attr-defined]
        if not waiting:
            del self.fields["answers_to"]
        self.fields["text"].required = True
        self.fields["kind"].required = False
        self.fields["new_due_at"].help_text = self.about_deadline()

    def about_deadline(self) -> str:
        """Say what happens to the deadline if nothing is written."""
        package: Any = self.thing
        if package.closes_at is None:
            return ""
        rule = law(rule_before_deadline(package), day_on(self.at))
        figures = {
            "now": moment(package.closes_at),
            "n": rule.amount,
            "earliest": day(earliest_due_day(package, day_on(self.at))),
        }
        return (
            _(
                "现为%(now)s。留空：不影响投标的不变；可能影响投标的，今天发出须截止在%(earliest)s或以后（%(n)s日），不足的自动顺延。"
            )
            % figures
        )

    @property
    def answers(self) -> dict[str, Any]:
        typed = super().answers
        typed["kind"] = typed["kind"] or Clarification.Kind.CLARIFICATION
        return {
            "text": typed["text"],
            "affects_bids": typed["affects_bids"],
            "new_due_at": typed["new_due_at"],
            "detail": Detail(**{name: typed[name] for name in DETAIL}),
            "answers": typed.get("answers_to", []),
        }


class SuspendForm(ActModelForm):
    needed = ("reason", "basis")

    class Meta:
        model = Suspension
        fields = ("reason", "basis", *ORDER)
        formfield_callback = draft_field

    @property
    def answers(self) -> dict[str, Any]:
        typed = super().answers
        order = Order(**{name: typed[name] for name in ORDER})
        return {"reason": typed["reason"], "basis": typed["basis"], "order": order}


class ResumeForm(ActForm):
    reason = forms.CharField(label=gettext_lazy("恢复的理由"), widget=forms.Textarea(attrs={"rows": 3}))
    new_due_at = forms.DateTimeField(label=gettext_lazy("新的截止时间"), required=False, widget=MomentInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        suspension: Any = self.thing
        earliest = earliest_after(suspension, self.at)
        if earliest is None:
            del self.fields["new_due_at"]
            return
        words = _("暂停时剩余的投标时间不缩短：不得早于%(earliest)s。")
        self.fields["new_due_at"].help_text = words % {"earliest": moment(earliest)}
        self.fields["new_due_at"].required = True


class EndingForm(DraftForm):
    """How money goes back, and what comes after. The reason is asked when the step is taken."""

    class Meta:
        model = Ending
        fields = ("refund", "afterwards", "approval_organ", "approval_number")
        formfield_callback = draft_field

    def hints(self) -> dict[str, str]:
        basis = law("EV-04", day_on(clock.now())).citation
        return {
            "afterwards": _("投标人不足三家或者所有投标被否决的，应当重新招标。"),
            "approval_organ": _("再次招标失败、不再招标的填写（%(basis)s）。") % {"basis": basis},
        }
