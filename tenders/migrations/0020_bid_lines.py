from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"
UNDO = """
DROP FUNCTION public.tenders_box_ticks();
DROP FUNCTION public.tenders_envelope_digests();
DROP FUNCTION public.tenders_bid_lines();
"""


class Migration(migrations.Migration):
    dependencies = [
        ('tenders', '0019_report_commitments'),
    ]

    operations = [migrations.RunSQL((SQL / "bid_lines.sql").read_text(encoding="utf-8"), UNDO)]
