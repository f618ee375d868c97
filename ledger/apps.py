from django.apps import AppConfig

from ledger import checks  # noqa: F401, registers them


class LedgerConfig(AppConfig):
    name = "ledger"
    verbose_name = "公开台账"
