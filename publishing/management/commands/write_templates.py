from typing import Any

from django.core.management.base import BaseCommand

from publishing.documents.authoring.papers import PAPERS
from publishing.documents.render import TEMPLATES, pack


class Command(BaseCommand):
    help = "Write the Word templates anew from their source in publishing/documents/authoring."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        for name, paper in PAPERS.items():
            (TEMPLATES / f"{name}.docx").write_bytes(pack(paper.document()))
