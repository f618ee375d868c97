"""The page that explains to everybody how electronic bids are sealed, and who can open them when."""

from typing import Any

from django.utils.translation import get_language

from publishing.key_page import ADDRESS, SEALING, digest_of, key_page_digest
from publishing.output import LANGUAGES


def sealed_bids_page() -> dict[str, Any]:
    language = get_language() if get_language() in LANGUAGES else "zh-hans"
    return {
        "key_page": f"{LANGUAGES[language]}{ADDRESS}",
        "key_page_sha256": key_page_digest(language),
        "scripts": [{"name": name, "sha256": digest_of(name)} for name in SEALING],
    }
