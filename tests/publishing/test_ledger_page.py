"""What a layman reads of the record: sealed when, witnessed by whom, checked with what result, by which keys."""

import json
import os
import time
from datetime import timedelta

import pytest

from ledger import outbox
from ledger.check import Problem, Report
from ledger.clock import real_now
from ledger.keys import publish_verifier
from ledger.models import Checkpoint
from ledger.notes import Note, SigningKey
from ledger.results import publish_result, publish_states
from ledger.rotation import rotate
from ledger.sealer import seal
from ledger.witnesses import configured
from ledger.witnessing import store
from publishing import site
from publishing.handlers import HANDLERS
from publishing.pages.ledger import ledger_page
from publishing.pages.project import project_page
from publishing.pages.record import Record
from tests.factories import hall_on
from tests.publishing.reading import path_of, publish, source, text

pytestmark = pytest.mark.django_db

HALL = "/projects/2026-001/"


@pytest.fixture
def key(settings):
    settings.DEMO = True
    key = SigningKey.generate(settings.LEDGER_ORIGIN)
    publish_verifier(settings.PUBLIC_ROOT / "ledger", key)
    return key


@pytest.fixture
def witness(settings):
    key = SigningKey.generate("jiwei.example/witness")
    settings.WITNESSES = f"县纪委监委 {key.verifier.cosigner} http://127.0.0.1:1"
    return key


@pytest.fixture
def scene(key):
    scene = hall_on()
    publish(scene.at)
    return scene


@pytest.fixture
def folder(settings):
    return settings.PUBLIC_ROOT / "ledger"


def confirm(witness, checkpoint):
    signature = witness.cosign(Note.parse(checkpoint.note).text, int(time.time()))
    store(configured()[0], checkpoint.size, signature)


def report(*problems):
    return Report(5, b"\0" * 32, 0, 1, list(problems))


def test_an_act_is_first_recorded_then_sealed_then_witnessed(scene, key, witness, folder):
    def badges():
        outbox.drain("render", HANDLERS)
        record = text(HALL).partition("办理记录")[2]
        return [badge for badge in ("待收录", "已收录", "待见证", "已见证") if badge in record]

    assert badges() == ["待收录"]
    checkpoint = seal(folder, key)
    assert badges() == ["已收录", "待见证"]
    confirm(witness, checkpoint)
    assert badges() == ["已收录", "已见证"]
    assert f"见证人已确认前{checkpoint.size}条" in text(HALL)


def test_without_witnesses_nothing_is_said_of_them_beside_an_act(scene, key, folder):
    seal(folder, key)
    outbox.drain("render", HANDLERS)

    assert "见证" not in text(HALL).partition("办理记录")[2]
    assert "还没有请见证人" in text("/ledger/")


def test_the_page_says_who_has_witnessed_how_much(scene, key, witness, folder):
    site.rebuild()
    assert "县纪委监委 待见证" in text("/ledger/")

    checkpoint = seal(folder, key)
    confirm(witness, checkpoint)
    outbox.drain("render", HANDLERS)

    assert f"县纪委监委已确认前{checkpoint.size}条" in text("/ledger/")
    assert "jiwei.example/witness" in source("/ledger/"), "the checkpoint is shown with its signature"


def test_a_good_check_is_told_with_its_time(scene, key, folder):
    seal(folder, key)
    assert "还没有核对过" in text("/ledger/")
    publish_result(folder, report(), real_now())

    site.rebuild()

    assert "没有问题" in text("/ledger/")
    assert 'role="alert"' not in source("/ledger/")


def test_a_failed_check_is_the_first_thing_that_the_page_says_in_both_languages(scene, key, folder):
    seal(folder, key)
    publish_result(folder, report(Problem("gap", "第 3 条缺失", "Entry 3 is missing")), real_now())

    site.rebuild()

    assert "发现1处问题" in text("/ledger/")
    assert "第 3 条缺失" in text("/ledger/")
    assert "Entry 3 is missing" in text("/en/ledger/")
    assert 'role="alert"' in source("/ledger/")


def test_the_page_follows_the_hourly_check_without_any_act(scene, key, folder, django_assert_max_num_queries):
    seal(folder, key)
    site.rebuild()
    publish_result(folder, report(), real_now())

    site.keep_current()

    assert "没有问题" in text("/ledger/")
    with django_assert_max_num_queries(2):  # the moment, by the demo's calendar
        site.keep_current()


