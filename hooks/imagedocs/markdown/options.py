"""Options of pages: what the site around a page decides about it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from imagedocs.markdown.lint.addresses import LOCALE
from imagedocs.markdown.publisher import Publisher


@dataclass(frozen=True, slots=True)
class Headings:
    """How anchors are made of headings, as options of the extension `toc` say it."""

    function: str = ""
    """`ascii` and `unicode` for those of Python-Markdown, `pymdownx` for that of PyMdown; empty for GitHub's way."""
    separator: str = "-"
    case: str = "none"
    normalize: str = "NFC"
    percent_encode: bool = False
    marker: str = "[TOC]"
    """What a paragraph has that the list of headings is put in for."""


@dataclass(frozen=True, slots=True)
class DocumentOptions:
    """The options that a page's `Document` depends on: values, which can be kept and compared."""

    alerts: tuple[str, ...] = ()
    """Further kinds of alerts, in capitals."""
    publisher: Publisher = field(default_factory=Publisher)
    """What addresses mean that are not of this site."""
    xrefs: Mapping[str, tuple[str, str]] = field(default_factory=dict[str, tuple[str, str]])
    """For `<xref:uid>`: the address (of a page here, `~/page.md`) and the name of each uid."""
    former: frozenset[str] = frozenset()
    """Pages that are no longer there, and lead on to others: their places in the docs folder."""
    headings: Headings = field(default_factory=Headings)
    pivot_files: tuple[str, ...] = ()
    """Lists of pivot groups for pages that name none: their places in the docs folder."""
    published_from: Mapping[str, str] = field(default_factory=dict[str, str])
    """Folder, with a slash at the end, whose files are published from another folder of the docs folder -> that."""


@dataclass(frozen=True, slots=True)
class PageOptions(DocumentOptions):
    """All options of one page. Those that are added here decide what readers see, and change no `Document`, but for
    `front_matter`."""

    label: Callable[[str, str], str] = lambda word, _: word
    """The words for an English one of ours, in the language of the text that they stand in (see `language_in`):
    `Note` → `Nota`."""
    front_matter: Mapping[str, Any] | None = None
    """The page's metadata where the caller has read it; otherwise it is read from the text."""
    learn_locale: str = ""
    """The folder of the page's language on the publisher's site: `es-es`."""
    is_own: Callable[[str], bool] = lambda _: False
    """Whether an address that begins with `/` is that of a page or a file of this site."""
    language_of: Callable[[str], str] = lambda _: ""
    """The language of the page that a project path leads to, where it is shown in another than the reader's."""
    language_in: Callable[[str], tuple[str, str]] = lambda _: ("", "")
    """The language and direction of the text of a file; empty where they are those of what is around it."""
    right_to_left: bool = False
    """The page is read from right to left."""

    def learn_address(self, address: str) -> str:
        """Where `address` leads, which begins with `/` for the learn site in the page's language."""
        if not address.startswith("/") or address.startswith("//") or not self.publisher.site:
            return address
        if self.is_own(address):
            return address
        locale = self.learn_locale
        first = address[1:].split("/", 1)[0].lower()
        if locale and first not in ("api", "_themes") and not LOCALE.match(address):
            return f"{self.publisher.site}/{locale}{address}"
        return self.publisher.site + address
