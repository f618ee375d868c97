from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ('tenders', '0027_lines_in_boxes'),
    ]

    operations = [
        migrations.AddField(
            model_name='arrival',
            name='voided_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='作废时间'),
        ),
        migrations.RunSQL(
            (SQL / "void_arrivals.sql").read_text(encoding="utf-8"), "DROP FUNCTION public.tenders_void_arrivals();"
        ),
    ]
