"""The log's own keys: each made once, kept in a file that only the sealer can read, one on a line, the oldest first."""

from collections.abc import Iterable
from pathlib import Path

from ledger.files import write_atomically
from ledger.notes import SigningKey, VerifierKey


class KeyLost(Exception):  # noqa: N818, it states what happened
    """Raised if the log was signed with another key than the one that is there. Never replaced silently."""


def signing_key(path: Path, origin: str, *, signed_before: bool) -> SigningKey:
    """Return the first of :func:`signing_keys`."""
    return signing_keys(path, origin, signed_before=signed_before)[0]


def signing_keys(path: Path, origin: str, *, signed_before: bool) -> list[SigningKey]:
    """
    Return the keys of the log ``origin``. The first one is made on its first start.

    Which of them signs, the record says (:mod:`ledger.rotation`).

    :raises KeyLost: if the file is missing although the log was signed before, or holds no key or another log's
    """
    if not path.exists():
        if signed_before:
            raise KeyLost(f"{path} is missing, but {origin} was signed before. Bring the key back from its backup.")
        _write(path, [SigningKey.generate(origin)])
    try:
        keys = [SigningKey.parse(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    except ValueError as e:
        raise KeyLost(f"{path} holds no key: {e}") from e
    if not keys:
        raise KeyLost(f"{path} holds no key")
    if foreign := [key.name for key in keys if key.name != origin]:
        raise KeyLost(f"{path} holds the key of {foreign[0]}, not of {origin}")
    return keys


def add_key(path: Path, origin: str) -> SigningKey:
    """
    Put a new key behind those in the file. It signs nothing before the record names it.

    :raises KeyLost: if the file does not hold the log's keys
    """
    new = SigningKey.generate(origin)
    _write(path, [*signing_keys(path, origin, signed_before=True), new])
    return new


def publish_verifier(folder: Path, key: SigningKey, older: Iterable[VerifierKey] = ()) -> None:
    """
    Write the public half where the log is served. People copy it once, so it never changes silently.

    :raises KeyLost: if another key is published there that is not one of the ``older``, which the record replaced
    """
    path = folder / "vkey"
    content = f"{key.verifier}\n".encode()
    there = path.read_bytes() if path.exists() else b""
    if there == content:
        return
    if there and there not in [f"{verifier}\n".encode() for verifier in older]:
        raise KeyLost(f"another key than {key.verifier} is published")
    write_atomically(path, content)


def published_verifier(folder: Path) -> VerifierKey:
    """
    Return the public half of the log's key.

    :raises FileNotFoundError: if the sealer has never run
    """
    return VerifierKey.parse((folder / "vkey").read_text(encoding="utf-8").strip())


def _write(path: Path, keys: list[SigningKey]) -> None:
    write_atomically(path, "".join(f"{key.encoded()}\n" for key in keys).encode(), mode=0o600)
