from pathlib import Path

import ledger.canonical
from django.db import migrations, models

SQL = Path(__file__).resolve().parent.parent / "sql"
# What it replaces reads the column of digests, which goes last of all when this is undone.
UNDO = """
DROP FUNCTION public.tenders_opened_bids();
DROP FUNCTION public.tenders_other_heads();
DROP TRIGGER tenders_head_stays ON public.tenders_sealedbid;
DROP FUNCTION public.tenders_head_stays();
DROP FUNCTION public.tenders_lines_in_boxes();
DROP FUNCTION public.tenders_arrival_digest(text, bytea, timestamptz);
CREATE OR REPLACE FUNCTION public.tenders_envelope_digests(OUT tender text, OUT digest text) RETURNS SETOF record
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT 'project/' || j.number || '/package/' || p.number, d.digest
  FROM public.tenders_bid b
  JOIN public.tenders_package p ON p.id = b.package_id
  JOIN public.tenders_project j ON j.id = p.project_id
  CROSS JOIN LATERAL (VALUES (b.digest), (b.withdrawal_digest)) d (digest)
  WHERE d.digest <> ''
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ('tenders', '0026_prequalification_commitments'),
    ]

    operations = [
        migrations.AddField(
            model_name='arrival',
            name='digest',
            field=models.CharField(blank=True, default='', editable=False, max_length=64),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='arrival',
            name='salt',
            field=models.BinaryField(default=ledger.canonical.new_salt, editable=False, max_length=16),
        ),
        migrations.AddField(
            model_name='sealedbid',
            name='head_sha256',
            field=models.CharField(default='', editable=False, max_length=64),
            preserve_default=False,
        ),
        migrations.RunSQL("""
            ALTER TABLE public.tenders_sealedbid DISABLE TRIGGER USER;
            UPDATE public.tenders_sealedbid SET head_sha256 = encode(sha256(convert_to(head, 'UTF8')), 'hex');
            ALTER TABLE public.tenders_sealedbid ENABLE TRIGGER USER;
            ALTER TABLE public.tenders_sealedbid ENABLE ALWAYS TRIGGER tenders_sealedbid_comes;
            ALTER TABLE public.tenders_sealedbid ENABLE ALWAYS TRIGGER tenders_sealedbid_stays;
            """, migrations.RunSQL.noop),
        migrations.RunSQL((SQL / "lines_in_boxes.sql").read_text(encoding="utf-8"), UNDO),
    ]
