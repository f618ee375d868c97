"""How things are written, for templates: see :mod:`publishing.pages.wording`."""

from django import template

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
