"""Giving out a paper as a Word file."""

from urllib.parse import quote

from django.http import HttpResponse

from publishing.documents import WORD


def word_file(name: str, content: bytes) -> HttpResponse:
    """Return a Word file to be saved under a name, which may be a title in Chinese."""
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}.docx"}
    return HttpResponse(content, content_type=WORD, headers=headers)
