import os
import shutil
import subprocess

import pytest

from staging import stage_systemd
from tests.launcher.observing import ROOT

UNITS = ROOT / "deploy" / "systemd"
SERVICES = sorted(UNITS.glob("*.service"))
pytestmark = pytest.mark.skipif(
    not shutil.which("systemd-analyze") and not os.environ.get("CI"), reason="apt install systemd"
)


def test_the_units_are_sound(tmp_path):
    done = subprocess.run(stage_systemd(tmp_path), capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")


def test_a_spelling_mistake_in_a_unit_is_found(tmp_path):
    command = stage_systemd(tmp_path)
    web = tmp_path / "units" / "tracker-web.service"
    web.write_text(web.read_text().replace("NoNewPrivileges=yes", "NoNewPriviliges=yes"))

    assert "NoNewPriviliges" in subprocess.run(command, capture_output=True, text=True, check=False).stderr


@pytest.mark.parametrize("service", SERVICES, ids=lambda s: s.stem)
def test_a_service_is_shut_in(service):
    command = ["systemd-analyze", "security", "--offline=yes", "--threshold=30", "--no-pager", service]

    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout[-300:]


def test_the_sealer_alone_is_given_the_key_and_is_a_user_of_its_own():
    with_key = [service.stem for service in SERVICES if "credentials/ledger.key" in service.read_text()]

    assert with_key == ["tracker-sealer"]
    assert [s.stem for s in SERVICES if "User=tracker-sealer" in s.read_text()] == ["tracker-sealer"]


def test_no_serving_process_is_given_the_role_of_the_owner():
    with_owner = [service.stem for service in SERVICES if "database_owner_url" in service.read_text()]

    assert with_owner == ["tracker-backup", "tracker-migrate"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give folders away")
def test_users_and_folders_are_made_as_declared(tmp_path):
    (tmp_path / "etc").mkdir()
    for tool, file in (("systemd-sysusers", "tracker.sysusers"), ("systemd-tmpfiles", "tracker.tmpfiles")):
        command = [tool, *(["--create"] if "tmpfiles" in tool else []), f"--root={tmp_path}", UNITS / file]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr

    users = dict(line.split(":")[0:3:2] for line in (tmp_path / "etc" / "passwd").read_text().splitlines())
    ledger = (tmp_path / "var" / "lib" / "tracker" / "public" / "ledger").stat()
    assert (str(ledger.st_uid), oct(ledger.st_mode & 0o7777)) == (users["tracker-sealer"], "0o3775")
    assert oct((tmp_path / "var" / "lib" / "tracker" / "media").stat().st_mode & 0o7777) == "0o700"
