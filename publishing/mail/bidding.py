"""Who is written to as a bidder: the address with which a company has signed up and which it has confirmed."""

from django.db.models import QuerySet
from django.db.models.functions import Lower

from accounts.models import SignUp, User


def bidders() -> QuerySet[User]:
    """Return the accounts of bidders that are in use."""
    return User.objects.filter(role=User.Role.BIDDER, is_active=True)


def sign_ups_of(accounts: QuerySet[User]) -> QuerySet[SignUp]:
    """Return how these accounts were asked for. An account's name is the confirmed address, in small letters."""
    confirmed = SignUp.objects.exclude(confirmed_at=None).alias(address=Lower("email"))
    return confirmed.filter(address__in=accounts.values("username"))
