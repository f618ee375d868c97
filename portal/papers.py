"""How a paper is given out to whoever may have it: as a Word file with a name."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from publishing.documents.render import WORD, BlankField


@contextmanager
def if_filled_in() -> Iterator[None]:
    """
    Make a paper of what may not be complete yet.

    :raises Http404: with what is to be filled in first
    """
    try:
        yield
    except BlankField as blank:
        raise Http404(_("先填好：%(names)s。") % {"names": blank.listed}) from blank


def word_file(name: str, content: bytes) -> HttpResponse:
    """Return a download. ``name`` is that of the file, without its ending."""
    named = content_disposition_header(as_attachment=True, filename=f"{name}.docx")
    return HttpResponse(content, content_type=WORD, headers={"Content-Disposition": named})
