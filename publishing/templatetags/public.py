"""How things are written, for templates: see :mod:`publishing.pages.wording`."""

from django import template
from django.templatetags.static import static
from django.utils.html import format_html_join
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


@register.simple_tag
def sealing_scripts() -> SafeString:
    """The scripts that seal bids, in their order. A browser refuses one that is not the one whose digest we publish."""
    named = ((static(name), integrity_of(name)) for name in SEALING)
    return format_html_join("", '<script src="{}" integrity="{}" defer></script>', named)
