"""The deliveries that were noted at the counter and came to nothing, as the opening reveals them."""

from typing import Any

from publishing.pages.record import Record
from tenders.models import Package
from tenders.revealing import voided_in


def voided_of(package: Package, record: Record) -> list[dict[str, Any]]:
    """Return the arrivals that were void when the bids were opened. Nothing before that, as of the bids themselves."""
    opened = record.last("step.open_bids", package.path)
    return voided_in(opened) if opened else []
