"""Does what templates write around the pages lead somewhere? Only the built pages show it.

A theme writes much the same around each page, so a few of them stand for all: see `Sampling`.
"""

import posixpath
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import unquote, urlsplit

from imagedocs.checks.configured_links import dead_link, leads_to_missing_start, without_way
from imagedocs.checks.landing import Addresses
from imagedocs.checks.site import LocaleSite, Site
from imagedocs.html_documents import read_document
from imagedocs.markdown.resources import css_addresses, srcset_addresses
from imagedocs.material.ids import THEME_IDS
from imagedocs.problems import Position, Problem

_ADDRESSES = ("href", "src", "poster", "data", "action")
_HINTS = frozenset({"preconnect", "dns-prefetch"})
_ADDRESS_LIKE = re.compile(
    r"(?!\d[\d/]*\Z)(?:[^\s/]*/\S*|#\S+|\S+\.(?:md|html?|png|jpe?g|svg|gif|webp|pdf)(?:[?#]\S*)?)"
)
"""No date: `03/20/2026`."""
MOST_SAMPLES = 50
"""Of a locale, for what their front matter says."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A page that is looked at as it was built."""

    place: str
    content: str
    """The HTML that its Markdown became: its links are judged where they are written."""


@dataclass
class Sampling:
    """Chooses the pages: for each template one at the root and one as deep as there is, one that is a fallback, and those
    whose front matter names an address, of which a template may make a link."""

    samples: dict[object, Sample] = field(default_factory=dict[object, Sample])

    def offer(self, place: str, content: str, meta: Mapping[str, Any], *, is_fallback: bool) -> None:
        template = str(meta.get("template", ""))
        sample = Sample(place, content)
        self.samples.setdefault((template, is_fallback), sample)
        deepest = self.samples.setdefault((template, "deepest"), sample)
        if place.count("/") > deepest.place.count("/"):
            self.samples[template, "deepest"] = sample
        if len(self.samples) < MOST_SAMPLES and any(map(_ADDRESS_LIKE.fullmatch, _texts(meta))):
            self.samples[place] = sample

    def chosen(self) -> tuple[Sample, ...]:
        return tuple({sample.place: sample for sample in self.samples.values()}.values())


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():  # pyright: ignore[reportUnknownVariableType]  # YAML
            yield from _texts(each)  # pyright: ignore[reportUnknownArgumentType]
    elif isinstance(value, list):
        for each in value:  # pyright: ignore[reportUnknownVariableType]
            yield from _texts(each)  # pyright: ignore[reportUnknownArgumentType]


def check_built_pages(
    site: Site,
    samples: Iterable[tuple[LocaleSite, str, str, str]],
    find_source: Callable[[str, str], Position | None],
    read: "Callable[[str], References]",
) -> Iterator[Problem]:
    """`samples`: the locale, the site path of a page (or `404.html`), what its Markdown became and the HTML that was
    built. `find_source` is given the path of the page's own file and what an address has behind its dots, and says where
    that is written. `read` is `read_references`, or gives what that has given before."""
    addresses = Addresses(site)
    for locale, place, content, html in samples:
        around = html.replace(content, "", 1) if content else html
        is_as_rendered = around != html  # else a plugin has changed what the Markdown became
        (references, ids), (own, own_ids) = read(around), read(content)
        left = Counter(references)
        if is_as_rendered:
            ids = {*ids, *own_ids}
        else:
            left.subtract(own)
        # The page for what is not there is shown at any address: all that it says begins with a slash.
        base = addresses.of_page(locale, place) if place.endswith(".md") else addresses.of_file(locale, place)
        for address in dict.fromkeys(references):
            if left[address] > 0 and _is_dead(addresses, locale, place, ids, address, base):
                yield _problem(locale, place, address, find_source)


def _is_dead(
    addresses: Addresses, locale: LocaleSite, place: str, ids: Collection[str], address: str, base: str
) -> bool:
    within = addresses.within(address, base) if address else None
    if within is None or within == "sitemap-index.xml":
        return False
    landing = addresses.find(within)
    if landing is None:
        is_told = addresses.is_unmade(within) or leads_to_missing_start(addresses.site, within)
        return not (is_told or addresses.is_unknown(within))
    fragment = unquote(urlsplit(address).fragment).partition(":~:")[0]
    if not fragment or fragment.lower() == "top" or fragment in THEME_IDS:
        return False
    if landing.locale is locale and landing.place == place:
        return fragment not in ids
    anchors = landing.locale.anchors.get(landing.place)
    return anchors is not None and fragment not in anchors and not fragment.startswith("__")


def _problem(
    locale: LocaleSite, place: str, address: str, find_source: Callable[[str, str], Position | None]
) -> Problem:
    source = locale.files.get(place, "")
    written = without_way(address, locale)
    position = find_source(source, written)
    hint = "" if position else "it is written by a template of the theme"
    return dead_link(position or Position(source or "mkdocs.yml"), written, hint)


References = tuple[Sequence[str], Collection[str]]


def read_references(html: str) -> References:
    """Return what HTML that was built refers to, and the anchors that it has."""
    references: list[str] = []
    document = read_document(html)
    for tag in document.elements():
        given = tag.attributes
        if tag.name == "link" and _HINTS & {*given.get("rel", "").split()}:
            continue
        references += (given[name].strip() for name in _ADDRESSES if given.get(name))
        references += (address for _, address in srcset_addresses(given.get("srcset", "")))
        references += (unescape(address) for _, address in css_addresses(given.get("style", "")))
    return references, document.anchors()


def front_matter_first(
    texts: Iterable[str], read: Callable[[str], str]
) -> Callable[[str, str], Position | None]:
    """A `find_source` that looks into the page's front matter, then into the files `texts`."""
    paths = tuple(texts)

    def find(source: str, written: str) -> Position | None:
        if len(written) < 2:
            return None
        head = _front_matter(read(source)) if source else ""
        places = ((source, head), *((path, read(path)) for path in paths))
        name = posixpath.basename(written.rstrip("/"))
        for form in dict.fromkeys((written, written.rstrip("/"), name)):
            whole = re.compile(rf"(?<![\w/.-]){re.escape(form)}(?![\w-])")
            for path, text in places:
                if len(form) > 1 and (match := whole.search(text)):
                    at = match.start()
                    return Position(path, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
        return None

    return find


def _front_matter(text: str) -> str:
    if not text.startswith("---"):
        return ""
    end = text.find("\n---", 3)
    return text[: max(end, 0)]
