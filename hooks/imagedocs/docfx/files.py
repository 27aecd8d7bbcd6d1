"""What is read of a documentation set's files, whichever locale's folder they lie in."""

import json
import re
from dataclasses import dataclass

from imagedocs.markdown.sources import Source
from imagedocs.problems import Position, Problem, Rule
from imagedocs.yaml.nodes import Node, read_yaml

_SURROGATES = re.compile(r"(?<!\\)((?:\\\\)*)(\\u[dD][89abAB][0-9A-Fa-f]{2}\\u[dD][c-fC-F][0-9A-Fa-f]{2})")
"""How JSON escapes a character beyond U+FFFF; YAML has no such form."""

_STRING = r'"(?:[^"\\\n]|\\.)*+"?'
_COMMENT = re.compile(rf"({_STRING})|//[^\n]*|/\*.*?(?:\*/|\Z)", re.DOTALL)
_LAST_COMMA = re.compile(rf"({_STRING}|[\w}}\]])(\s*),(?=\s*[}}\]])|({_STRING})", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Written:
    """A value, and where it stands."""

    value: str
    position: Position


def read_tree(source: Source) -> tuple[Node | None, tuple[Problem, ...]]:
    """The content of a YAML or JSON file with positions, and what is wrong with it."""
    if source.problems:
        return None, source.problems
    if not source.path.endswith(".json"):
        return read_yaml(source.path, source.text)
    text = _strict(source.text)
    try:
        json.loads(text, parse_int=str)
    except json.JSONDecodeError as error:
        place = Position(source.path, error.lineno, error.colno)
        message = f"is not JSON: {error.msg[:1].lower()}{error.msg[1:]}"
        return None, (Problem(place, Rule.JSON_SYNTAX, message),)
    except RecursionError:
        return None, (Problem(Position(source.path), Rule.JSON_SYNTAX, "is nested too deeply"),)
    return read_yaml(source.path, _SURROGATES.sub(_character, text))


def _strict(text: str) -> str:
    """`text` with blanks for what docfx takes and JSON does not have: comments, and a comma behind the last
    entry."""
    text = _COMMENT.sub(lambda match: match[1] or re.sub(r"[^\n]", " ", match[0]), text)
    return _LAST_COMMA.sub(lambda match: match[3] or f"{match[1]}{match[2]} ", text)


def _character(escaped: re.Match[str]) -> str:
    text: str = json.loads(f'"{escaped[2]}"')
    return escaped[1] + text
