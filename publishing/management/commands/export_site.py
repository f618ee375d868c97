"""Makes a copy of the public site that needs no server. Works from the published files alone."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from publishing.export.copy import NoExportError, export_folder, export_zip


class Command(BaseCommand):
    help = "Write the whole public site as one folder, or as one ZIP, with links that work from a USB stick."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("target", type=Path, help="the folder or file to write, in place of an earlier export")
        parser.add_argument("--zip", action="store_true", help="write a ZIP; the same site gives the same bytes")

    def handle(self, *args: Any, target: Path, **options: Any) -> None:
        export = export_zip if options["zip"] else export_folder
        try:
            count = export(target.resolve())
        except NoExportError as e:
            raise CommandError(str(e)) from e
        self.stdout.write(f"{count} files in {target}")
