from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"
UNDO = """
DROP FUNCTION public.tenders_report_commitments();
DROP FUNCTION public.tenders_member_grounds();
DROP FUNCTION public.tenders_draw_commitments();
DROP FUNCTION public.tenders_register_lines();
DROP FUNCTION public.tenders_json_moment(timestamptz);
DROP FUNCTION public.tenders_json_text(text);
"""


class Migration(migrations.Migration):
    dependencies = [
        ('tenders', '0021_held_revoked'),
    ]

    operations = [migrations.RunSQL((SQL / "committed_rows.sql").read_text(encoding="utf-8"), UNDO)]
