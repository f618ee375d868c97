import pytest

import environment


def pins(lock):
    lines = (environment.REQUIREMENTS / lock).read_text().splitlines()
    return {line.removesuffix(" \\") for line in lines if "==" in line and not line.startswith((" ", "#"))}


@pytest.fixture
def stamp(tmp_path, monkeypatch):
    monkeypatch.setattr(environment, "STAMP", tmp_path / "installed-locks")
    return environment.STAMP


def test_tests_run_on_the_very_versions_that_the_system_runs_on():
    assert pins("run.lock") <= pins("test.lock")


@pytest.mark.parametrize("lock", ["run.lock", "test.lock", "uv.lock"])
def test_every_package_is_locked_with_its_hashes(lock):
    for package in (environment.REQUIREMENTS / lock).read_text().split("\n")[2:]:
        if "==" in package:
            assert package.endswith(" \\"), f"{package} has no hash"


def test_an_environment_for_tests_is_good_for_running_too(stamp):
    for_tests = f"{environment.digest('test.lock')}\n{environment.digest('run.lock')}\n"
    stamp.write_text(for_tests)

    environment.ensure_packages("run")

    assert stamp.read_text() == for_tests, "the packages were installed again"


def test_an_environment_whose_python_has_gone_is_no_environment(tmp_path, monkeypatch):
    monkeypatch.setattr(environment, "PYTHON", tmp_path / "bin" / "python")

    assert not environment.works()


def test_an_environment_made_by_another_python_is_no_environment(tmp_path, monkeypatch):
    (tmp_path / "lib" / "python2.7").mkdir(parents=True)
    monkeypatch.setattr(environment, "VENV", tmp_path)

    assert not environment.works()
