"""The check, from the command line, of a site that imagedocs doesn't build: one that it was added to, or a catalog."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from imagedocs.added.checking import check_texts
from imagedocs.added.configurations import docs_folder
from imagedocs.added.detection import configuration_in
from imagedocs.added.settings import read_settings
from imagedocs.added.site import AddedSite
from imagedocs.added.sources import document_of, pages_below, pages_in
from imagedocs.commands.dry_runs import run_mkdocs
from imagedocs.commands.home import Home
from imagedocs.incremental.arguments import Arguments
from imagedocs.incremental.unsaved import unsaved_below, unsaved_text
from imagedocs.markdown.document import Document
from imagedocs.problems import CannotRun, Problem


@dataclass(frozen=True)
class CheckAdded:
    """Check of the site in a folder, by a build of MkDocs that writes nothing, or of its catalog and texts alone."""

    root: Path
    file: Path | None
    """Configuration of MkDocs, if there is one."""
    as_of: date
    builds: bool
    """False to run no program of the site: neither plugins nor hooks, nor what they load."""
    says_so: bool
    """True to say on standard error what is run."""

    def problems(self) -> tuple[Problem, ...]:
        """Look at the site as it is now. Raises CannotRun."""
        return self._built() if self.builds else self._read()

    @property
    def home(self) -> Home:
        """What a report needs to know of the site."""
        return Home(self.root, "", "en")

    def looks_at(self, path: str, rule: str) -> bool:
        """Return whether this check would find again a problem of `rule` in the file at `path`."""
        return self.builds or rule.startswith(("image-", "include-", "record-", "catalog-", "yaml-"))

    def _built(self) -> tuple[Problem, ...]:
        assert self.file is not None, "only MkDocs sites are built"
        if self.says_so:
            click.echo(
                f"imagedocs: MkDocs builds the site with the plugins and hooks of {self.file.name}, and writes nothing",
                err=True,
            )
        found = run_mkdocs(self.file, self.as_of)
        return tuple(sorted(found, key=lambda problem: problem.sort_key))

    def _read(self) -> tuple[Problem, ...]:
        settings = read_settings(self.file) if self.file else None
        site = AddedSite(self.root, Arguments(self.as_of))
        pages = pages_of(self.root, self.file)
        if settings is None:
            return check_texts(site, pages, (), {})
        return check_texts(site, pages, settings.problems, settings.levels)


def pages_of(root: Path, file: Path | None) -> Mapping[str, str]:
    """Return the sources of the pages of a site by their paths; `file` is its configuration of MkDocs."""
    pages = dict(pages_below(root) if file is None else pages_in(docs_folder(file), root))
    for path in pages.keys() & {*unsaved_below(root)}:
        pages[path] = (unsaved_text(root, path) or b"").decode("utf-8", "replace")
    return pages


def texts_of(root: Path, file: Path | None) -> Iterator[Document]:
    """Yield the documents of these pages with their texts alone."""
    yield from (document_of(path, text) for path, text in pages_of(root, file).items())


def configuration_of(root: Path, given: Path | None) -> Path | None:
    """Return the configuration file to look at. Raises CannotRun for one that was given and does not exist."""
    if given is None:
        return configuration_in(root)
    if not given.is_file():
        raise CannotRun(f"there is no file {given}")
    return given.resolve()
