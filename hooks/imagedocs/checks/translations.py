"""Do translated pages say what their sources say?"""

from collections.abc import Iterator, Mapping, Sequence

from imagedocs.checks.site import LocaleSite, Site
from imagedocs.freshness import Change, ChangeKind, Difference, Kind, Lack, State, Translation
from imagedocs.markdown import Document
from imagedocs.markdown.document import Anchor
from imagedocs.problems import Position, Problem, Rule
from imagedocs.suggestions import shown

_NAMES = {
    Kind.TABLE: "table",
    Kind.ROW: "row of a table",
    Kind.ITEM: "item of a list",
    Kind.CODE: "block of code",
    Kind.ALERT: "alert",
    Kind.SNIPPET: "file that is shown as code",
}


def check_translations(site: Site, translations: Mapping[str, Sequence[Translation]]) -> Iterator[Problem]:
    """What is wrong with the translated pages of `site`; `translations` are those of each locale, by its tag."""
    for pages in translations.values():
        for page in pages:
            yield from _check_page(page)
    yield from _check_anchors(site, translations)


def _check_page(page: Translation) -> Iterator[Problem]:
    pin = page.pin
    if page.state is State.ORPHAN:
        yield _orphan(page)
    elif pin.invalid or (pin.version and page.state is State.UNPINNED):
        place = Position(page.path, pin.line, 1)
        named = pin.invalid or str(pin)
        message = f"nothing is known of the version {shown(named)} of {page.source}"
        hint = f'compare the page with its source, then run "{_command(page)}"'
        yield Problem(place, Rule.TRANSLATION_PIN, message, hint)
    elif page.state is State.UNPINNED:
        noted = f", but its metadata has {pin.foreign}" if pin.foreign else ""
        message = f"nobody has noted which version of {page.source} this is a translation of{noted}"
        hint = f'compare the two, then run "{_command(page)}"'
        yield Problem(Position(page.path, 1, 1), Rule.TRANSLATION_UNPINNED, message, hint)
    for change in page.changes:
        yield _stale(page, change)
    for difference in page.differences:
        yield _different(page, difference)


def _orphan(page: Translation) -> Problem:
    folder, tag, rest = page.path.split("/", 2)
    what = "page" if folder == "docs" else "file"
    message = f"this is a translation of a {what} that is no longer there"
    hint = "remove it"
    if page.moved_to:
        moved = "/".join((folder, tag, *page.moved_to.split("/")[2:]))
        message = f"this is a translation of {page.moved_to}, which has moved"
        hint = f"move it to {moved}"
    elif not page.pin.version:
        hint = f"remove it, or what its front matter says of a translation, if {shown(rest)} is a page of this language alone"
    return Problem(Position(page.path, 1, 1), Rule.TRANSLATION_ORPHAN, message, hint)


def _command(page: Translation) -> str:
    return f"imagedocs status --accept {page.path}"


def _stale(page: Translation, change: Change) -> Problem:
    segment = change.segment
    there = str(segment.position) if change.new else page.source
    name = _NAMES.get(segment.kind, segment.kind.value)
    text = shown(segment.text)
    message = {
        ChangeKind.REWORDED: f"the {name} at {there} has changed since this was translated, to {text}",
        ChangeKind.ADDED: f"the {name} at {there} has been added since this was translated: {text}",
        ChangeKind.REMOVED: f"a {name} has been removed from {there} since this was translated: {text}",
        ChangeKind.MOVED: f"the step at {there} has another place in its list since this was translated: {text}",
    }[change.kind]
    hint = f'change the translation too, then run "{_command(page)}"'
    rule = Rule.TRANSLATION_CODE if segment.kind is Kind.CODE else Rule.TRANSLATION_STALE
    return Problem(change.place, rule, message, hint)


def _different(page: Translation, difference: Difference) -> Problem:
    segment = difference.source
    there = str(segment.position) if segment.position.line else page.source
    name = _NAMES.get(segment.kind, segment.kind.value)
    if difference.lack is Lack.CODE:
        message = f"the code is not that of {there}"
        hint = f'copy it from there; if only words in it are translated, run "{_command(page)}"'
        return Problem(difference.place, Rule.TRANSLATION_CODE, message, hint)
    if difference.lack is Lack.LINK:
        kind, _, target = difference.detail.partition(" ")
        to = "to a part of the page" if target == "#" else shown(target)
        message = f"the {name} at {there} has the {kind} {to}, and its translation has not"
        return Problem(difference.place, Rule.TRANSLATION_INCOMPLETE, message)
    message = f"the {name} at {there} is missing: {shown(segment.text)}"
    hint = "translate it here"
    if difference.is_soft:
        hint += f'; if it is part of another paragraph now, run "{_command(page)}"'
    return Problem(difference.place, Rule.TRANSLATION_INCOMPLETE, message, hint)


def _check_anchors(site: Site, translations: Mapping[str, Sequence[Translation]]) -> Iterator[Problem]:
    """Links from elsewhere, and the language switcher, lead to the same anchors in every language."""
    for locale in site.locales:
        for page in translations.get(locale.tag, ()):
            for anchor, document in missing_anchors(site, locale, page):
                message = (
                    f'the source has the anchor "{anchor.id}", at {anchor.position}, and this page has not'
                )
                hint = f'write <a name="{anchor.id}"></a> at the beginning of the heading'
                yield Problem(
                    _heading_for(anchor, page, document, site), Rule.TRANSLATION_ANCHOR, message, hint
                )


def missing_anchors(site: Site, locale: LocaleSite, page: Translation) -> Iterator[tuple[Anchor, Document]]:
    """The anchors of the source that the translation lacks, and the translation's document. Those of parts that
    are still to be translated do not count."""
    source = _source_of(site, page)
    place = page.path.removeprefix(f"docs/{locale.tag}/")
    document = locale.documents.get(place)
    if source is None or document is None or document.path != page.path:
        return
    there = locale.anchors[place]
    added = {
        change.new.position.line
        for change in page.changes
        if change.kind is ChangeKind.ADDED and change.new is not None
    }
    for anchor in source.anchors:
        if anchor.id not in there and not (
            anchor.position.path == page.source and anchor.position.line in added
        ):
            yield anchor, document


def _source_of(site: Site, page: Translation) -> Document | None:
    for locale in site.locales:
        place = page.source.removeprefix(f"docs/{locale.tag}/")
        document = locale.documents.get(place)
        if place != page.source and document is not None and document.path == page.source:
            return document
    return None


def _heading_for(anchor: Anchor, page: Translation, document: Document, site: Site) -> Position:
    """The heading of the translation that should have the anchor, if that can be told."""
    source = _source_of(site, page)
    headings = source.headings if source else ()
    if len(headings) == len(document.headings):
        for heading, translated in zip(headings, document.headings, strict=True):
            if heading.id == anchor.id and translated.position.path == page.path:
                return translated.position
    return Position(page.path, 1, 1)
