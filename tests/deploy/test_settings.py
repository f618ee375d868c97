import os
import re
import subprocess
import sys

from tests.launcher.observing import ROOT

# Whether all other names below the bureau's domain are served by TLS only is the bureau's own affair.
SUBDOMAINS = {"security.W005", "security.W021"}


def test_djangos_own_deployment_check_has_nothing_to_say(tmp_path):
    production = {
        "PATH": os.environ["PATH"],
        "DATA": str(tmp_path),
        "SITE_URL": "https://tracker.example.gov.cn",
        "ALLOWED_HOSTS": "tracker.example.gov.cn",
        "SECRET_KEY": "6d01f2b57a9f43f7b4b0a8c1de53d7a2-not-a-secret-of-anyone-82c4",
    }
    command = [sys.executable, "manage.py", "check", "--deploy"]
    done = subprocess.run(command, env=production, cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert set(re.findall(r"\w+\.[WE]\d+", done.stderr)) <= SUBDOMAINS


def test_every_setting_of_the_example_is_one_that_is_read():
    settings = (ROOT / "config" / "settings.py").read_text()
    names = re.findall(r"^(\w+)=", (ROOT / "deploy" / "tracker.env.example").read_text(), re.MULTILINE)

    assert names
    assert [name for name in names if f'"{name}"' not in settings] == []
