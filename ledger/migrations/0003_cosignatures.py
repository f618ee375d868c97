from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):

    dependencies = [
        ('ledger', '0002_append_only'),
    ]

    operations = [
        migrations.CreateModel(
            name='Cosignature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('witness', models.CharField(max_length=100, verbose_name='见证人')),
                ('line', models.TextField(verbose_name='签名行')),
                ('witnessed_at', models.DateTimeField(verbose_name='见证时间')),
                ('checkpoint', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='cosignatures', to='ledger.checkpoint', verbose_name='检查点')),
            ],
            options={
                'verbose_name': '见证签名',
                'verbose_name_plural': '见证签名',
                'ordering': ('checkpoint', 'pk'),
                'constraints': [models.UniqueConstraint(fields=('checkpoint', 'witness'), name='ledger_cosignature_once')],
            },
        ),
        migrations.RunSQL(
            "\n".join(
                (SQL / name).read_text(encoding="utf-8") for name in ("cosignatures.sql", "cosignature_grants.sql")
            ),
            "DROP TRIGGER ledger_append_only ON public.ledger_cosignature",
        ),
    ]
