from secrets import randbits

import pytest
from django.test import Client
from rest_framework.authtoken.models import Token

from ledger.clock import advance


def new_network():
    """Return the first half of an IPv6 address that nobody has used."""
    return f"2a01:{randbits(16):x}:{randbits(16):x}:{randbits(16):x}"


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def calendar(settings):
    """Put the instance's calendar to a moment of a story."""
    settings.DEMO = True
    return advance


class ApiClient(Client):
    """A client of the API at an address of its own, so that no test uses up another one's share."""

    def __init__(self, user=None, token="", **options):
        token = Token.objects.get_or_create(user=user)[0].key if user else token
        headers = {"Authorization": f"Token {token}"} if token else {}
        super().__init__(REMOTE_ADDR=f"{new_network()}::1", headers=headers, **options)

    def send(self, address, body=None, **options):
        return self.post(address, body if body is not None else {}, content_type="application/json", **options)


@pytest.fixture
def anyone():
    return ApiClient()
