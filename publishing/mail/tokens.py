"""What stands in the links of letters: a number and a signature. Who has no letter can't make one up."""

from datetime import timedelta

from django.core.signing import BadSignature, Signer, TimestampSigner

CONFIRM_WITHIN = timedelta(hours=48)

_asked = TimestampSigner(sep=".", salt="publishing.subscription")
_sign_up = TimestampSigner(sep=".", salt="publishing.sign-up")
_subscriber = Signer(sep=".", salt="publishing.subscriber")
_commenter = Signer(sep=".", salt="publishing.commenter")
_invited = Signer(sep=".", salt="publishing.invited")


def token_to_confirm(subscription_pk: int) -> str:
    """Return what confirms a subscription, for two days."""
    return _asked.sign(str(subscription_pk))


def subscription_of(token: str) -> int | None:
    """Return which subscription a token confirms, or None if it is too old or not ours."""
    try:
        return int(_asked.unsign(token, max_age=CONFIRM_WITHIN))
    except BadSignature:
        return None


def token_of(subscriber_pk: int) -> str:
    """Return what lets a subscriber look after the own subscriptions, for as long as there are any."""
    return _subscriber.sign(str(subscriber_pk))


def subscriber_of(token: str) -> int | None:
    """Return whose token this is, or None if it is not ours."""
    try:
        return int(_subscriber.unsign(token))
    except BadSignature:
        return None


def token_of_comment(comment_pk: int) -> str:
    """Return what stops the letters to the address that was left with a comment."""
    return _commenter.sign(str(comment_pk))


def comment_of(token: str) -> int | None:
    """Return with which comment the address was left whose token this is, or None if it is not ours."""
    try:
        return int(_commenter.unsign(token))
    except BadSignature:
        return None


def token_of_invitation(invitation_pk: int) -> str:
    """Return what lets an institution answer its invitation, without an account."""
    return _invited.sign(str(invitation_pk))


def invitation_of(token: str) -> int | None:
    """Return which invitation a token answers, or None if it is not ours."""
    try:
        return int(_invited.unsign(token))
    except BadSignature:
        return None


def token_of_sign_up(sign_up_pk: int) -> str:
    """Return what confirms the address of who asked for a bidder's account, for two days."""
    return _sign_up.sign(str(sign_up_pk))


def sign_up_of(token: str) -> int | None:
    """Return which sign-up a token confirms, or None if it is too old or not ours."""
    try:
        return int(_sign_up.unsign(token, max_age=CONFIRM_WITHIN))
    except BadSignature:
        return None
