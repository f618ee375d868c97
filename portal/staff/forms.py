"""What the forms of the desk have in common; for drafts, the revision by which two writers notice each other."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise

Words = str | Promise
Group = tuple[Words, tuple[str, ...]]


def names_in(groups: tuple[Group, ...]) -> tuple[str, ...]:
    """Return the names of the fields in all groups, in their order."""
    return tuple(name for _legend, names in groups for name in names)


class DeskForm(forms.Form):
    """A form that answers beside the field, not in the browser's own bubble."""

    use_required_attribute = False
    groups: ClassVar[tuple[Group, ...]] = ()

    def sections(self) -> Iterator[tuple[Words, list[forms.BoundField]]]:
        """The visible fields in their groups; without groups all in one."""
        groups = self.groups or (("", tuple(field.name for field in self.visible_fields())),)
        for legend, names in groups:
            yield legend, [self[name] for name in names]


class DraftForm(DeskForm, forms.ModelForm):
    """A draft. ``revision`` is the one that the writer saw."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.seen = self.instance.revision
        self.initial["revision"] = self.seen
        for name, hint in self.hints().items():
            self.fields[name].help_text = "；".join(str(text) for text in (self.fields[name].help_text, hint) if text)

    def hints(self) -> dict[str, str]:
        """What is worth knowing beside a field, by its name: the earliest lawful day, the sum so far."""
        return {}

    @property
    def is_stale(self) -> bool:
        """Whether somebody else has saved since the writer loaded the page."""
        return self.data.get(self.add_prefix("revision")) != str(self.seen)

    def save(self, commit: bool = True) -> Any:
        self.instance.revision = self.seen + 1
        return super().save(commit)
