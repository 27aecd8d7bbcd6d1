"""References that nothing defines: `[text][label]` and `[^note]`, which readers see with their brackets."""

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from imagedocs.markdown.sheet import Sheet
from imagedocs.markdown.syntax.places import Places
from imagedocs.problems import Rule
from imagedocs.suggestions import did_you_mean, shown

_BRACKET = re.compile(r"[\[\]]")
_LABEL = re.compile(r"\]\[([^\[\]\n]{0,200})\]")
_NOTE = re.compile(r"\[\^([^\s\[\]^]{1,100})\]")
_INDEXED = re.compile(r"[A-Za-z0-9_)\]]")
"""What stands before the brackets of an index: `a[0][1]`."""
_CHARACTERS = re.compile(r"[^\W_]-[^\W_]|\\")
"""What a class of characters has: `[^a-z]`."""
_REPEATED = frozenset("+*?{")


def report_undefined(sheet: Sheet, children: Sequence[Token], places: Places) -> None:
    """Report the references among the inline tokens `children` that are left as text."""
    for offset, label in _references(children):
        message = f"nothing defines {shown(label)}, so readers see the brackets"
        hint = did_you_mean(label, sheet.references) or f'write "[{label}]: address" on a line of its own'
        sheet.collection.problem(places.at(offset), Rule.UNDEFINED_REFERENCE, message, hint)
    for offset, label in _notes(children):
        message = f"there is no footnote {shown(label)}, so readers see the brackets"
        hint = f'write "[^{label}]: text" on a line of its own'
        sheet.collection.problem(places.at(offset), Rule.UNDEFINED_FOOTNOTE, message, hint)


def _texts(children: Sequence[Token]) -> Iterator[Token]:
    """What is text, outside links: of what stands in one nothing can be a link."""
    depth = 0
    for token in children:
        if token.type in ("link_open", "link_close"):
            depth += token.nesting
        elif token.type == "text" and not depth:
            yield token


def _references(children: Sequence[Token]) -> Iterator[tuple[int, str]]:
    """The place and the label of each `[text][label]` and `[label][]`."""
    opened: list[tuple[Token, int]] = []
    for token in _texts(children):
        content, pos = token.content, token.meta.get("pos", 0)
        for bracket in _BRACKET.finditer(content):
            at = bracket.start()
            if bracket[0] == "[":
                opened.append((token, at))
                continue
            if not opened:
                continue
            opening, start = opened.pop()
            match = _LABEL.match(content, at)
            if not match or _is_indexed(opening.content, start):
                continue
            text = content[start + 1 : at] if opening is token else None
            label = match[1] or text or ""
            if not label.strip() or label.startswith("^") or (label.isdigit() and (text or "").isdigit()):
                continue
            yield (pos + match.start(1) if match[1] else opening.meta.get("pos", 0) + start + 1), label


def _is_indexed(content: str, start: int) -> bool:
    return start > 0 and bool(_INDEXED.match(content, start - 1))


def _notes(children: Sequence[Token]) -> Iterator[tuple[int, str]]:
    for token in _texts(children):
        for match in _NOTE.finditer(token.content):
            repeated = token.content[match.end() : match.end() + 1] in _REPEATED
            if not repeated and not _CHARACTERS.search(match[1]):
                yield token.meta.get("pos", 0) + match.start(), match[1]
