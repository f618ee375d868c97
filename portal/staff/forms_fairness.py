"""The checklist of the fair-competition review: each clause with its verdict, and the words that want a look."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.staff.forms import Words
from portal.staff.forms_acts import ActForm
from tenders.fairness import hints_of
from tenders.models import Clause, FairnessFinding

MOST_SHOWN = 3


class FairnessForm(ActForm):
    """Asks for each clause; beside it stands what in the announcement looks as if it broke it."""

    exception_ground = forms.CharField(
        label=gettext_lazy("适用例外规定的依据和理由"),
        help_text=gettext_lazy("只有选了“适用例外”的，才填写。"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=1000,
    )

    def __init__(self, data: Any = None, *, thing: Any, at: datetime, files: Any = None) -> None:
        super().__init__(data, thing=thing, at=at, files=files)
        hints = hints_of(thing)
        for clause in Clause:
            self.fields[verdict_of(clause)] = forms.ChoiceField(
                label=clause.label,
                choices=FairnessFinding.Verdict.choices,
                widget=forms.RadioSelect,
                help_text=shown(hints.get(clause, [])),
            )
            self.fields[remark_of(clause)] = forms.CharField(label=_("说明"), max_length=300, required=False)

    def sections(self) -> Iterator[tuple[Words, list[forms.BoundField]]]:
        fields = [self[name(clause)] for clause in Clause for name in (verdict_of, remark_of)]
        yield _("逐条审查：招标公告和招标文件里有没有下列内容"), fields
        yield _("例外"), [self["exception_ground"]]

    @property
    def answers(self) -> dict[str, Any]:
        given = self.cleaned_data
        findings = {clause.value: (given[verdict_of(clause)], given[remark_of(clause)]) for clause in Clause}
        return {"findings": findings, "exception_ground": given["exception_ground"]}


def verdict_of(clause: Clause) -> str:
    return f"verdict-{clause.value.replace('.', '-')}"


def remark_of(clause: Clause) -> str:
    return f"remark-{clause.value.replace('.', '-')}"


def shown(places: list[str]) -> str:
    """Quote the words that the reviewer should look at, with what to do about them."""
    if not places:
        return ""
    quoted = "；".join(f"“{place}”" for place in places[:MOST_SHOWN])
    return _("公告里有：%(quoted)s。认为没有问题的，请写明理由。") % {"quoted": quoted}
