"""What the content of pages is to be by a documentation set's own rules (see `content_rules`)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from imagedocs.docfx.config import Config
from imagedocs.docfx.custom_rules import CustomRule
from imagedocs.docfx.page_metadata import PageMetadata
from imagedocs.docfx.values import Value
from imagedocs.markdown.document import Document, Link, LinkKind
from imagedocs.markdown.publisher import Publisher
from imagedocs.problems import Position, Problem, Rule
from imagedocs.suggestions import shown

MOST_WORDS: Final = 5000
"""Of a list of words that no page may use."""
MOST_SHOWN: Final = 3
"""Of the other places in a message."""

_VIEW = re.compile(r"[?&]view=", re.IGNORECASE)
_PRESERVED = re.compile(r"[?&]preserve-view=", re.IGNORECASE)

Pages = Iterable[tuple[Document, PageMetadata]]


def check_content(pages: Pages, config: Config, publisher: Publisher) -> Iterator[Problem]:
    """Of all pages of a documentation set, by the rules that are not for everybody."""
    pages = list(pages)
    rules = config.content_rules
    yield from rules.problems
    for rule, _ in rules.of_type("H1Unique"):
        yield from _check_unique(_headings(pages, rule, config), rule, Rule.DUPLICATE_H1, "the heading")
    for rule, _ in rules.of_type("TitleUnique"):
        yield from _check_unique(_titles(pages, rule, config), rule, Rule.DUPLICATE_TITLES, "the title")
    for document, metadata in pages:
        for rule, value in rules.of_type("SensitiveLanguage"):
            if rule.is_for(metadata.page):
                yield from (rule.apply(each) for each in _check_words(document, value))
        for rule, value in rules.of_type("SecureLinks"):
            if rule.is_for(metadata.page):
                yield from (rule.apply(each) for each in _check_hosts(document, value, config))
        for rule, _ in rules.of_type("HtmlLinks"):
            if rule.is_for(metadata.page):
                yield from (rule.apply(each) for each in _check_html(document))
        for rule, _ in rules.of_type("PreserveViewNotSet"):
            if rule.is_for(metadata.page):
                yield from (rule.apply(each) for each in _check_views(document, publisher))


@dataclass(frozen=True, slots=True)
class _Name:
    """Something that only one page may be called."""

    text: str
    page: str
    position: Position
    included_from: tuple[Position, ...]
    versions: frozenset[str]


def _headings(pages: Pages, rule: CustomRule, config: Config) -> Iterator[_Name]:
    for document, metadata in pages:
        if not rule.is_for(metadata.page) or not metadata.page.is_indexed:
            continue
        for heading in document.headings:
            own = metadata.versions if heading.versions is None else heading.versions
            versions = _compared(own, metadata, rule, config)
            if heading.level == 1 and heading.text and versions:
                yield _Name(heading.text, document.path, heading.position, heading.included_from, versions)


def _titles(pages: Pages, rule: CustomRule, config: Config) -> Iterator[_Name]:
    for document, metadata in pages:
        if not rule.is_for(metadata.page) or not metadata.page.is_indexed or not document.title:
            continue
        written = metadata.value.fields.get("title")
        heading = next((each for each in document.headings if each.level == 1), None)
        place = written.position if written else heading.position if heading else Position(document.path)
        versions = _compared(metadata.versions, metadata, rule, config)
        yield _Name(document.title, document.path, place, (), versions)


def _compared(
    own: frozenset[str], metadata: PageMetadata, rule: CustomRule, config: Config
) -> frozenset[str]:
    """The versions in which a name is compared with others; without versions there is one."""
    if not metadata.versions:
        return frozenset({""})
    return own & {config.monikers.newest(metadata.versions)} if rule.newest_only else own


def _check_unique(names: Iterator[_Name], custom: CustomRule, rule: Rule, what: str) -> Iterator[Problem]:
    groups: dict[tuple[str, str], list[_Name]] = {}
    for name in names:
        for version in name.versions:
            groups.setdefault((name.text, version), []).append(name)
    found: dict[Problem, None] = {}
    for (text, _), same in groups.items():
        pages = list(dict.fromkeys(name.page for name in same))
        for name in same if len(pages) > 1 else ():
            others = [page for page in pages if page != name.page]
            more = ", …" if len(others) > MOST_SHOWN else ""
            message = f"{what} {shown(text)} is that of {', '.join(others[:MOST_SHOWN])}{more} too"
            problem = Problem(
                name.position, rule, message, "say what only this page is about", name.included_from
            )
            found[custom.apply(problem)] = None
    yield from found


def _check_words(document: Document, value: Value) -> Iterator[Problem]:
    words = value.texts("disallowed")[:MOST_WORDS]
    if not words:
        return
    longest_first = sorted({word for word in words if word}, key=len, reverse=True)
    exceptions = [re.escape(text) for text in value.texts("exceptions")[:MOST_WORDS]]
    # An exception is taken first, so that what it has of a word is passed over.
    pattern = "|".join((*exceptions, f"(?<!\\w)({'|'.join(map(re.escape, longest_first))})(?!\\w)"))
    compiled = re.compile(pattern, re.IGNORECASE)
    for text in document.texts:
        for number, line in enumerate(text.content.split("\n")):
            for match in compiled.finditer(line):
                if match[1]:
                    column = text.position.column + match.start() if not number else match.start() + 1
                    place = Position(text.position.path, text.position.line + number, column)
                    message = f"{shown(match[1])} is a word that no page may use"
                    yield Problem(
                        place, Rule.SENSITIVE_LANGUAGE, message, "write another", text.included_from
                    )


def _check_hosts(document: Document, value: Value, config: Config) -> Iterator[Problem]:
    """`http:` links to hosts that have `https:`, besides those that everybody's are compared with."""
    hosts = {host.lower() for host in value.texts("domains")}
    use_lists = value.fields.get("useDynamicDomains")
    if use_lists is not None and use_lists.data is True:
        hosts |= {host.lower() for host in config.known_hosts}
    known = {problem.position for problem in document.problems if problem.rule is Rule.INSECURE_LINK}
    for link in document.links:
        host = _host(link.target) if link.target.lower().startswith("http://") else ""
        if link.position in known or not any(host == each or host.endswith(f".{each}") for each in hosts):
            continue
        yield _of_link(link, Rule.INSECURE_LINK, f"the link to {host} is not encrypted", 'write "https://…"')


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""


def _check_html(document: Document) -> Iterator[Problem]:
    for link in document.links:
        if link.in_html and link.kind is LinkKind.LINK:
            message = f"the link to {shown(link.target)} is written in HTML"
            yield _of_link(link, Rule.HTML_LINK, message, 'write "[text](address)"')


def _check_views(document: Document, publisher: Publisher) -> Iterator[Problem]:
    for link in document.links:
        target = link.target
        own = target.startswith("/") and not target.startswith("//")
        if (
            (own or _host(target) in publisher.hosts)
            and _VIEW.search(target)
            and not _PRESERVED.search(target)
        ):
            message = "the link names a version, which the site forgets at the next link"
            hint = "add &preserve-view=true, or leave the version out"
            yield _of_link(link, Rule.PRESERVE_VIEW_NOT_SET, message, hint)


def _of_link(link: Link, rule: Rule, message: str, hint: str) -> Problem:
    return Problem(link.position, rule, message, hint, link.included_from)