def test_what_was_found_in_the_very_moment_in_which_the_page_was_written_is_not_overlooked(scene, key, folder):
    seal(folder, key)
    site.rebuild()
    publish_result(folder, report(), real_now())
    for file in (path_of("/ledger/"), folder / "check.json"):
        os.utime(file, ns=(10**18, 10**18))
    site.keep_current()
    assert "没有问题" in text("/ledger/")


def test_an_objecting_witness_is_told_at_once(scene, key, witness, folder):
    seal(folder, key)
    site.rebuild()
    old = time.time() - 5
    os.utime(path_of("/ledger/"), (old, old))
    publish_states(folder, [{"name": "县纪委监委", "problem": "not consistent", "grave": True}])

    site.keep_current()

    assert "见证人“县纪委监委”不同意现在的账本" in text("/ledger/")


def test_a_witness_that_is_only_away_is_no_reason_for_alarm(scene, key, witness, folder):
    seal(folder, key)
    publish_states(folder, [{"name": "县纪委监委", "problem": "it does not answer", "grave": False}])

    site.rebuild()

    assert 'role="alert"' not in source("/ledger/")


def test_all_keys_stand_there_with_the_time_of_their_use(scene, key, folder):
    new = SigningKey.generate(key.name)
    act = rotate(key.verifier, new.verifier, actor=None, at=scene.at)
    seal(folder, key, new)
    seal(folder, key, new)

    site.rebuild()

    page = text("/ledger/")
    assert f"{key.verifier} 签署第1至{act.seq + 1}条的检查点，已停用" in page
    assert f"{new.verifier} 签署第{act.seq + 2}条起的检查点，正在使用" in page
    assert "更换账本密钥" in page


def test_the_files_to_copy_are_named_as_they_are(scene, key, folder):
    seal(folder, key)
    site.rebuild()

    named = [line.rpartition("/ledger/")[2] for line in text("/ledger/").split("curl -O ")[1:]]
    assert len(named) == 4
    assert all((folder / name.split()[0]).is_file() for name in named)


def test_witnesses_cost_a_page_a_constant_number_of_queries(
    scene, key, witness, folder, django_assert_num_queries, django_assert_max_num_queries
):
    with django_assert_max_num_queries(30) as before:
        project_page(scene.project, Record(scene.project), at=scene.at)
    confirm(witness, seal(folder, key))
    with django_assert_num_queries(len(before)):
        project_page(scene.project, Record(scene.project), at=scene.at)
    with django_assert_max_num_queries(8):
        ledger_page()


def test_readiness_and_metrics_tell_of_the_check_the_publication_and_the_witnesses(
    scene, key, witness, folder, client, monkeypatch
):
    checkpoint = seal(folder, key)

    def part(name):
        return client.get("/readyz").json()["parts"][name]

    def metric(name):
        lines = client.get("/metrics").content.decode().splitlines()
        return next(float(line.split()[1]) for line in lines if line.startswith(f"tracker_ledger_{name} "))

    assert (part("ledger"), part("check")) == ("ok", "ok")
    assert metric("unwitnessed") == checkpoint.size
    confirm(witness, checkpoint)
    assert metric("unwitnessed") == 0

    publish_result(folder, report(Problem("gap", "第 3 条缺失", "Entry 3 is missing")), real_now())
    assert part("check") == "1 problems in the record"
    assert metric("problems") == 1
    publish_result(folder, report(), real_now() - timedelta(hours=5))
    assert part("check") == "not checked for hours"
    assert metric("checked_seconds") >= 5 * 3600

    publish_states(folder, [{"name": "县纪委监委", "problem": "not consistent", "grave": True}])
    assert part("ledger") == "1 witnesses object"
    monkeypatch.setattr("portal.health.PUBLISHED_WITHIN", timedelta(seconds=-1))
    assert part("ledger").startswith("checkpoint published")


def test_the_result_is_the_same_for_machines(folder, db):
    publish_result(folder, report(Problem("gap", "第 3 条缺失", "Entry 3 is missing")), real_now())

    told = json.loads((folder / "check.json").read_bytes())
    assert told["problem_count"] == 1
    assert told["problems"] == [{"code": "gap", "zh": "第 3 条缺失", "en": "Entry 3 is missing"}]
    assert Checkpoint.objects.count() == 0
