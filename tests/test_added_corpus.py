"""imagedocs added to real sites: without a request for a list they are byte for byte what they were."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT
from corpus_sites import NAMES, prepare
from test_added_sites import same_trees

ENVIRONMENT = {"NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "1790000000"}


@pytest.mark.corpus
@pytest.mark.parametrize("name", [NAMES[0], pytest.param(NAMES[1], marks=pytest.mark.full)])
def test_a_real_site_is_what_it_was(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for key, value in ENVIRONMENT.items():
        monkeypatch.setenv(key, value)
    file = prepare(name, tmp_path / "source")
    before = build(file, tmp_path / "before")
    (file.parent / "catalog").mkdir()
    for each in ("images.yaml", "registry.json"):
        shutil.copy(ROOT / "catalog" / each, file.parent / "catalog")
    text = file.read_text("utf-8")
    file.write_text(text.replace("\nplugins:\n", "\nplugins:\n  - imagedocs\n", 1), "utf-8")
    after = build(file, tmp_path / "after")
    same_trees(tmp_path / "before", tmp_path / "after")
    ours = [line for line in after.splitlines() if "imagedocs: " in line]
    assert not [line for line in ours if "Traceback" in line]
    warned = {page for page in before.split("'") if page.endswith(".md") and "contains" not in page}
    places = [
        line.partition("imagedocs: docs/")[2].partition(":")[0] for line in ours if "broken-link" in line
    ]
    assert set(places) <= warned, "MkDocs itself finds a link on each of these pages that leads nowhere"


def build(file: Path, site: Path) -> str:
    """Build a site, and return what MkDocs says."""
    command = [sys.executable, "-m", "mkdocs", "build", "-f", str(file), "-d", str(site)]
    done = subprocess.run(command, cwd=file.parent, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stderr
