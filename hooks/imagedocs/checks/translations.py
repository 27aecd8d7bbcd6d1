"""Do translated pages say what their sources say?"""

import re
from collections.abc import Iterable, Iterator

from imagedocs.checks.link_fixes import ReadLine
from imagedocs.freshness import Change, ChangeKind, Difference, Kind, Lack, State, Translation
from imagedocs.problems import Edit, Position, Problem, Rule
from imagedocs.suggestions import shown

_NAMES = {
    Kind.TABLE: "table",
    Kind.ROW: "row of a table",
    Kind.ITEM: "item of a list",
    Kind.CODE: "block of code",
    Kind.ALERT: "alert",
    Kind.SNIPPET: "file that is shown as code",
}

_TEXTS = {
    Lack.SHORT: "the translation of the {name} at {there} is less than half as long as others on this page",
    Lack.NUMBER: "the {name} at {there} has the number {detail}, and its translation has not",
    Lack.GOAL: "the {name} at {there} links to {wanted}; the translation links to {found}",
    Lack.MARK: "the {name} at {there} and its translation differ in what is {mark}",
    Lack.EXCHANGED: "the {name} at {there} has the anchor {detail}, which is at another heading here",
    Lack.DAMAGE: "characters in this text are damaged: {detail}",
}

_BEFORE_TEXT = re.compile(r" {0,3}#{1,6}[ \t]+(?=\S)")
"""What stands in front of the text of a heading."""


def _no_line(_path: str, _number: int) -> str | None:
    return None


def check_translations(
    translations: Iterable[Translation], *, notes_versions: bool | None = None, read_line: ReadLine = _no_line
) -> Iterator[Problem]:
    """Yield what is wrong with translated pages. A project that notes no versions is not asked to note them; whether it
    does is seen by these pages (`None`) or known from all. `read_line` gives the lines that a fix edits."""
    pages = tuple(translations)
    if notes_versions is None:
        notes_versions = any(page.pin.version for page in pages)
    for page in pages:
        yield from _check_page(page, read_line, notes_versions=notes_versions)


def _check_page(page: Translation, read_line: ReadLine, *, notes_versions: bool) -> Iterator[Problem]:
    pin = page.pin
    if page.state is State.ORPHAN:
        yield _orphan(page)
    elif pin.invalid or (pin.version and page.state is State.UNPINNED):
        place = Position(page.path, pin.line, 1)
        named = pin.invalid or str(pin)
        message = f"nothing is known of the version {shown(named)} of {page.source}"
        hint = f'compare the page with its source, then run "{_command(page)}"'
        if not pin.invalid:
            hint += '; in a shallow clone, "git fetch --unshallow" may bring the version back'
        yield Problem(place, Rule.TRANSLATION_PIN, message, hint)
    elif page.state is State.UNPINNED and notes_versions:
        noted = f", but its metadata has {pin.foreign}" if pin.foreign else ""
        message = f"nobody has noted which version of {page.source} this is a translation of{noted}"
        hint = f'compare the two, then run "{_command(page)}"'
        yield Problem(Position(page.path, 1, 1), Rule.TRANSLATION_UNPINNED, message, hint)
    for change in page.changes:
        yield _stale(page, change)
    for difference in page.differences:
        yield _different(page, difference, read_line)


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
    elsewhere = (
        "the step at {} has another place in its list"
        if segment.steps
        else f"the {name} at {{}} has another place"
    )
    message = {
        ChangeKind.REWORDED: f"the {name} at {there} has changed since this was translated, to {text}",
        ChangeKind.ADDED: f"the {name} at {there} has been added since this was translated: {text}",
        ChangeKind.REMOVED: f"a {name} has been removed from {there} since this was translated: {text}",
        ChangeKind.MOVED: f"{elsewhere.format(there)} since this was translated: {text}",
    }[change.kind]
    if change.link:
        message = f"the {name} at {there} leads to {shown(change.link.new)} since this was translated, and not to {shown(change.link.old)}"
    hint = f'change the translation too, then run "{_command(page)}"'
    return Problem(change.place, Rule.TRANSLATION_STALE, message, hint)


def _different(page: Translation, difference: Difference, read_line: ReadLine) -> Problem:
    segment = difference.source
    there = str(segment.position) if segment.position.line else page.source
    name = _NAMES.get(segment.kind, segment.kind.value)
    if difference.lack is Lack.CODE:
        message = f"the code is not that of {there}"
        hint = f'copy it from there; if only words in it are translated, run "{_command(page)}"'
        return Problem(difference.place, Rule.TRANSLATION_CODE, message, hint)
    if difference.lack is Lack.SPAN:
        message = (
            f"the {name} at {there} has the code {shown(difference.detail)}, and its translation has not"
        )
        hint = f'write it as it is there; if it is right so, run "{_command(page)}"'
        return Problem(difference.place, Rule.TRANSLATION_CODE, message, hint)
    if difference.lack in _TEXTS or difference.lack is Lack.UNTRANSLATED:
        return _text(difference, there, name)
    if difference.lack is Lack.CELL:
        message = (
            f"the {name} at {there} has the cell {shown(difference.detail)}, and its translation has not"
        )
        return Problem(difference.place, Rule.TRANSLATION_INCOMPLETE, message, "translate it here")
    if difference.lack is Lack.LINK:
        kind, _, target = difference.detail.partition(" ")
        to = "to a part of the page" if target == "#" else shown(target)
        message = f"the {name} at {there} has the {kind} {to}, and its translation has not"
        return Problem(difference.place, Rule.TRANSLATION_INCOMPLETE, message)
    if difference.lack is Lack.ANCHOR:
        anchor = difference.detail
        message = f'the {name} at {there} has the anchor "{anchor}", and its translation has not'
        hint = f'write <a name="{anchor}"></a> at the beginning of its text'
        fix = _named(difference.place, anchor, read_line)
        return Problem(difference.place, Rule.TRANSLATION_ANCHOR, message, hint, fix=fix)
    message = f"the {name} at {there} is missing: {shown(segment.text)}"
    hint = "translate it here"
    if difference.is_soft:
        hint += f'; if it is part of another paragraph now, run "{_command(page)}"'
    return Problem(difference.place, Rule.TRANSLATION_INCOMPLETE, message, hint)


def _text(difference: Difference, there: str, name: str) -> Problem:
    detail = difference.detail
    if difference.lack is Lack.UNTRANSLATED:
        message = f"this text is still that of the {name} at {there}: {shown(detail)}"
        return Problem(difference.place, Rule.TRANSLATION_UNTRANSLATED, message, "translate it")
    wanted, _, found = detail.partition(" ")
    message = _TEXTS[difference.lack].format(
        name=name, there=there, detail=shown(detail), wanted=shown(wanted), found=shown(found), mark=detail
    )
    return Problem(difference.place, Rule.TRANSLATION_DIFFERS, message)


def _named(place: Position, anchor: str, read_line: ReadLine) -> tuple[Edit, ...]:
    """Return the edit that gives the heading at `place` a second anchor. The one that it has stays: links may name it."""
    start = _BEFORE_TEXT.match(read_line(place.path, place.line) or "")
    if start is None or not re.fullmatch(r"[\w.-]+", anchor):
        return ()
    column = start.end() + 1
    return (Edit(place.line, column, place.line, column, f'<a name="{anchor}"></a>'),)
