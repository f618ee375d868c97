"""PostgreSQL stops. What was published can be read on, to the last file; what needs the database says what to do."""

import json
import os
import subprocess
import urllib.error
import urllib.request

import pytest

from application import web_command
from database import remove_cluster, start_database
from environment import PYTHON, ROOT
from instance import throw_away
from processes import Children, Program, end
from staging import find_tool
from tests.deploy.nginx import Site
from tests.deploy.walking import walk
from tests.launcher.observing import wait_for
from tests.ports import lasting_port

pytestmark = pytest.mark.slow

# A project that has gone all its way and one that is open for comments
STORY = """
import django; django.setup()
from ledger import clock
from tests.factories import cemetery_on, hall_on, make_people
people = make_people("a-password-of-tests")
cemetery_on("08-10 10:00", people)
clock.advance(hall_on(people=people).at)
"""
# Do what follows from the acts, as the worker would.
WORK = """
import django; django.setup()
from ledger import outbox
from publishing.handlers import HANDLERS
while queues := outbox.due_queues():
    for queue in queues:
        outbox.drain(queue, HANDLERS)
"""
# Beginnings of addresses that need Django: forms, searches and what knows its reader
NEED_DJANGO = (
    "/projects/?",
    "/notices/?",
    "/corrections/?",
    "/receipts/",
    "/subscribe/",
    "/my/",
    "/desk/",
    "/accounts/",
    "/api/v1/",
)
FORMS = ("/comment/", "/apply/", "/ask/", "/object/", "/complain/")


class Instance:
    """A small instance with two projects, published and sealed, whose database can be stopped."""

    def __init__(self, instance):
        self.folder, self.children = instance.folder, Children(instance.logs)
        self.database = start_database(instance, self.children, fast=True)
        self.port = lasting_port()
        self.address = f"http://127.0.0.1:{self.port}"

    def environment(self, role):
        broker = os.environ["BROKER_URL"].removesuffix("/0")
        return {
            **{name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")},
            "DATA": str(self.folder),
            "DATABASE_URL": self.database.url(role),
            "BROKER_URL": f"{broker}/9",  # nobody else's messages
            "CACHE_URL": f"{broker}/10",
            "DEMO": "1",
            "SITE_URL": self.address,
            "SECRET_KEY": "of-a-test-" * 5,
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }

    def run(self, role, *arguments):
        command = [str(PYTHON), *arguments]
        done = subprocess.run(
            command, env=self.environment(role), cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def manage(self, role, *arguments):
        return self.run(role, "manage.py", *arguments)

    def publish(self):
        self.manage("tracker_owner", "migrate", "--verbosity", "0")
        self.run("tracker_app", "-c", STORY)
        self.run("tracker_app", "-c", WORK)
        self.manage("tracker_sealer", "seal", "--once")
        self.manage("tracker_app", "publish_site", "--jobs", "2")

    def serve(self):
        environment = self.environment("tracker_app") | {"DB_POOL": "1"}
        self.children.start(Program("web", web_command(self.port), environment, folder=ROOT))
        wait_for(lambda: self.get("/projects/?q=none").status == 200, seconds=60)

    def stop_database(self):
        end([child for child in self.children.children if child.program.name == "postgres"])

    def get(self, path, data=None):
        request = urllib.request.Request(self.address + path, data)
        try:
            answer = urllib.request.urlopen(request, timeout=60)
        except urllib.error.HTTPError as refusal:
            answer = refusal
        except urllib.error.URLError:
            answer = urllib.error.HTTPError(path, 0, "nobody answers", None, None)
            answer.body = b""
            return answer
        with answer:
            answer.body = answer.read()
        return answer


@pytest.fixture(scope="module")
def instance():
    with throw_away() as made:
        instance = Instance(made)
        try:
            instance.publish()
            instance.serve()
            instance.stop_database()
            yield instance
        finally:
            instance.children.stop()
            remove_cluster(made)


def needs_django(path):
    is_search = "/comments/?" in path
    return path.removeprefix("/en").startswith(NEED_DJANGO) or path.endswith(FORMS) or is_search


def check(answers):
    """Look at all that a walk has found: files are there, the rest says in two languages that it is not."""
    kinds = ("/documents/", "/media/", "/feeds/", "/notices/", "/ledger/entries/", "/en/projects/", "/static/")
    assert {kind for kind in kinds if not any(path.startswith(kind) for path in answers)} == set()
    wrong = {path: answer.status for path, answer in answers.items() if answer.status != 200}
    assert {path: status for path, status in wrong.items() if not needs_django(path)} == {}
    assert any(path.endswith("/comment/") for path in wrong), "no form was met"
    for path, status in wrong.items():
        assert (path, status) == (path, 503)
        assert answers[path].headers["Retry-After"]
        if not path.startswith("/api/"):
            assert "已公开的项目页面、文件和公开账本仍可查看" in answers[path].body.decode()
            assert "What has been published can still be read" in answers[path].body.decode()


def test_every_page_file_and_entry_is_readable_and_forms_say_what_to_do(instance):
    check(walk(instance.get))


def test_what_is_sent_meanwhile_is_refused_with_a_word_on_what_becomes_of_it(instance):
    answer = instance.get("/api/v1/projects/2026-001/comments/", data=b"{}")

    assert answer.status == 503
    assert json.loads(answer.body)["status"] == 503


@pytest.mark.skipif(not find_tool("nginx") and not os.environ.get("CI"), reason="apt install nginx-light")
def test_through_nginx_it_is_the_same(instance, tmp_path):
    site = Site(tmp_path, instance.folder, instance.port)
    try:
        check(walk(site.get))
    finally:
        site.stop()
