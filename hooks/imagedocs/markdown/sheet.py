"""A page in the making: its element tree, its raw HTML, its ids, and what is collected about it."""

import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote
from xml.etree.ElementTree import Element, SubElement

from imagedocs.markdown.collection import Collection
from imagedocs.markdown.document import Anchor, Link, LinkKind
from imagedocs.markdown.lint.addresses import address_findings
from imagedocs.markdown.lint.findings import Finding
from imagedocs.markdown.options import PageOptions
from imagedocs.markdown.outline import Outline
from imagedocs.markdown.sources import Sources
from imagedocs.markdown.syntax.allowed import DRAWINGS, is_known_tag, is_reserved_id
from imagedocs.markdown.syntax.lines import Lines
from imagedocs.markdown.syntax.places import Places
from imagedocs.markdown.targets import UNSAFE_SCHEMES, Target, encode, resolve, split_fragment, with_slashes
from imagedocs.problems import Edit, Position, Rule
from imagedocs.suggestions import shown

MAX_DEPTH = 120
"""Of elements inside one another: Python-Markdown writes the tree by recursion."""

_PLACEHOLDER = "\x02wzxhzdk:{}\x03"
"""Python-Markdown's own mark for a piece of raw HTML."""

PLACEHOLDERS = re.compile("\x02wzxhzdk:[0-9]+\x03")
_ENTITY_LIKE = re.compile(r"&(?=#[0-9]+;|#x[0-9a-f]+;|[0-9a-z]+;)", re.IGNORECASE)
_AMPERSAND = "\x02amp\x03amp;"
"""Python-Markdown's serializer takes `&copy;` in a text for a reference; this it does not."""

_IMAGE_DATA = re.compile(r"data:image/(?:gif|png|jpeg|webp|svg\+xml);", re.IGNORECASE)

_MOST_COMPARED = 100
"""Number of findings in a line with which another is compared."""
_CODE_TAGS = ("code", "kbd", "pre", "samp", "tt", "var")


@dataclass(frozen=True, slots=True)
class Code:
    """A block of code, to be highlighted when the page is rendered."""

    content: str
    language: str = ""
    """As the author has it."""
    title: str = ""
    marked_lines: tuple[int, ...] = ()
    first_number: int = 0
    """Number of the first line; 0 shows none."""
    interactive: str = ""
    classes: tuple[str, ...] = ()
    id: str = ""
    lexer: str = ""
    """What it is coloured as, where that is not `language`."""
    highlight: str = ""
    """Which lines are marked, as the author has it."""


@dataclass(frozen=True, slots=True)
class RawHtml:
    """Raw HTML with addresses that are still to be resolved: those of the elements among `parts`."""

    parts: tuple[str | Element, ...]


Raw = str | Code | RawHtml


