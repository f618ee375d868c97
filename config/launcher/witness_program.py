"""The witness: one of the demonstration's own, and the one file of it that is carried to another machine."""

import os
import shutil
import subprocess
import tempfile
import time
import zipapp
from pathlib import Path

from database import free_port
from environment import PYTHON, ROOT
from instance import Instance
from processes import PRIVATE_FILES, Children, Program
from terminal import Failure, say

NAME = "demo.localhost/witness"
KNOWN_AS = "县纪委监委（演示）"
# What it needs of the ledger: nothing of Django is in there.
MODULES = ("__init__", "files", "merkle", "notes", "proofs", "tiles")
TARGET = ROOT / "build" / "witness.pyz"
KEY_WITHIN = 60.0  # seconds until the sealer has made the log's key


def witness_of_demo(instance: Instance) -> dict[str, str]:
    """
    Make the witness of a demonstration, once, and return what the application is told of it.

    It has a key and a memory of its own. On a real instance it stands on another authority's machine.
    """
    if "WITNESSES" in os.environ or os.environ.get("DEMO", "1") != "1":
        return {}
    folder, port = folder_of(instance), free_port(8790)
    if not (folder / "vkey").exists():
        witness({**os.environ}, "init", str(folder), NAME)
    vkey = (folder / "vkey").read_text().strip()
    return {"WITNESSES": f"{KNOWN_AS} {vkey} http://127.0.0.1:{port}", "WITNESS_PORT": str(port)}


def start_witness(environment: dict[str, str], instance: Instance, children: Children) -> None:
    """
    Start the witness as soon as the sealer has published the key of the log that it is to watch.

    :raises Failure: if that does not happen
    """
    folder, key = folder_of(instance), instance.folder / "public" / "ledger" / "vkey"
    deadline = time.monotonic() + KEY_WITHIN
    while not key.exists():
        children.tend()
        if time.monotonic() > deadline:
            raise Failure("封存进程没有公布账本公钥。", f"看 {children.logs}/sealer.log")
        time.sleep(0.1)
    alone = {name: environment[name] for name in ("PATH", "PYTHONUNBUFFERED")}  # no password, no address of a database
    witness(alone, "trust", str(folder), key.read_text().strip())
    listen = f"127.0.0.1:{environment['WITNESS_PORT']}"
    command = [str(PYTHON), "-m", "witness", "serve", str(folder), "--listen", listen]
    children.start(Program("witness", command, alone, folder=ROOT))


def folder_of(instance: Instance) -> Path:
    return instance.folder / "witness"


def witness(environment: dict[str, str], *arguments: str) -> None:
    """
    Run a command of the witness to its end. What it says is for people who do it by hand.

    :raises Failure: if it fails
    """
    command = [str(PYTHON), "-m", "witness", *arguments]
    done = subprocess.run(
        command, env=environment, cwd=ROOT, check=False, capture_output=True, text=True, umask=PRIVATE_FILES
    )
    if done.returncode:
        raise Failure(f"见证程序 {arguments[0]} 失败：{done.stdout}{done.stderr}")


def build(arguments: list[str]) -> int:
    """Pack the witness into one file that Python runs, for a USB stick."""
    target = Path(arguments[0]).resolve() if arguments else TARGET
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        lay_out(Path(folder))
        zipapp.create_archive(folder, target, interpreter="/usr/bin/env python3", compressed=True)
    say(f"{target}\n用法：python3 {target.name} init | trust | serve | show（见 docs/witness.md）")
    return 0


def lay_out(folder: Path) -> None:
    """Copy what belongs into the file."""
    shutil.copytree(ROOT / "witness", folder / "witness", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "ledger").mkdir()
    for name in MODULES:
        shutil.copy(ROOT / "ledger" / f"{name}.py", folder / "ledger")
    (folder / "__main__.py").write_text("import sys\n\nfrom witness.__main__ import main\n\nsys.exit(main())\n")
