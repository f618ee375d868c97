"""What every test may rely on."""

from tests.database import let_tests_flush

let_tests_flush()
