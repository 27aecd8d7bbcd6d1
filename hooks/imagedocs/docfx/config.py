"""`docfx.json` (or `docfx.yml`): the metadata that a documentation set gives its pages."""

import posixpath
from collections.abc import Callable, Iterable

from imagedocs.docfx.files import read_tree
from imagedocs.docfx.metadata import Metadata, metadata_of
from imagedocs.findings import Findings
from imagedocs.markdown.sources import Source
from imagedocs.problems import Problem
from imagedocs.yaml.fields import root_fields

NAMES = ("docfx.json", "docfx.yml")


def find_config(read: Callable[[str], Source | None], chain: Iterable[str]) -> Source | None:
    """Return the `docfx.json` of the first locale of `chain` that has one, or that of the project."""
    folders = (*(f"docs/{tag}/" for tag in chain), "")
    candidates = (folder + name for folder in folders for name in NAMES)
    return next((source for path in candidates if (source := read(path))), None)


def read_config(source: Source) -> tuple[Metadata, tuple[Problem, ...]]:
    """Return the metadata that `docfx.json` gives to pages, and what is wrong with it."""
    folder = posixpath.dirname(source.path)
    folder = f"{folder}/" if folder else ""
    metadata = Metadata(folder)
    if not source.text.strip() and not source.problems:
        return metadata, ()
    root, problems = read_tree(source)
    findings = Findings(source.path)
    fields = root_fields(root, findings)
    if fields is not None:
        build = fields.mapping_of("build")
        if build is None and fields.node("build") is None:
            build = fields
        if build is not None:
            metadata = metadata_of(build, folder, findings)
    return metadata, (*problems, *findings.sorted())
