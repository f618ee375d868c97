"""What an opening session owes to those who object in the room."""

from datetime import datetime

from django.utils.translation import gettext as _

from integrity.models import Objection
from statutes.refusal import Refusal, rests_on
from tenders.law import day, refuse
from tenders.models import Package


@rests_on("EV-08")
def objections_are_answered_on_the_spot(package: Package, at: datetime) -> Refusal | None:
    """An objection to the opening is answered before the session ends, and the answer is on record."""
    waiting = Objection.objects.open().filter(package=package, kind=Objection.Kind.OPENING).count()
    if not waiting:
        return None
    message = _("有%(n)d个对开标的异议还没有答复：应当当场答复并记录。")
    return refuse("EV-08", message % {"n": waiting}, day(at))
