"""What every test may rely on."""

import os

import hypothesis
import pytest
from django.utils import translation

from config.celery import app as celery_app
from tests.database import let_tests_flush

let_tests_flush()

# How long an example takes depends on what else the machine does; hypothesis must not judge that.
hypothesis.settings.register_profile("unhurried", deadline=None)
hypothesis.settings.load_profile("unhurried")


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    """Each test publishes and uploads into folders of its own."""
    settings.PUBLIC_ROOT = tmp_path / "public"
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.RECEIPT_KEY_FILE = tmp_path / "keys" / "receipt.key"
    # Each worker of a parallel run has keys of its own in the shared cache.
    own = {"KEY_PREFIX": os.environ.get("PYTEST_XDIST_WORKER", "")}
    settings.CACHES = {"default": {**settings.CACHES["default"], **own}}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # fast


@pytest.fixture(autouse=True)
def chinese_first():
    """A request leaves its language to the thread that answered it; no test may inherit one, in whatever order."""
    with translation.override("zh-hans"):
        yield


@pytest.fixture(autouse=True)
def broker(monkeypatch):
    """A broker in memory: messages go nowhere, as when every worker is dead. The outbox must not mind."""
    monkeypatch.setattr(celery_app.conf, "broker_url", "memory://")
