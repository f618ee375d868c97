from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"

UNDO = """
DROP FUNCTION public.ledger_append(text, text, text, bigint, timestamptz, bytea);
DROP FUNCTION public.ledger_head();
DROP TRIGGER ledger_append_only ON public.ledger_checkpoint;
DROP TRIGGER ledger_append_only ON public.ledger_entry;
DROP FUNCTION public.ledger_refuse();
ALTER TABLE public.ledger_checkpoint DROP CONSTRAINT ledger_checkpoint_root, DROP CONSTRAINT ledger_checkpoint_size;
ALTER TABLE public.ledger_entry
  DROP CONSTRAINT ledger_entry_leaf, DROP CONSTRAINT ledger_entry_size, DROP CONSTRAINT ledger_entry_seq;
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "\n".join((SQL / name).read_text(encoding="utf-8") for name in ("append.sql", "guards.sql", "grants.sql")),
            UNDO,
        ),
    ]
