from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedSignupAdapter(DefaultAccountAdapter):
    """Accounts are given out by an administrator; the public needs none."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
