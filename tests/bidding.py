"""Sealed bids for tests: keys of four holders, companies with accounts, a bid from the seal to the box."""

import json
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from secrets import token_hex

from django.db import connection, transaction

from accounts.models import Organisation, User
from ledger.clock import real_now
from ledger.operations import record
from tenders.models import BidBox, Consultation, Decision, Evaluation, Opening, Package, PlanVersion, Project
from tenders.operations.bid_boxes import provide_bid_box, take_out_sealed_bids
from tenders.operations.sealed_bids import PIECE, add_piece, begin_upload, deliver_sealed_bid
from tenders.operations.trustee_keys import register_trustee_key
from tenders.personal import CREDIT_ALPHABET, is_credit_code
from tenders.revealing import opening_revealed
from tenders.sealing.content import Content, Reading
from tenders.sealing.envelopes import new_identity, recipient_of
from tenders.sealing.head import Holder
from tenders.sealing.opening import finish, peel
from tenders.sealing.seal import Sealed, seal

READING = Reading(
    price_fen=1_398_765_432,
    duration_days=90,
    quality="合格",
    project_manager="高文斌",
    manager_certificate="云1532006202312345",
    bond_fen=20_000_000,
)


@cache
def secrets():
    """The secret halves of the four keys. Made once: they are the same in all tests of a process."""
    return {holder.value: new_identity() for holder in Holder}


def holder_of(holder, people):
    """The institution that holds a key: the discipline commission, the bureau, the procurement centre."""
    holds = {"observer": people.discipline, "observer-spare": people.discipline, "bureau": people.manager}
    return holds.get(holder, people.procurement).organisation


def register_keys(people, at):
    return [
        register_trustee_key(
            holder=holder,
            recipient=recipient_of(secret),
            organisation=holder_of(holder, people),
            actor=people.leader,
            at=at,
        )
        for holder, secret in secrets().items()
    ]


def credit_code(serial):
    """A credit code with the right check character, another one for each serial number."""
    body = f"91530300MA{serial:07}"
    return next(body + c for c in CREDIT_ALPHABET if is_credit_code(body + c))


def company(serial, name=""):
    name = name or f"第{serial}建筑有限公司"
    organisation = Organisation.objects.create(
        kind=Organisation.Kind.COMPANY, name=name, credit_code=credit_code(serial)
    )
    return User.objects.create(
        username=f"bidder{serial}@example.org",
        email=f"bidder{serial}@example.org",
        name=f"投标员{serial}",
        role=User.Role.BIDDER,
        organisation=organisation,
    )


def keys_of(package):
    return package.bid_box.keys.as_keys()


def sealed_by(bidder, package, reading=READING, files=(), inside=None) -> Sealed:
    """Seal a bid as the browser does. ``inside`` says what is put into it instead: another tender, bidder or nonce."""
    said = {"tender": package.path, "bidder": bidder.organisation.credit_code, "nonce": token_hex(32)}
    return seal(Content(reading=reading, files=tuple(files), **said | (inside or {})), keys_of(package))


def upload(bidder, package, sealed, at):
    begun = begin_upload(package.pk, head=sealed.head.to_bytes().decode(), actor=bidder, at=at)
    for offset in range(0, len(sealed.payload), PIECE):
        piece = sealed.payload[offset : offset + PIECE]
        begun = add_piece(begun.pk, offset=offset, piece=piece, actor=bidder, at=at)
    return begun


def deliver(bidder, package, at, sealed=None, **kwargs):
    sealed = sealed or sealed_by(bidder, package, **kwargs)
    return deliver_sealed_bid(upload(bidder, package, sealed, at).pk, actor=bidder, at=at)


def due_at(package, moment):
    """Move a tender's deadline to a moment of the real clock, as no operation would."""
    Package.objects.filter(pk=package.pk).update(bids_due_at=moment)
    package.bids_due_at = moment
    return package


def clock_at(moment):
    """Have the database judge sealed bids as if it were that moment, as on a demonstration."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM ledger_democlock")
        cursor.execute("INSERT INTO ledger_democlock VALUES (1, %s)", [moment - real_now()])
    BidBox.objects.update(on_demo_calendar=True)


@dataclass(frozen=True)
class Opened:
    """What the observer and an inner holder make of a sealed bid with their keys."""

    outer: str = "observer"
    inner: str = "bureau"

    def peeled(self, sealed_bid):
        wrap = sealed_bid.parsed_head().wrap(f"{self.outer}+{self.inner}")
        return peel(wrap.data, secrets()[self.outer])

    def secret(self, sealed_bid):
        return finish(self.peeled(sealed_bid), secrets()[self.inner], sealed_bid.bid_key)


def facts_of_entry(entry):
    return json.loads(bytes(entry.body))["facts"]


def open_tender(people, number=1, due=None, at=None):
    """
    A tender that takes sealed bids, made without its story: for tests that need many. Its keys must be registered.

    Its deadline is by the real clock, in a day if no other is given.
    """
    at = at or real_now()
    project = Project.objects.create(
        number=f"2026-{number:03}",
        name=f"第{number}项工程",
        owner=people.manager.organisation,
        manager=people.manager,
        stage=Project.Stage.DECIDED,
        published_at=at,
        decided_at=at,
    )
    consultation = Consultation.objects.create(project=project, channels=[Consultation.Channel.WEBSITE])
    PlanVersion.objects.create(consultation=consultation, text="")
    Decision.objects.create(project=project)
    package = Package.objects.create(
        project=project,
        name=f"第{number}项工程施工",
        state=Package.State.ANNOUNCED,
        announced_at=at,
        bids_due_at=due or at + timedelta(days=1),
    )
    Opening.objects.create(package=package, chair="周明远", recorder="林晓", bid_supervisor="孙志强")
    Evaluation.objects.create(package=package)
    with transaction.atomic():
        provide_bid_box(package, at)
    return package


def open_bids(package, at=None):
    """Open a tender after its deadline, without those who must be there: the box is emptied, the state moves."""
    package = Package.objects.get(pk=package.pk)
    at = at or real_now()
    with transaction.atomic():
        take_out_sealed_bids(package, at)
        facts = opening_revealed(package)
        package.open_bids(at)
        package.save()
        record("step.open_bids", subject=package.path, actor=None, at=at, facts=facts, key=f"opened:{package.path}")
    return package


def let_the_deadline_pass(package, seconds=5):
    """Move the deadline into the past, so that the clock need not be waited for."""
    return due_at(package, real_now() - timedelta(seconds=seconds))
