"""
The hourly look at the ciphertexts of sealed bids: one alarm, for whoever runs the machine.

It says that something is wrong, and neither where nor how much: until the opening nobody may count bids (EM-06).
``check_ledger`` names them.
"""

import logging
from datetime import datetime
from typing import NamedTuple

from django.core.cache import cache
from redis.exceptions import RedisError

from ledger.clock import real_now
from tenders.audit.ciphertexts import bids_before_award, check_ciphertexts

KEY = "ciphertexts-checked"
KEPT = 7 * 24 * 3600  # seconds

logger = logging.getLogger(__name__)


class Checked(NamedTuple):
    at: datetime
    is_wrong: bool


def inspect_ciphertexts() -> Checked:
    """Read them all, and leave for the monitor whether one is not what was delivered."""
    is_wrong = any(check_ciphertexts(bids_before_award()))
    checked = Checked(real_now(), is_wrong)
    if is_wrong:
        logger.error("A ciphertext is not what was delivered: run check_ledger, and restore it from the backup")
    cache.set(KEY, (checked.at.timestamp(), is_wrong), KEPT)
    return checked


def last_inspection() -> Checked | None:
    """Return what the last look has found; None if there was none, or if nobody remembers."""
    try:
        found = cache.get(KEY)
    except RedisError:  # the other figures are wanted most when the broker is down
        return None
    return found and Checked(datetime.fromtimestamp(found[0], real_now().tzinfo), found[1])
