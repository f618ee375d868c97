"""A program other than ours reads the papers: LibreOffice lays each of them out."""

import os
import re
import shutil
import subprocess

import pytest

from publishing.documents import generate
from publishing.documents.registry import REGISTRY
from tests.publishing.samples import make_everything

SOFFICE = shutil.which("soffice")


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.skipif(not SOFFICE and "CI" not in os.environ, reason="LibreOffice is not installed")
def test_every_paper_can_be_laid_out_and_printed(tmp_path):
    assert SOFFICE, "CI must have LibreOffice"
    papers = {template: tmp_path / f"{template}.docx" for template in REGISTRY}
    for template, subject in make_everything().items():
        papers[template].write_bytes(generate(template, subject.pk)[1])
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"

    subprocess.run(
        [SOFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, *papers.values()],
        check=True,
        capture_output=True,
        timeout=900,
    )

    for paper in papers.values():
        pages = re.findall(rb"/Type\s*/Page\b", paper.with_suffix(".pdf").read_bytes())
        assert 1 <= len(pages) <= 12
