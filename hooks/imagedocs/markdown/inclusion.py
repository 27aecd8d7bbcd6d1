"""Taking in other files: found, read, parsed once, bounded."""

import posixpath
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from xml.etree.ElementTree import Element

from markdown_it.token import Token

from imagedocs.markdown.document import Include
from imagedocs.markdown.fragments import Fragment, parse_blocks, parse_inline
from imagedocs.markdown.sheet import Sheet
from imagedocs.markdown.sources import FORMS, Sources, Wanted, split_options, with_options
from imagedocs.markdown.targets import may_be_file
from imagedocs.problems import Position, Rule
from imagedocs.suggestions import did_you_mean

MAX_DEPTH = 20
"""Of files that include one another."""
MAX_INCLUDES = 2_000
"""On one page, those of included files counted."""
MAX_CHARACTERS = 10_000_000
"""Of all that one page takes in."""


class Fragments:
    """The files that the pages of a locale include, parsed when first asked for."""

    def __init__(self, sources: Sources, alerts: tuple[str, ...] = ()) -> None:
        self._sources = sources
        self._alerts = alerts
        self._kept: dict[tuple[str, bool], Fragment | None] = {}

    def get(self, path: str, *, inline: bool) -> Fragment | None:
        """Return the tokens of the file at a project path; `None` when it cannot be read."""
        key = (path, inline)
        source = self._sources.read(path)  # each time, since whoever records reads must hear of it
        if key not in self._kept:
            if source is None:
                self._kept[key] = None
            else:
                fragment = parse_inline(source) if inline else parse_blocks(source, self._alerts)
                self._kept[key] = replace(fragment, problems=fragment.problems + source.problems)
        return self._kept[key]


class Inclusion:
    """The includes of one page."""

    def __init__(self, sheet: Sheet, fragments: Fragments) -> None:
        self._sheet = sheet
        self._fragments = fragments
        self._open = [sheet.path]
        """The page, and the files that are being taken in, outermost first."""
        self._count = 0
        self._characters = 0

    @contextmanager
    def taking(self, token: Token, position: Position, *, inline: bool) -> Generator[Fragment | None]:
        """While the file is written that the include `token` names; `None` when there is nothing to write."""
        fragment = self._take(token, position, inline=inline)
        if fragment is None:
            yield None
            return
        sheet = self._sheet
        collection = sheet.collection
        outer = (
            sheet.lines,
            sheet.references,
            sheet.footnote_prefix,
            sheet.base,
            sheet.spoken,
            sheet.around,
            collection.generated,
            collection.included_from,
        )
        target, _ = split_options(_target(token))
        folder = posixpath.dirname(sheet.base or sheet.lines.path)
        is_shared = fragment.lines.path.startswith("includes/") and not target.startswith("~/")
        sheet.base = posixpath.normpath(posixpath.join(folder, target)) if is_shared else ""
        sheet.lines, sheet.references = fragment.lines, fragment.references
        language = sheet.options.language_in(fragment.lines.path)
        sheet.around = sheet.spoken
        sheet.spoken = language if language[0] else sheet.spoken
        sheet.footnote_prefix = f"{self._count}-"
        collection.generated = fragment.lines.generated
        collection.included_from = (position, *collection.included_from)
        self._open.append(fragment.lines.path)
        yield fragment
        self._open.pop()
        (
            sheet.lines,
            sheet.references,
            sheet.footnote_prefix,
            sheet.base,
            sheet.spoken,
            sheet.around,
            collection.generated,
            collection.included_from,
        ) = outer

    def mark_language(self, elements: Iterable[Element]) -> None:
        """Mark what the file that is being taken in has become, if it is in another language."""
        if self._sheet.is_foreign:
            for element in elements:
                element.attrib.setdefault("lang", self._sheet.spoken[0])
                element.attrib.setdefault("dir", self._sheet.spoken[1])

    def _take(self, token: Token, position: Position, *, inline: bool) -> Fragment | None:
        sheet = self._sheet
        collection = sheet.collection
        target, wanted = split_options(_target(token))
        path = sheet.sources.find(target, sheet.base or sheet.lines.path) if may_be_file(target) else None
        file = path or ""
        if path is not None and wanted.text and self._can_be(path, target, wanted, position):
            path = with_options(path, wanted.form or FORMS[0], wanted.day)
        collection.includes.append(Include(position, target, path, collection.included_from))
        if path is None:
            collection.problem(position, Rule.INCLUDE_NOT_FOUND, f"there is no file {target} to include")
            return None
        if file in self._open:
            chain = " includes ".join([*self._open[self._open.index(file) :], file])
            collection.problem(position, Rule.CIRCULAR_REFERENCE, f"the file includes itself: {chain}")
            return None
        if not file.removesuffix(".j2").lower().endswith((".md", ".markdown")):
            collection.problem(
                position,
                Rule.INCLUDE_INVALID,
                f"{target} is not Markdown",
                "include a file that ends in .md, or show it as code: [!code-…[](…)]",
            )
        if len(self._open) > MAX_DEPTH:
            collection.problem(position, Rule.TOO_MUCH, f"files include one another {MAX_DEPTH} levels deep")
            return None
        self._count += 1
        if self._count > MAX_INCLUDES:
            if self._count == MAX_INCLUDES + 1:
                message = f"a page takes in at most {MAX_INCLUDES} files; this include and those after it are left out"
                collection.problem(position, Rule.TOO_MUCH, message)
            return None
        fragment = self._fragments.get(path, inline=inline)
        if fragment is None:
            collection.problem(position, Rule.INCLUDE_NOT_FOUND, f"the file {file} cannot be read")
            return None
        self._characters += len(fragment.lines.text)
        if self._characters > MAX_CHARACTERS:
            message = f"a page takes in at most {MAX_CHARACTERS} characters; {target} is left out"
            collection.problem(position, Rule.TOO_MUCH, message)
            return None
        return fragment

    def _can_be(self, path: str, target: str, wanted: Wanted, position: Position) -> bool:
        """Return whether the file can be taken in as it is wanted; if not, it is a problem."""
        message, hint = "", ""
        form, day = wanted.form, wanted.day
        if not path.endswith(".j2"):
            message, hint = f"{target} is no template: it has one form only", f"delete {wanted.text}"
        elif form is not None and form not in FORMS:
            message = f'there is no form "{form}" of a template'
            hint = did_you_mean(form, FORMS) or f"write ?form={' or ?form='.join(FORMS)}"
        elif day is not None and not _is_day(day):
            message, hint = f'"{day}" is no day', "write a day, as in ?as-of=2026-03-16"
        if message:
            self._sheet.collection.problem(position, Rule.INCLUDE_INVALID, message, hint)
        return not message


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _target(token: Token) -> str:
    return str(token.meta["target"]).replace("\\", "/")
