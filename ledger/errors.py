"""What may be kept and shown of an error: its words, without passwords, keys and the addresses of people."""

import re

LONGEST = 2000  # characters
HIDDEN = "…"

# What each hides stands in its group; the rest of the match stays as it is.
_SECRETS = (
    re.compile(r"(?<=://)([^\s/@]+)@"),  # user and password of an address
    re.compile(r"(?i)\b(?:bearer|basic)\s+([A-Za-z0-9+/=._~-]{6,})"),
    re.compile(
        r"(?i)[\w-]*(?:passw(?:or)?d|secret|token|signature|api[_-]?key)[\w-]*[\"']?\s*[=:]\s*[\"']?([^\s\"',;&)}]+)"
    ),
    re.compile(r"\b(whsec_[A-Za-z0-9+/=]+)"),  # Standard Webhooks
    re.compile(r"(PRIVATE\+KEY\+\S+)"),
    re.compile(r"(?<=[?&])([^\s\"'#]+)"),  # the query of an address: links of subscribers are keys
    re.compile(r"([\w.+-]+@[\w-]+(?:\.[\w-]+)+)"),  # an e-mail address is a person
    re.compile(r"\b(1[3-9]\d{9})\b"),  # a mobile telephone
)


def told(error: BaseException) -> str:
    """Return an error as one may read it: its kind and its words, cut to 2,000 characters."""
    text = repr(error)
    for secret in _SECRETS:
        text = secret.sub(lambda found: found[0].replace(found[1], HIDDEN), text)
    return text[:LONGEST]
