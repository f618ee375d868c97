"""What every letter has from this house: whose it is, and in which language its links lead to us."""

from django.conf import settings
from django.utils import translation


def owner() -> str:
    return settings.SITE["owner_en" if translation.get_language() == "en" else "owner"]


def prefix() -> str:
    return "/en" if translation.get_language() == "en" else ""
