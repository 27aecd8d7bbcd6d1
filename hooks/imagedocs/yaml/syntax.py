"""Say what is wrong with the syntax of a YAML file, and where."""

import re
import unicodedata
from typing import Final

import yaml
from yaml.reader import ReaderError

from imagedocs.findings import Findings, Placed, conflict
from imagedocs.problems import Position, Rule
from imagedocs.suggestions import shown

MAX_DEPTH: Final = 32
TOO_DEEP: Final = (f"more than {MAX_DEPTH} nested levels", "write it with fewer levels")


def position_of(mark: Placed | None, path: str) -> Position:
    """Return the place of a parser's mark."""
    return Position(path) if mark is None else Position(path, mark.line + 1, mark.column + 1)


def add_character(text: str, at: int, findings: Findings) -> None:
    """Report a character of the text that no YAML file may hold."""
    where = Position(findings.path, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
    message = f"the character U+{ord(text[at]):04X} is not allowed in YAML"
    findings.add(where, Rule.YAML_SYNTAX, message, "remove it")


_BEGUN_EARLIER = (
    "found unexpected end of stream",
    "did not find expected ',' or ']'",
    "did not find expected ',' or '}'",
)
"""Of these, libyaml names the place where it gave up; the author looks for the place where it began."""

_HINTS = {
    "found character that cannot start any token": "put the text in quotes; indent with spaces, not tabs",
    "mapping values are not allowed in this context": "put text with a colon and a space in quotes, or check the indent",
    "found unexpected end of stream": "close the quote",
    "did not find expected ',' or ']'": "close the list with ]",
    "did not find expected ',' or '}'": "close the mapping with }",
    "did not find expected key": "check the indent of this line and of the one before",
    "did not find expected '-' indicator": "check the indent of this line and of the one before",
    "found unknown escape character": "use single quotes for text with backslashes",
}


_ODD_SPACE = re.compile(
    r"[ ]*(?:- +)*[\w.-]+(?::([\u00a0\u2000-\u200b\u202f\u205f\u3000\ufeff])|([\uff1a\ufe55\u2236]))"
)
"""A key, and behind it a space that YAML takes for a letter, or a look-alike of the colon."""
_OPENED = re.compile(r"""[ ]*(?:- +)*[\w.-]+:[ ]+(?:"[^"]*|'[^']*)$""")
_KEY = re.compile(r"[ ]*(?:- +)*[\w.-]+:(?: |$)")


def _add_cause(text: str, last: int, findings: Findings) -> bool:
    """Report what the author did where the parser only sees what follows from it; `last` is the line it gave up on."""
    lines = text.split("\n")
    for number, line in enumerate(lines[: last + 1]):
        line = line.rstrip("\r")
        if match := _ODD_SPACE.match(line):
            at = match.start(1) if match[1] else match.start(2)
            name = unicodedata.name(line[at], "no name").lower()
            where = Position(findings.path, number + 1, at + 1)
            message = f"the character U+{ord(line[at]):04X} ({name}) stands "
            message += "behind the colon" if match[1] else "where a colon is meant"
            hint = "write a space instead" if match[1] else 'write ": " instead'
            findings.add(where, Rule.YAML_SYNTAX, message, hint)
            return True
        if _OPENED.match(line) and number + 1 < len(lines) and _KEY.match(lines[number + 1]):
            at = re.search(r": +[\"']", line)
            column = at.end() if at else 1
            where = Position(findings.path, number + 1, column)
            message = "a quote is opened here and not closed on this line"
            findings.add(where, Rule.YAML_SYNTAX, message, f"write {line[column - 1]} at its end")
            return True
    return False


def add_syntax_problem(
    error: yaml.YAMLError, text: str, findings: Findings, what: str, start: str = ""
) -> None:
    """Report what the parser says of the text of a document, named `what`, in a message that begins with `start`."""
    if left := conflict(findings.path, text):
        findings.add(left, Rule.YAML_SYNTAX, "a merge left a conflict here", "keep one of the two sides")
        return
    if isinstance(error, ReaderError):
        add_character(text, int(error.position), findings)
        return
    mark = getattr(error, "problem_mark", None)
    if mark is not None and _add_cause(text, mark.line, findings):
        return
    problem = getattr(error, "problem", None) or "the file cannot be read"
    # The parser in Python words some of these otherwise.
    problem = str(problem).partition(", but ")[0]
    problem = said if (said := f"did not find {problem}") in _HINTS else problem
    if problem in _BEGUN_EARLIER:
        mark = getattr(error, "context_mark", None) or mark
    where = position_of(mark, findings.path)
    if "nesting depth" in problem:  # PyYAML since 6.0.4 has a limit of its own, and scans ahead to it
        limit, hint = TOO_DEEP
        findings.add(where, Rule.YAML_SYNTAX, f"{what} has {limit}", hint)
        return
    context = getattr(error, "context", None)
    message = shown(f"{context}: {problem}" if context else problem, 200)[1:-1]
    findings.add(where, Rule.YAML_SYNTAX, f"{start}{message}", _HINTS.get(problem, ""))
