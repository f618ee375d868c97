from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ('tenders', '0022_committed_rows'),
    ]

    operations = [
        migrations.AddField(
            model_name='bidbox',
            name='lists',
            field=models.TextField(blank=True, default='', editable=False),
            preserve_default=False,
        ),
        migrations.RunSQL(
            (SQL / "opening_lists.sql").read_text(encoding="utf-8"), "DROP FUNCTION public.tenders_opening_lists();"
        ),
    ]
