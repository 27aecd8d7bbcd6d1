"""Hold the facts about a project with which pages are compared, as values that can be kept from run to run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from imagedocs.checks.configured_links import ConfiguredLink
from imagedocs.checks.site import SiteFacts
from imagedocs.markdown.options import DocumentOptions
from imagedocs.markdown.sources import Source, split_options
from imagedocs.problems import Problem


@dataclass(frozen=True, slots=True)
class RenderedTemplate:
    """Template as a locale's pages include it: see `Source`."""

    path: str
    """Project path, with the form where it isn't the usual one: see `imagedocs.markdown.sources.with_options`."""
    text: str
    lines: tuple[int, ...]
    problems: tuple[Problem, ...]

    @property
    def source(self) -> Source:
        return Source(
            split_options(self.path)[0], self.text, self.lines, generated=True, problems=self.problems
        )


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
    """Page options on which a page's document depends."""
    pages: Mapping[str, str]
    """Hash of the source of each page that is generated from the catalog, by its site path; see `Overlay.pages`."""
    rendered: tuple[RenderedTemplate, ...]
    """Templates below `includes/`, in all their forms."""
    context: str
    """Hash of `repositories` and `options`: two locales with the same read a page alike."""
    is_translated: bool
    """True if the locale's own pages are translations of the default locale's."""
    sources: Mapping[str, str]
    """Project path of the source of each of the locale's translations that has one, by the translation's path."""
    folder: str
    """See `LocaleSite.folder`."""
    directory_urls: bool
    """See `LocaleSite.directory_urls`."""
    linked: Mapping[str, tuple[str, str]]
    """See `LinkedFiles.places`."""
    published: Sequence[str]
    """See `LocaleSite.published`."""
    menu_parts: tuple[ConfiguredLink, ...] = ()
    """Site path and fragment of each entry of a menu that leads to a part of a page."""

    @property
    def tag(self) -> str:
        return self.chain[0]


@dataclass(frozen=True, slots=True)
class Allowance:
    """Entry of `catalog/allowed-images.yaml`."""

    problem: Problem
    """Problem that the allowance has expired, or that nothing needs it."""
    has_expired: bool


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """Everything that the checks need besides pages, and the problems found outside pages."""

    locales: tuple[LocaleFacts, ...]
    """Locales that are checked, in their order."""
    site: SiteFacts
    default: str
    """Tag of the locale from which the others are translated."""
    problems: tuple[Problem, ...]
    """Problems found outside pages."""
    omitted: tuple[Problem, ...]
    """Problem for each page that no menu leads to, unless it is a part of other pages."""
    notes_versions: bool
    """True if translations name the version of their source."""
    knows_images: bool
    """True if it is known which images there are."""
    hosts: tuple[str, ...]
    """Registries whose images are looked for in pages."""
    portal: tuple[str, ...]
    """See `Catalog.portal`."""
    allowances: tuple[Allowance, ...]
    names: tuple[str, ...] | None
    """Names of the glossary whose case is checked; `None` where it has nothing that pages must keep."""
    yaml_files: Mapping[str, str]
    """Texts of the YAML files that have ignores in comments, by their paths."""
    levels: Mapping[str, str]
    """Severity that rules have in this project, by the rules' names."""
    links: tuple[ConfiguredLink, ...] = ()
    """Addresses that the theme writes on every page, as `mkdocs.yml` has them."""
