"""The instance as it was at a moment, to come back to: its database and its public files. Nothing may be running."""

import shutil
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connections
from psycopg import sql

SAVED = "saved"


class Snapshot:
    def __init__(self, world):
        self.url = world.environment["DATABASE_SUPERUSER_URL"]
        self.name = self.url.rpartition("/")[2]
        self.public, self.files = Path(settings.PUBLIC_ROOT), world.instance.folder / SAVED
        self._copy_database(self.name, SAVED)
        shutil.copytree(self.public, self.files)

    def restore(self):
        """Make everything as it was. Files keep their times, by which the site knows what is current."""
        self._copy_database(SAVED, self.name)
        for thing in self.public.iterdir():
            shutil.rmtree(thing) if thing.is_dir() else thing.unlink()
        shutil.copytree(self.files, self.public, dirs_exist_ok=True)

    def _copy_database(self, source, target):
        connections.close_all()
        server = self.url.removesuffix(self.name) + "postgres"
        with psycopg.connect(server, autocommit=True) as connection:
            source, target = sql.Identifier(source), sql.Identifier(target)
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(target))
            connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(target, source))
