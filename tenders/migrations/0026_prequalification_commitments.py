from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ('tenders', '0025_withdrawal_while_suspended'),
    ]

    operations = [
        migrations.RunSQL(
            (SQL / "prequalification_commitments.sql").read_text(encoding="utf-8"),
            "DROP FUNCTION public.tenders_prequalification_commitments();",
        ),
    ]
