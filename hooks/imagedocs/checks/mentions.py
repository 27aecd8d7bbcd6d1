"""Where pages name images."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from imagedocs.checks.fact_lines import lines_with_facts
from imagedocs.checks.ignores import is_instruction
from imagedocs.checks.site import Site
from imagedocs.markdown.document import Document, Text, TextKind
from imagedocs.problems import Position
from imagedocs.references import DEFAULT_DOMAIN
from imagedocs.references.dockerfiles import find_bases
from imagedocs.references.mentions import Mention, find
from imagedocs.references.short_names import find_short_names
from imagedocs.references.slips import find_misspelled_hosts


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
    in_block: bool = False
    """It stands in a block of code."""


def mentions_in(site: Site, hosts: Collection[str], portal: tuple[str, ...] = ()) -> Iterator[NamedImage]:
    """Where the pages, and what they include, name images of the registries `hosts`."""
    for locale in site.locales:
        for document in locale.documents.values():
            yield from mentions_of(document, hosts, portal)


def mentions_of(
    document: Document, hosts: Collection[str], portal: tuple[str, ...] = ()
) -> Iterator[NamedImage]:
    """Those of one page, with all that it includes."""
    for text in document.texts:
        if _may_name(text):
            yield from _in_text(text, hosts, portal)
    for link in document.links:
        if link.path is None and "://" in link.target:
            for mention in find(link.target, hosts, portal):
                yield NamedImage(link.position, mention, included_from=link.included_from)


def condensed(document: Document, hosts: Collection[str], portal: tuple[str, ...] = ()) -> Document:
    """The document without the texts that neither name one of the images nor may give a fact about one; but where the
    page has ignores with its blocks of code, because an ignore is for a whole block."""
    has_ignores = any(is_instruction(comment) for comment in document.comments)
    stating = {id(text) for line in lines_with_facts(document) for text in line}
    texts = tuple(
        text
        for text in document.texts
        if id(text) in stating
        or (_may_name(text) and next(_in_text(text, hosts, portal), None))
        or (has_ignores and text.kind is TextKind.CODE_BLOCK)
    )
    return replace(document, texts=texts)


def speaks_of_images(document: Document, hosts: Collection[str], portal: tuple[str, ...] = ()) -> bool:
    """Whether the page names an image, or may give a fact about one: whether it is to be judged with the catalog."""
    return any(True for _ in mentions_of(document, hosts, portal)) or any(
        True for _ in lines_with_facts(document)
    )


def _may_name(text: Text) -> bool:
    """Most texts have none of these characters, and name no image."""
    return "/" in text.content or "$" in text.content or (":" in text.content and _is_code(text))


def _is_code(text: Text) -> bool:
    return text.kind in (TextKind.CODE_BLOCK, TextKind.CODE_SPAN)


def _in_text(text: Text, hosts: Collection[str], portal: tuple[str, ...]) -> Iterator[NamedImage]:
    mentions = list(find(text.content, hosts, portal))
    if text.kind is TextKind.CODE_BLOCK and "$" in text.content:
        starts = [mention.offset for mention in mentions]
        mentions += (
            base
            for base in find_bases(text.content, hosts)
            if not any(base.offset <= start < base.offset + base.length for start in starts)
        )
    is_code = _is_code(text)
    if is_code and DEFAULT_DOMAIN in hosts:
        mentions += find_short_names(text.content, is_span=text.kind is TextKind.CODE_SPAN)
    if hosts and "/" in text.content:
        mentions += find_misspelled_hosts(text.content, hosts)
    for mention in mentions:
        start = text.content.rfind("\n", 0, mention.offset) + 1
        before = text.content[start : mention.offset] if is_code else ""
        place = _place(text, mention.offset)
        in_block = text.kind is TextKind.CODE_BLOCK
        yield NamedImage(place, mention, text.alert, before, text.included_from, text.generated, in_block)


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
    return Position(text.position.path, text.position.line + row, column + first)
