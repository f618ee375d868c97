"""The log's own key: made once, kept in a file that only the sealer can read."""

from pathlib import Path

from ledger.files import FileChangedError, write_atomically, write_once
from ledger.notes import SigningKey, VerifierKey


class KeyLost(Exception):  # noqa: N818, it states what happened
    """Raised if the log was signed with another key than the one that is there. Never replaced silently."""


def signing_key(path: Path, origin: str, *, signed_before: bool) -> SigningKey:
    """
    Return the key of the log ``origin``, made on its first start.

    :raises KeyLost: if the file is missing although the log was signed before, or holds no key or another log's
    """
    if not path.exists():
        if signed_before:
            raise KeyLost(f"{path} is missing, but {origin} was signed before. Bring the key back from its backup.")
        write_atomically(path, f"{SigningKey.generate(origin).encoded()}\n".encode(), mode=0o600)
    try:
        key = SigningKey.parse(path.read_text(encoding="utf-8").strip())
    except ValueError as e:
        raise KeyLost(f"{path} holds no key: {e}") from e
    if key.name != origin:
        raise KeyLost(f"{path} holds the key of {key.name}, not of {origin}")
    return key


def publish_verifier(folder: Path, key: SigningKey) -> None:
    """
    Write the public half where the log is served. People copy it once, so it never changes silently.

    :raises KeyLost: if another key is published there
    """
    try:
        write_once(folder / "vkey", f"{key.verifier}\n".encode())
    except FileChangedError as e:
        raise KeyLost(f"another key than {key.verifier} is published") from e


def published_verifier(folder: Path) -> VerifierKey:
    """
    Return the public half of the log's key.

    :raises FileNotFoundError: if the sealer has never run
    """
    return VerifierKey.parse((folder / "vkey").read_text(encoding="utf-8").strip())
