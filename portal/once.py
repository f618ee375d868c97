"""What a person sends twice is done once: the second click, and the reload, get the first one's answer."""

from collections.abc import Callable
from typing import Any

from ledger import sending
from ledger.models import Entry
from statutes.refusal import ActRefused


def once(token: str, act: Callable[[], Any]) -> Entry | None:
    """
    Do ``act`` unless it was done under the same ``token``. Return its entry, of this time or of the first.

    Two that come at once wait for each other at the ledger. An act under embargo has no entry: None.
    """
    if sent := sending.sent_before(token):
        return sent.entry
    try:
        with sending.taking(token) as form:
            act()
    except (sending.SentBeforeError, ActRefused):
        if sent := sending.sent_before(token):  # what stands in the way is what the first has done meanwhile
            return sent.entry
        raise
    if form.entry is None:
        sending.note_unrecorded(token)
    return form.entry
