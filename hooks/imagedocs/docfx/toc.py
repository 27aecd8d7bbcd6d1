"""The table of contents of a locale: entries, with the pages and the other tables that they lead to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import unquote

from imagedocs.docfx.entries import NAMES, Entry, is_toc, read_entries
from imagedocs.docfx.files import Written
from imagedocs.markdown.lint.addresses import address_findings
from imagedocs.markdown.options import PageOptions
from imagedocs.markdown.sources import Sources
from imagedocs.markdown.targets import UNSAFE_SCHEMES, encode, scheme_of, split_fragment
from imagedocs.problems import Position, Problem, Rule
from imagedocs.suggestions import did_you_mean, shown

MAX_ITEMS = 50_000
"""In all: tables that take in one another could otherwise make any number."""
MAX_DEPTH = 40
"""Of entries within entries."""
MAX_HINTS = 20
"""Looking for what may have been meant costs more than all else."""


@dataclass(frozen=True, slots=True)
class TocItem:
    name: str
    """Empty where the page's own title serves."""
    position: Position
    page: str = ""
    """Site path of the page (or file) that it leads to."""
    rest: str = ""
    """What follows the page's address: `?tabs=cli#part`."""
    address: str = ""
    """Of a place that is not part of the site."""
    items: "tuple[TocItem, ...]" = ()
    separate: bool = False
    """The items are those of a folder's own table, which DocFX shows when the reader goes there."""


@dataclass(frozen=True, slots=True)
class Toc:
    items: tuple[TocItem, ...]
    problems: tuple[Problem, ...]
    files: tuple[str, ...]
    """Project paths of the tables that were read, in order."""
    included: tuple[str, ...] = ()
    """Those of them that are parts of it, because an entry names their file, not their folder."""
    pages: tuple[str, ...] = ()
    """Site paths of the pages that its own entries lead to."""
    parts: tuple[tuple[str, str, Position], ...] = ()
    """Page, fragment and position of each entry that leads to a part of a page."""


@dataclass(frozen=True)
class Surroundings:
    """What a table of contents leads to."""

    sources: Sources
    place_of: Callable[[str], str | None]
    """Site path of a project file; `None` for one that is not part of the site."""
    pages: tuple[str, ...] = ()
    """Site paths that may have been meant."""
    options: PageOptions = field(default_factory=PageOptions)
    table_place: Callable[[str], str] = str
    """Where the table in a project file lies in the documentation set."""
    moved: Callable[[str, str], tuple[str, str] | None] = lambda _target, _base: None
    """The page, and what follows its address, that took the place of a former one, by its path in the file `base`; the
    page is empty where it is elsewhere."""


def load_toc(path: str, surroundings: Surroundings) -> Toc:
    """The table of contents in the project's file `path`, with all that it takes in."""
    loading = _Loading(surroundings)
    items = loading.file(path, ())
    problems = sorted(dict.fromkeys(loading.problems), key=lambda problem: problem.sort_key)
    return Toc(
        items,
        tuple(problems),
        tuple(loading.read),
        tuple(loading.included),
        tuple(loading.pages),
        tuple(loading.parts),
    )


