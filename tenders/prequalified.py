"""What stands in the record for the result of a prequalification: one salted digest, opened with the bids."""

from hashlib import sha256
from typing import Any

from ledger.canonical import canonical_bytes, commitment
from tenders.models import Applicant, Package, facts_of, in_record

RESULT = "prequalification-v1"
REASON = "prequalification-reason-v1"
LINE = ("number", "applicant", "credit_code", "status", "refusal_reason", "passed")


def line_of(applicant: Applicant, salt: bytes) -> dict[str, Any]:
    """Return an application as the opening reveals it: of why it did not pass only what binds the words."""
    return {
        **facts_of(applicant, LINE),
        "arrived_at": in_record(applicant.arrived_at),
        "withdrawn_at": in_record(applicant.withdrawn_at),
        "reason": commitment(REASON, salt, applicant.reason) if applicant.reason else "",
    }


def digest_of_result(lines: list[dict[str, Any]], salt: bytes) -> str:
    """Return what binds a list of any length: the commitment to the digests of its lines, one on each line of text."""
    return commitment(RESULT, salt, "\n".join(sha256(canonical_bytes(line)).hexdigest() for line in lines))


def lines_of(package: Package) -> list[dict[str, Any]]:
    salt = bytes(package.prequalification.salt)
    return [line_of(applicant, salt) for applicant in package.applicants.select_related("package")]


def revealed(package: Package) -> dict[str, Any]:
    """Return what the opening's entry says of the prequalification, if there was one: its lines and their salt."""
    if not package.is_prequalified:
        return {}
    salt = bytes(package.prequalification.salt).hex()
    return {"applicants": lines_of(package), "applicants_salt": salt}
