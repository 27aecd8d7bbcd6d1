"""A project's files in memory, for the tests of the Markdown parser."""

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import markdown

from imagedocs.markdown import Document, LearnExtension, Page, PageOptions, Source, parse
from imagedocs.markdown.page import Parsed
from imagedocs.markdown.sources import Destination
from imagedocs.markdown.targets import encode
from imagedocs.problems import Severity
from imagedocs.project.settings import load_settings

PUBLISHER = load_settings(Path(__file__).parent.parent).publisher
"""What our own site says of addresses elsewhere."""


@dataclass
class Files:
    """`Sources` over a mapping from project-relative path to text."""

    texts: Mapping[str, str]
    root: str = ""
    """The folder that `~/` stands for."""
    fallback: Mapping[str, str] = field(default_factory=dict)
    """Folder → folder: where a file is looked for that is missing in its locale."""
    reads: list[str] = field(default_factory=list)
    """Every file that was read, in order."""

    def find(self, target: str, base: str) -> str | None:
        if target.startswith("~/"):
            path = posixpath.join(self.root, target[2:])
        else:
            path = posixpath.join(posixpath.dirname(base), target)
        path = posixpath.normpath(path)
        if path in self.texts:
            return path
        for folder, other in self.fallback.items():
            if path.startswith(folder) and other + path.removeprefix(folder) in self.texts:
                return other + path.removeprefix(folder)
        return None

    def read(self, path: str) -> Source | None:
        self.reads.append(path)
        return Source(path, self.texts[path]) if path in self.texts else None

    def locate(self, written: str, path: str, source: str, page: str) -> Destination:
        if source == page and not written.startswith("~/"):
            return Destination(encode(written))
        for folder, other in self.fallback.items():
            if path.startswith(other):
                path = folder + path.removeprefix(other)
        return Destination(posixpath.relpath(path, posixpath.dirname(page) or "."))


def parsed(
    text: str, files: Mapping[str, str] | None = None, path: str = "docs/en/x.md", **options
) -> Parsed:
    return parse(
        Source(path, text), Files(files or {}), page=PageOptions(**{"publisher": PUBLISHER, **options})
    )


def document(
    text: str, files: Mapping[str, str] | None = None, path: str = "docs/en/x.md", **options
) -> Document:
    return parsed(text, files, path, **options).document


def html(
    text: str,
    files: Mapping[str, str] | None = None,
    path: str = "docs/en/x.md",
    extensions: tuple = (),
    sources: Files | None = None,
    **options,
) -> str:
    """The HTML that Python-Markdown makes of a whole file."""
    extension = LearnExtension()
    extension.page = Page(
        path,
        sources or Files(files or {}),
        PageOptions(**{"publisher": PUBLISHER, **options}),
        read=lambda: Source(path, text),
    )
    return markdown.markdown(text, extensions=[extension, *extensions])


def problems(
    text: str,
    files: Mapping[str, str] | None = None,
    path: str = "docs/en/x.md",
    *,
    suggestions: bool = False,
    **options,
) -> list[str]:
    """The problems of a page as lines; suggestions only where they are asked for."""
    found = document(text, files, path, **options).problems
    return [str(problem) for problem in found if suggestions or problem.severity is not Severity.SUGGESTION]
