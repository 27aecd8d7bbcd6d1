"""docfx's own cases of what stands around pages, as files of a project: read by what reads a project's.

A case's documentation set is the folder of one language, `docs/<tag>/`; a repository that has the set in a folder
is `docs/`, with the folder's name as the tag.
"""

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import yaml

from imagedocs.checks.addresses import check_addresses
from imagedocs.checks.site import LocaleSite, Site
from imagedocs.docfx.config import find_config, read_config
from imagedocs.docfx.entries import is_toc
from imagedocs.docfx.metadata import Metadata
from imagedocs.docfx.patterns import read_pattern
from imagedocs.docfx.redirections import NAMES as REDIRECTIONS
from imagedocs.docfx.redirections import Redirection, read_redirections
from imagedocs.docfx.redirects import Redirect, read_redirects
from imagedocs.docfx.tables import Tables, load_tables
from imagedocs.docfx.toc import Surroundings
from imagedocs.docfx.uids import page_uids
from imagedocs.markdown import Document, PageOptions, Source, parse
from imagedocs.problems import Problem
from markdown_files import PUBLISHER, Files

Case = dict[str, Any]


def files_of(case: Case) -> dict[str, str]:
    """Path → text, of the case's (first) repository."""
    files = case.get("inputs") or next(iter(case["repos"].values()))[0]["files"]
    return {path: text or "" for path, text in files.items()}


@dataclass
class DocSet:
    """What our readers make of a case's files."""

    given: Mapping[str, str]
    problems: list[Problem] = field(default_factory=list)

    @cached_property
    def folder(self) -> str:
        """Of the documentation set in the repository."""
        configs = [path for path in self.given if posixpath.basename(path) in ("docfx.yml", "docfx.json")]
        return posixpath.dirname(min(configs, key=len)) if configs else ""

    @property
    def prefix(self) -> str:
        return "docs/" if self.folder else "docs/en/"

    @property
    def tag(self) -> str:
        return self.folder or "en"

    @property
    def root(self) -> str:
        """The folder of the set in the project, with a slash."""
        return f"docs/{self.tag}/"

    @cached_property
    def files(self) -> dict[str, str]:
        return {self.prefix + path: self._text(path, text) for path, text in self.given.items()}

    def _text(self, path: str, text: str) -> str:
        """The root of the case's repository is not that of the project."""
        if posixpath.basename(path) in REDIRECTIONS:
            return re.sub(r'("source_path_from_root": ")/', rf"\1/{self.prefix}", text)
        return text

    @cached_property
    def sources(self) -> Files:
        return Files(self.files, root=self.root.rstrip("/"))

    @cached_property
    def metadata(self) -> Metadata:
        source = find_config(self.sources.read, (self.tag,))
        metadata, problems = read_config(source) if source else (Metadata(), ())
        self.problems += problems
        return metadata

    @cached_property
    def settings(self) -> dict[str, Any]:
        """All that `docfx.yml` says."""
        source = find_config(self.sources.read, (self.tag,))
        settings = yaml.safe_load(source.text) if source else {}
        return settings.get("build", settings) if isinstance(settings, dict) else {}

    def is_built(self, path: str) -> bool:
        """Whether the file is in what docfx.yml names (`files`, `exclude`)."""
        place = path.removeprefix(self.root)
        wanted, unwanted = (
            [read_pattern(text) for text in texts_of(self.settings.get(name))]
            for name in ("files", "exclude")
        )
        return path.startswith(self.root) and (
            (not wanted or any(pattern.matches(place) for pattern in wanted if pattern))
            and not any(pattern.matches(place) for pattern in unwanted if pattern)
        )

    @cached_property
    def places(self) -> dict[str, str]:
        """Site path → project path."""
        own = (path for path in self.files if path.startswith(self.root))
        ours = (*REDIRECTIONS, "docfx.yml", "docfx.json", "docsets.yml")
        return {path.removeprefix(self.root): path for path in own if posixpath.basename(path) not in ours}

    @cached_property
    def options(self) -> PageOptions:
        return PageOptions(
            publisher=replace(PUBLISHER, site=""),
            xrefs=page_uids(self.places, self.sources.read),
        )

    @cached_property
    def tables(self) -> Tables:
        def place_of(path: str) -> str | None:
            return path.removeprefix(self.root) if self.is_built(path) else None

        pages = tuple(place for place in self.places if place.endswith(".md"))
        around = Surroundings(
            self.sources, place_of, pages, self.options, lambda path: path.removeprefix(self.root)
        )
        paths = [path for path in self.files if is_toc(path) and self.is_built(path)]
        return load_tables(paths, around)

    @cached_property
    def redirections(self) -> tuple[Redirection, ...]:
        lists = [
            Source(path, self.files[path]) for path in self.files if posixpath.basename(path) in REDIRECTIONS
        ]
        found, problems = read_redirections(lists, {self.tag}, self.files.__contains__)
        self.problems += problems
        return found

    @cached_property
    def redirects(self) -> Mapping[str, Redirect]:
        host = self.settings.get("hostName") or self.settings.get("hostname") or "docs.com"
        base = str(self.settings.get("basePath", "")).strip("/")
        site_url = f"https://{host}/{base}/" if base else f"https://{host}/"
        found, problems = read_redirects(self.redirections, [self.tag], self.places, site_url, str)
        self.problems += problems
        return found

    def table_of(self, place: str) -> str | None:
        """The relative address, as docfx writes it, of the table that the page shows."""
        table = self.tables.nearest(place)
        if table is None:
            return None
        return posixpath.relpath(posixpath.splitext(table)[0] + ".json", posixpath.dirname(place) or ".")

    @cached_property
    def documents(self) -> dict[str, Document]:
        """By project path, of all pages."""
        return {
            path: parse(Source(path, self.files[path]), self.sources, page=self.options).document
            for path in self.files
            if path.endswith(".md") and not is_toc(path)
        }

    def check(self) -> list[Problem]:
        """Everything that is wrong; of what only makes a page worse, nothing."""
        assert isinstance(self.redirects, Mapping)
        found = [*self.problems, *self.tables.problems]
        for document in self.documents.values():
            found += (each for each in document.problems if each.severity.value != "suggestion")
        found += check_addresses(Site((LocaleSite((self.tag,), self.places, {}),)), {})
        return found


def texts_of(value: object) -> tuple[str, ...]:
    """The text or texts of a setting."""
    values = value if isinstance(value, list) else [value]
    return tuple(each for each in values if isinstance(each, str))


def outputs_of(case: Case) -> dict[str, Any]:
    """What docfx writes, where the case says it: path → content."""
    return {
        path: yaml.safe_load(text)
        for path, text in case["outputs"].items()
        if text and text.lstrip().startswith("{") and not path.endswith((".log", ".dependencymap.json"))
    }
