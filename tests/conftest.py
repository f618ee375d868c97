"""What every test may rely on."""

import time
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from types import SimpleNamespace
from uuid import uuid4

import hypothesis
import pytest
from django.apps import apps
from django.conf import settings as django_settings
from django.utils import translation

from config.celery import app as celery_app
from ledger import outbox
from tests.database import let_tests_flush

let_tests_flush()

# How long an example takes depends on what else the machine does; hypothesis must not judge that.
hypothesis.settings.register_profile("unhurried", deadline=None)
hypothesis.settings.load_profile("unhurried")


@pytest.fixture(scope="session", autouse=True)
def product():
    """Import all of it first: a module imported while a test tells the time has that test's clock ever after."""
    import_module(django_settings.ROOT_URLCONF)  # which knows in what order
    for app in apps.get_app_configs():
        if Path(app.path).parent == django_settings.BASE_DIR:
            for found in walk_packages([app.path], f"{app.name}."):
                if not found.name.endswith("__main__") and ".migrations" not in found.name:
                    import_module(found.name)


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    """Each test publishes and uploads into folders of its own."""
    settings.PUBLIC_ROOT = tmp_path / "public"
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.RECEIPT_KEY_FILE = tmp_path / "keys" / "receipt.key"
    # Each test has keys of its own in the cache that all share, and waits for it however busy the machine is.
    own = {"KEY_PREFIX": uuid4().hex, "OPTIONS": {"socket_connect_timeout": 30, "socket_timeout": 30}}
    settings.CACHES = {"default": {**settings.CACHES["default"], **own}}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # fast


@pytest.fixture(autouse=True)
def chinese_first():
    """A request leaves its language to the thread that answered it; no test may inherit one, in whatever order."""
    with translation.override("zh-hans"):
        yield


@pytest.fixture(autouse=True)
def hour_that_does_not_end(monkeypatch):
    """What is counted by the hour of the clock on the wall is not forgotten when that ends in the middle of a test."""
    began = time.time()
    monkeypatch.setattr("portal.public.limits.time", SimpleNamespace(time=lambda: began))


@pytest.fixture(autouse=True)
def broker(monkeypatch):
    """
    A broker in memory: messages go nowhere, as when every worker is dead. The outbox must not mind.

    That one was away in another test is forgotten.
    """
    monkeypatch.setattr(outbox, "_broker", outbox._Broker())
    monkeypatch.setattr(celery_app.conf, "broker_url", "memory://")
