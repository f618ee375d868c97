"""How a paper is given out to whoever may have it: as a Word file with a name."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from publishing.documents.render import WORD


def word_file(name: str, content: bytes) -> HttpResponse:
    """Return a download. ``name`` is that of the file, without its ending."""
    named = content_disposition_header(as_attachment=True, filename=f"{name}.docx")
    return HttpResponse(content, content_type=WORD, headers={"Content-Disposition": named})
