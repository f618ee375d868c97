"""
The offline page of those who hold the keys of sealed bids: one file, for a USB stick (docs/adr/0026-…).

Its scripts lie in it, and its own policy allows those alone, and no connection: under the policy of this site it cannot
run, so nobody brings a secret key to a page of ours.
"""

from base64 import b64encode
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe

from publishing.output import LANGUAGES, write
from publishing.verifier import policy

ADDRESS = "/sealed-bids/keys.html"
TEMPLATE = "sealing/keys.html"
SCRIPTS = ("vendor/age-encryption/0.3.1/age.min.js", "site/verify.js", "sealing/format.js", "sealing/keys.js")
# What runs in a bidder's browser, in this order: a changed byte is refused there, and shows to whoever compares.
SEALING = ("vendor/age-encryption/0.3.1/age.min.js", "sealing/format.js", "sealing/deliver.js")
STYLES = ("site/site.css", "sealing/keys.css")


def publish_key_page() -> None:
    for language, prefix in LANGUAGES.items():
        write(f"{prefix}{ADDRESS}", key_page(language).encode())


def key_page(language: str) -> str:
    """Return the page in a language, with whom this site names as witnesses of the time."""
    scripts, style = [_content(name) for name in SCRIPTS], "\n".join(_content(name) for name in STYLES)
    context = {"scripts": scripts, "style": style, "csp": _csp(scripts, style), "policy": policy()}
    with translation.override(language):
        return render_to_string(TEMPLATE, context)


def key_page_digest(language: str) -> str:
    """Return the SHA-256 of the page, for whoever downloads it to compare with what is printed elsewhere."""
    return sha256(key_page(language).encode()).hexdigest()


def digest_of(name: str) -> str:
    """Return the SHA-256 of a script or style of ours, as a browser gets it."""
    return sha256(_content(name).encode()).hexdigest()


def integrity_of(name: str) -> str:
    """Return what a page says of a script of ours, so that a browser runs no other one (Subresource Integrity)."""
    return _digest(_content(name))


def _csp(scripts: Iterable[str], style: str) -> str:
    allowed = " ".join(f"'{_digest(script)}'" for script in scripts)
    return f"default-src 'none'; script-src {allowed}; style-src '{_digest(style)}'; img-src data:"


def _digest(content: str) -> str:
    return f"sha256-{b64encode(sha256(content.encode()).digest()).decode()}"


@cache
def _content(name: str) -> str:
    """
    Return a script or style of ours, to lie in a page.

    :raises LookupError: if there is none
    :raises ValueError: if it would end the element in which it lies
    """
    path = finders.find(name)
    if not path:
        raise LookupError(name)
    content = Path(str(path)).read_text(encoding="utf-8")
    if "</script" in content.lower() or "</style" in content.lower():
        raise ValueError(f"{name} cannot lie in a page")
    return mark_safe(content)  # noqa: S308, a file of ours
