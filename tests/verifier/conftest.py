import pytest

import verify
from tests.verifier.making import Kit, entries


@pytest.fixture
def kit(tmp_path):
    return Kit(tmp_path, entries(300))


@pytest.fixture
def run(capsys):
    """Run the verifier as the command does. Return its exit code and what it printed."""

    def run(*words):
        code = verify.main([str(word) for word in words])
        return code, capsys.readouterr().out

    return run
