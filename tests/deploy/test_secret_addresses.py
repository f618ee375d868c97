"""What opens something for its holder stands in no log of the web servers: receipt codes, and the tokens of letters."""

from pathlib import Path

import pytest
import yaml

from application import web_command
from config.discreet_logs import discreet
from tests.deploy.test_nginx import django, site  # noqa: F401, they are fixtures
from tests.launcher.observing import wait_for

DEPLOY = Path(__file__).parents[2] / "deploy"
ADDRESSES = [
    "/receipts/7K2M-9QXF-4TZA/",
    "/receipts/7K2M-9QXF-4TZA.json",
    "/en/receipts/7k2m9qxf4tza/",
    "/receipts/off/12.secret-token/",
    "/subscribe/manage/12.secret-token/",
    "/preview/12.secret-token/",
    "/observe/invitations/12.secret-token/letter.docx",
    "/bid/confirm/12.secret-token/",
    "/en/bid/bids/secret-token/receipt.txt",
]
SECRETS = ("7K2M", "7k2m", "secret-token")


@pytest.mark.slow
def test_nginx_writes_down_neither_code_nor_token_nor_address(site, django):  # noqa: F811, they are fixtures
    for address in ADDRESSES:
        site.get(address, Referer=f"https://tracker.example{ADDRESSES[0]}")
    site.get("/projects/2026-001/?q=7K2M-9QXF-4TZA")
    log = site.public.parents[1] / "tracker.log"

    wait_for(lambda: "/projects/2026-001/" in log.read_text())
    lines = log.read_text()
    assert lines.count("/receipts/... ") >= 3
    assert "/subscribe/... " in lines
    assert "/observe/invitations/... " in lines
    assert "/bid/" not in lines  # how many bid is as secret as who
    assert not [secret for secret in (*SECRETS, "127.0.0.1") if secret in lines]


@pytest.mark.parametrize("address", ADDRESSES)
def test_our_own_logs_leave_out_the_same(address):
    assert not [secret for secret in SECRETS if secret in discreet(f"Not Found: {address}")]


def test_the_python_server_keeps_no_list_of_requests():
    unit = (DEPLOY / "systemd" / "tracker-web.service").read_text()
    image = (DEPLOY / "Dockerfile").read_text()
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    asked = [unit, image, str(compose["services"]["web"]), " ".join(web_command(8000))]

    assert not [command for command in asked if "access-log" in command]  # off is the default of granian
