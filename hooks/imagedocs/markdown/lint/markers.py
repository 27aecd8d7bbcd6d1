"""Look for markers that were printed: syntax of Learn, Markdig, Material for MkDocs and the like that came out as text.

What is looked through is the plain text of a block as it was rendered. Code and escaped characters are left out of it, so
a page may write of a marker in back-ticks, behind a backslash or between quotation marks.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from markdown_it.token import Token

from imagedocs.markdown.lint.findings import Finding
from imagedocs.markdown.lint.marker_forms import END, FORMS, FORMULAS, OTHER, START
from imagedocs.problems import Rule
from imagedocs.suggestions import shown

_SIGNS = re.compile(
    r"[{^~]|\*\*|==|\+\+|8<-|:::|\[[!\[=T]|!\]|!!!|\?\?\?|///|\$\$|\*\[|\]\(|\)\[|:[a-z0-9_+-]+:|\\[(\[]"
)
"""What every form has one of, and most texts have none of."""
_QUOTES = ("\"'“”„«‚‘‹「『《", "\"'”“»’‘›」』》")
"""What opens and closes the naming of a marker."""
_CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")
_OPENS = re.compile(r"(:::|/{3})[ \t:/]*\{?([A-Za-z][\w-]*)")
_CLOSES = re.compile(r"^(:::|/{3})[:/]*[ \t]*$", re.MULTILINE)
_SNIPPETS = re.compile(r"\s*(?:-+8<-+[ \t]+[\"'][^\"'\n]+[\"'][ \t]*\s*)+")
_BARE_SNIPPET = re.compile(r";?-+8<-+")
_BOLD = re.compile(r"\*\*(?![\s*])[^*\n]{1,200}(?<!\s)\*\*")
_MOST = 100
"""Number of markers in a block, from which on no more are looked for."""
_TEXTS = frozenset(("", "console", "html", "jinja", "markdown", "md", "output", "plaintext", "text", "txt"))
"""Languages of code that may be about the marker itself."""
_INDENTS = re.compile(r"(?:^|\n)(?:={3}[!+]{0,2}[ \t]*[\"“”']|!{3}|\?{3}|:{3}|/{3})[^\n]*\Z")


def may_have_markers(source: str) -> bool:
    """Return whether a block's source has a sign of any marker."""
    return _SIGNS.search(source) is not None


def marker_findings(
    source: str, children: Sequence[Token], opened: Counter[str], contents: str = "[TOC]"
) -> Iterator[Finding]:
    """Yield the markers in a block that was rendered from the children of its source. `opened` counts what the markers
    of the page so far would have opened, so that what ends it is the same mistake."""
    if source.strip() == contents:  # in its place comes the list of headings
        return
    text = ""
    starts: list[int] = []
    positions: list[int] = []
    for token in children:
        piece, position = _piece(token), token.meta.get("pos", 0)
        if piece:
            starts.append(len(text))
            positions.append(position)
            text += piece
    for start, end, reason, hint in _find(text, opened):
        number = bisect_right(starts, start) - 1
        last = bisect_right(starts, end - 1) - 1
        first = positions[number] + start - starts[number]
        behind = max(first + 1, positions[last] + end - starts[last])
        yield Finding(first, behind, Rule.LITERAL_MARKUP, _message(source[first:behind], reason), hint)


def html_findings(text: str, opened: Counter[str]) -> Iterator[Finding]:
    """Yield the markers in text between the tags of an HTML block, where no Markdown is read."""
    if may_have_markers(text):
        plain = _CODE.sub(lambda match: OTHER * len(match[0]), text)
        for start, end, reason, hint in _find(plain, opened):
            hint += "; in HTML, Markdown begins behind an empty line"
            yield Finding(start, end, Rule.LITERAL_MARKUP, _message(text[start:end], reason), hint)
        for match in islice(_BOLD.finditer(plain), _MOST):
            start, end = match.span()
            message = _message(text[start:end], "in HTML, Markdown begins behind an empty line")
            hint = f'write "<strong>{text[start + 2 : end - 2]}</strong>"'
            yield Finding(start, end, Rule.LITERAL_MARKUP, message, hint)


def snippet_findings(content: str, language: str) -> Iterator[Finding]:
    """Yield a finding for a block of code that is nothing but markers which take in files elsewhere."""
    if "8<-" in content and language.lower() not in _TEXTS and _SNIPPETS.fullmatch(content):
        start = len(content) - len(content.lstrip())
        first = content.strip().partition("\n")[0].rstrip()
        path = first.strip("-8< \t\"'")
        message = _message(first, "no file is taken in by it here")
        hint = f'write "[!code-{language}[]({path})]" in place of the block of code'
        yield Finding(start, start + len(first), Rule.LITERAL_MARKUP, message, hint)


def explains_indent(content: str) -> bool:
    """Return whether a paragraph ends with a marker whose text is indented elsewhere, and is code here."""
    return _INDENTS.search(content) is not None


def _piece(token: Token) -> str:
    """Return what a reader sees of a token, or what stands for it. A backslash before a letter escapes nothing."""
    if token.type == "text" or (token.type == "text_special" and token.content == token.markup):
        return token.content
    if token.type in ("softbreak", "hardbreak"):
        return "\n"
    if token.type == "text_special":
        return FORMULAS.get(token.markup, OTHER)
    if token.nesting:
        return END if token.nesting < 0 else START
    return OTHER


def _find(text: str, opened: Counter[str]) -> Iterator[tuple[int, int, str, str]]:
    """Yield the start, the end, the reason and the hint of each marker, in order."""
    found: dict[int, tuple[int, str, str]] = {}
    starts: list[int] = []
    for form in FORMS:
        if form.sign not in text:
            continue
        for match in form.pattern.finditer(text):
            if len(found) == _MOST:
                break
            start, end = match.span()
            number = bisect_right(starts, start)
            reaches_in = number > 0 and found[starts[number - 1]][0] > start
            if reaches_in or (number < len(starts) and starts[number] < end):
                continue  # another form has it
            if _is_named(text, start, end) or not form.fits(match):
                continue
            starts.insert(number, start)
            found[start] = (end, form.reason, form.hint(match))
    for close in islice(_CLOSES.finditer(text), _MOST):
        found.setdefault(close.start(), (close.end(), "it ends nothing", "delete it"))
    for start, (end, reason, hint) in sorted(found.items()):
        if not _ends_another(text[start:end], opened):
            yield start, end, reason, hint


def _message(marker: str, reason: str) -> str:
    return f"readers see {shown(' '.join(marker.split()), 40)} as it is written: {reason}"


def _is_named(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return bool(before and after) and before in _QUOTES[0] and after in _QUOTES[1]


def _ends_another(marker: str, opened: Counter[str]) -> bool:
    """Return whether a marker ends what one before it would have opened; note what it opens."""
    opening, close = _OPENS.match(marker), _CLOSES.match(marker)
    if opening:
        sign, name = opening[1], opening[2].lower()
        if not name.endswith("-end"):
            opened[sign + name] += 1
            opened[sign] += "." not in marker.split()[-1]
            return False
        is_open = opened[sign + name.removesuffix("-end")] > 0
        opened[sign + name.removesuffix("-end")] -= is_open
    elif close:
        sign = close[1]
        is_open = sign == "///" or opened[sign] > 0
    elif _BARE_SNIPPET.fullmatch(marker):
        sign = "8<"
        is_open = opened[sign] > 0
        opened[sign] += not is_open
    else:
        return False
    opened[sign] -= is_open and opened[sign] > 0
    return is_open
