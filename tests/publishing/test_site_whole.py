"""The whole site at once: by several processes, beside acts, with a look at what nothing names any more."""

import json
import os
import time
from io import StringIO
from threading import Thread

import pytest
from django.core.management import call_command
from django.db import connection

from ledger import outbox
from ledger.files import UNFINISHED
from ledger.keys import publish_verifier
from ledger.models import Entry
from ledger.notes import SigningKey
from ledger.proofs import LogProof
from ledger.sealer import seal
from publishing import crew, entries, marks, site
from publishing.entries import ENTRIES
from publishing.handlers import HANDLERS
from publishing.proofs import publish_proofs
from tests.factories import cemetery_on, courtyard_on, hall_on, make_people
from tests.publishing.reading import every_file, path_of, publish, source, text

HALL = "/projects/2026-001/"


@pytest.fixture(autouse=True)
def demo(settings):
    settings.DEMO = True


def seal_ledger(settings):
    key = SigningKey.generate(settings.LEDGER_ORIGIN)
    publish_verifier(settings.PUBLIC_ROOT / "ledger", key)
    seal(settings.PUBLIC_ROOT / "ledger", key)
    return key


def command(*options):
    said = StringIO()
    call_command("publish_site", *options, stdout=said, stderr=said)
    return said.getvalue()


@pytest.mark.django_db(transaction=True)
def test_several_processes_write_what_one_writes():
    people = make_people("a-password-of-tests")
    cemetery_on("08-10 10:00", people)
    publish(hall_on(people=people).at)
    alone = every_file()
    for name in alone:
        path_of(f"/{name}").unlink()

    said = command("--jobs", "3")

    assert every_file() == alone
    assert "published" in said
    parts = len(list(entries.batches(marks.newest()))) + 2 + 2 + 1  # entries, feeds, calendars, projects, common
    assert f"{parts} of {parts} parts" in said


@pytest.mark.django_db(transaction=True)
def test_acts_during_a_rebuild_are_on_the_pages_in_the_end():
    scene = hall_on()
    publish(scene.at)

    def act():
        for n in range(5):
            comment = scene.acts.comment(scene.at, f"第{n}个建议")
            entry = Entry.objects.filter(subject=comment.path).last()
            site.publish_subject(entry, entry.subject)
        connection.close()

    acting = Thread(target=act)
    acting.start()
    for _ in range(3):
        site.rebuild()
    acting.join(60)

    newest = Entry.objects.order_by("-seq").first().seq
    assert "大家的意见（8）" in text(HALL)
    assert json.loads(source(f"{HALL}record.json"))["entries"][-1]["seq"] == newest
    assert path_of(f"{ENTRIES}{newest}/").is_file()


@pytest.mark.django_db
def test_what_cannot_be_written_keeps_nothing_else_from_being_written():
    done = []

    def fail():
        raise ValueError("this one")

    with pytest.raises(ValueError, match="this one"):
        crew.work([fail, lambda: done.append(1), fail, lambda: done.append(2)], 1, crew.silent)
    assert done == [1, 2]


@pytest.mark.django_db
def test_files_that_nothing_names_are_listed_and_deleted_only_if_asked(settings):
    scene = cemetery_on("08-10 10:00")
    publish(scene.at)
    kept = every_file()
    stale = ["/projects/2025-999/index.html", f"{HALL}comments/7/index.html", f"/documents/{'0' * 64}.docx"]
    young, stray = f"/media/{'1' * 64}.jpg", f"/projects/{UNFINISHED}1"
    an_hour_ago = time.time() - 4000
    for address in (*stale, young, stray):
        path_of(address).parent.mkdir(parents=True, exist_ok=True)
        path_of(address).write_bytes(b"stale")
    for path in settings.PUBLIC_ROOT.rglob("*"):
        if path.name != path_of(young).name:
            os.utime(path, (an_hour_ago, an_hour_ago))

    said = command("--jobs", "1", "--prune", "--dry-run")
    assert all(f"would delete {address}" in said for address in stale)
    assert "3 files that nothing names" in said
    assert all(path_of(address).is_file() for address in stale)
    assert not path_of(stray).exists()

    command("--jobs", "1", "--prune")
    assert set(every_file()) == {*kept, young.lstrip("/")}
    assert not path_of("/projects/2025-999/").parent.exists()


