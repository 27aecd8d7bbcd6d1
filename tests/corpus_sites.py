"""Two real MkDocs sites of the corpus, made buildable: programs and pictures were left out of it."""

import base64
import re
import shutil
from pathlib import Path

from needs import CORPUS

SITES = CORPUS / "sites"
NAMES = ("aws-deep-learning-containers", "mkdocs-material")
_PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
_BLOCKS = re.compile(
    r"^hooks:.*\n(?:[ \t].*\n)+|^  custom_dir:.*\n|^  - minify:\n(?:    .*\n)+", re.MULTILINE
)
"""Settings of programs that the corpus lacks."""


def prepare(name: str, folder: Path) -> Path:
    """Copy a site to `folder`, without what needs programs that the corpus lacks, and return its configuration."""
    shutil.copytree(SITES / name, folder, copy_function=shutil.copyfile)
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    for line in (folder / "assets.txt").read_text().split():
        asset = folder / line
        if not asset.exists():
            asset.parent.mkdir(parents=True, exist_ok=True)
            asset.write_bytes(
                b"<svg xmlns='http://www.w3.org/2000/svg'/>" if asset.suffix == ".svg" else _PIXEL
            )
    for page in folder.rglob("*.md"):
        text = page.read_text()
        if text.startswith("---") and "\ntemplate:" in text.partition("\n---\n")[0]:
            page.write_text(re.sub(r"\ntemplate:[^\n]*", "", text, count=1))
    file = next(path for path in (folder / "mkdocs.yml", folder / "mkdocs.yaml") if path.exists())
    text = _BLOCKS.sub("", file.read_text()).replace("module_name: docs/src/macros", "on_undefined: keep")
    file.write_text(text)
    return file
