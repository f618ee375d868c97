"""The page with which keys are made: published as one file that runs nowhere but on its user's own disk."""

import re
from base64 import b64encode
from hashlib import sha256

import pytest

from publishing.key_page import ADDRESS, publish_key_page
from publishing.output import file_of


@pytest.fixture
def published(settings, tmp_path):
    settings.PUBLIC_ROOT = tmp_path
    publish_key_page()
    return {prefix: file_of(f"{prefix}{ADDRESS}").read_bytes() for prefix in ("", "/en")}


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_page_that_explains_names_the_digest_of_the_file_it_links_to(published, client, prefix):
    page = client.get(f"{prefix}/sealed-bids/").content.decode()
    assert f'href="{prefix}{ADDRESS}" download' in page
    assert sha256(published[prefix]).hexdigest() in page
    for name in ("vendor/age-encryption/0.3.1/age.min.js", "sealing/format.js", "sealing/deliver.js"):
        script = b"".join(client.get(f"/static/{name}").streaming_content)
        assert sha256(script).hexdigest() in page


def test_it_runs_its_own_scripts_and_may_connect_to_nothing(published):
    page = published[""].decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1].replace("&#x27;", "'")
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    allowed = " ".join(f"'sha256-{b64encode(sha256(one.encode()).digest()).decode()}'" for one in scripts)

    assert policy.startswith(f"default-src 'none'; script-src {allowed}; style-src 'sha256-")
    assert policy.endswith("; img-src data:")
    assert len(scripts) == page.count("<script") == 4
    assert not re.search(r"<script[^>]+src|<link[^>]+stylesheet|<img|<iframe", page)
