"""Put what templates render into Markdown that Python-Markdown reads with whatever extensions a site has.

Templates write elements around Markdown, alerts (`> [!NOTE]`) and paths from the docs folder on (`~/images/`).
Python-Markdown reads none of these without extensions that a site may lack. So each line that opens or closes an
element becomes a paragraph with a sign of ours, which the extension in `blocks` turns into the element.
"""

import json
import posixpath
import re
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser

from imagedocs.site_markdown.fences import outside_fences

_MARKER = re.compile(
    r"(?P<indent>[ \t]*)<!--[ \t]*imagedocs:[ \t]*(?P<what>[\w-]*)[ \t]*(?P<rest>[^\n]*?)[ \t]*-->[ \t]*"
)
_ELEMENT = re.compile(r"<(?P<name>div|article|details)\b(?P<attributes>[^>]*)>(?P<inner>.*)")
_END = re.compile(r"</(?P<name>div|article|details)>[ \t]*")
_ALERT = re.compile(r">[ \t]*\[!(?P<kind>[A-Z]+)\][ \t]*")
_ANCHOR = re.compile(r'<a id="(?P<id>[^"]*)"></a>[ \t]*')
_FROM_DOCS = re.compile(r"\]\(<~/(?P<path>[^>#]*)(?P<fragment>#[^>]*)?>\)")
_BLANK_LINES = re.compile(r"\n{3,}")
_TILDE = re.compile(r"\\~")

SIGN = "imagedocs:element:"
"""Beginning of a paragraph that stands for the beginning or the end of an element."""
END_SIGN = f"{SIGN}end"


@dataclass(frozen=True, slots=True)
class Marker:
    """Comment `<!-- imagedocs: list -->` on a line of its own, which stands for the list of images."""

    line: int
    """Number of its line, from 1."""
    column: int
    indent: str
    """Blanks before it, which every line in its place gets too."""
    what: str
    """First word: `list`."""
    form: str
    """Second word: one of the forms of the list, or empty."""


def find_markers(text: str) -> Iterator[Marker]:
    """Yield the markers of a page; those in blocks of code are text."""
    for number, line in outside_fences(text):
        if match := _MARKER.fullmatch(line):
            column = len(match["indent"]) + 1
            yield Marker(number, column, match["indent"], match["what"], match["rest"])


def put_in(text: str, replacements: Mapping[int, str]) -> str:
    """Return the text of a page with other text in place of some of its lines, which `replacements` numbers from 1."""
    lines = text.split("\n")
    for number, shown in replacements.items():
        indent = re.match(r"[ \t]*", lines[number - 1])
        before = indent[0] if indent else ""
        inner = "\n".join(f"{before}{line}" if line else "" for line in shown.strip("\n").split("\n"))
        lines[number - 1] = f"\n{inner}\n"
    return "\n".join(lines)


def style_sheet(address: str) -> str:
    """Return Markdown that makes a page load a style sheet, as HTML allows it within the page."""
    return "\n".join([*_sign("link", {"rel": "stylesheet", "href": address}), END_SIGN, ""])


def portable(text: str, place: str, label: Callable[[str], str]) -> str:
    """Return what a template rendered as Markdown for the page at the site path `place`.

    `label` gives the title of an alert by its kind, such as `NOTE`.
    """
    lines = deque([*_relative(text, place).split("\n"), ""])
    return _BLANK_LINES.sub("\n\n", "\n".join(_portable_lines(lines, label))).strip("\n") + "\n"


def _portable_lines(lines: deque[str], label: Callable[[str], str]) -> Iterator[str]:
    fence = ""
    while lines:
        line = lines.popleft()
        if fence or line.startswith("```"):
            if not fence:
                fence = line[: len(line) - len(line.lstrip("`"))]
            elif line.rstrip() == fence:
                fence = ""
            yield line
        elif (match := _ELEMENT.fullmatch(line)) and f"</{match['name']}>" not in match["inner"]:
            yield from _beginning(match)
        elif _END.fullmatch(line):
            yield from ("", END_SIGN, "")
        elif match := _ALERT.fullmatch(line):
            kind = match["kind"]
            yield from _sign("div", {"class": f"admonition {kind.lower()}"})
            yield from _sign("p", {"class": "admonition-title"})
            yield from (label(kind), "", END_SIGN, "")
            while lines and lines[0].startswith(">"):
                yield lines.popleft()[1:].removeprefix(" ")
            yield from ("", END_SIGN, "")
        else:
            yield _TILDE.sub("&#126;", line)


def _beginning(match: re.Match[str]) -> Iterator[str]:
    attributes = _attributes(f"<{match['name']}{match['attributes']}>")
    anchor = _ANCHOR.fullmatch(match["inner"])
    yield from _sign(match["name"], attributes)
    if anchor:
        yield from _sign("span", {"id": anchor["id"]})  # MkDocs wants an address of every <a>
        yield from (END_SIGN, "")
    elif match["inner"].strip():
        yield from (match["inner"], "")


def _sign(name: str, attributes: Mapping[str, str]) -> Iterator[str]:
    # Hexadecimal, so that nothing in it is Markdown to any extension.
    told = json.dumps([name, attributes], ensure_ascii=False).encode().hex()
    yield from ("", f"{SIGN}{told}", "")


class _Attributes(HTMLParser):
    found: Mapping[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found = {name: value or "" for name, value in attrs}


def _attributes(tag: str) -> Mapping[str, str]:
    parser = _Attributes()
    parser.feed(tag)
    return parser.found


def _relative(text: str, place: str) -> str:
    """Return the text with links from the page at `place` in place of those from the docs folder on."""
    here = posixpath.dirname(place)

    def link(match: re.Match[str]) -> str:
        target = posixpath.relpath(match["path"], here or ".")
        return f"](<{target}{match['fragment'] or ''}>)"

    return _FROM_DOCS.sub(link, text)
