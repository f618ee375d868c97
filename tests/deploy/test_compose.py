import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.launcher.observing import ROOT

DEPLOY = ROOT / "deploy"
COMPOSE = Path(sys.executable).parent / "docker-compose"


def configuration(environment_file):
    command = [COMPOSE, "-f", DEPLOY / "compose.yaml", "--env-file", environment_file, "config", "--format", "json"]
    return subprocess.run(command, env={"PATH": os.defpath, "HOME": "/"}, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def services():
    done = configuration(DEPLOY / ".env.example")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)["services"]


def test_no_setting_has_a_silent_default(tmp_path):
    lines = (DEPLOY / ".env.example").read_text().splitlines()
    for left_out in [line for line in lines if "=" in line]:
        file = tmp_path / "env"
        file.write_text("\n".join(line for line in lines if line != left_out))

        done = configuration(file)

        assert done.returncode != 0
        assert left_out.split("=")[0] in done.stderr


def test_nginx_alone_can_be_reached_from_outside(services):
    assert [name for name, service in services.items() if service.get("ports")] == ["nginx"]


def test_the_sealer_alone_sees_the_key(services):
    with_keys = [
        name for name, service in services.items() if any(v["source"] == "keys" for v in service.get("volumes", []))
    ]

    assert with_keys == ["sealer"]


def test_each_process_is_the_role_of_the_database_that_it_has_to_be(services):
    roles = {
        name: service["environment"]["DATABASE_URL"].split("://")[1].split(":")[0]
        for name, service in services.items()
        if "DATABASE_URL" in service.get("environment", {})
    }

    assert roles == {
        "migrate": "tracker_owner",
        "web": "tracker_app",
        "worker": "tracker_app",
        "beat": "tracker_app",
        "sealer": "tracker_sealer",
    }
