"""A paper that is given out on demand, as a Word file to be saved."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def word_file(name: str, content: bytes) -> HttpResponse:
    """Answer with a Word file. ``name`` is what it is saved as, without its ending: the paper's title, for most."""
    saved_as = content_disposition_header(as_attachment=True, filename=f"{name}.docx")
    return HttpResponse(content, content_type=WORD, headers={"Content-Disposition": saved_as})
