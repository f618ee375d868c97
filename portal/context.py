"""What every page knows of this instance."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def large_type(request: HttpRequest) -> str:
    """Return ``elder`` if the address asks for large type. So it works without scripts and without a cookie."""
    return "elder" if request.GET.get("mode") == "elder" else ""


def instance(request: HttpRequest) -> dict[str, Any]:
    """``page_path`` is the address without its language, for the switch between the two."""
    return {
        "demo": settings.DEMO,
        "site": settings.SITE,
        "site_url": settings.SITE_URL,
        "mode": large_type(request),
        "page_path": request.path.removeprefix("/en"),
    }
