"""Does every link of every page land on a page, a file and an anchor that the reader's site has?

What is right is found fast: the file that MkDocs resolves, the id that the page has. Everything else is followed as a
browser follows it (`landing`), and what still leads nowhere is told with what to write instead (`link_hints`).
"""

import posixpath
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property
from urllib.parse import unquote

from imagedocs.checks.landing import Addresses, Landing
from imagedocs.checks.link_fixes import ReadLine, with_target
from imagedocs.checks.link_hints import Hints
from imagedocs.checks.site import LocaleSite, Site
from imagedocs.checks.static_pages import StaticPage, static_pages
from imagedocs.checks.summaries import PageSummary, home_of
from imagedocs.files.places import locate, site_path
from imagedocs.findings import at_most
from imagedocs.markdown.document import Document, Link, LinkKind
from imagedocs.markdown.sources import Destination
from imagedocs.markdown.targets import scheme_of, split_fragment, with_slashes
from imagedocs.material.ids import THEME_IDS
from imagedocs.problems import Position, Problem, Rule
from imagedocs.suggestions import shown

_MAX_REDIRECTS = 5
_STATIC = (".html", ".htm")
"""Endings of files that may lead on, and have anchors."""


class Elsewhere(Enum):
    """What this check says nothing of: another site, or a page that is missing because of another mistake."""

    ELSEWHERE = "elsewhere"


ELSEWHERE = Elsewhere.ELSEWHERE


def check_links(site: Site, read_line: ReadLine) -> Iterator[Problem]:
    """Broken links of all locales. A page that is also a fallback is met more than once: a link that is wrong in its
    own language is told as it is wrong there. `read_line` gives the lines that are to be edited."""
    addresses = Addresses(site)
    told: set[Position] = set()
    for locale in site.locales:
        judge = Judge(addresses, locale, Hints(site, locale, read_line)).proposing()
        own = f"docs/{locale.tag}/"
        for page, summary in locale.summaries.items():
            if judge.lacks_nothing(summary):
                continue
            is_own = summary.path.startswith(own)
            for problem in at_most(judge.page_problems(page, locale.documents[page]), summary.path):
                if is_own:
                    told.add(problem.position)
                if is_own or problem.position not in told:
                    yield problem


