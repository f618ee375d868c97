"""`run`, `exec` and `clean`: a lasting instance in DATA."""

import os
import shutil
import time

from application import prepare, start_application, wait_until_ready
from database import free_port, remove_cluster
from engines import as_role, start_engines
from environment import VENV, ensure_packages
from instance import Instance, named_by_environment, refuse_unless_instance
from processes import Children, rotate_logs, stop_signals, stop_with_parent
from terminal import Failure, say
from witness_program import witness_of_demo


def run(arguments: list[str]) -> int:
    """Start everything, tell where it is, and stay until Ctrl-C."""
    if os.environ.get("STOP_WITH_PARENT"):
        stop_with_parent()
    instance = named_by_environment()
    with stop_signals():
        ensure_packages("run")
        instance.prepare()
        lock = instance.hold()
        if lock is None:
            running = instance.remembered().get("SITE_URL")
            say(f"已经在运行：{running}/" if running else f"正在启动，日志在 {instance.logs}")
            return 0
        with lock:
            serve(instance)
    return 0


def serve(instance: Instance) -> None:
    started = time.monotonic()
    rotate_logs(instance.logs)
    instance.make_secrets()
    instance.forget()
    children = Children(instance.logs)
    try:
        address = start(instance, children)
        introduce(instance, address, time.monotonic() - started)
        while True:
            time.sleep(0.5)
            children.tend()
    finally:
        stop(instance, children)


def start(instance: Instance, children: Children) -> str:
    """Start engines and application, wait until they are ready, and return the address."""
    environment = start_engines(instance, children)
    say("· PostgreSQL 与 Valkey 已就绪")
    port = free_port(int(os.environ.get("PORT", "8000")))
    address = f"http://127.0.0.1:{port}"
    environment |= {"SITE_URL": address, "DEMO": os.environ.get("DEMO", "1"), **witness_of_demo(instance)}
    prepare(environment)
    start_application(environment, instance, children, port)
    wait_until_ready(f"{address}/", children)
    instance.remember(environment)
    return address


def introduce(instance: Instance, address: str, seconds: float) -> None:
    file = instance.folder / "demo-accounts.txt"
    accounts = f"\n{file.read_text().rstrip()}\n" if file.exists() else ""
    say(
        f"\n已就绪（{seconds:.0f} 秒）\n\n"
        f"  公众首页    {address}/\n"
        f"  工作台      {address}/desk/\n"
        f"  接口说明    {address}/api/v1/schema/\n"
        f"{accounts}\n"
        f"数据在 {instance.folder}，日志在 {instance.logs}。\n"
        "停止：按 Ctrl-C，数据保留，下次 make run 接着用。清空：make clean。\n"
    )


def stop(instance: Instance, children: Children) -> None:
    started = time.monotonic()
    say("\n正在停止……")
    children.stop()
    instance.forget()
    say(f"已停止（{time.monotonic() - started:.1f} 秒），数据保留在 {instance.folder}。")


def execute(arguments: list[str]) -> int:
    """
    Become a command, or a shell, in the environment of the running instance.

    :raises Failure: if it is not running
    """
    instance = named_by_environment()
    environment = instance.remembered()
    if not environment:
        raise Failure(f"{instance.folder} 没有在运行。", "先在另一个终端执行 make run")
    command = arguments[1:] if arguments[:1] == ["--"] else arguments
    command = command or [os.environ.get("SHELL", "/bin/sh")]
    os.environ["PATH"] = environment["PATH"]  # where execvpe looks the command up
    os.execvpe(command[0], command, as_role(environment, "APP"))  # noqa: S606, no shell is wanted


def clean(arguments: list[str]) -> int:
    """Remove the instance with all its entries and documents, and the virtual environment."""
    instance = named_by_environment()
    if instance.folder.exists():
        refuse_unless_instance(instance)
        remove_cluster(instance)
        shutil.rmtree(instance.folder)
        say(f"已删除 {instance.folder}")
    shutil.rmtree(VENV, ignore_errors=True)
    say(f"已删除 {VENV}")
    return 0
