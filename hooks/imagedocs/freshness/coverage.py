"""How much of the site is translated, and how well: for a terminal, a program, and a page of the site."""

import json
import posixpath
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from imagedocs.freshness.parity import Difference, Lack
from imagedocs.freshness.pins import Translator
from imagedocs.freshness.segments import within_locale
from imagedocs.freshness.translations import State, Translation
from imagedocs.locales import Formats, Locale, Messages
from imagedocs.locales.labels import N_
from imagedocs.rendering import Markdown
from imagedocs.suggestions import shown

FORMAT: Final = 1
"""Of the JSON."""
_FEW = 3
"""As many pages of a folder that are not translated are named one by one."""


@dataclass(frozen=True)
class LocaleCoverage:
    locale: Locale
    pages: tuple[Translation, ...]
    """In the order of their paths, those that are missing too."""

    @cached_property
    def counts(self) -> Counter[State]:
        return Counter(page.state for page in self.pages)

    @property
    def wanted(self) -> int:
        """How many pages there are to translate."""
        return len(self.pages) - self.counts[State.ORPHAN]

    @property
    def translated(self) -> int:
        return self.wanted - self.counts[State.MISSING]

    @property
    def outdated(self) -> int:
        return sum(page.is_outdated for page in self.pages)


@dataclass(frozen=True)
class Coverage:
    locales: tuple[LocaleCoverage, ...]


def render_text(coverage: Coverage) -> str:
    """A line for each language, and below it one for each page that needs something done."""
    lines: list[str] = []
    for each in coverage.locales:
        counts = ", ".join(f"{number} {state}" for state, number in sorted(each.counts.items()))
        lines.append(f"{each.locale.tag}: {each.translated} of {each.wanted} pages translated ({counts})")
        for folder, number in _untranslated(each.pages):
            more = f" ({number} pages)" if number > 1 else ""
            lines.append(f"  {State.MISSING:<12} {folder}{more}")
        for page in each.pages:
            if page.state not in (State.FRESH, State.MISSING):
                lines += [f"  {page.state:<12} {page.path}{_remark(page)}", *_details(page)]
    return "\n".join(lines) + "\n"


def _remark(page: Translation) -> str:
    notes = [f"moved to {page.moved_to}?" if page.moved_to else "", str(page.pin.foreign or "")]
    if page.state is State.UNPINNED and (page.pin.version or page.pin.invalid):
        notes.append(f"of a version that is not known: {page.pin.invalid or page.pin}")
    if page.by:
        notes.append(f"by {page.by}")
    text = ", ".join(note for note in notes if note)
    return f" ({text})" if text else ""


def _details(page: Translation) -> Iterator[str]:
    for change in page.changes:
        yield f"    {change.place}: {change.segment.kind} {change.kind} in {_source_place(page, change.segment.position.line)}"
    for difference in page.differences:
        there = _source_place(page, difference.source.position.line)
        yield f"    {difference.place}: {_what(difference)}: {there}"


def _what(difference: Difference) -> str:
    kind, detail = difference.source.kind, shown(difference.detail)
    match difference.lack:
        case Lack.MISSING:
            return f"{kind} missing"
        case Lack.CODE:
            return "code is another"
        case Lack.LINK:
            return f"{kind} lacks the {detail[1:-1]}"
        case _:
            return f"{kind} lacks the {difference.lack.replace('-', ' ')} {detail}"


def _source_place(page: Translation, line: int) -> str:
    return f"{page.source}:{line}" if line else page.source


def to_document(coverage: Coverage) -> dict[str, Any]:
    """What `--format json` prints."""
    return {"version": FORMAT, "locales": [_locale_entry(each) for each in coverage.locales]}


def _locale_entry(each: LocaleCoverage) -> dict[str, Any]:
    return {
        "locale": each.locale.tag,
        "pages": each.wanted,
        "translated": each.translated,
        "states": {state.value: each.counts[state] for state in State},
        "translations": [_page_entry(page) for page in each.pages],
    }


def _page_entry(page: Translation) -> dict[str, Any]:
    foreign = page.pin.foreign
    return {
        "path": page.path,
        "source": page.source or None,
        "state": page.state.value,
        "translator": page.by.value or None,
        "pin": page.pin.version or None,
        "foreign": {"commit": foreign.commit, "hash": foreign.file_hash, "handed_off": foreign.handed_off}
        if foreign
        else None,
        "moved_to": page.moved_to or None,
        "stale": [
            {
                "change": change.kind.value,
                "kind": change.segment.kind.value,
                "line": change.place.line,
                "source_line": change.new.position.line if change.new else None,
                "old": change.old.text if change.old else None,
                "new": change.new.text if change.new else None,
            }
            for change in page.changes
        ],
        "differences": [
            {
                "lack": difference.lack.value,
                "kind": difference.source.kind.value,
                "line": difference.place.line,
                "source_line": difference.source.position.line or None,
                "text": difference.source.text,
                "detail": difference.detail or None,
            }
            for difference in page.differences
        ],
    }


