from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from lifecycle.gates_page import page


class Command(BaseCommand):
    help = "写出 docs/gates.md。"

    def handle(self, *args: Any, **options: Any) -> None:
        (settings.BASE_DIR / "docs" / "gates.md").write_text(page(), encoding="utf-8")
