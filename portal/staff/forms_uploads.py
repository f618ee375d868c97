"""What is said of a file when it is laid to a draft."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.staff.attachments import DocumentField, PictureField
from portal.staff.describing import tells_what_is_seen
from portal.staff.forms import DeskForm
from tenders.gates.prequalification import prequalification_of
from tenders.models import Consultation, Package, Rendering, TenderDocument


class UploadForm(DeskForm, forms.ModelForm):
    """``owner`` is the draft to which the file belongs."""

    def __init__(self, data: Any = None, files: Any = None, *, owner: Any) -> None:
        super().__init__(data, files)
        self.owner = owner


class RenderingForm(UploadForm):
    picture = PictureField(
        label=_("效果图"),
        help_text=_("JPEG、PNG 或 WebP，最大20 MB。照片里的拍摄地点等信息会自动去掉。"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    field_order = ("picture", "kind", "caption", "alt", "position")

    class Meta:
        model = Rendering
        fields = ("kind", "caption", "alt", "position")
        widgets = {"alt": forms.Textarea(attrs={"rows": 2})}

    owner: Consultation

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].required = False  # unless said otherwise it is a rendering

    def clean(self) -> dict[str, Any]:
        """A description has to say what is seen, not what the file is called."""
        cleaned = super().clean() or self.cleaned_data
        name = getattr(self.files.get("picture"), "name", "") or ""
        if "alt" in cleaned and not tells_what_is_seen(cleaned["alt"], name):
            words = _("请写出画面上有什么，例如“从路口看正门，右侧是两棵柏树”；不要只写文件名或者“图片”。")
            self.add_error("alt", words)
        return cleaned

    def save(self, commit: bool = True) -> Any:
        kept = self.cleaned_data["picture"]
        self.instance.consultation, self.instance.image, self.instance.sha256 = self.owner, kept.file, kept.sha256
        self.instance.since = self.owner.written_version()
        return super().save(commit)


class TenderDocumentForm(UploadForm):
    document = DocumentField(
        label=_("文件"),
        help_text=_("PDF、Word（.docx）、Excel（.xlsx）、ZIP 或 DWG，最大50 MB，不带宏。"),
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.xlsx,.zip,.dwg"}),
    )
    field_order = ("document", "kind", "title")

    class Meta:
        model = TenderDocument
        fields = ("kind", "title")

    owner: Package

    def clean_kind(self) -> str:
        """A prequalification document belongs to a prequalification whose notice is not out."""
        kind, ours = str(self.cleaned_data["kind"]), prequalification_of(self.owner)
        if kind == TenderDocument.Kind.PREQUALIFICATION and (ours is None or ours.published_at):
            raise ValidationError(_("本标段没有在筹备资格预审；预审公告发布以后，改动请发布澄清或者修改。"))
        return kind

    def save(self, commit: bool = True) -> Any:
        kept = self.cleaned_data["document"]
        self.instance.package, self.instance.file, self.instance.sha256 = self.owner, kept.file, kept.sha256
        return super().save(commit)
