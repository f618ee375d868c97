"""Form fields of the desk: money as people write it, days and moments with pickers that every browser has."""

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from publishing.money import yuan
from tenders.models import MAX_FEN

# Commas only where they part thousands: "1,28" is a slip of the hand, not a hundred and twenty-eight.
YUAN = re.compile(r"(?P<whole>[0-9]+|[0-9]{1,3}(,[0-9]{3})+)(\.(?P<fen>[0-9]{1,2}))?")


class YuanField(forms.Field):
    """
    An amount typed in yuan, kept in fen.

    Full-width digits, commas and signs are read as their plain twins. ``blank`` is what an empty field stands for.
    """

    default_error_messages = {
        "letters": _("请只写数字，例如 1,280,000.00（单位：元）。"),
        "negative": _("金额不能为负数。"),
        "decimals": _("最多写两位小数（精确到分）。"),
        "commas": _("逗号的位置不对：请按三位一组分隔，或者不写逗号。"),
        "huge": _("金额太大，请核对。"),
    }

    def __init__(self, *, blank: int | None = None, **options: Any) -> None:
        super().__init__(**options)
        self.blank = blank

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "decimal", "autocomplete": "off", "class": "num"}

    def prepare_value(self, value: Any) -> Any:
        return yuan(value) if isinstance(value, int) else value

    def to_python(self, value: Any) -> int | None:
        typed = unicodedata.normalize("NFKC", str(value or "")).replace(" ", "").removeprefix("¥").removesuffix("元")
        if not typed:
            return self.blank
        match = YUAN.fullmatch(typed)
        if not match:
            raise self.fault(typed)
        fen = int(match["whole"].replace(",", "")) * 100 + int((match["fen"] or "0").ljust(2, "0"))
        if fen > MAX_FEN:
            raise ValidationError(self.error_messages["huge"], code="huge")
        return fen

    def fault(self, typed: str) -> ValidationError:
        """Say what is wrong with an amount that cannot be read."""
        if re.fullmatch(r"[-−][0-9.,]+", typed):
            code = "negative"
        elif re.fullmatch(r"[0-9,]*\.[0-9]{3,}", typed):
            code = "decimals"
        elif re.fullmatch(r"[0-9.,]+", typed) and "," in typed:
            code = "commas"
        else:
            code = "letters"
        return ValidationError(self.error_messages[code], code=code)

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(data) != initial
        except ValidationError:
            return True


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class MomentInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


def draft_field(field: models.Field, **options: Any) -> forms.Field | None:
    """Return the form field for a model's field. A draft may be incomplete: what an act needs, its gates demand."""
    if field.name.endswith("_fen"):
        return amount_field(field)
    if isinstance(field, models.DateTimeField):
        options["widget"] = MomentInput
    elif isinstance(field, models.TextField):
        options["widget"] = forms.Textarea(attrs={"rows": 4})
    elif isinstance(field, models.DateField):
        options["widget"] = DayInput
    return field.formfield(**options)


def amount_field(field: models.Field) -> YuanField:
    blank = field.default if field.has_default() and not field.null else None
    required = blank is None and not field.null
    return YuanField(label=field.verbose_name, help_text=_("单位：元"), required=required, blank=blank)