@dataclass
class _Loading:
    around: Surroundings
    problems: list[Problem] = field(default_factory=list[Problem])
    read: dict[str, list[Entry]] = field(default_factory=dict[str, list[Entry]])
    included: dict[str, None] = field(default_factory=dict[str, None])
    pages: dict[str, None] = field(default_factory=dict[str, None])
    parts: dict[tuple[str, str, Position], None] = field(
        default_factory=dict[tuple[str, str, Position], None]
    )
    count: int = 0
    full: bool = False

    def problem(self, at: Position, rule: Rule, message: str, hint: str = "") -> None:
        self.problems.append(Problem(at, rule, message, hint))

    def file(self, path: str, chain: tuple[str, ...], depth: int = 0) -> tuple[TocItem, ...]:
        """The items of a file; `chain` are those that take it in, outermost first."""
        if path not in self.read:
            source = self.around.sources.read(path)
            entries, problems = read_entries(path, source.text if source else "")
            self.problems += (*(source.problems if source else ()), *problems)
            self.read[path] = entries
        return self.items(self.read[path], (*chain, path), depth)

    def items(self, entries: list[Entry], chain: tuple[str, ...], depth: int) -> tuple[TocItem, ...]:
        made: list[TocItem] = []
        for entry in entries:
            self.count += 1
            if self.full:
                break
            if self.count > MAX_ITEMS or depth > MAX_DEPTH:
                self.full = True
                limit = f"{MAX_ITEMS} entries" if self.count > MAX_ITEMS else f"{MAX_DEPTH} levels"
                self.problem(entry.position, Rule.TOO_MUCH, f"the table of contents has more than {limit}")
                break
            made.append(self.item(entry, chain, depth + 1))
        return tuple(made)

    def item(self, entry: Entry, chain: tuple[str, ...], depth: int) -> TocItem:
        """Of `href` and `topicHref` the latter is the page, of `href` and `tocHref` the latter the table."""
        href, topic, table = (
            entry.targets.get("href"),
            entry.targets.get("topicHref"),
            entry.targets.get("tocHref"),
        )
        if topic and _leads_to_toc(topic.value):
            message = f"topicHref names a page, and {shown(topic.value)} is a table of contents"
            self.problem(topic.position, Rule.INVALID_TOPIC_HREF, message, "write tocHref")
            topic = None
        elif not topic and href and not _leads_to_toc(href.value):
            topic = href
        if table and not (_leads_to_toc(table.value) or _is_elsewhere(table.value)):
            message = f"tocHref names a table of contents or a folder, and {shown(table.value)} is neither"
            self.problem(table.position, Rule.INVALID_TOC_HREF, message, "write href")
            table = None
        elif not table and href and _leads_to_toc(href.value):
            table = href
        item = TocItem(entry.name, entry.position, items=self.items(entry.items, chain, depth))
        if table and _is_elsewhere(table.value):
            item = self.lead(item, table)
        elif table:
            found, separate = self.nested(table, chain, depth)
            if not (separate and item.items):  # the entry's own items have precedence over a folder's table
                item = replace(item, items=found or item.items, separate=separate and bool(found))
        if topic:
            item = self.lead(item, topic)
        elif uid := entry.targets.get("uid"):
            item = self.uid(item, uid)
        if item.page and not (table and _leads_to_toc(table.value)):
            self.pages[item.page] = None
        return item

    def nested(self, target: Written, chain: tuple[str, ...], depth: int) -> tuple[tuple[TocItem, ...], bool]:
        """The items of the table that `target` names, and whether it does so by its folder."""
        sources, base = self.around.sources, target.position.path
        name = unquote(split_fragment(target.value)[0]).replace("\\", "/")
        in_folder = not is_toc(name)
        names = [f"{name.rstrip('/')}/{each}" for each in NAMES] if in_folder else [name]
        path = next((found for each in names if (found := sources.find(each, base))), None)
        if path is None:
            message = f"there is no table of contents {'in' if in_folder else 'at'} {shown(target.value)}"
            hint = "write a file toc.yml there, or href with a page" if in_folder else ""
            self.problem(target.position, Rule.TOC_NOT_FOUND, message, hint)
            return (), in_folder
        if path in chain:
            circle = " → ".join((*chain[chain.index(path) :], path))
            message = f"the tables of contents take in one another: {circle}"
            hint = f"remove the entry at {target.position}"
            self.problem(Position(path, 1, 1), Rule.CIRCULAR_REFERENCE, message, hint)
            return (), in_folder
        if not in_folder:
            self.included[path] = None
            return self.file(path, chain, depth), in_folder
        own = self.pages, self.included
        self.pages, self.included = {}, {}
        items = self.file(path, chain, depth)
        self.pages, self.included = own
        return items, in_folder

    def lead(self, item: TocItem, target: Written) -> TocItem:
        """`item`, leading to the page or address that `target` names."""
        text = target.value
        scheme = scheme_of(text)
        if scheme in UNSAFE_SCHEMES:
            message = f"an address with {scheme}: is not shown"
            self.problem(target.position, Rule.UNSAFE_ADDRESS, message, "use an https address or a path")
            return item
        for rule, message, hint in address_findings(text, self.around.options.publisher):
            self.problem(target.position, rule, message, hint)
        if _is_elsewhere(text):
            return replace(item, address=self.around.options.learn_address(encode(text)))
        written, query, fragment = split_fragment(text)
        name = unquote(written).replace("\\", "/")
        if not name:
            return item
        rest = encode(query + (f"#{fragment}" if fragment else ""))
        path = self.around.sources.find(name, target.position.path)
        if path is None and (moved := self.around.moved(name, target.position.path)):
            page, address = moved
            return replace(item, page=page, rest=address or rest) if page else replace(item, address=address)
        place = self.around.place_of(path) if path else None
        if place is None or is_toc(place):
            what = "is not part of the site" if path else "does not exist"
            message = f"the navigation names {shown(text)}, a page that {what}"
            hint = did_you_mean(name, self.around.pages) if len(self.problems) < MAX_HINTS else ""
            self.problem(target.position, Rule.NAV_PAGE_MISSING, message, hint)
            return item
        if fragment:
            self.parts[place, unquote(fragment), target.position] = None
        return replace(item, page=place, rest=rest)

    def uid(self, item: TocItem, target: Written) -> TocItem:
        xrefs: Mapping[str, tuple[str, str]] = self.around.options.xrefs
        known, rest = target.value, ""
        if known not in xrefs:
            known, query, fragment = split_fragment(target.value)
            rest = query + (f"#{fragment}" if fragment else "")
        if known not in xrefs:
            message = f"nothing is known of the uid {shown(known)}"
            hint = did_you_mean(known, xrefs) if len(self.problems) < MAX_HINTS else ""
            self.problem(target.position, Rule.XREF_NOT_FOUND, message, hint)
            return item
        address, name = xrefs[known]
        address = address.partition("#")[0] + rest if rest else address
        item = replace(item, name=item.name or name)
        if address.startswith("~/"):  # a page here
            return self.lead(item, replace(target, value=address))
        return replace(item, address=address)


