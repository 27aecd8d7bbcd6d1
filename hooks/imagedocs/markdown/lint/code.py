"""What word processors and translation do to code, and what breaks a command that is copied."""

import re
from collections.abc import Iterator

from imagedocs.markdown.lint.controls import control_findings
from imagedocs.markdown.lint.findings import Finding
from imagedocs.problems import Rule

POWERSHELL = frozenset(("azurepowershell", "posh", "powershell", "ps", "ps1", "pwsh"))
"""For it, typographic dashes and quotation marks and the spaces of other scripts are what they look like."""
SHELLS = frozenset(("azurecli", "bash", "bat", "cmd", "console", "dotnetcli", "fish", "sh", "shell", "zsh"))
DOCKER = frozenset(("docker", "dockerfile", "containerfile"))
_SLASHES = frozenset(
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
        "rust",
        "ts",
        "typescript",
    ]
)
_TEXTS = frozenset(("yaml", "yml"))
"""Where what is not between quotation marks is text too."""
_CODE = SHELLS | DOCKER | _SLASHES | _TEXTS | frozenset(("py", "python", "ruby", "sql"))

_WITHOUT_BACKSLASH = frozenset(("bat", "cmd"))
"""Where no command goes on behind a backslash."""
_WINDOWS_PATH = re.compile(r"\\\\|[A-Za-z]:\\|%\\")

_COMMENT_OF_SLASHES = re.compile(r"(?<!:)//|/\*|^\s*\*")
_COMMENT_OF_SQL = re.compile(r"--|/\*")
_COMMENT = re.compile(r"(?:^|(?<=\s))#|^\s*(?:@?rem\b|::)", re.IGNORECASE)
_CMDLET = re.compile(r"(?<![\w-])[A-Z][a-z]+-[A-Z]\w+")
"""`Get-Item`: the line is of PowerShell, whatever is said of its language."""

_DASH_OPTION = re.compile(r"(?<!\S)([\u2013\u2014])([A-Za-z][\w-]*)")
_QUOTES = re.compile("[\u201c\u201d\u201e\u2018\u2019\u00ab\u00bb]")
_OPENING_QUOTE = re.compile(
    "(?<=[=\\s(\\[{,:])[\u201c\u201d\u201e\u2018\u00ab](?=\\S)|^[\u201c\u201e\u2018\u00ab]"
)
_QUOTED_VALUE = re.compile(
    "[\\s-]{0,80}(?:[\\w.-]{1,80}:\\s{1,9})?[\u201c\u201e\u2018\u00ab].*[\u201c\u201d\u2019\u00bb]\\s*"
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
_SPACE = re.compile("[\u00a0\u3000\u202f]")
_INVISIBLE = re.compile("[\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]")
_TRAILING_SPACE = re.compile(r"(?<!\\)\\([ \t]+)$")
_LONGEST_LINE = 2000
"""No author has typed a longer one."""
_SEVEN = re.compile(r"(?:<{7}|>{7}) \S")


def code_findings(content: str, language: str) -> Iterator[Finding]:
    """In a block of code."""
    language = language.lower().removesuffix("-interactive")
    offset = 0
    continued = False
    for line in content.split("\n"):
        if (language in SHELLS or language in DOCKER) and language not in _WITHOUT_BACKSLASH:
            yield from _continuation(line, offset, continued=continued)
            continued = line.rstrip(" \t").endswith("\\") and not line.lstrip().startswith("#")
        yield from control_findings(line, offset)
        if not line.isascii():
            yield from _slips(line, offset, language)
        if _SEVEN.match(line):
            message = "this is the mark of a merge that was not finished"
            yield Finding(
                offset, offset + 7, Rule.MERGE_CONFLICT, message, "keep one side and delete the marks"
            )
        offset += len(line) + 1


def _slips(line: str, offset: int, language: str) -> Iterator[Finding]:
    """What a word processor has made of a line; it may do so in comments, and in text between quotation marks."""
    if language in _CODE or language in POWERSHELL:
        for match in _INVISIBLE.finditer(line):
            hint = "delete it"
            message = f"an invisible character stands in the code (U+{ord(match[0]):04X})"
            replacement = "" if match[0] in "\u200b\u2060\ufeff" else None
            yield Finding(
                offset + match.start(),
                offset + match.end(),
                Rule.INVISIBLE_CHARACTER,
                message,
                hint,
                replacement,
            )
    if language not in _CODE or _CMDLET.search(line):
        return
    comment = _comment(language).search(line)
    code = line[: comment.start()] if comment else line
    if language in SHELLS or language in DOCKER:
        yield from _options(code, offset)
    if language in _TEXTS:
        if _QUOTED_VALUE.fullmatch(code):
            yield from _quotes(code, offset)
        code = code[: len(code) - len(code.lstrip(" -\u00a0\u3000\u202f"))]  # where text has not begun
    else:
        yield from _quotes(code, offset)
    if language not in ("cs", "csharp"):  # which takes all of them for spaces
        yield from _spaces(code, offset)


def _comment(language: str) -> re.Pattern[str]:
    if language == "sql":
        return _COMMENT_OF_SQL
    return _COMMENT_OF_SLASHES if language in _SLASHES else _COMMENT


def code_span_findings(content: str) -> Iterator[Finding]:
    """In code within a line."""
    if not _CMDLET.search(content):
        yield from (found for found in _options(content, 0) if not _is_parameter(content[found.end :]))


def _is_parameter(text: str) -> bool:
    """Whether `text` begins as the parameters of PowerShell do: `ResourceGroupName`."""
    return text[:1].isupper() and text[1:2].islower()


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
    if (
        len(line) > _LONGEST_LINE
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


def _spaces(line: str, offset: int) -> Iterator[Finding]:
    open_quote = ""
    start = 0
    for match in _SPACE.finditer(line):
        for character in line[start : match.start()]:
            if character == open_quote:
                open_quote = ""
            elif not open_quote and character in "\"'":
                open_quote = character
        start = match.end()
        if not open_quote:
            message = f"a space that is none to a program stands in the code (U+{ord(match[0]):04X})"
            hint = "put an ordinary space"
            yield Finding(
                offset + match.start(), offset + match.end(), Rule.INVISIBLE_CHARACTER, message, hint, " "
            )


def _continuation(line: str, offset: int, *, continued: bool) -> Iterator[Finding]:
    match = _TRAILING_SPACE.search(line)
    if match and not _WINDOWS_PATH.search(line):
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
