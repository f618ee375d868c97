"""Lays deployment files out in a folder so that their own tools can check them where nothing is installed."""

import os
import shutil
import subprocess
from pathlib import Path

from environment import BIN, ROOT

NGINX_MAIN = """
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
    include /etc/nginx/mime.types;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/tracker/tracker.conf;
}}
"""


def find_tool(name: str) -> str | None:
    """Look a program up, also where Debian puts those that normal users do not have on their path."""
    return shutil.which(name, path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/sbin")


def copy(source: Path, target: Path, replacements: dict[str, str]) -> None:
    """Copy a folder of text files, with each absolute path of the server replaced by one that exists here."""
    target.mkdir()
    for file in source.iterdir():
        text = file.read_text()
        for old, new in replacements.items():
            text = text.replace(old, new)
        (target / file.name).write_text(text)


def stage_nginx(folder: Path) -> list[str]:
    """Return the command that checks the nginx configuration, with a certificate made for the purpose."""
    key, certificate = folder / "privkey.pem", folder / "fullchain.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost",
         "-keyout", str(key), "-out", str(certificate)],
        check=True, capture_output=True,
    )  # fmt: skip
    here = {
        "/etc/nginx/tracker": f"{folder}/tracker",
        "/etc/tracker/tls": str(folder),
        "/var/log/nginx": str(folder),
        "listen ": f"listen unix:{folder}/",  # -t takes the ports, which may be in use or forbidden
    }
    copy(ROOT / "deploy" / "nginx", folder / "tracker", here)
    (folder / "nginx.conf").write_text(NGINX_MAIN.format(folder=folder))
    return [
        find_tool("nginx") or "nginx",
        "-t",
        "-q",
        "-e",
        "stderr",
        "-p",
        str(folder),
        "-c",
        str(folder / "nginx.conf"),
    ]


def stage_gixy(folder: Path) -> list[str]:
    """
    Return the command that searches the nginx configuration for known weaknesses.

    It wants a cache of open files for try_files; we want a new checkpoint to be seen at once.
    """
    stage_nginx(folder)
    return [str(BIN / "gixy"), "--skips", "try_files_is_evil_too", str(folder / "nginx.conf")]


def stage_systemd(folder: Path) -> list[str]:
    """Return the command that verifies the units, with the checkout in the place of /opt/tracker."""
    units = folder / "units"
    copy(ROOT / "deploy" / "systemd", units, {"/opt/tracker": str(ROOT)})
    names = [str(unit) for unit in units.iterdir() if unit.suffix in {".service", ".timer", ".target"}]
    return ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", *names]
