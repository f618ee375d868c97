import shutil

import pytest

from vendored import VENDOR, differences


def test_the_files_of_others_are_those_that_are_listed():
    assert differences(VENDOR) == []


@pytest.fixture
def copy(tmp_path):
    return shutil.copytree(VENDOR, tmp_path / "vendor")


def test_a_changed_a_missing_and_an_added_file_are_told(copy):
    with (copy / "altcha/3.2.2/altcha.min.js").open("ab") as file:
        file.write(b"//")
    (copy / "altcha/3.2.2/LICENSE.txt").unlink()
    (copy / "altcha/3.2.2/more.js").write_text("1", encoding="utf-8")

    assert differences(copy) == [
        "altcha/3.2.2/LICENSE.txt: missing",
        "altcha/3.2.2/altcha.min.js: changed",
        "altcha/3.2.2/more.js: not listed",
    ]
