import pytest

from ledger import clock


@pytest.fixture
def at_desk(client, settings):
    """Sit a person of a scene down at the desk, on the scene's day."""
    settings.DEMO = True

    def sit(scene, role="manager"):
        clock.advance(scene.at)
        client.force_login(getattr(scene.people, role))
        return f"/desk/projects/{scene.project.number}"

    return sit
