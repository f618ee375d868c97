"""
Proof of work for the public forms (ALTCHA), made and checked here: nobody outside learns who comments.

It costs an honest phone a second or two while its owner reads, and a machine that floods the same for each comment.
Who can't give one (no scripts, no HTTPS) is held to smaller shares, and never refused for it.
"""

import logging
import time
from hashlib import sha256
from random import SystemRandom
from typing import Any

from altcha import Payload, create_challenge, verify_solution
from django.core.cache import cache
from django.utils.crypto import salted_hmac
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

ALGORITHM = "PBKDF2/SHA-256"
ROUNDS = 2_000  # of one try
FEWEST_TRIES, MOST_TRIES = 400, 1_200
VALID_SECONDS = 3600
LONGEST = 4_000  # characters of an answer

_random = SystemRandom()


def _secret(purpose: str) -> str:
    return salted_hmac("comment-proof", purpose, algorithm="sha256").hexdigest()


def new_challenge() -> dict[str, Any]:
    """Return a challenge as the widget takes it. It is signed, and nothing is kept of it here."""
    challenge = create_challenge(
        ALGORITHM,
        ROUNDS,
        counter=_random.randint(FEWEST_TRIES, MOST_TRIES),
        expires_at=int(time.time()) + VALID_SECONDS,
        hmac_secret=_secret("challenge"),
        hmac_key_secret=_secret("key"),
    )
    return challenge.to_dict()


def is_proven(answer: str, form: str) -> bool:
    """Whether ``answer`` solves a challenge of ours that has not expired and has served no other form."""
    if not answer or len(answer) > LONGEST:
        return False
    if not verify_solution(answer, _secret("challenge"), hmac_key_secret=_secret("key")).verified:
        return False
    return _serves(str(Payload.from_base64(answer).challenge.signature), form)


def _serves(signature: str, form: str) -> bool:
    """
    Let a challenge serve one form, however often that one is sent. Without the cache nobody is refused.

    It is known by our signature: the rest of an answer can be written in many ways.
    """
    key, name = f"proof:{signature}", sha256(form.encode()).hexdigest()
    try:
        return cache.add(key, name, VALID_SECONDS) or cache.get(key) == name
    except RedisError:
        logger.warning("The cache is away: a proof is not noted as used", exc_info=True)
        return True
