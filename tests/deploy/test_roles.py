import psycopg
import pytest

pytestmark = pytest.mark.slow


def test_roles_can_be_applied_again(database):
    database.apply_roles()
    database.apply_roles()

    with psycopg.connect(database.url("tracker_app")) as connection:
        assert connection.execute("SELECT current_user, current_database()").fetchone() == ("tracker_app", "tracker")


def test_a_changed_password_is_taken_over(database):
    old = database.url("tracker_sealer")
    database.instance.secret_file("tracker_sealer").write_text("another-password")
    database.apply_roles()

    psycopg.connect(database.url("tracker_sealer")).close()
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(old)


@pytest.mark.parametrize("role", ["tracker_owner", "tracker_app", "tracker_sealer"])
def test_no_role_can_become_another(database, role):
    with psycopg.connect(database.url(role), autocommit=True) as connection:
        for other in {"postgres", "tracker_owner", "tracker_app", "tracker_sealer"} - {role}:
            with pytest.raises(psycopg.Error, match="permission denied"):
                connection.execute(f"SET ROLE {other}")


def test_no_password_reaches_the_log(database):
    database.psql("-c", "ALTER SYSTEM SET log_statement = 'all'", "-c", "SELECT pg_reload_conf()")
    database.apply_roles()

    log = (database.instance.logs / "postgres.log").read_text()

    assert "ALTER DEFAULT PRIVILEGES" in log or "CREATE" in log
    assert database.instance.secret("tracker_app") not in log


def test_the_order_of_texts_does_not_depend_on_the_machine(database):
    done = database.psql("-At", "-c", "SELECT datlocprovider, datlocale FROM pg_database WHERE datname = 'tracker'")

    assert done.stdout.strip() == "b|C.UTF-8"
