from django import template

from publishing import money

register = template.Library()


@register.filter
def yuan(fen: int) -> str:
    return money.yuan(fen)
