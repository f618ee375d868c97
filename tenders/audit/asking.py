"""How the checks ask what rows amount to: functions of the database, which tell hashes and neither names nor words."""

from collections.abc import Callable
from typing import Any

from django.db import connection

from ledger.canonical import parse


def asked(question: str) -> list[tuple[Any, ...]]:
    """Return what a function of ``tenders/sql`` tells. The sealer may ask too, and can read no row."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM public.{question}()")  # noqa: S608, ours
        return cursor.fetchall()


def by_tender(kind: Callable[..., Any], question: str) -> dict[str, list[Any]]:
    """Return what a function tells, each row as a ``kind`` that has a ``tender``, by the tenders and in its order."""
    found: dict[str, list[Any]] = {}
    for row in asked(question):
        made = kind(*row)
        found.setdefault(made.tender, []).append(made)
    return found


def facts_in(body: bytes) -> dict[str, Any]:
    """An entry that cannot be read is passed over: the check of the record itself names it."""
    try:
        facts = parse(body).get("facts")
    except ValueError:
        return {}
    return facts if isinstance(facts, dict) else {}
