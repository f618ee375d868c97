"""What a company enters: its account, and what is sealed in its own browser."""

from django import forms
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import SignUp
from portal.converters import normalised
from portal.public.fields import PlainText, PublicForm
from tenders.personal import CREDIT_ALPHABET, is_credit_code


class SignUpForm(PublicForm):
    company = PlainText(
        label=_("单位全称"),
        most=120,
        help_text=_("与营业执照一致。开标前不公开，也没有别的投标人看得到。"),
        widget=forms.TextInput,
    )
    credit_code = forms.CharField(
        label=_("统一社会信用代码"), max_length=30, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    name = PlainText(label=_("经办人姓名"), most=60, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(
        label=_("邮箱"),
        max_length=150,
        help_text=_("登录时用，确认信也发到这里。"),
        widget=forms.EmailInput(attrs={"autocomplete": "username", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("密码"),
        max_length=200,
        help_text=_("至少8位，不要用常见的密码。可以粘贴。"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_credit_code(self) -> str:
        code = normalised(self.cleaned_data["credit_code"]).replace(" ", "").upper()
        if len(code) != 18 or not set(code) <= set(CREDIT_ALPHABET) or not is_credit_code(code):
            raise forms.ValidationError(_("代码不对：应当是18位，请照营业执照核对。"))
        return code

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password

    @property
    def sign_up(self) -> SignUp:
        typed = {name: self.cleaned_data[name] for name in ("company", "credit_code", "name", "email")}
        password = make_password(self.cleaned_data["password"])
        return SignUp(**typed, password=password, language=get_language() or "zh-hans")


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class SealForm(forms.Form):
    """Drawn by us, filled in and sealed in the browser. It is never sent: this server does not learn what is in it."""

    price = forms.CharField(label=_("投标报价（元）"), widget=forms.TextInput(attrs={"inputmode": "decimal"}))
    duration_days = forms.CharField(label=_("工期（日历天）"), widget=forms.TextInput(attrs={"inputmode": "numeric"}))
    quality = forms.CharField(label=_("质量目标"), max_length=100)
    project_manager = forms.CharField(label=_("项目经理"), max_length=60)
    manager_certificate = forms.CharField(label=_("项目经理证书编号"), max_length=60, required=False)
    bond = forms.CharField(
        label=_("投标保证金（元）"), required=False, widget=forms.TextInput(attrs={"inputmode": "decimal"})
    )

    def __init__(self) -> None:
        super().__init__(auto_id="seal_%s")
        self.fields["files"] = forms.FileField(
            label=_("投标文件"),
            help_text=_("可以选多个，合计不超过45 MB。"),
            widget=FilesInput(attrs={"multiple": True}),
        )
        for field in self.fields.values():
            field.widget.attrs["autocomplete"] = "off"


class RecoveryForm(forms.Form):
    secret = forms.CharField(
        label=_("恢复密钥"),
        max_length=2000,
        help_text=_("把递交时保存的恢复密钥文件里的全部内容粘贴在这里。"),
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "autocomplete": "off"}),
        error_messages={"required": _("请粘贴恢复密钥。")},
    )
