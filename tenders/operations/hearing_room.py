"""
What is written down in the room of a hearing: who came, what was said, who signed.

It is a draft until the record is published, so it writes no entry.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from tenders.law import refuse
from tenders.locking import lock
from tenders.models import Hearing, HearingApplication, HearingStatement, next_number
from tenders.operations.common import cleaned, refused
from tenders.operations.hearing import HANDS, out_of_order
from tenders.rights import demand

MAX_SPEECH = 2000
MOST_STATEMENTS = 400  # their digests stand in one entry
Signature = HearingApplication.Signature


@dataclass(frozen=True)
class Scan:
    """The signed record as it was scanned. It is kept from the public; its digest is not."""

    file: ContentFile
    sha256: str


def _in_session(hearing_id: int, actor: User) -> Hearing:
    hearing = lock(Hearing, hearing_id)
    demand(actor, hearing.project, *HANDS)
    if hearing.state != Hearing.State.HELD:
        raise out_of_order(_("听证会开始之后、笔录公布之前才能登记。"))
    return hearing


@transaction.atomic
def take_attendance(hearing_id: int, *, attended: Collection[int], checked: Collection[int], actor: User) -> Hearing:
    """Note by their numbers who is there, and whose identity card was looked at. Nothing of the card is kept."""
    hearing = _in_session(hearing_id, actor)
    participants = list(hearing.participants())
    for participant in participants:
        participant.attended = participant.number in attended
        participant.identity_checked = participant.number in checked
        if not participant.attended:
            participant.signature, participant.signature_remark = Signature.NONE, ""
    HearingApplication.objects.bulk_update(
        participants, ["attended", "identity_checked", "signature", "signature_remark"]
    )
    return hearing


@transaction.atomic
def note_statement(
    application_id: int, *, said_at: datetime, stance: str, summary: str, actor: User, reply: str = ""
) -> HearingStatement:
    """Write down what a participant who is there says, and what the drafter answers."""
    hearing = _in_session(HearingApplication.objects.get(pk=application_id).hearing_id, actor)
    speaker = hearing.participants().get(pk=application_id)
    if hearing.statements.count() >= MOST_STATEMENTS:
        raise out_of_order(_("最多记%(most)d条发言，请合并补充。") % {"most": MOST_STATEMENTS})
    if not speaker.attended:
        raise out_of_order(_("先登记到场，再记发言。"))
    _ask_for_signatures_anew(hearing)
    return HearingStatement.objects.create(
        hearing=hearing,
        application=speaker,
        number=next_number(hearing.statements),
        said_at=said_at,
        stance=stance,
        summary=cleaned(summary, most=MAX_SPEECH),
        reply=reply and cleaned(reply, most=MAX_SPEECH),
    )


@transaction.atomic
def mend_statement(
    statement_id: int, *, said_at: datetime, stance: str, summary: str, actor: User, reply: str = ""
) -> HearingStatement:
    """Set right what was written down. Signatures given before are asked for anew."""
    hearing = _in_session(HearingStatement.objects.get(pk=statement_id).hearing_id, actor)
    statement = hearing.statements.get(pk=statement_id)
    statement.said_at, statement.stance = said_at, stance
    statement.summary = cleaned(summary, most=MAX_SPEECH)
    statement.reply = reply and cleaned(reply, most=MAX_SPEECH)
    statement.save()
    _ask_for_signatures_anew(hearing)
    return statement


def _ask_for_signatures_anew(hearing: Hearing) -> None:
    """What was signed is no longer what is written."""
    hearing.applications.update(signature=Signature.NONE, signature_remark="")


@transaction.atomic
def note_signatures(
    hearing_id: int, *, signatures: Mapping[int, tuple[str, str]], scan: Scan | None, actor: User
) -> Hearing:
    """Note by their numbers who has signed the record, or refuses to and why; keep the scan of the sheets."""
    hearing = _in_session(hearing_id, actor)
    for participant in hearing.participants().filter(attended=True):
        signature, remark = signatures.get(participant.number, (Signature.NONE, ""))
        if signature == Signature.REFUSED and not remark.strip():
            message = _("%(n)s号拒绝签字的，请写明理由。") % {"n": participant.number}
            raise refused(refuse("PD-06", message, timezone.localdate(hearing.held_at)))
        refuses = signature == Signature.REFUSED
        participant.signature = signature
        participant.signature_remark = cleaned(remark, most=200) if refuses else ""
        participant.save(update_fields=["signature", "signature_remark"])
    if scan:
        hearing.signed_scan, hearing.signed_scan_sha256 = scan.file, scan.sha256
        hearing.save(update_fields=["signed_scan", "signed_scan_sha256"])
    return hearing
