"""What is wrong with a link that does not land, and what to write instead."""

import posixpath
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import quote, unquote

from imagedocs.checks.landing import Landing
from imagedocs.checks.link_fixes import ReadLine, edited_target, fix_fragment, fix_path, fix_target
from imagedocs.checks.site import LocaleSite, Site
from imagedocs.files.places import alike, site_path
from imagedocs.markdown.document import Heading, Link, LinkKind
from imagedocs.markdown.targets import may_be_file, split_fragment
from imagedocs.problems import Edit, Problem, Rule
from imagedocs.suggestions import closest, shown

_ENDING = re.compile(r"(?:/index)?\.(?:html?|markdown)\Z|/+\Z", re.IGNORECASE)
"""Of names that stand for a page."""

Passes = Callable[[str, Link, str], bool]
"""Returns whether nothing would be wrong with a link of the page at a site path if this were its address."""


@dataclass
class Hints:
    """Says it for the links of one locale's pages. What is proposed has passed the verdict of `passes`."""

    site: Site
    locale: LocaleSite
    read_line: ReadLine
    passes: Passes = lambda _page, _link, _target: True
    _near: dict[tuple[str, bool], str] = field(default_factory=dict[tuple[str, bool], str])

    def empty(self, link: Link) -> Problem:
        hint = "write the path of a file"
        return Problem(link.position, rule_of(link), "an address is missing here", hint, link.included_from)

    def broken(self, page: str, link: Link, within: str | None) -> Problem:
        """`within` is the path of the site that a browser is led to, if it stays in the site."""
        rule, message = self._reason(link, within)
        answers = list(self._answers(link, within))
        is_outside = link.path is None and may_be_file(_path_of(link)) and not _path_of(link).startswith("~/")
        place = answers[0] if answers else "" if is_outside else self._nearest(link, within)
        fix: tuple[Edit, ...] = ()
        if len(answers) == 1:
            fix = self._fix(page, link, answers[0], of_file=rule is not Rule.LINK_LEAVES_LOCALE)
        proposal = self._proposal(page, link, place) if place else ""
        hint = f'did you mean "{proposal}"?' if proposal else self._elsewhere(link)
        if rule is Rule.LINK_LEAVES_LOCALE and place and proposal != self._instead(page, link, place):
            hint = self._with_anchor(page, link, place) or hint
        return Problem(link.position, rule, message, hint, link.included_from, fix)

    def _with_anchor(self, page: str, link: Link, place: str) -> str:
        """Return what to do so that a link can lead to a part of the translation at `place` that has no anchor yet."""
        if place not in self.locale.documents or not link.fragment:
            return ""
        missing = self._in_translation(Landing(self.locale, place), link.fragment)
        can_be = missing.startswith(("add ", "write "))
        return f'{missing}, then write "{self._instead(page, link, place)}"' if can_be else ""

    def _proposal(self, page: str, link: Link, place: str) -> str:
        """Return an address that leads to the file at `place`: with the part of the page that the link names, with the
        part that it can only have meant, or without it; empty if none of them passes."""
        whole = self._instead(page, link, place)
        start, mark, fragment = whole.partition("#")
        anchors = sorted(self.locale.anchors.get(place, ())) if mark else []
        match = closest(_same_anchor(unquote(fragment)), [_same_anchor(each) for each in anchors], 0.6)
        near = [f"{start}#{each}" for each in anchors if match is not None and _same_anchor(each) == match]
        candidates = (whole, *near[:1], *([start] if mark else ()))
        return next((each for each in candidates if self.passes(page, link, each)), "")

    def _elsewhere(self, link: Link) -> str:
        """What to do about an address from the root, where it may be another site's that is meant."""
        if self.site.facts.roots_elsewhere or not link.target.startswith("/") or link.target.startswith("//"):
            return ""
        return (
            "if it leads to another site, write the whole address, or that site once as "
            '"extra: {imagedocs: {publisher: {site: https://…}}}" in mkdocs.yml'
        )

    def leads_on(self, link: Link) -> Problem:
        message = f"{shown(link.target)} leads on to a page that is not there"
        return Problem(link.position, rule_of(link), message, included_from=link.included_from)

    def leaving(self, page: str, link: Link, landing: Landing) -> Problem:
        message = f"{shown(link.target)} leads to the pages of another language"
        target = self._instead(page, link, landing.place)
        hint, fix = f'write "{target}"', self._fix(page, link, landing.place)
        if not self.passes(page, link, target):
            near = self._proposal(page, link, landing.place)
            hint = self._with_anchor(page, link, landing.place) or (near and f'write "{near}"')
        return Problem(link.position, Rule.LINK_LEAVES_LOCALE, message, hint, link.included_from, fix)

    def redirected(self, page: str, link: Link, new: str, rest: str) -> Problem:
        """A link that is sound, and could lead there at once: to `new`, followed by `rest`."""
        message = f'"{link.target}" leads to a page that has moved to {self.locale.files[new]}'
        written = _path_of(link)
        target = f"{self._way(page, link, new)}{link.target[len(written) :] or rest}"
        hint = f'write "{target}"' if self.passes(page, link, target) else ""
        by_name = written.endswith(".md") and not rest
        fix = self._fix(page, link, new) if by_name else ()
        return Problem(link.position, Rule.LINK_REDIRECTED, message, hint, link.included_from, fix)

    def anchor(
        self,
        link: Link,
        where: str,
        anchors: Collection[str],
        fragment: str,
        landing: Landing | None = None,
    ) -> Problem:
        """`landing` is a page; without it the anchors are those of a file."""
        near = [each for each in anchors if _same_anchor(each) == _same_anchor(fragment)]
        fix = fix_fragment(link, near[0], self.read_line) if len(near) == 1 else ()
        hint = f'did you mean "#{near[0]}"?' if near else ""
        if not hint and landing:
            hint = self._in_translation(landing, fragment)
        return Problem(
            link.position,
            Rule.BROKEN_ANCHOR,
            f"{where} has no anchor {shown(fragment)}",
            hint or _near_anchor(fragment, sorted(anchors)),
            link.included_from,
            fix,
        )

    # what is wrong

    def _reason(self, link: Link, within: str | None) -> tuple[Rule, str]:
        rule, path = rule_of(link), link.path
        if path is None:
            target = _path_of(link)
            if target.startswith("~/"):
                return rule, f"there is no file {shown(self._from_docs(link, target))}"
            if within is None or may_be_file(target):
                return rule, f"{shown(link.target)} leads out of the project"
            return rule, f"the site has nothing at {shown('/' + within)}"
        inside = site_path(path, self.locale.chain)
        is_address = _path_of(link).endswith("/") or path in {f"docs/{tag}" for tag in self.site.facts.tags}
        if within is not None and is_address:
            return rule, f"the site has nothing at {shown('/' + within)}"
        if inside is None and self._in_language(path) is None:
            return rule, f"{shown(link.target)} leads out of the docs folder"
        if inside is None or inside in self.locale.files:
            return Rule.LINK_LEAVES_LOCALE, f"{shown(link.target)} leads to the pages of another language"
        return rule, self.site.why_absent(path) or f"there is no file {shown(path)}"

    def _from_docs(self, link: Link, target: str) -> str:
        """The project path of `~/target`."""
        source = link.position.path
        tag = source.split("/", 2)[1] if source.startswith("docs/") else self.locale.tag
        return f"docs/{tag}/{unquote(target[2:])}"

    def _in_language(self, path: str) -> str | None:
        """Site path of what a project path names in the docs folder of any language."""
        docs, _, rest = path.partition("/")
        tag, _, place = rest.partition("/")
        return place if docs == "docs" and tag in self.site.facts.tags and place else None

    # what to write

    def _answers(self, link: Link, within: str | None) -> Iterator[str]:
        """The site paths of what an author can only have meant: the same but for capitals and accents, or the page of
        that name. None when there are two of them."""
        guesses = [self._guess(link), self._without_folder(within)]
        found: dict[str, None] = {}
        for guess in guesses:
            stem = _ENDING.sub("", guess or "")
            if not guess:
                continue
            for name in (guess, f"{stem}.md", f"{stem}/index.md", f"{stem}/README.md"):
                if found:
                    break
                is_there = name in self.locale.files or name in self.locale.linked.places
                exact = (name,) if is_there else self.locale.twins.get(alike(name), ())
                found.update(dict.fromkeys(exact))
        yield from found

    def _guess(self, link: Link) -> str | None:
        """The site path that a link names as a file, there or not."""
        if link.path is not None:
            return site_path(link.path, self.locale.chain) or self._in_language(link.path)
        target = _path_of(link)
        return unquote(target[2:]) if target.startswith("~/") else None

    def _without_folder(self, within: str | None) -> str | None:
        """A path of the site without the language that it begins with."""
        if within is None:
            return None
        first, _, rest = within.partition("/")
        languages = {*self.site.facts.folders, *(tag.lower() for tag in self.site.facts.tags)}
        return rest if first and first.lower() in languages else within

    def _nearest(self, link: Link, within: str | None) -> str:
        """The file of the most similar name."""
        guess = self._guess(link) or self._without_folder(within) or link.path or ""
        key = guess, link.kind is LinkKind.LINK
        if key not in self._near:
            self._near[key] = self._find_nearest(*key)
        return self._near[key]

    def _find_nearest(self, wanted: str, is_page: bool) -> str:
        wanted = _ENDING.sub(".md", wanted).lower()
        candidates = self._names[is_page]
        match = closest(wanted, candidates, 0.75)
        if match is not None:
            return candidates[match]
        # Perhaps the right name in the wrong folder.
        names = {posixpath.basename(path): path for path in candidates}
        match = closest(posixpath.basename(wanted), names, 0.8)
        return candidates[names[match]] if match is not None else ""

    @cached_property
    def _names(self) -> tuple[dict[str, str], dict[str, str]]:
        """All files, and the pages alone, by their names in small letters."""
        files = {path.lower(): path for path in (*self.locale.files, *self.locale.linked.places)}
        return files, {name: path for name, path in files.items() if path.endswith(".md")}

    def _way(self, page: str, link: Link, place: str) -> str:
        """The relative path of a file of the site, from the file that a link is written in."""
        source = link.position.path
        if source.startswith("includes/") and link.included_from:  # else of a page that is generated from it
            here = site_path(source, self.locale.chain) or source
            there = place if place.startswith("includes/") else self.locale.files.get(place, place)
        else:
            here, there = (source.startswith("docs/") and site_path(source, self.locale.chain)) or page, place
        return posixpath.relpath(there, posixpath.dirname(here) or ".")

    def _instead(self, page: str, link: Link, place: str) -> str:
        if link.kind is LinkKind.RESOURCE:
            address = posixpath.relpath(f"/{place}", f"/{self.locale.address_of(page)}")
            return quote(address) + link.target[len(_path_of(link)) :]
        return self._way(page, link, place) + link.target[len(_path_of(link)) :]

    def _fix(self, page: str, link: Link, place: str, *, of_file: bool = False) -> tuple[Edit, ...]:
        """Return the edits that let a link lead to the file at `place`; none if something would be wrong with it then. The
        part of the page may be wrong `of_file`: a link that led to no file is nearer to the right one."""
        if link.kind is LinkKind.RESOURCE:
            return ()
        written, inside = _path_of(link), self._guess(link)
        edits: tuple[Edit, ...] = ()
        if inside and alike(inside) == alike(place) and (link.path or written.startswith("~/")):
            path = link.path or self._from_docs(link, written)
            edits = fix_path(link, path, path.removesuffix(inside) + place, self.read_line)
        by_way = fix_target(link, self._way(page, link, place), self.read_line)
        for each in (edits, by_way):
            target = edited_target(link, each)
            judged = target.partition("#")[0] if of_file else target
            if target != link.target and self.passes(page, link, judged):
                return each
        return ()

    def _in_translation(self, landing: Landing, fragment: str) -> str:
        """What to add to a translation that lacks an anchor which the page has in the default language."""
        source = self.site.locales[0].documents.get(landing.place)
        target = landing.locale.documents[landing.place]
        anchor = next((each for each in source.anchors if each.id == fragment), None) if source else None
        if source is None or anchor is None or source.path == target.path:
            return ""
        index = next((n for n, each in enumerate(source.headings) if each.id == fragment), None)
        if index is None:
            return f'write <a name="{fragment}"></a> there, as at {anchor.position}'
        heading = _counterpart(source.headings, target.headings, index)
        if heading is None:
            return f"the translation has not the heading of {anchor.position}"
        return f'add {{#{fragment}}} to "{"#" * heading.level} {heading.text}" at {heading.position}'


def rule_of(link: Link) -> Rule:
    is_page = link.kind is LinkKind.LINK
    return Rule.BROKEN_LINK if is_page else Rule.BROKEN_IMAGE


def _path_of(link: Link) -> str:
    return split_fragment(link.target)[0]


def _same_anchor(name: str) -> str:
    return alike(name).replace("_", "-")


def _near_anchor(fragment: str, anchors: list[str]) -> str:
    near = closest(fragment.lower(), [anchor.lower() for anchor in anchors], 0.6)
    if near is not None:
        anchor = next(anchor for anchor in anchors if anchor.lower() == near)
        return f'did you mean "#{anchor}"?'
    return f'write <a name="{fragment}"></a> before the text it should lead to, or link to another anchor'


def _counterpart(source: tuple[Heading, ...], target: tuple[Heading, ...], index: int) -> Heading | None:
    """The heading of a translation at the place of heading `index` of the source."""
    level = source[index].level
    if len(source) == len(target):
        return target[index] if target[index].level == level else None
    alike = [heading for heading in target if heading.level == level]
    number = sum(heading.level == level for heading in source[:index])
    same_number = len(alike) == sum(heading.level == level for heading in source)
    return alike[number] if same_number else None
