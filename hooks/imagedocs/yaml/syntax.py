"""Say what is wrong with the syntax of a YAML file, and where."""

from typing import Final

import yaml
from yaml.reader import ReaderError

from imagedocs.findings import Findings, Placed, conflict
from imagedocs.problems import Position, Rule
from imagedocs.suggestions import shown
from imagedocs.yaml.causes import find_cause

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
    "did not find expected comment or line break": "put the text in quotes, or on the next line, indented",
    "found unknown escape character": "use single quotes for text with backslashes",
}


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
    if mark is not None and (cause := find_cause(text, mark.line)):
        findings.add(
            Position(findings.path, cause.line, cause.column), Rule.YAML_SYNTAX, cause.message, cause.hint
        )
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
