"""What stands around the pages: the languages, the files of each, and what is wrong with all that is no page."""

from collections.abc import Mapping
from dataclasses import dataclass

from imagedocs.markdown.publisher import Publisher
from imagedocs.markdown.sources import Source, split_form
from imagedocs.problems import Problem


@dataclass(frozen=True, slots=True)
class Rendered:
    """A template as a locale's pages take it in: see `Source`."""

    path: str
    """With the form, where it is not the usual one: see `imagedocs.markdown.sources.with_form`."""
    text: str
    lines: tuple[int, ...]
    problems: tuple[Problem, ...]

    @property
    def source(self) -> Source:
        return Source(split_form(self.path)[0], self.text, self.lines, generated=True, problems=self.problems)


@dataclass(frozen=True, slots=True)
class LocaleFrame:
    chain: tuple[str, ...]
    """Tags of the locale and of its fallbacks, nearest first."""
    files: Mapping[str, str]
    """See `LocaleSite.files`."""
    moved: Mapping[str, tuple[str, str]]
    """See `LocaleSite.moved`."""
    repositories: tuple[str, ...]
    alerts: tuple[str, ...]
    learn_locale: str
    xrefs: Mapping[str, tuple[str, str]]
    publisher: Publisher
    former: tuple[str, ...]
    right_to_left: bool
    """Of these see `PageOptions`."""
    has_versions: bool
    """`docfx.json` says which versions its pages are for: see `PageOptions.versions`."""
    pages: Mapping[str, str]
    """Site path of each page that is generated from the catalog -> hash of its source; see `Overlay.pages`."""
    rendered: tuple[Rendered, ...]
    context: str
    """A hash of what, besides files, a page's document depends on; two locales with the same read a page alike."""
    is_translated: bool
    """Its own pages are translations of the default locale's."""
    folder: str
    directory_urls: bool
    """Of both see `LocaleSite`."""
    linked: Mapping[str, tuple[str, str]]
    """See `LinkedFiles.places`."""

    @property
    def tag(self) -> str:
        return self.chain[0]


@dataclass(frozen=True, slots=True)
class Allowance:
    """An entry of `catalog/allowed-images.yaml`."""

    problem: Problem
    """That it has expired, or that nothing needs it."""
    has_expired: bool


@dataclass(frozen=True, slots=True)
class Frame:
    locales: tuple[LocaleFrame, ...]
    """Those that are checked, in their order."""
    tags: tuple[str, ...]
    """Of all locales of the project."""
    default: str
    """The tag of the locale that the others are translated from."""
    folders: Mapping[str, str]
    """First segment of a published locale's addresses, empty for those at the root -> its tag."""
    site_url: str
    line_ids: tuple[str, ...]
    """See `Site.line_ids`."""
    problems: tuple[Problem, ...]
    omitted: tuple[Problem, ...]
    """One for each page that no menu leads to, unless it is a part of other pages."""
    notes_versions: bool
    """Translations say which version of their source they are made from."""
    knows_images: bool
    """It is known which images there are."""
    hosts: tuple[str, ...]
    """The registries whose images are looked for in pages."""
    portal: tuple[str, ...]
    """See `Catalog.portal`."""
    allowances: tuple[Allowance, ...]
    names: tuple[str, ...]
    """Those of the glossary whose letters' case is looked at."""
    yaml_files: Mapping[str, str]
    """Texts of the YAML files that have ignores in comments, by their paths."""
    context: str
    """A hash of what the findings in a page depend on besides its and its translations' files."""
    images: str
    """A hash of all that says which images there are."""
    levels: Mapping[str, str]
    """Name of a rule -> the severity that it has in this project."""
    others: Mapping[str, str]
    """Files that it was made from because others name them, by their paths: a hash of what each holds."""
    unmade_pages: str
    """See `Site.unmade_pages`."""
