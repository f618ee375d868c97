"""Keys and bids for tests of sealing."""

from dataclasses import dataclass, field

from tenders.sealing.content import Content, File, Reading
from tenders.sealing.envelopes import new_identity, recipient_of
from tenders.sealing.head import Holder

TENDER = "project/2026-001/package/1"
BIDDER = "91330000000000001X"


@dataclass(frozen=True)
class Keyring:
    """The secret keys of all holders of a tender, as only a test has them in one place."""

    secrets: dict[str, str] = field(default_factory=lambda: {holder.value: new_identity() for holder in Holder})

    @property
    def keys(self):
        return {holder: recipient_of(secret) for holder, secret in self.secrets.items()}


def make_reading(**changes):
    words = {"quality": "合格", "project_manager": "赵工", "manager_certificate": "浙133000000001"}
    figures = {"price_fen": 1_234_567_89, "duration_days": 180, "bond_fen": 5_000_000}
    return Reading(**{**figures, **words, **changes})


def make_content(tender=TENDER, bidder=BIDDER, *, files=None, nonce="0f" * 32, **reading):
    if files is None:
        files = (File("投标函.pdf", "application/pdf", b"%PDF-1.7 letter"),)
    return Content(tender, bidder, nonce, make_reading(**reading), tuple(files))
