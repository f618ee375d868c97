from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ('tenders', '0008_themes_and_answers'),
    ]

    operations = [
        migrations.RunSQL(
            (SQL / "comment_commitments.sql").read_text(encoding="utf-8"),
            "DROP FUNCTION public.tenders_comment_commitments()",
        )
    ]
