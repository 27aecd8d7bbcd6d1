"""Files parsed: the tokens of a page or of what pages include, kept so that nothing is parsed twice."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from markdown_it.token import Token

from imagedocs.markdown.front_matter import read_front_matter
from imagedocs.markdown.sources import Source
from imagedocs.markdown.syntax.grammar import grammar
from imagedocs.markdown.syntax.lines import Lines, lines_of, split_front_matter
from imagedocs.markdown.syntax.tokens import Env, Notice, closings, notices
from imagedocs.problems import Position, Problem, Rule

MAX_CHARACTERS = 20_000_000
"""Of one file; a longer one is cut."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """A file's tokens. They are shared by all pages that include it, so nobody changes them."""

    lines: Lines
    tokens: tuple[Token, ...]
    ends: tuple[int, ...]
    """For each opening token the index of its closing one; for any other its own."""
    references: Mapping[str, Any]
    notices: tuple[Notice, ...]
    front_matter: Mapping[str, Any] = field(default_factory=dict[str, Any])
    problems: tuple[Problem, ...] = ()


_UNCLOSED = re.compile(r"-{3}[ \t]*\n[A-Za-z][\w.-]*:[ \t]")


def parse_blocks(source: Source, alerts: tuple[str, ...] = (), first_line: int | None = None) -> Fragment:
    """A whole file. With `first_line`, `source.text` is a body that begins there and has no front matter."""
    if first_line is None:
        header, body, first_line = split_front_matter(source.text[:MAX_CHARACTERS])
        front_matter, problems = read_front_matter(header, source.path)
        if header is None and _UNCLOSED.match(body):
            message = "nothing closes the metadata that begins here, so readers see it as text"
            hint = "write --- on a line of its own behind it"
            rule = Rule.YAML_HEADER_SYNTAX_ERROR
            problems = (Problem(Position(source.path, 1, 1), rule, message, hint),)
    else:
        _, body, _ = split_front_matter("\n" + source.text[:MAX_CHARACTERS])
        body = body[1:]
        front_matter, problems = cast("Mapping[str, Any]", {}), ()
    env: Env = {"alerts": alerts} if alerts else {}
    tokens = grammar().parse(body, env)
    return Fragment(
        lines_of(source, body, first_line),
        tuple(tokens),
        tuple(closings(tokens)),
        cast("Mapping[str, Any]", env.get("references", {})),
        notices(env),
        front_matter,
        problems,
    )


def parse_inline(source: Source) -> Fragment:
    """A file that is included within a line: its paragraphs, with inline syntax only."""
    header, body, first_line = split_front_matter(source.text[:MAX_CHARACTERS])
    _, problems = read_front_matter(header, source.path)
    tokens: list[Token] = []
    paragraph: list[str] = []
    for row, line in enumerate((*body.split("\n"), "")):
        if text := line.strip():
            paragraph.append(text)
        elif paragraph:
            tokens.append(_inline_token("\n".join(paragraph), row - len(paragraph), row))
            paragraph = []
    return Fragment(
        lines_of(source, body, first_line), tuple(tokens), tuple(range(len(tokens))), {}, (), {}, problems
    )


def _inline_token(content: str, first: int, end: int) -> Token:
    token = Token("inline", "", 0)
    token.content = content
    token.map = [first, end]
    md = grammar()
    token.children = md.inline.parse(content, md, {}, [])
    return token
