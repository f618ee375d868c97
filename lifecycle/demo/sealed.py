"""Electronic bids of the demo: two in the open tender, beside one on paper, and the keys to them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from secrets import token_hex

from django.contrib.auth.hashers import make_password

from accounts.models import Organisation, User
from lifecycle.demo.calendar import Story, moment
from lifecycle.demo.people import People
from tenders.models import Package
from tenders.operations.bids import register_bid
from tenders.operations.sealed_bids import PIECE, add_piece, begin_upload, deliver_sealed_bid
from tenders.operations.trustee_keys import register_trustee_key
from tenders.sealing.content import Content, Reading
from tenders.sealing.envelopes import new_identity, recipient_of
from tenders.sealing.head import Holder
from tenders.sealing.key_files import key_file
from tenders.sealing.seal import seal

REGISTERED = moment("07-24 15:00")  # before the tender of the courtyard is announced
Kind = Organisation.Kind
HOUSES = {
    Holder.OBSERVER: Kind.DISCIPLINE,
    Holder.OBSERVER_SPARE: Kind.DISCIPLINE,
    Holder.BUREAU: Kind.BUREAU,
    Holder.ESCROW: Kind.PROCUREMENT_CENTRE,
}
ON_PAPER = ("清平第一建筑有限公司", "91530300MA6K00003C", "张伟")
# account, company, credit code, who signs, price in fen, project manager and certificate
BIDDERS = (
    ("bidder1", "青屏建筑工程有限公司", "91530300MA6K00005R", "赵丽", 497_600_000, "刘志刚", "云253202000455"),
    ("bidder2", "金沙建设集团有限公司", "91530300MA6K00006W", "陈勇", 502_300_000, "何文涛", "云253201900812"),
)


@dataclass(frozen=True)
class SealedBids:
    """The holders' keys, made anew for each instance, and what is sealed to them."""

    people: People
    secrets: dict[Holder, str] = field(default_factory=lambda: {holder: new_identity() for holder in Holder})

    def story(self) -> Story:
        yield REGISTERED
        for holder, secret in self.secrets.items():
            register_trustee_key(
                holder=holder,
                recipient=recipient_of(secret),
                organisation=_house_of(holder),
                actor=self.people.leader,
                at=REGISTERED,
            )
        yield moment("08-11 15:20")
        bidder, credit_code, delivered_by = ON_PAPER
        register_bid(
            self._package().pk,
            bidder=bidder,
            credit_code=credit_code,
            envelopes=2,
            sealed=True,
            delivered_by=delivered_by,
            actor=self.people.clerk,
            at=moment("08-11 15:20"),
        )

    def deliver(self, password: str, at: datetime) -> list[User]:
        """Seal and deliver the bids, which the database judges by the demo's calendar. Return the bidders' accounts."""
        hashed = make_password(password)
        accounts = []
        for username, name, credit_code, person, price_fen, manager, certificate in BIDDERS:
            account = _account(username, hashed, name, credit_code, person)
            read = Reading(price_fen, 150, "合格", manager, certificate, 10_000_000)
            self._deliver(account, credit_code, read, at)
            accounts.append(account)
        return accounts

    def _deliver(self, bidder: User, credit_code: str, read: Reading, at: datetime) -> None:
        package = self._package()
        said = Content(tender=package.path, bidder=credit_code, nonce=token_hex(32), reading=read, files=())
        sealed = seal(said, package.bid_box.keys.as_keys())
        upload = begin_upload(package.pk, head=sealed.head.to_bytes().decode(), actor=bidder, at=at)
        for offset in range(0, len(sealed.payload), PIECE):
            add_piece(upload.pk, offset=offset, piece=sealed.payload[offset : offset + PIECE], actor=bidder, at=at)
        deliver_sealed_bid(upload.pk, actor=bidder, at=at)

    def key_files(self) -> Iterator[tuple[str, str]]:
        """Yield the name and the text of each holder's file, as the offline page and the commands read it."""
        for holder, secret in self.secrets.items():
            house = _house_of(holder).name
            text = key_file(secret, holder=holder, organisation=house, policy="", created_at=REGISTERED)
            yield f"key-{holder}.txt", text

    def _package(self) -> Package:
        return Package.objects.select_related("bid_box").get(project__number="2026-002")


def _account(username: str, hashed: str, name: str, credit_code: str, person: str) -> User:
    company = Organisation.objects.create(kind=Organisation.Kind.COMPANY, name=name, credit_code=credit_code)
    return User.objects.create(
        username=username,
        email=f"{username}@example.com",
        password=hashed,
        name=person,
        role=User.Role.BIDDER,
        organisation=company,
    )


def _house_of(holder: Holder) -> Organisation:
    return Organisation.objects.get(kind=HOUSES[holder])
