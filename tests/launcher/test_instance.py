import os
import stat
import tempfile
import time
from pathlib import Path

import pytest

from instance import THROW_AWAY, Instance, refuse_unless_instance, throw_away
from terminal import Failure


@pytest.fixture
def instance(tmp_path):
    instance = Instance(tmp_path / "data")
    instance.prepare()
    return instance


def test_secrets_are_made_once(instance):
    instance.make_secrets()
    before = instance.secret("secret_key")
    instance.make_secrets()

    assert instance.secret("secret_key") == before
    assert len(before) > 50
    assert before != instance.secret("tracker_app")


def test_secrets_are_readable_by_the_owner_only(instance):
    instance.make_secrets()

    assert {stat.S_IMODE(f.stat().st_mode) for f in (instance.folder / "secrets").iterdir()} == {0o600}
    assert stat.S_IMODE((instance.folder / "secrets").stat().st_mode) == 0o700


def test_an_instance_is_held_by_one_launcher_at_a_time(instance):
    with instance.hold():
        assert instance.is_held()
        assert instance.hold() is None
    assert not instance.is_held()


def test_a_folder_of_somebody_else_is_not_deleted(tmp_path):
    with pytest.raises(Failure, match="不是本系统的数据目录"):
        refuse_unless_instance(Instance(tmp_path))


def test_a_running_instance_is_not_deleted(instance):
    with instance.hold(), pytest.raises(Failure, match="正在运行"):
        refuse_unless_instance(instance)


def test_a_throw_away_instance_leaves_nothing():
    with throw_away() as instance:
        assert instance.secret("postgres")
    assert not instance.folder.exists()


def test_what_a_killed_trial_left_is_swept_but_no_running_one():
    an_hour_ago = time.time() - 3600
    left, running = (Path(tempfile.mkdtemp(prefix=THROW_AWAY)) for _ in range(2))
    Instance(left).hold().close()

    with Instance(running).hold():
        for folder in (left, running):
            os.utime(folder, (an_hour_ago, an_hour_ago))
        with throw_away():
            assert not left.exists()
            assert running.exists()
    with throw_away():
        assert not running.exists()
