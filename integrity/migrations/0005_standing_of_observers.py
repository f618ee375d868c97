from pathlib import Path

from django.db import migrations, models
from django.db.models import F, Window
from django.db.models.functions import RowNumber

SQL = Path(__file__).resolve().parent.parent / "sql"
BASIS = "本平台启用前即受邀监督开标"
# Whom the bureau has invited to every opening until now, and in which capacity
INVITED = {"discipline": "discipline", "procuratorate": "procuratorate", "procurement-centre": "procurement-centre"}
UNGUARDED = """
DROP TRIGGER keep_words ON public.integrity_observation;
DROP TRIGGER keep_opinion ON public.integrity_attendance;
DROP FUNCTION public.integrity_keep_words();
"""


def number_invitations(apps, schema_editor):
    invitations = apps.get_model("integrity", "Invitation").objects
    numbered = invitations.annotate(place=Window(RowNumber(), partition_by=F("package"), order_by=F("pk").asc()))
    for pk, place in list(numbered.values_list("pk", "place")):
        invitations.filter(pk=pk).update(number=place)


def give_standing(apps, schema_editor):
    """Let those who are invited already be invited further on."""
    mandates = apps.get_model("integrity", "Mandate").objects
    for institution in apps.get_model("accounts", "Organisation").objects.filter(kind__in=INVITED):
        mandates.create(
            institution=institution, capacity=INVITED[institution.kind], basis=BASIS, starts_on="2020-01-01"
        )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("integrity", "0004_observers_in_full"),
    ]

    operations = [
        migrations.RunPython(number_invitations, migrations.RunPython.noop),
        migrations.RunPython(give_standing, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(fields=("package", "number"), name="invitation_number_once"),
        ),
        migrations.RunSQL((SQL / "final_words.sql").read_text(encoding="utf-8"), UNGUARDED),
    ]