def _untranslated(pages: Sequence[Translation]) -> list[tuple[str, int]]:
    """The pages that are not translated; a folder in place of many, with their number."""
    folders: dict[str, list[str]] = {}
    for page in pages:
        if page.state is State.MISSING:
            folders.setdefault(posixpath.dirname(page.path), []).append(page.path)
    found: list[tuple[str, int]] = []
    for folder, paths in folders.items():
        if len(paths) > _FEW and folder.count("/") > 1:
            found.append((f"{folder}/", len(paths)))
        else:
            found += [(path, 1) for path in paths]
    return found


Address = Callable[[Locale, str], str]
"""Where the page of a language at a site path (`tag-policy.md`) is; empty when that cannot be said."""


def render_page(coverage: Coverage, messages: Messages, formats: Formats, address: Address) -> str:
    """Return the Markdown of the page, in the language of `messages`."""
    _ = _text_of(messages)
    title = _("Translations")
    columns = (_("Language"), _("Translated"), _("Up to date"), _("Outdated"), _("By a machine"))
    lines = [
        "---",
        f"title: {json.dumps(messages.gettext('Translations'), ensure_ascii=False)}",
        "---",
        f'# <a name="translations"></a>{title}',
        "",
        _(
            "How much of this site is translated, and which translations no longer say what the original says."
        ),
        "",
        f"| {' | '.join(columns)} |",
        f"| --- {'| ---: ' * 4}|",
    ]
    for each in coverage.locales:
        share = formats.percent(each.translated / each.wanted) if each.wanted else ""
        name = formats.language(each.locale.tag)
        machine = sum(page.by is Translator.MACHINE for page in each.pages)
        numbers = (each.counts[State.FRESH], each.outdated, machine)
        written = " | ".join(formats.number(number) for number in numbers)
        lines.append(f"| {name} | {formats.number(each.translated)} ({share}) | {written} |")
    for each in coverage.locales:
        lines += _section(each, messages, formats, address)
    return "\n".join(lines) + "\n"


def _text_of(messages: Messages) -> Callable[[str], str]:
    """Return what gives a sentence as Markdown that shows its characters."""
    return lambda message: Markdown.escape(messages.gettext(message))


def _section(each: LocaleCoverage, messages: Messages, formats: Formats, address: Address) -> Iterator[str]:
    _ = _text_of(messages)
    tag = each.locale.tag
    yield ""
    yield f'## <a name="{tag.lower()}"></a>{formats.language(tag)}'
    yield ""
    rows = [
        (
            _link(page.path, each.locale, address),
            _state_name(page.state, messages),
            _sizes(page, messages, formats),
        )
        for page in each.pages
        if page.state not in (State.FRESH, State.MISSING)
    ]
    for path, number in _untranslated(each.pages):
        count = messages.ngettext("%(num)s page", "%(num)s pages", number) % {"num": formats.number(number)}
        rows.append(
            (
                _link(path, each.locale, address),
                _state_name(State.MISSING, messages),
                count if number > 1 else "",
            )
        )
    if not rows:
        yield _("Every page is translated and up to date.")
        return
    columns = (_("Page"), _("State"), _("Details"))
    yield f"| {' | '.join(columns)} |"
    yield "| --- | --- | --- |"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def _link(path: str, locale: Locale, address: Address) -> str:
    place = within_locale(path).removeprefix("docs/")
    href = address(locale, place) if path.startswith("docs/") and place.endswith(".md") else ""
    return f"[`{place}`](<{href}>)" if href else f"`{place}`"


def _sizes(page: Translation, messages: Messages, formats: Formats) -> str:
    parts: list[str] = []
    if number := len(page.changes):
        text = messages.ngettext("%(num)s change", "%(num)s changes", number)
        parts.append(text % {"num": formats.number(number)})
    if number := len(page.differences):
        text = messages.ngettext("%(num)s difference", "%(num)s differences", number)
        parts.append(text % {"num": formats.number(number)})
    return Markdown.escape(formats.list(parts)) if parts else ""


_STATE_NAMES: Final = {
    State.FRESH: N_("up to date"),
    State.STALE: N_("the original has changed since"),
    State.CODE_CHANGED: N_("the code is not that of the original"),
    State.INCOMPLETE: N_("something is missing"),
    State.UNPINNED: N_("not compared with the original"),
    State.ORPHAN: N_("there is no original"),
    State.MISSING: N_("not translated yet"),
}


def _state_name(state: State, messages: Messages) -> str:
    return _text_of(messages)(_STATE_NAMES[state])
