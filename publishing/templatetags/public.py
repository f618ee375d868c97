"""How things are written, for templates: see :mod:`publishing.pages.wording`."""

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from publishing.key_page import SEALING, integrity_of
from publishing.pages.acts import place, title
from publishing.pages.outcomes import petition_terms
from publishing.pages.wording import article, day, in_words, iso, moment, name, second, short, yuan

__all__ = ["article", "day", "in_words", "iso", "moment", "name", "second", "short", "yuan"]

register = template.Library()

for filter_ in (article, day, iso, moment, name, second, short, yuan):
    register.filter(filter_.__name__, filter_)
register.filter("petition_terms", petition_terms)
register.filter("title_of", title)
register.filter("place_of", place)

# A part of a page under its heading, by whether it is finished. The anchor of a folded one stands within the fold:
# whoever follows a link there finds it open.
PARTS = {
    False: '<{tag}{label} id="{anchor}" class="part">{heading}\n{content}</{tag}>',
    True: '<{tag}{label} class="part folded"><details class="fold"><summary>{heading}{note}</summary>'
    '<div id="{anchor}">\n{content}</div></details></{tag}>',
}


@register.simple_block_tag(end_name="endfold")
def fold(
    content: str, title: str, name: str, *, of: object = "", level: int = 2, finished: object = False, note: str = ""
) -> str:
    """
    Return a part of a page: open, or folded if what it tells of is ``finished``.

    ``of`` is the number of the package that it is about, ``note`` what a reader should know without opening it.
    """
    anchor = f"{name}-{of}" if of else name
    return format_html(
        PARTS[bool(finished)],
        tag="section" if level == 2 else "div",
        label=format_html(' aria-labelledby="h-{}"', anchor) if level == 2 else "",
        anchor=anchor,
        heading=format_html('<h{} id="h-{}">{}</h{}>', level, anchor, title, level),
        note=format_html(' <span class="meta">{}</span>', note) if note else "",
        content=content,
    )


@register.simple_tag
def sealing_scripts() -> SafeString:
    """The scripts that seal bids, in their order. A browser refuses one that is not the one whose digest we publish."""
    named = ((static(name), integrity_of(name)) for name in SEALING)
    return format_html_join("", '<script src="{}" integrity="{}" defer></script>', named)