@pytest.mark.django_db
def test_a_paper_that_the_folder_has_lost_is_missed():
    scene = hall_on()
    outbox.drain("render", HANDLERS)
    names = [entry.facts["name"] for entry in scene.entries("document.published")]
    assert "missing" not in command("--jobs", "1")

    path_of(f"/documents/{names[0]}").unlink()

    assert f"missing, restore it from a backup: /documents/{names[0]}" in command("--jobs", "1")


@pytest.mark.django_db
def test_an_entry_is_a_page_its_bytes_and_once_sealed_a_proof(settings):
    publish(hall_on().at)
    entry = Entry.objects.in_order()[3]
    address = f"{ENTRIES}{entry.seq}"
    assert path_of(f"{address}.json").read_bytes() == bytes(entry.body)
    assert "还没有签署" in text(f"{address}/")
    assert not path_of(f"{address}.tlog-proof").exists()

    key = seal_ledger(settings)
    site.publish_subject(entry, entry.subject, size=Entry.objects.count())
    publish_proofs()

    proof = LogProof.parse(source(f"{address}.tlog-proof"))
    head, _signers = proof.verify(bytes(entry.body), settings.LEDGER_ORIGIN, [key.verifier])
    assert head.size == Entry.objects.count()
    assert f"公开账本第{entry.seq}条" in text(f"{address}/")


@pytest.mark.django_db
def test_of_a_long_record_only_the_new_entries_are_written(settings, monkeypatch):
    monkeypatch.setattr(entries, "IN_ONE_GO", 4)
    scene = hall_on()
    publish(scene.at)
    seal_ledger(settings)
    last = Entry.objects.order_by("seq").last()
    site.publish_subject(last, last.subject, size=last.seq + 1)
    sealed = {name: path_of(f"/{name}").stat().st_mtime_ns for name in every_file() if "ledger/entries" in name}
    assert len([name for name in sealed if name.endswith(".json")]) == last.seq + 1

    written = []
    monkeypatch.setattr(entries, "write_entry", lambda entry, checkpoint: written.append(entry.seq))
    new = Entry.objects.filter(subject=scene.acts.comment(scene.at, "再提一条").path).last()
    site.publish_subject(new, new.subject)
    assert written == [new.seq]
    site.publish_subject(new, new.subject)
    assert written == [new.seq]


@pytest.mark.django_db
def test_after_an_upgrade_entries_are_written_in_their_new_form():
    publish(hall_on().at)
    for mark in (path_of("/.told"), path_of(f"{ENTRIES}.told")):
        mark.write_text(json.dumps(json.loads(mark.read_text()) | {"form": "of the last release"}))
    page = path_of(f"{ENTRIES}2/")
    page.write_text("as the last release wrote it")

    site.keep_current()

    assert "公开账本第2条" in text(f"{ENTRIES}2/")


@pytest.mark.django_db
def test_a_projects_data_for_machines_says_what_its_page_says():
    scene = cemetery_on("08-10 10:00")
    publish(scene.at)

    data = json.loads(source(f"/projects/{scene.project.number}/project.json"))
    award = next(act["facts"] for act in data["acts"] if act["kind"] == "step.award")
    assert award == scene.entries("step.award")[0].facts
    assert [stage["is_current"] for stage in data["stages"]].count(True) == 1
    assert data["clocks"]
    assert {paper["sha256"] for paper in data["papers"]} == {p.sha256 for p in scene.project.papers.all()}


@pytest.mark.django_db
def test_the_queries_of_the_common_pages_do_not_grow_with_projects(django_assert_max_num_queries):
    people = make_people("a-password-of-tests")
    hall_on(people=people)
    scene = cemetery_on("08-10 10:00", people)
    publish(scene.at)
    with django_assert_max_num_queries(60) as two:
        site.publish_common()

    courtyard_on("08-12 10:00", people)
    with django_assert_max_num_queries(len(two)):
        site.publish_common()