@dataclass
class Judge:
    """Judges the links of one locale's pages."""

    addresses: Addresses
    locale: LocaleSite
    hints: Hints

    @cached_property
    def site(self) -> Site:
        return self.addresses.site

    def proposing(self) -> "Judge":
        """Return a judge that proposes only what this one finds nothing wrong with."""
        return replace(self, hints=replace(self.hints, passes=self._passes))

    def _passes(self, page: str, link: Link, target: str) -> bool:
        document = self.locale.documents.get(page)
        if document is None:
            return True
        changed = with_target(link, target, self.locale.tag, document.path)
        return not any(self.problems(page, document, changed))

    def page_problems(self, page: str, document: Document) -> Iterator[Problem]:
        for link in document.links:
            if not self.is_right(page, document, link):
                yield from self.problems(page, document, link)

    def lacks_nothing(self, summary: PageSummary) -> bool:
        """Return whether `problems` would surely find nothing in the page: most pages are not looked at more closely."""
        if summary.needs_full_check or any(map(self.addresses.may_be_own, summary.absolute)):
            return False
        files, anchors, moved = self.locale.files, self.locale.anchors, self.locale.moved
        home = home_of(summary.path)
        tags = [tag for tag in self.locale.chain if home == f"docs/{tag}/"]
        if summary.links and not tags:
            return False
        start = len(home)
        for links, folders in ((summary.links, tags), (summary.included_links, self.locale.chain)):
            for path, fragment in links:
                place = (
                    path[start:] if folders is tags and path.startswith(home) else site_path(path, folders)
                )
                if place is None or place not in files or place in moved or place.endswith(_STATIC):
                    return False
                if fragment and place in anchors and fragment not in anchors[place]:
                    return False
        return True

    def is_right(self, page: str, document: Document, link: Link) -> bool:
        """Whether a link is one of the many that are plainly right."""
        if link.path is None:
            return link.target[:1] == "#" and link.fragment in self.locale.anchors[page]
        landing = self._file(document, link)
        if not isinstance(landing, Landing) or landing.place in landing.locale.moved:
            return landing is ELSEWHERE
        locale, place = landing.locale, landing.place
        if place not in locale.summaries:
            return not place.endswith(_STATIC)
        if link.kind is LinkKind.IMAGE:
            return False
        return link.fragment is None or link.fragment in locale.anchors[place]

    def _file(self, document: Document, link: Link) -> Landing | Elsewhere | None:
        """Return the file that a link leads to; `None` when the site has none there, `ELSEWHERE` when it exists in
        another language only, whose site was not looked at, or is missing because of another mistake."""
        found = self._locate(document, link)
        locale = self.addresses.locale(found.tag) if found.tag else self.locale
        if locale is None:
            return ELSEWHERE
        place = found.place
        if place is None or not any(place in each for each in (locale.files, locale.moved, locale.published)):
            return ELSEWHERE if place and self.addresses.is_unmade(place) else None
        return Landing(locale, place)

    def _locate(self, document: Document, link: Link) -> Destination:
        assert link.path is not None
        written = with_slashes(split_fragment(link.target)[0])
        chain, linked = self.locale.chain, self.locale.linked
        return locate(written, link.path, link.position.path, document.path, chain, linked)

    def problems(self, page: str, document: Document, link: Link) -> Iterator[Problem]:
        """What is wrong with a link that may well be right."""
        if link.kind is LinkKind.SNIPPET:
            return  # the parser reads the file, and says so when it is not there
        written = link.target.strip()
        if not written:
            yield self.hints.empty(link)
            return
        landing = self._land(page, document, link, written)
        if landing is ELSEWHERE:
            return
        if not isinstance(landing, Landing):
            yield self.hints.broken(page, link, landing)
            return
        if link.kind is LinkKind.IMAGE and landing.place in landing.locale.summaries:
            message = f"{shown(link.target)} is a page, not an image"
            yield Problem(link.position, Rule.BROKEN_IMAGE, message, included_from=link.included_from)
            return
        if self._leaves(link, landing):
            yield self.hints.leaving(page, link, landing)
            return
        end = self._follow(landing)
        if end is ELSEWHERE:
            return
        if end is None:
            yield self.hints.leads_on(link)
            return
        target, rest = end
        fragment = rest.partition("#")[2] or link.fragment or ""
        wrong = list(self._check_fragment(target, document, link, fragment)) if link.fragment else []
        is_page = target.place in target.locale.summaries
        if not wrong and landing.place in landing.locale.moved and (is_page or not link.fragment):
            yield self.hints.redirected(page, link, target.place, rest)
        yield from wrong

    def _land(
        self, page: str, document: Document, link: Link, written: str
    ) -> Landing | Elsewhere | str | None:
        """What a link leads to; where there is nothing, the path that it leads to from the site's root on, `None` when
        that is not of this site; `ELSEWHERE` for another site."""
        file = self._file(document, link) if link.path is not None else None
        if file is not None:
            return file
        path = with_slashes(split_fragment(written)[0])
        if not path:
            return Landing(self.locale, page)
        scheme = scheme_of(written)
        has_host = bool(scheme) or path.startswith("//")
        is_rooted = path.startswith("/") and not has_host
        if (has_host and not self.addresses.is_own_host(path)) or path[1:2] == ":":
            return ELSEWHERE  # a disk is `local-file-path`'s
        if path.startswith("~/"):
            return None
        if link.path is not None:
            path = self._locate(document, link).href
        within = self.addresses.within(path, self.addresses.of_page(self.locale, page))
        if within is None:
            is_other = has_host or (is_rooted and self.site.facts.roots_elsewhere)
            return ELSEWHERE if is_other else None
        # The path of a file means the page that is made of it, and not the plain text of another page, which may have
        # that address.
        names_source = link.path is not None and within.endswith(".md")
        landing = None if names_source else self.addresses.find(within)
        if landing is not None:
            return landing
        if self.addresses.is_unmade(within):
            return ELSEWHERE
        if is_rooted and self.site.facts.roots_elsewhere and not self._names_locale(path):
            return ELSEWHERE
        # A file of that name may lie in no site; an address may be that of a page in one that was not looked at.
        is_relative = not has_host and not is_rooted
        is_file = is_relative and (link.path is None or posixpath.splitext(path)[1] != "")
        return ELSEWHERE if self.addresses.is_unknown(within) and not is_file else within

    def _names_locale(self, path: str) -> bool:
        """Whether a path from the root on begins with a language of this site."""
        first = path.split("/", 2)[1].lower()
        return first in self.site.facts.folders or first in {tag.lower() for tag in self.site.facts.tags}

    def _leaves(self, link: Link, landing: Landing) -> bool:
        """Whether a link leads to another language although the reader's own has that page."""
        if landing.locale is self.locale or landing.place not in landing.locale.summaries:
            return False
        # An English page that is shown to others is right to lead to English ones.
        written_in = link.position.path.split("/", 2)[1] if link.position.path.startswith("docs/") else ""
        shown = self.locale.files.get(landing.place)
        return written_in != landing.locale.tag and shown not in (None, landing.locale.files[landing.place])

    def _follow(self, landing: Landing) -> tuple[Landing, str] | Elsewhere | None:
        """Where a reader ends who is led on, and what follows that address; `None` when that is nowhere."""
        rest = ""
        for _ in range(_MAX_REDIRECTS):
            locale, place = landing.locale, landing.place
            if place in locale.moved:
                new, rest = locale.moved[place]
                if not new:
                    return ELSEWHERE
                landing = Landing(locale, new)
                continue
            if place in locale.linked.places:
                other = self.addresses.locale(locale.linked.places[place][0])
                if other is None:
                    return ELSEWHERE
                landing = Landing(other, place)
                continue
            file = locale.files.get(place, "")
            refresh = self._static(file).refresh if file.endswith(_STATIC) else ""
            if not refresh:
                break
            within = self.addresses.within(refresh, self.addresses.of_file(locale, place))
            found = self.addresses.find(within) if within is not None else None
            if found is None:
                is_other = within is None or self.addresses.is_unknown(within)
                return ELSEWHERE if is_other else None
            _, query, fragment = split_fragment(refresh)
            landing, rest = found, query + (f"#{fragment}" if fragment else "")
        return landing, rest

    @cached_property
    def _static(self) -> Callable[[str], StaticPage]:
        return static_pages(self.site.read)

    def _check_fragment(
        self, landing: Landing, document: Document, link: Link, fragment: str
    ) -> Iterator[Problem]:
        fragment = unquote(fragment).partition(":~:")[0]
        if not fragment or fragment.lower() == "top":
            return
        place = landing.place
        target = landing.locale.documents.get(place)
        if target is None:
            file = landing.locale.files.get(place, "")
            if not file.endswith(_STATIC):
                return  # a place in a picture or a paper
            anchors = self._static(file).ids
            if fragment not in anchors:
                yield self.hints.anchor(link, file, anchors, fragment)
            return
        anchors = landing.locale.anchors[place]
        undecoded = link.target.partition("#")[2].partition(":~:")[0]
        if (
            fragment in anchors
            or undecoded in anchors
            or fragment in THEME_IDS
            or self._is_line(target, fragment)
            or target.lacks_includes
        ):
            return
        where = "this page" if target.path == document.path else target.path
        yield self.hints.anchor(link, where, anchors, fragment, landing)

    def _is_line(self, document: Document, fragment: str) -> bool:
        """Whether a fragment names a line of code, where the site gives them ids: `__codelineno-0-3`."""
        head = next((each for each in self.site.facts.line_ids if fragment.startswith(f"{each}-")), None)
        if head is None:
            return False
        block, _, line = fragment.removeprefix(f"{head}-").partition("-")
        if not (block.isdecimal() and line.isdecimal()) or int(block) >= len(document.code_lines):
            return False
        return 1 <= int(line) <= document.code_lines[int(block)]
