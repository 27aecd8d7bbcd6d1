"""Where pages name images."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from imagedocs.checks.fact_lines import lines_with_facts
from imagedocs.checks.ignores import is_instruction
from imagedocs.checks.site import Site
from imagedocs.markdown.document import Document, Text, TextKind
from imagedocs.problems import Position
from imagedocs.references import DEFAULT_DOMAIN
from imagedocs.references.keys import find_keyed
from imagedocs.references.mentions import Mention, find
from imagedocs.references.removed_lines import without_removed
from imagedocs.references.short_names import find_short_names
from imagedocs.references.slips import find_misspelled_hosts
from imagedocs.references.variables import Values, find_expanded, read_settings


@dataclass(frozen=True, slots=True)
class NamedImage:
    """A place in a page that names an image."""

    position: Position
    mention: Mention
    alert: str = ""
    """The kind of the alert that it stands in, if any."""
    before: str = ""
    """In code, what stands before it on its line."""
    included_from: tuple[Position, ...] = ()
    generated: bool = False
    """A template was rendered there."""
    block: Position | None = None
    """Start of the block of code that it stands in; `None` outside of one."""


def mentions_in(site: Site, hosts: Collection[str], portal: tuple[str, ...] = ()) -> Iterator[NamedImage]:
    """Where the pages, and what they include, name images of the registries `hosts`."""
    for locale in site.locales:
        for document in locale.documents.values():
            yield from mentions_of(document, hosts, portal)


def mentions_of(
    document: Document, hosts: Collection[str], portal: tuple[str, ...] = ()
) -> Iterator[NamedImage]:
    """Those of one page, with all that it includes."""
    settings = _settings(document)
    told: set[tuple[Position, str]] = set()
    for text in document.texts:
        if _may_name(text):
            for named in _in_text(text, hosts, portal, settings):
                told.add((named.position, named.mention.text))
                yield named
    shown = {text.content for text in document.texts if "://" in text.content}
    for link in document.links:
        if link.path is None and "://" in link.target and link.target not in shown:
            for mention in find(link.target, hosts, portal):
                place = link.position
                inside = replace(place, column=place.column + mention.offset)
                if (inside, mention.text) in told:
                    continue  # the address is the text of the link
                yield NamedImage(link.position, mention, included_from=link.included_from)


def condensed(document: Document, hosts: Collection[str], portal: tuple[str, ...] = ()) -> Document:
    """The document without the texts that neither name one of the images nor may give a fact about one; but where the
    page has ignores with its blocks of code, because an ignore is for a whole block."""
    has_ignores = any(is_instruction(comment) for comment in document.comments)
    stating = {id(text) for line in lines_with_facts(document) for text in line}
    settings = _settings(document)
    texts = tuple(
        text
        for text in document.texts
        if id(text) in stating
        or (_may_name(text) and next(_in_text(text, hosts, portal, settings), None))
        or (settings and text.kind is TextKind.CODE_BLOCK and read_settings(text.content))
        or (has_ignores and text.kind is TextKind.CODE_BLOCK)
    )
    return replace(document, texts=texts)


def speaks_of_images(document: Document, hosts: Collection[str], portal: tuple[str, ...] = ()) -> bool:
    """Whether the page names an image, or may give a fact about one: whether it is to be judged with the catalog."""
    return any(True for _ in mentions_of(document, hosts, portal)) or any(
        True for _ in lines_with_facts(document)
    )


def _settings(document: Document) -> Values:
    """Return the values of the variables in the page's blocks that show a file of settings (`.env`); those with
    several values are not known."""
    found: dict[str, str | None] = {}
    if not any("$" in text.content for text in document.texts):
        return found
    for text in document.texts:
        if text.kind is TextKind.CODE_BLOCK and "=" in text.content:
            for name, value in read_settings(text.content).items():
                found[name] = value if found.get(name, value) == value else None
    return found


def _may_name(text: Text) -> bool:
    """Most texts have none of these characters, and name no image."""
    return "/" in text.content or "$" in text.content or (":" in text.content and _is_code(text))


def _is_code(text: Text) -> bool:
    return text.kind in (TextKind.CODE_BLOCK, TextKind.CODE_SPAN)


def _mentions(text: Text, hosts: Collection[str], portal: tuple[str, ...], settings: Values) -> list[Mention]:
    """Return what a text names, each place once."""
    content = text.content
    if text.kind is TextKind.CODE_BLOCK:
        content = without_removed(content, text.language)
    mentions = list(find(content, hosts, portal))
    if text.kind is TextKind.CODE_BLOCK and hosts:
        assembled = [*find_keyed(content, hosts)]
        if "$" in content or "%" in content:
            assembled += find_expanded(content, hosts, settings)
        if assembled:
            mentions = _merged(mentions, assembled)
    if _is_code(text) and DEFAULT_DOMAIN in hosts:
        places = {mention.offset for mention in mentions}
        short = find_short_names(content, is_span=text.kind is TextKind.CODE_SPAN)
        mentions += (mention for mention in short if mention.offset not in places)
    if hosts and "/" in content:
        mentions += find_misspelled_hosts(content, hosts)
    return mentions


def _merged(mentions: list[Mention], assembled: list[Mention]) -> list[Mention]:
    """Return mentions with those that are put together: these say more than one whose tag is missing or unknown, and
    less than one that says all in one place."""
    whole = [each for each in mentions if each.reference and (each.reference.tag or each.reference.digest)]
    whole = [each for each in whole if not each.open_ended]
    told = {each.reference for each in whole}
    kept: list[Mention] = []
    for each in assembled:
        inside = any(each.offset <= other.offset < each.offset + each.length for other in whole)
        if not inside and (each.open_ended or each.reference is None or each.reference not in told):
            told.add(each.reference)
            kept.append(each)
    plain = [
        each
        for each in mentions
        if not any(other.offset <= each.offset < other.offset + other.length for other in kept)
    ]
    return plain + kept


def _in_text(
    text: Text, hosts: Collection[str], portal: tuple[str, ...], settings: Values
) -> Iterator[NamedImage]:
    is_code = _is_code(text)
    block = text.position if text.kind is TextKind.CODE_BLOCK else None
    mentions = _mentions(text, hosts, portal, settings)
    for mention in mentions:
        start = text.content.rfind("\n", 0, mention.offset) + 1
        before = text.content[start : mention.offset] if is_code else ""
        place = _place(text, mention.offset)
        yield NamedImage(place, mention, text.alert, before, text.included_from, text.generated, block)


def _place(text: Text, offset: int) -> Position:
    """Where in the file the character of `text` at `offset` stands."""
    before = text.content[:offset]
    row = before.count("\n")
    if text.generated:  # which character of a template made this one is not known
        return Position(text.position.path, text.position.line)
    column = offset - (before.rfind("\n") + 1)
    if text.kind is TextKind.CODE_BLOCK:
        indent = text.indents[row] if row < len(text.indents) else 0
        return Position(text.position.path, text.position.line + row, column + indent + 1)
    first = text.position.column if row == 0 else 1
    if row == 0:
        first += next((shift for start, shift in reversed(text.shifts) if start <= offset), 0)
    return Position(text.position.path, text.position.line + row, column + first)
