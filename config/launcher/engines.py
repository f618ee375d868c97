"""The servers that an instance uses, its own or outside ones, and what the application's processes are told of them."""

import os

from broker import start_broker
from database import start_database
from environment import BIN
from instance import Instance
from processes import Children

# Said to the processes that need it only, never inherited by the others.
PRIVATE = ("DATABASE_OWNER_URL", "DATABASE_SEALER_URL", "DATABASE_SUPERUSER_URL")


def start_engines(instance: Instance, children: Children, *, fast: bool = False) -> dict[str, str]:
    """
    Start what DATABASE_URL and BROKER_URL do not name already.

    :returns: the environment of the application; the roles' addresses are in it too (see `as_role`)
    :raises Failure: if a server does not come up
    """
    return {
        **os.environ,
        **common(instance),
        **database_urls(instance, children, fast=fast),
        **broker_urls(instance, children),
    }


def common(instance: Instance) -> dict[str, str]:
    return {
        "DATA": str(instance.folder),
        "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
        "PYTHONUNBUFFERED": "1",
        **({} if "SECRET_KEY" in os.environ else {"SECRET_KEY_FILE": str(instance.secret_file("secret_key"))}),
    }


def database_urls(instance: Instance, children: Children, *, fast: bool) -> dict[str, str]:
    if outside := os.environ.get("DATABASE_URL"):
        return {name: os.environ.get(name, outside) for name in ("DATABASE_URL", *PRIVATE)}
    database = start_database(instance, children, fast=fast)
    return {
        "DATABASE_URL": database.url("tracker_app"),
        "DATABASE_OWNER_URL": database.url("tracker_owner"),
        "DATABASE_SEALER_URL": database.url("tracker_sealer"),
        "DATABASE_SUPERUSER_URL": database.url("postgres"),
    }


def broker_urls(instance: Instance, children: Children) -> dict[str, str]:
    if outside := os.environ.get("BROKER_URL"):
        return {"BROKER_URL": outside}
    url = start_broker(instance, children)
    return {"BROKER_URL": f"{url}/0", "CACHE_URL": f"{url}/1"}


def as_role(environment: dict[str, str], role: str) -> dict[str, str]:
    """
    Return the environment of a process that is one of the database's roles and knows no other.

    :param role: "APP", "OWNER", "SEALER" or "SUPERUSER"
    """
    url = environment["DATABASE_URL" if role == "APP" else f"DATABASE_{role}_URL"]
    return {name: value for name, value in environment.items() if name not in PRIVATE} | {"DATABASE_URL": url}
