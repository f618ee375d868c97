"""Writes the public site anew: after an upgrade, or when its folder is lost."""

from typing import Any

from django.core.management.base import BaseCommand

from publishing import site
from publishing.proofs import publish_proofs


class Command(BaseCommand):
    help = "Write all pages, feeds and files of the public site anew. What has not changed stays as it is."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"published {site.rebuild()} projects and {publish_proofs()} proofs")
