"""Every ciphertext on the disk against the digest in its row: lost, changed, cut off."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection

from ledger.check import Problem
from tenders import sealed_files
from tenders.audit.words import told
from tenders.models import SealedBid


def check_ciphertexts(bids: Iterable[SealedBid]) -> Iterator[Problem]:
    """
    Read the files of these bids, and yield what is wrong. For whoever runs the machine: never to be published.

    A problem names a bid by its key alone; still, that there is one may be under embargo (EM-06).
    """
    for sealed in bids:
        figures: dict[str, Any] = {"subject": sealed.package.path, "name": str(sealed.pk)}
        try:
            digest = sealed_files.digest_of(sealed.upload.pk)
        except (OSError, SealedBid.upload.RelatedObjectDoesNotExist):
            yield told("ciphertext-missing", **figures)
            continue
        if digest != sealed.payload_sha256:
            yield told("ciphertext-altered", **figures)


def all_sealed_bids() -> Iterator[SealedBid]:
    return SealedBid.objects.select_related("package__project", "upload").order_by("package", "pk").iterator()


def bids_before_award() -> Iterator[SealedBid]:
    """Those whose content is still needed: nobody has won the tender yet, and it has not been ended."""
    running = SealedBid.objects.filter(package__awarded_at=None, package__failed_at=None)
    return running.select_related("package__project", "upload").order_by("package", "pk").iterator()


def may_read() -> bool:
    """Whether this role of the database may read the rows. The sealer may not, and sees no file either."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege('public.tenders_sealedbid', 'SELECT')")
        return bool(cursor.fetchone()[0])
