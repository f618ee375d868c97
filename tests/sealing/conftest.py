import pytest

from tests.browsers import chromium
from tests.sealing.making import Keyring


@pytest.fixture(scope="module")
def ring():
    return Keyring()


@pytest.fixture(scope="module")
def browser():
    with chromium() as running:
        yield running
