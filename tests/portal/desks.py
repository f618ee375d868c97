"""For the tests of the desk: forms as a browser sends them, pictures to upload."""

from io import BytesIO

from django import forms
from PIL import Image

from portal.staff.drafts import DRAFTS
from portal.staff.sheets import Sheet


def typed(name, thing, project=None, **changes):
    """Return what a browser sends for a draft, with some fields changed."""
    sheet = Sheet(DRAFTS[name], DRAFTS[name].find(project or thing.project, thing.pk))
    data = {}
    for part in (sheet.form, *sheet.parts):
        data |= _sent(part)
    return data | changes


def _sent(part):
    if isinstance(part, forms.BaseFormSet):
        data = _sent(part.management_form)
        for row in part.forms:
            data |= _sent(row)
        return data
    sent = {field.html_name: _value(field) for field in part}
    return {name: value for name, value in sent.items() if value is not None and value is not False}


def _value(field):
    value = field.value()
    widget = field.field.widget
    return widget.format_value(value) if isinstance(widget, forms.DateInput | forms.DateTimeInput) else value


def errors_of(response):
    """Return what the page says is wrong."""
    return [error for _field, error in response.context["sheet"].errors]


def picture(kind="JPEG", size=(40, 30), **options):
    content = BytesIO()
    Image.new("RGB", size, "green").save(content, kind, **options)
    return content.getvalue()
