"""Whom an opening must invite, and what of the observers' words must be answered before it ends."""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import Organisation
from integrity.models import Observation
from statutes.refusal import Refusal
from tenders.models import Package


def every_institution_is_invited(package: Package, at: datetime) -> Refusal | None:
    invited = package.invitations.filter(sent_at__lte=at).values_list("institution_id", flat=True)
    missing = [o.name for o in Organisation.objects.to_be_invited() if o.pk not in set(invited)]
    if not missing:
        return None
    message = _("开标前须邀请监督单位，尚未邀请：%(missing)s。") % {"missing": "、".join(missing)}
    return Refusal("invitation", message, _("本局开标监督制度"))


def every_invitation_has_its_outcome(package: Package, at: datetime) -> Refusal | None:
    open_ones = [i.institution.name for i in package.invitations.filter(mode="").select_related("institution")]
    if not open_ones:
        return None
    message = _("还没有登记出席情况：%(names)s。到场由监督代表签到，未到场须写明原因。") % {
        "names": "、".join(open_ones)
    }
    return Refusal("attendance", message, _("本局开标监督制度"))


def every_concern_is_answered(package: Package, at: datetime) -> Refusal | None:
    concerns = Observation.objects.filter(
        attendance__invitation__package=package, finding=Observation.Finding.CONCERN, replied_at=None
    ).count()
    if not concerns:
        return None
    message = _("监督代表提出的%(n)d个异常情况还没有答复。") % {"n": concerns}
    return Refusal("concern", message, _("本局开标监督制度"))
