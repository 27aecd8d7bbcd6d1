"""Slips of the keyboard and of translation in running text, which leave syntax visible to readers."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from markdown_it.token import Token

from imagedocs.markdown.lint.controls import control_findings
from imagedocs.markdown.lint.findings import Finding
from imagedocs.markdown.syntax.quotes import ALERTS
from imagedocs.problems import Rule

_TRANSLATED_ALERTS = {
    "NOTA": "NOTE", "HINWEIS": "NOTE", "REMARQUE": "NOTE", "ANMERKUNG": "NOTE", "メモ": "NOTE", "注": "NOTE", "注意": "NOTE",
    "备注": "NOTE", "CONSEJO": "TIP", "SUGERENCIA": "TIP", "TIPP": "TIP", "CONSEIL": "TIP", "DICA": "TIP",
    "SUGGERIMENTO": "TIP", "ヒント": "TIP", "提示": "TIP", "ADVERTENCIA": "WARNING", "AVISO": "WARNING", "WARNUNG": "WARNING",
    "AVERTISSEMENT": "WARNING", "AVVISO": "WARNING", "警告": "WARNING", "IMPORTANTE": "IMPORTANT", "WICHTIG": "IMPORTANT",
    "ACHTUNG": "CAUTION", "重要": "IMPORTANT", "PRECAUCIÓN": "CAUTION", "PRECAUCION": "CAUTION", "VORSICHT": "CAUTION",
    "CUIDADO": "CAUTION", "ATTENTION": "CAUTION", "ATTENZIONE": "CAUTION", "小心": "CAUTION",
}  # fmt: skip
_ALERT = re.compile(
    r"[\[［]\s{0,3}[!¡！]\s{0,3}([^\W\d_]{1,20})\s{0,3}[!！]?\s{0,3}[\]］](?![(（\[:])([ \t]*)"
)
_FORMER_ALERT = re.compile(rf"\[AZURE\.({'|'.join(ALERTS)})\]")
"""As articles had it until 2016; copies of them still have."""

_BARE_ALERT = re.compile(rf"(?:!|\[|\(!?)({'|'.join(ALERTS)})[\])]?[ \t]*(?=\n|\Z)")
"""Without a bracket or its exclamation mark, alone on its line."""

_SPACED_LINK = re.compile(
    r"\][ \t\u00a0\u3000]{1,3}\(((?:https?://|\.{0,2}/|#|~/|[\w./-]+\.md\b)[^\s()]{0,300})\)"
)
_SPACED_ADDRESS = re.compile(
    r"""\]\([ \t]{0,9}((?:[^\s()<>"']{1,200}[ \t]+){1,8}[^\s()<>"']{1,200})([ \t]+(?:"[^"\n]{0,300}"|'[^'\n]{0,300}'))?[ \t]{0,9}\)"""
)
_ADDRESS = re.compile(
    r"(?:https?://|\.{0,2}/|#|~/)|.*\.(?:md|png|jpe?g|gif|svg|webp|pdf|html?|ya?ml|json|py|txt)(?:[?#].*)?$",
    re.IGNORECASE,
)
"""How what stands in brackets begins or ends that is meant as an address."""
_WIDE_LINK = re.compile(
    r"\]\s?[（(]((?:https?://|\.{0,2}/|#|~/|[\w./-]+\.(?:md|png|jpe?g|gif|svg)\b)[^\s()（）]{0,300})[）)]"
)
_WIDE_CHARACTERS = frozenset("（）")
_HEADING = re.compile(r"(#{1,6})(?=[^\W\d_])(?!include\b|define\b|if|endif|region|endregion|pragma|error\b)")
_MARKER = re.compile(
    rf"\[!(?:{'|'.join(ALERTS)}|div\b[^\]\n]{{0,200}}|VIDEO [^\]\n]{{1,500}})\](?=\n|$)", re.IGNORECASE
)
_NO_INCLUDE = re.compile(r"\[(?:!include\b|AZURE\.INCLUDE(?= ))", re.IGNORECASE)
_STARS = re.compile(r"(?<![*/\\])\*\*(?![*/])")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069\u2028\u2029]")
_CONFLICT = re.compile(r"^(?:<{7}|>{7}) (?=\S)", re.MULTILINE)


def quote_findings(content: str, *, in_alert: bool = False) -> Iterator[Finding]:
    """In the first paragraph of a quote: a marker that is almost an alert's."""
    former = _FORMER_ALERT.match(content)
    if former:
        message = f"{former[0]} is no alert any more, so readers see it as text"
        hint = f'write "[!{former[1]}]" alone on its line and the text on the next'
        yield Finding(0, former.end(), Rule.UNKNOWN_ALERT, message, hint)
    bare = _BARE_ALERT.match(content)
    if bare and not in_alert:
        message = f"{bare[0].rstrip()} is no alert, so readers see it as text"
        yield Finding(0, bare.end(), Rule.UNKNOWN_ALERT, message, f'write "[!{bare[1]}]"', f"[!{bare[1]}]")
    match = _ALERT.match(content)
    if not match:
        return
    start, end = match.start(), match.start(2)
    marker, word = content[start:end], match[1].upper()
    kind = word if word in ALERTS else _TRANSLATED_ALERTS.get(word, "")
    alone = content[match.end() : match.end() + 1] in ("", "\n")
    if kind and not (
        marker == f"[!{match[1]}]" and word in ALERTS
    ):  # else something else keeps it from being one
        hint = f'write "[!{kind}]": its label is translated by itself'
        if in_alert:
            hint = "delete it: the box has its label"
        elif not alone:
            hint = f'write "[!{kind}]" alone on its line and the text on the next'
        message = f"{marker} is no alert, so readers see it as text"
        replacement = f"[!{kind}]" if alone and not in_alert else None
        yield Finding(start, end, Rule.UNKNOWN_ALERT, message, hint, replacement)
    elif not kind and alone and not in_alert:
        close = get_close_matches(word, ALERTS, 1, 0.7)
        hint = f'did you mean "[!{close[0]}]"?' if close else f"write one of {', '.join(ALERTS)}"
        message = f"there is no alert {marker}, so readers see it as text"
        yield Finding(start, end, Rule.UNKNOWN_ALERT, message, hint)


def _texts(children: Sequence[Token]) -> Iterator[tuple[int, str]]:
    depth = 0
    for token in children:
        if token.type == "link_open":
            depth += 1
        elif token.type == "link_close":
            depth -= 1
        elif token.type == "text" and token.content and not depth:
            yield token.meta.get("pos", 0), token.content


def inline_findings(content: str, children: Sequence[Token]) -> Iterator[Finding]:
    """In the text of a paragraph, a heading or a cell."""
    if "]" in content:
        for pos, text in _texts(children):
            includes = [*_NO_INCLUDE.finditer(text)]
            if "]" in text and not includes:
                yield from _links(pos, text)
                yield from _spaced_addresses(pos, text, content)
            for match in includes:
                message = "this takes in no file, so readers see it as text"
                hint = 'write "[!INCLUDE [title](path)]"'
                yield Finding(pos + match.start(), pos + match.end(), Rule.INCLUDE_INVALID, message, hint)
    if "**" in content:
        yield from _literal_emphasis(children)
    if "<<<<<<<" in content or ">>>>>>>" in content:
        for match in _CONFLICT.finditer(content):
            message = "this is the mark of a merge that was not finished"
            hint = "keep one side and delete the marks"
            yield Finding(match.start(), match.start() + 7, Rule.MERGE_CONFLICT, message, hint)
    yield from control_findings(content)
    if not content.isascii():
        for pos, text in _texts(children) if "\ufffd" in content else ():
            if "\ufffd" in text:
                yield _lost(pos + text.index("\ufffd"))
        for match in _INVISIBLE.finditer(content):
            yield _invisible(match.start(), match[0])


def paragraph_findings(content: str, children: Sequence[Token]) -> Iterator[Finding]:
    """In a paragraph as a whole."""
    marker = _MARKER.match(content)
    if marker:
        message = f"{marker[0]} stands in no quote, so readers see it as text"
        hint = 'write "> " before it and before each line that belongs to it'
        yield Finding(0, marker.end(), Rule.INVALID_NOTE_SECTION, message, hint)
    match = _HEADING.match(content)
    if match and children and children[0].type == "text" and "\n" not in content:
        yield Finding(
            0,
            match.end(),
            Rule.HEADING_SPACE,
            "a heading needs a space behind its #",
            f'write "{match[0]} "',
            f"{match[0]} ",
        )


def _links(pos: int, text: str) -> Iterator[Finding]:
    for match in _SPACED_LINK.finditer(text):
        yield Finding(
            pos + match.start(),
            pos + match.end(),
            Rule.LINK_SPACE,
            "a space stands between ] and (, so this is no link",
            f'write "]({match[1]})"',
            f"]({match[1]})",
        )
    for match in _WIDE_LINK.finditer(text):
        if _WIDE_CHARACTERS.intersection(match[0]):
            yield Finding(
                pos + match.start(),
                pos + match.end(),
                Rule.FULL_WIDTH_BRACKETS,
                "a link has full-width brackets, so it is none",
                f'write "]({match[1]})"',
                f"]({match[1]})",
            )


def _spaced_addresses(pos: int, text: str, content: str) -> Iterator[Finding]:
    """In a run of text at `pos` of a block's `content`: a part of the address may be a link of its own."""
    begin = -1
    while (begin := text.find("](", begin + 1)) >= 0:
        match = _SPACED_ADDRESS.match(content, pos + begin)
        if match is None or not _ADDRESS.match(match[1]):
            continue
        address, title = match[1], match[2] or ""
        right = f"](<{address}>{title})"
        if address.startswith("#"):  # no anchor has a space
            right = f"]({'-'.join(address.lower().split())}{title})"
        is_file = not address.startswith(("#", "http"))
        yield Finding(
            match.start(),
            match.end(),
            Rule.LINK_SPACE,
            "a space stands in the address, so this is no link",
            f'write "{right}"',
            right if is_file else None,
        )


def _literal_emphasis(children: Sequence[Token]) -> Iterator[Finding]:
    """`**` that opened or closed nothing. One of a pair may be meant: an arithmetic operator, a pattern."""
    found = [
        (token.meta.get("pos", 0) + match.start(), token.content, match)
        for token in children
        if token.type == "text" and "**" in token.content
        for match in _STARS.finditer(token.content)
    ]
    if len(found) < 2 and not any(_is_beside_letter(text, match) for _, text, match in found):
        return
    for start, _, _ in found[:1]:
        yield Finding(
            start,
            start + 2,
            Rule.LITERAL_EMPHASIS,
            "readers see this ** as it stands: it neither opens nor closes bold text",
            "put punctuation outside the **, and no space inside: **word**: text",
        )


def _is_beside_letter(text: str, match: re.Match[str]) -> bool:
    before = text[match.start() - 1 : match.start()]
    behind = text[match.end() : match.end() + 1]
    return before.isalpha() != behind.isalpha()


def _lost(start: int) -> Finding:
    return Finding(
        start,
        start + 1,
        Rule.REPLACEMENT_CHARACTER,
        "a character was lost here when the text was read in another encoding, so readers see \ufffd",
        "write the character",
    )


def _invisible(start: int, character: str) -> Finding:
    name = unicodedata.name(character, f"U+{ord(character):04X}").lower()
    return Finding(
        start,
        start + 1,
        Rule.INVISIBLE_CHARACTER,
        f"an invisible character stands here: {name} (U+{ord(character):04X})",
        "delete it",
        "" if character in "\u200b\u2060\ufeff" else None,
    )
