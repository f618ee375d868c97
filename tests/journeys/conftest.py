"""The stage of the journeys: the site as it runs in production, a browser, and a worker that works when it is told."""

from threading import Thread
from uuid import uuid4
from wsgiref.simple_server import WSGIRequestHandler

import pytest
from django.core.servers.basehttp import ThreadedWSGIServer
from django.core.wsgi import get_wsgi_application

from config.published_files import PublishedFiles
from ledger import outbox
from ledger.models import Task
from publishing.handlers import HANDLERS
from tests import browsers
from tests.journeys.browsing import Person


class Quiet(WSGIRequestHandler):
    def log_message(self, *args):
        """Nothing: a test's output is its failures."""


@pytest.fixture
def site(transactional_db, settings):
    """Return the address of a demo instance: the published files first, then Django, as in production."""
    settings.DEMO = True
    settings.CACHES = {"default": settings.CACHES["default"] | {"KEY_PREFIX": uuid4().hex}}
    with ThreadedWSGIServer(("127.0.0.1", 0), Quiet) as server:
        server.set_app(PublishedFiles(get_wsgi_application(), settings.PUBLIC_ROOT))
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def chromium():
    """A browser for a module. While Playwright runs, Django sees its loop: the tests ask the database all the same."""
    if browsers.IS_MISSING:
        pytest.skip("no Chromium on this machine")
    with pytest.MonkeyPatch.context() as patch, browsers.chromium() as browser:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield browser


@pytest.fixture
def sit_down(site, chromium):
    """Return a function that sits somebody down at a browser. In the end no browser may have complained of a page."""
    sitting = []

    def sit_down(kind=Person, **options):
        sitting.append(kind(chromium, site, **options))
        return sitting[-1]

    yield sit_down
    for person in sitting:
        person.context.close()
    assert [trouble for person in sitting for trouble in person.troubles] == []


@pytest.fixture
def publish(settings):
    """Return the worker: it does at once what follows from all acts so far."""

    def publish():
        while queues := outbox.due_queues():
            for queue in queues:
                outbox.drain(queue, HANDLERS)
        assert not Task.objects.filter(done_at=None).exists()

    return publish
