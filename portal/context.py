"""What every page knows of this instance."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def instance(request: HttpRequest) -> dict[str, Any]:
    """``page_path`` is the address without its language, for the switch between the two."""
    return {
        "demo": settings.DEMO,
        "site": settings.SITE,
        "site_url": settings.SITE_URL,
        "page_path": request.path.removeprefix("/en"),
    }
