import pytest

from ledger.keys import KeyLost, publish_verifier, published_verifier, signing_key
from ledger.notes import SigningKey

ORIGIN = "test.example/ledger2026"


def test_the_first_start_makes_a_key_that_stays(tmp_path):
    path = tmp_path / "keys" / "ledger.key"

    key = signing_key(path, ORIGIN, signed_before=False)

    assert key.name == ORIGIN
    assert path.stat().st_mode & 0o777 == 0o600
    assert signing_key(path, ORIGIN, signed_before=True) == key


def test_a_lost_key_is_never_replaced_silently(tmp_path):
    with pytest.raises(KeyLost, match="was signed before"):
        signing_key(tmp_path / "ledger.key", ORIGIN, signed_before=True)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", ["", "no key", "PRIVATE+KEY+x"])
def test_a_damaged_key_file_is_refused(tmp_path, content):
    (tmp_path / "ledger.key").write_text(content)

    with pytest.raises(KeyLost, match="holds no key"):
        signing_key(tmp_path / "ledger.key", ORIGIN, signed_before=True)


def test_the_key_of_another_log_is_refused(tmp_path):
    signing_key(tmp_path / "ledger.key", "elsewhere", signed_before=False)

    with pytest.raises(KeyLost, match="key of elsewhere"):
        signing_key(tmp_path / "ledger.key", ORIGIN, signed_before=True)


def test_the_published_key_never_changes(tmp_path):
    key = SigningKey.generate(ORIGIN)
    publish_verifier(tmp_path, key)
    publish_verifier(tmp_path, key)

    assert published_verifier(tmp_path) == key.verifier
    with pytest.raises(KeyLost, match="another key"):
        publish_verifier(tmp_path, SigningKey.generate(ORIGIN))
