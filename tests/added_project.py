"""MkDocs sites that imagedocs is added to, for tests."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

CATALOG = """\
version: 2
registry: registry.example.com
columns: [python]
images:
  - {id: web, repository: team/web, tag: "2.0", python: "3.12", listed: {from: 2026-01-10}}
  - {id: old, repository: team/old, tag: "1.0", python: "3.8", listed: {from: 2024-01-10, until: 2025-06-01}, status: removed}
"""
RECORD = """\
{"version": 1, "repositories": {
 "registry.example.com/team/old": {"1.0": {"seen": [{"date": "2026-02-01", "source": "registry"}]}},
 "registry.example.com/team/web": {"2.0": {"seen": [{"date": "2026-02-01", "source": "registry"}]}}
}}
"""
BASE = {"site_name": "Ours", "theme": {"name": "mkdocs"}, "plugins": ["imagedocs"]}


def added_site(
    folder: Path, pages: Mapping[str, str], record: str = RECORD, name: str = "mkdocs.yml", **settings: object
) -> Path:
    """Write a site with a catalog, and return its configuration. A setting of `None` is left out."""
    given = {key: value for key, value in {**BASE, **settings}.items() if value is not None}
    docs = str(given.get("docs_dir", "docs"))
    files = {f"{docs}/{place}": text for place, text in pages.items()}
    files |= {
        "catalog/images.yaml": CATALOG,
        name: yaml.safe_dump(given, sort_keys=False, allow_unicode=True),
    }
    if record:
        files["catalog/registry.json"] = record
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    return folder / name


@dataclass(frozen=True)
class Built:
    """Outcome of a build."""

    warnings: list[str]
    site: Path
    is_aborted: bool = False

    def page(self, place: str = "index.html") -> str:
        return (self.site / place).read_text("utf-8")


class _Warnings(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(record.getMessage())


def build_added(file: Path, **settings: object) -> Built:
    """Build a site in this process, and return its warnings."""
    heard = _Warnings()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(heard)
    site = file.parent / "site"
    try:
        config = load_config(str(file), site_dir=str(site), **settings)
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
    except Abort:
        return Built(heard.texts, site, is_aborted=True)
    finally:
        logger.removeHandler(heard)
    return Built(heard.texts, site)
