"""What word processors and translation do to code, and what breaks a command that is copied."""

import re
from collections.abc import Iterator

from imagedocs.markdown.findings import Finding
from imagedocs.problems import Rule

SHELLS = frozenset(
    [
        "azurecli",
        "bash",
        "bat",
        "cmd",
        "console",
        "dotnetcli",
        "fish",
        "powershell",
        "azurepowershell",
        "pwsh",
        "sh",
        "shell",
        "zsh",
    ]
)
DOCKER = frozenset(("docker", "dockerfile", "containerfile"))
_CODE = (
    SHELLS
    | DOCKER
    | frozenset(
        [
            "c",
            "cpp",
            "cs",
            "csharp",
            "css",
            "go",
            "java",
            "javascript",
            "js",
            "json",
            "jsonc",
            "py",
            "python",
            "ruby",
            "rust",
            "sql",
            "ts",
            "typescript",
            "yaml",
            "yml",
        ]
    )
)

_DASH_OPTION = re.compile(r"(?<!\S)([\u2013\u2014])([A-Za-z][\w-]*)")
_QUOTES = re.compile("[\u201c\u201d\u201e\u2018\u2019\u00ab\u00bb]")
_OPENING_QUOTE = re.compile(
    "(?<=[=\\s(\\[{,:])[\u201c\u201d\u201e\u2018\u00ab](?=\\S)|^[\u201c\u201e\u2018\u00ab]"
)
_STRAIGHT = {
    "\u201c": '"',
    "\u201d": '"',
    "\u201e": '"',
    "\u2018": "'",
    "\u2019": "'",
    "\u00ab": '"',
    "\u00bb": '"',
}
_INVISIBLE = re.compile("[\u00a0\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069\u3000\u202f]")
_TRAILING_SPACE = re.compile(r"(?<!\\)\\([ \t]+)$")
_LONGEST_LINE = 2000
"""No author has typed a longer one."""
_SEVEN = re.compile(r"(?:<{7}|>{7}) \S")


def code_findings(content: str, language: str) -> Iterator[Finding]:
    """In a block of code."""
    language = language.lower()
    offset = 0
    continued = False
    for line in content.split("\n"):
        if language in SHELLS or language in DOCKER:
            yield from _options(line, offset)
            yield from _continuation(line, offset, continued=continued)
            continued = line.rstrip(" \t").endswith("\\") and not line.lstrip().startswith("#")
        if language in _CODE:
            yield from _quotes(line, offset)
            yield from _invisible(line, offset)
        if _SEVEN.match(line):
            message = "this is the mark of a merge that was not finished"
            yield Finding(
                offset, offset + 7, Rule.MERGE_CONFLICT, message, "keep one side and delete the marks"
            )
        offset += len(line) + 1


def code_span_findings(content: str) -> Iterator[Finding]:
    """In code within a line."""
    yield from _options(content, 0)


def _options(line: str, offset: int) -> Iterator[Finding]:
    for match in _DASH_OPTION.finditer(line):
        dashes = "-" if match[1] == "\u2013" and len(match[2]) == 1 else "--"
        yield Finding(
            offset + match.start(1),
            offset + match.end(1),
            Rule.TYPOGRAPHIC_CODE,
            f"{match[0]} begins with a typographic dash, which no program takes for an option",
            f'write "{dashes}{match[2]}"',
            dashes if dashes == "-" else None,
        )


def _quotes(line: str, offset: int) -> Iterator[Finding]:
    if len(line) > _LONGEST_LINE:
        return
    comment = line.lstrip().startswith(("#", "//", "--", "*", "/*"))
    if (
        comment
        or not _OPENING_QUOTE.search(line)
        or re.search("[\"'`].*[\u201c\u2018\u201e\u00ab].*[\"'`]", line)
    ):
        return  # typographic quotes inside of straight ones are text
    for match in _QUOTES.finditer(line):
        yield Finding(
            offset + match.start(),
            offset + match.end(),
            Rule.TYPOGRAPHIC_CODE,
            f"{match[0]} is a typographic quotation mark, which is none to a program",
            f"write {_STRAIGHT[match[0]]}",
            _STRAIGHT[match[0]],
        )


def _invisible(line: str, offset: int) -> Iterator[Finding]:
    for match in _INVISIBLE.finditer(line):
        space = match[0] in "\u00a0\u3000\u202f"
        what = "a space that is none to a program" if space else "an invisible character"
        yield Finding(
            offset + match.start(),
            offset + match.end(),
            Rule.INVISIBLE_CHARACTER,
            f"{what} stands in the code (U+{ord(match[0]):04X})",
            "put an ordinary space" if space else "delete it",
            " " if space else "" if match[0] in "\u200b\u2060\ufeff" else None,
        )


def _continuation(line: str, offset: int, *, continued: bool) -> Iterator[Finding]:
    if match := _TRAILING_SPACE.search(line):
        yield Finding(
            offset + match.start(1),
            offset + match.end(1),
            Rule.CONTINUATION_GAP,
            "a space behind the last backslash ends the command here",
            "delete it",
            "",
        )
    if continued and not line.strip():
        message = "an empty line behind a backslash ends the command, or will"
        yield Finding(
            offset, offset + len(line), Rule.CONTINUATION_GAP, message, "delete the line, or the backslash"
        )
