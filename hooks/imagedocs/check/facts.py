"""Facts about a project that pages are compared with, as values that can be kept from run to run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from imagedocs.checks.site import SiteFacts
from imagedocs.markdown.options import DocumentOptions
from imagedocs.markdown.sources import Source, split_form
from imagedocs.problems import Problem


@dataclass(frozen=True, slots=True)
class RenderedTemplate:
    """A template as a locale's pages take it in: see `Source`."""

    path: str
    """The project path, with the form where it is not the usual one: see `imagedocs.markdown.sources.with_form`."""
    text: str
    lines: tuple[int, ...]
    problems: tuple[Problem, ...]

    @property
    def source(self) -> Source:
        return Source(split_form(self.path)[0], self.text, self.lines, generated=True, problems=self.problems)


@dataclass(frozen=True, slots=True)
class LocaleFacts:
    """Facts about one locale."""

    chain: tuple[str, ...]
    """Tags of the locale and of its fallbacks, nearest first."""
    files: Mapping[str, str]
    """See `LocaleSite.files`."""
    moved: Mapping[str, tuple[str, str]]
    """See `LocaleSite.moved`."""
    repositories: tuple[str, ...]
    """See `Overlay.repositories`."""
    options: DocumentOptions
    """The page options that a page's document depends on."""
    versions: Sequence[Any] | None
    """The versions that pages are for (see `Config.described_versions`); `None` where pages have none."""
    pages: Mapping[str, str]
    """Hash of the source of each page that is generated from the catalog, by its site path; see `Overlay.pages`."""
    rendered: tuple[RenderedTemplate, ...]
    """The templates below `includes/`, in all their forms."""
    context: str
    """Hash of `repositories`, `options` and `versions`: two locales with the same read a page alike."""
    is_translated: bool
    """The locale's own pages are translations of the default locale's."""
    sources: Mapping[str, str]
    """Project path of the source of each of the locale's translations that has one, by the translation's path."""
    folder: str
    """See `LocaleSite.folder`."""
    directory_urls: bool
    """See `LocaleSite.directory_urls`."""
    linked: Mapping[str, tuple[str, str]]
    """See `LinkedFiles.places`."""

    @property
    def tag(self) -> str:
        return self.chain[0]


@dataclass(frozen=True, slots=True)
class Allowance:
    """An entry of `catalog/allowed-images.yaml`."""

    problem: Problem
    """The problem that the allowance has expired, or that nothing needs it."""
    has_expired: bool


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """Everything that the checks need besides pages, and the problems found outside pages."""

    locales: tuple[LocaleFacts, ...]
    """The locales that are checked, in their order."""
    site: SiteFacts
    default: str
    """The tag of the locale that the others are translated from."""
    problems: tuple[Problem, ...]
    """The problems found outside pages."""
    omitted: tuple[Problem, ...]
    """A problem for each page that no menu leads to, unless it is a part of other pages."""
    notes_versions: bool
    """Translations say which version of their source they are made from."""
    knows_images: bool
    """It is known which images there are."""
    hosts: tuple[str, ...]
    """The registries whose images are looked for in pages."""
    portal: tuple[str, ...]
    """See `Catalog.portal`."""
    allowances: tuple[Allowance, ...]
    names: tuple[str, ...] | None
    """The names of the glossary whose case is looked at; `None` where it has nothing that pages must keep."""
    yaml_files: Mapping[str, str]
    """Texts of the YAML files that have ignores in comments, by their paths."""
    levels: Mapping[str, str]
    """The severity that rules have in this project, by the rules' names."""