@dataclass(slots=True)
class Sheet:
    """The state of one page's making."""

    path: str
    sources: Sources
    options: PageOptions
    lines: Lines
    """Of the file that is being read: the page or something it includes."""
    collection: Collection
    root: Element = field(default_factory=lambda: Element("div"))
    raw: list[Raw] = field(default_factory=list[Raw])
    """Pieces of HTML, by the number in their placeholder."""
    holder: Element = field(default_factory=lambda: Element("div"))
    """Stand-ins for the links, images and anchors of raw HTML: MkDocs resolves and sees only elements."""
    ids: set[str] = field(default_factory=set[str])
    counters: dict[str, int] = field(default_factory=dict[str, int])
    depth: int = 0
    references: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """Link reference definitions of the file that is being read."""
    outline: Outline = field(default_factory=Outline)
    named: dict[str, Position] = field(default_factory=dict[str, Position])
    """The anchors that authors have named, and where."""
    open_tags: dict[str, list[Position]] = field(default_factory=dict[str, list[Position]])
    """Raw HTML's elements that are open, by name: where each begins."""
    open_references: int = 0
    """`<xref>` elements that have become links, and whose ends are still to come."""
    in_description: bool = False
    """What is written is the long description of an image, which authors indent."""
    machine_translated: bool = False
    """The page comes from a pipeline that gives every heading the anchor of its English text: the same text
    gets the same anchor, and nobody can help it."""
    base: str = ""
    """The path that relative addresses of the file that is being read count from, where it is not the file's own: a
    translation in `includes/es/` stands for the file that pages name."""
    spoken: tuple[str, str] = ("", "")
    """Of the file that is being read; see `PageOptions.language_in`."""
    around: tuple[str, str] = ("", "")
    """Of what is around that file: the page's own, or that of the file that takes it in."""
    reported: dict[tuple[str, int], list[tuple[int, int]]] = field(
        default_factory=dict[tuple[str, int], list[tuple[int, int]]]
    )
    """Path and line -> columns from and up to which something was found wrong there."""
    opened: Counter[str] = field(default_factory=Counter[str])
    """Containers whose opening marker was printed, by their names; see `imagedocs.markdown.lint.markers`."""
    footnote_prefix: str = ""
    """Footnotes of an included file have names of their own."""

    @property
    def is_foreign(self) -> bool:
        """Whether the file that is being read is in another language than what is around it."""
        return self.spoken != self.around

    @property
    def is_in_code(self) -> bool:
        """Whether what comes next stands between tags that say it is code."""
        return bool(self.open_tags) and any(self.open_tags.get(name) for name in _CODE_TAGS)

    def stash(self, raw: Raw) -> str:
        self.raw.append(raw)
        if isinstance(raw, Code):
            self.collection.code_lines.append(raw.content.removesuffix("\n").count("\n") + 1)
        return _PLACEHOLDER.format(len(self.raw) - 1)

    def label(self, word: str) -> str:
        return self.options.label(word, self.spoken[0])

    def problem(self, row: int, column: int, rule: Rule, message: str, hint: str = "") -> None:
        self.collection.problem(self.lines.position(row, column), rule, message, hint)
        place = (self.lines.path, self.lines.first_line + row)
        self.reported.setdefault(place, []).append((column + 1, column + 4))

    def findings(self, findings: Iterable[Finding], places: Places) -> None:
        """Report what the linter found in a block's text."""
        if self.collection.generated:
            return
        for finding in findings:
            start, end = places.at(finding.start), places.at(finding.end)
            fix: list[Edit] = []
            if finding.replacement is not None and self.lines.mapping is None and start.line == end.line:
                fix = [Edit(start.line, start.column, end.line, end.column, finding.replacement)]
            if finding.rule is Rule.LITERAL_MARKUP and self._is_reported(start, end):
                continue
            self.collection.problem(start, finding.rule, finding.message, finding.hint, fix)
            last = end.column if start.line == end.line else start.column + 1
            self.reported.setdefault((start.path, start.line), []).append((start.column, last))

    def _is_reported(self, start: Position, end: Position) -> bool:
        """Return whether something is said already of what stands between two places, or at the beginning of it."""
        behind = end.column if start.line == end.line else start.column + 1
        ranges = self.reported.get((start.path, start.line), ())[:_MOST_COMPARED]
        return any(first < behind and start.column < last for first, last in ranges)

    def close_tags(self) -> None:
        """At the end of the page: end what its raw HTML has left open, and would else take in the rest of the site."""
        for name, positions in self.open_tags.items():
            for position in (
                positions if is_known_tag(name) or name in DRAWINGS else ()
            ):  # of another, no reader sees anything
                message = f"nothing closes this <{name}>"
                self.collection.problem(
                    position, Rule.UNBALANCED_HTML, message, f'write "</{name}>" behind its content'
                )
            if positions:
                add_text(self.root, self.stash(f"</{name}>" * len(positions)))

    # ids

    def claim(self, wanted: str, sign: str = "-") -> str:
        """An id of this page's own: `wanted`, or with a number behind a sign that makes it so."""
        if wanted not in self.ids and not is_reserved_id(wanted):
            self.ids.add(wanted)
            return wanted
        number = self.counters.get(wanted, 0)
        while True:
            number += 1
            candidate = f"{wanted}{sign}{number}"
            if candidate not in self.ids:
                break
        self.counters[wanted] = number
        self.ids.add(candidate)
        return candidate

    def name(self, name: str, position: Position) -> None:
        """Note an anchor that an author names; a second one of that name is reported."""
        first = self.named.setdefault(name, position)
        if first != position and not self.machine_translated:
            message = f'the page has the anchor "{name}" already, at {first}'
            self.collection.problem(position, Rule.DUPLICATE_ANCHOR, message, "give it another name")

    def refuses(self, name: str, position: Position) -> bool:
        """Return whether an author's id is one of the theme's own, which is reported: nothing may have it."""
        if not is_reserved_id(name):
            return False
        message = f'the site itself has the anchor "{name}"'
        hint = f'write "{name.strip("_")}"'
        self.collection.problem(position, Rule.RESERVED_ANCHOR, message, hint)
        self.anchor(name, position)  # links to it wait for the same correction
        return True

    def anchor(self, name: str, position: Position) -> None:
        self.collection.anchors.append(Anchor(name, position, self.collection.included_from))

    def element_id(self, name: str, position: Position) -> None:
        """Note the id that an author gives to an element which is no heading."""
        self.name(name, position)
        self.ids.add(name)
        self.anchor(name, position)

    # links

    def resource(self, target: str, position: Position) -> None:
        """Collect an address that stays as it is written."""
        fragment = split_fragment(target)[2]
        self.collection.links.append(
            Link(
                position,
                target,
                LinkKind.RESOURCE,
                fragment=None if fragment is None else unquote(fragment),
                included_from=self.collection.included_from,
            )
        )

    def empty_link(self, position: Position, kind: LinkKind) -> None:
        """Collect a link whose address is missing."""
        self.collection.links.append(Link(position, "", kind, included_from=self.collection.included_from))

    def missing_text(self, target: str, position: Position) -> None:
        """Report a link that shows nothing: nobody sees it, and it is read out as its address."""
        message = f"the link to {shown(target)} has no text" if target else "the link has no text"
        self.collection.problem(position, Rule.LINK_TEXT_MISSING, message, "write [where it leads](…)")

    def link(self, target: str, position: Position, kind: LinkKind, text: str = "") -> str | None:
        """Collect a link, and give the address that the page shows; `None` for one that it must not show."""
        found = resolve(target, self.base or self.lines.path, self.path, self.sources)
        if found.path is None and self.options.former and target.startswith(("~/", "~\\")):
            found = self._former(target) or found
        if found.scheme in UNSAFE_SCHEMES and not (
            kind is LinkKind.IMAGE and _IMAGE_DATA.match(target.strip())
        ):
            self.collection.problem(
                position,
                Rule.UNSAFE_ADDRESS,
                f"an address with {found.scheme}: is not shown",
                "use an https address or a path",
            )
            return None
        if found.scheme == "xref":
            known = self.xref(target[5:])
            if known is None:
                self.unknown_xref(target[5:], position)
            return known[0] if known else target
        if not self.collection.generated:
            for rule, message, hint in address_findings(target, self.options.publisher):
                self.collection.problem(position, rule, message, hint)
                if rule is Rule.ADDRESS_MISSPELLED:
                    return self.learn(found)  # it is no link to judge
        self.collection.links.append(
            Link(
                position,
                target,
                kind,
                text,
                found.path,
                found.fragment,
                self.collection.included_from,
            )
        )
        return self.learn(found)

    def language(self) -> str:
        """The language in which the page that was linked to last is shown, where that is not the reader's."""
        path = self.collection.links[-1].path if self.collection.links else None
        return self.options.language_of(path) if path is not None and path.endswith(".md") else ""

    def _former(self, target: str) -> Target | None:
        """Where `~/page.md` leads that names a former page."""
        path, query, fragment = split_fragment(target)
        place = posixpath.normpath(with_slashes(unquote(path))[2:].lstrip("/"))
        if place not in self.options.former:
            return None
        project_path = "/".join((*self.path.split("/")[:2], place))
        found = self.sources.locate(with_slashes(path), project_path, self.lines.path, self.path)
        href = found.href + encode(query)
        decoded = None if fragment is None else unquote(fragment)
        return Target(href if fragment is None else f"{href}#{encode(fragment)}", project_path, decoded)

    def xref(self, written: str) -> tuple[str, str] | None:
        """The address and the name of `uid?query#fragment`; `None` when nobody knows the uid."""
        path, _, fragment = split_fragment(written)
        known = self.options.xrefs.get(path) or self.options.xrefs.get(unquote(path))
        if known is None:
            return None
        address, name = known
        if fragment:
            address = f"{address.partition('#')[0]}#{fragment}"
        return resolve(address, self.base or self.lines.path, self.path, self.sources).href, name

    def unknown_xref(self, uid: str, position: Position) -> None:
        message = f"no page and no xrefmap.yml of this project has the uid {readable_uid(uid)[:200]}"
        hint = "write a link with an address, or note in xrefmap.yml where it leads"
        self.collection.problem(position, Rule.XREF_NOT_FOUND, message, hint)

    def image(self, target: str, position: Position, alt: str) -> str | None:
        """Collect an image that has, or should have, a text for those who cannot see it."""
        if not self.collection.generated:
            if not alt.strip():
                message = f"the image {target[:100]} has no text for those who cannot see it"
                self.collection.problem(
                    position, Rule.MISSING_IMAGE_ALT_TEXT, message, "write ![what it shows](…)"
                )
            elif alt.strip().lower() == target.replace("\\", "/").rsplit("/", 1)[-1].lower():
                message = f"the alternative text of the image is its file's name, {alt.strip()}"
                self.collection.problem(position, Rule.ALT_TEXT_EQUAL_FILENAME, message, "say what it shows")
        self.outline.image(alt, position, self.collection.included_from)
        self.outline.content()
        return self.link(target, position, LinkKind.IMAGE, alt)

    def learn(self, found: Target) -> str:
        """Where the page shows `found`: what begins with `/` is of the learn site, in the page's language."""
        return self.options.learn_address(found.href) if found.site_absolute else found.href


def readable_uid(written: str) -> str:
    """The uid of `uid?query#fragment`, as one reads it: `System.Tuple%601` names ``System.Tuple`1``."""
    return unquote(split_fragment(written)[0])


def protected(text: str) -> str:
    """`text` so that Python-Markdown's serializer shows it as it is."""
    return _ENTITY_LIKE.sub(_AMPERSAND, text) if "&" in text else text


def add_text(parent: Element, text: str) -> None:
    if not text:
        return
    if len(parent):
        last = parent[-1]
        last.tail = (last.tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def plain_text(element: Element) -> str:
    """The text of an element as a reader sees it, without raw HTML."""
    text = "".join(element.itertext())
    if "\x02" in text:
        text = PLACEHOLDERS.sub("", text.replace(_AMPERSAND, "&"))
    return " ".join(text.split())


def add_element(parent: Element, tag: str, attributes: Mapping[str, str] | None = None) -> Element:
    element = SubElement(parent, tag)
    for name, value in (attributes or {}).items():
        element.set(name, protected(value))
    return element
