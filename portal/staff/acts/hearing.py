"""Acts on a hearing."""

from datetime import datetime
from operator import attrgetter
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from portal.staff import forms_hearing as hearing_forms
from portal.staff.acts.act import MANAGER, Act, by_number, drafting, own
from portal.staff.finding import find_application, find_consultation, find_hearing, find_statement
from portal.staff.forms_acts import ActForm
from tenders.drafting import new_hearing
from tenders.operations import hearing, hearing_room

of_hearing = attrgetter("hearing_id")
OF_HEARING = "staff/about/hearing.html"
APPLICATION = "staff/about/application.html"


def enter_application(thing: Any, answers: dict[str, Any], actor: User, at: datetime) -> Any:
    """An application on paper counts from the moment at which it was received."""
    received_at, channel = answers.pop("received_at"), answers.pop("channel")
    applicant = hearing.Applicant(**answers)
    return hearing.apply_for_hearing(thing.pk, applicant, channel=channel, actor=actor, at=received_at)


def note_signatures(thing: Any, answers: dict[str, Any], actor: User, at: datetime) -> Any:
    kept = answers.pop("scan")
    scan = hearing_room.Scan(kept.file, kept.sha256) if kept else None
    return hearing_room.note_signatures(thing.pk, **answers, scan=scan, actor=actor)


HEARING = (
    Act(
        "new-hearing",
        _("筹备听证会"),
        find_consultation,
        ActForm,
        drafting(new_hearing),
        "",
        own,
        public=False,
    ),
    Act(
        "find-hearing-needed",
        _("认定应当举行听证"),
        find_consultation,
        hearing_forms.NeedFoundForm,
        by_number(hearing.find_hearing_needed),
        "",
        own,
    ),
    Act(
        "enter-application",
        _("登记线下的听证报名"),
        find_hearing,
        hearing_forms.EnterApplicationForm,
        enter_application,
        "applications",
        own,
        OF_HEARING,
    ),
    Act(
        "set-application-aside",
        _("报名不列入遴选"),
        find_application,
        hearing_forms.SetAsideForm,
        by_number(hearing.set_application_aside),
        "applications",
        of_hearing,
        APPLICATION,
    ),
    Act(
        "select-participants",
        _("遴选听证参加人"),
        find_hearing,
        hearing_forms.SelectForm,
        by_number(hearing.select_participants),
        "applications",
        own,
        OF_HEARING,
    ),
    Act(
        "deliver-materials",
        _("登记听证会材料送达"),
        find_hearing,
        hearing_forms.MaterialsForm,
        by_number(hearing.deliver_materials),
        "applications",
        own,
        OF_HEARING,
    ),
    Act(
        "postpone-hearing",
        _("听证会延期"),
        find_hearing,
        hearing_forms.PostponeForm,
        by_number(hearing.postpone_hearing),
        "applications",
        own,
        OF_HEARING,
        roles=MANAGER,
    ),
    Act(
        "take-attendance",
        _("登记到场"),
        find_hearing,
        hearing_forms.AttendanceForm,
        drafting(hearing_room.take_attendance),
        "minutes",
        own,
        public=False,
    ),
    Act(
        "note-statement",
        _("记发言"),
        find_application,
        hearing_forms.StatementForm,
        drafting(hearing_room.note_statement),
        "minutes",
        of_hearing,
        APPLICATION,
        public=False,
    ),
    Act(
        "mend-statement",
        _("修改发言记录"),
        find_statement,
        hearing_forms.MendStatementForm,
        drafting(hearing_room.mend_statement),
        "minutes",
        of_hearing,
        public=False,
    ),
    Act(
        "note-signatures",
        _("登记签字"),
        find_hearing,
        hearing_forms.SignaturesForm,
        note_signatures,
        "minutes",
        own,
        public=False,
    ),
)
