"""How a test says that the law refuses."""

from contextlib import contextmanager

import pytest

from ledger.models import Entry
from statutes.refusal import ActRefused


@contextmanager
def refuses(*codes):
    """Expect an act to be refused for exactly these rules, and the record to stay as it is."""
    before = Entry.objects.count()
    with pytest.raises(ActRefused) as caught:
        yield caught
    assert sorted(r.code for r in caught.value.refusals) == sorted(codes)
    assert all(r.message and r.basis for r in caught.value.refusals)
    assert Entry.objects.count() == before