def _is_elsewhere(text: str) -> bool:
    """An address with a scheme or host, or from the root of a host."""
    return bool(scheme_of(text)) or text.startswith(("/", "\\"))


def _leads_to_toc(text: str) -> bool:
    """A table of contents by its name, or the folder in which there is one."""
    path = split_fragment(text)[0].replace("\\", "/")
    return not _is_elsewhere(text) and (path.endswith("/") or path in (".", "..") or is_toc(path))


def to_navigation(
    items: tuple[TocItem, ...], address_of: Callable[[str], str] = str, seen: set[str] | None = None
) -> list[object]:
    """The items as MkDocs' `nav` has them: page, {title: page or address}, {title: [items]}.

    A section cannot be a page there, so that its page comes first among its items. A page has one title there, so that
    its parts, and its further entries, are addresses: `address_of` gives that of a page, and `seen` are pages that
    have an entry.
    """
    made: list[object] = []
    seen = set() if seen is None else seen

    def target_of(item: TocItem) -> str:
        if not item.page or not (item.rest or (item.name and item.page in seen)):
            seen.update((item.page,) if item.page else ())
            return item.page or item.address
        return address_of(item.page) + item.rest

    for item in items:
        first = item.items[0] if item.items else item
        is_first = bool(item.items) and (item.page or item.address, item.rest) == (
            first.page or first.address,
            first.rest,
        )
        target = "" if is_first else target_of(item)
        name = item.name
        if item.items:
            inner = to_navigation(item.items, address_of, seen)
            if target:
                inner.insert(0, {name: target} if name else target)
            if inner:  # no theme can show a section of nothing: why it is empty is said of its entries
                made += [{name: inner}] if name else inner
        elif target:
            made.append({name: target} if name else target)
    return made
