from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ('tenders', '0024_prequalification'),
    ]

    operations = [
        # Undone by nothing: what 0015 undoes is what is replaced here.
        migrations.RunSQL(
            (SQL / "withdrawal_while_suspended.sql").read_text(encoding="utf-8"), migrations.RunSQL.noop
        )
    ]
