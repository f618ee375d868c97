"""What every test may rely on."""

import pytest

from config.celery import app as celery_app
from tests.database import let_tests_flush

let_tests_flush()


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    """Each test publishes and uploads into folders of its own."""
    settings.PUBLIC_ROOT = tmp_path / "public"
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # fast


@pytest.fixture(autouse=True)
def broker(monkeypatch):
    """A broker in memory: messages go nowhere, as when every worker is dead. The outbox must not mind."""
    monkeypatch.setattr(celery_app.conf, "broker_url", "memory://")
