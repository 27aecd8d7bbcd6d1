"""Problems that an author chose to live with: `<!-- imagedocs-ignore rule, rule: reason -->` in Markdown and
`# imagedocs-ignore rule: reason` in YAML.

With something before it on its line, an ignore is for that line, else for the block that follows it. The
reason is required, and an ignore that ignores nothing is itself a problem.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from imagedocs.markdown.document import Comment, Document, TextKind
from imagedocs.problems import Position, Problem, Rule
from imagedocs.retired import retired_rule
from imagedocs.suggestions import did_you_mean, shown

_WORD = "imagedocs-ignore"
_INSTRUCTION = re.compile(rf"{_WORD}[\w-]*")
_RULE = re.compile(r"[^\s,]+")
_YAML_COMMENT = re.compile(rf"(?:^|(?<=\s))#[ \t]*(?={_WORD})")
_MARKERS = " \t>*+-|"
"""What may stand before an ignore that is for the next block: the prefix of a quote, a list or a table."""
_LONGEST_BLOCK = 2000
"""In lines; a block without a blank line that is longer is none that a person wrote."""

_RULES = {rule.label: rule for rule in Rule}


@dataclass(frozen=True, slots=True)
class Ignore:
    """One rule that is ignored on some lines of a file."""

    rule: Rule
    position: Position
    """Of the rule's name."""
    first: int
    last: int


def apply_ignores(
    problems: Iterable[Problem],
    documents: Iterable[Document],
    read_line: Callable[[str, int], str | None],
    yaml_files: Mapping[str, str] | None = None,
    ran: Collection[Rule] | None = None,
) -> tuple[Problem, ...]:
    """The problems that no ignore is for, and those of the ignores themselves, sorted.

    `read_line` gives a line of a file, `yaml_files` the texts of YAML files by path. `ran` names the rules
    that this run looked for (`None`: all): an ignore of another rule is not unused.
    """
    ignores: dict[Ignore, None] = {}
    left: dict[Problem, None] = {}
    for found in (*_in_documents(documents, read_line), *_in_yaml(yaml_files or {})):
        if isinstance(found, Ignore):
            ignores[found] = None
        else:
            left[found] = None
    by_place: defaultdict[tuple[str, Rule], list[Ignore]] = defaultdict(list)
    for ignore in ignores:
        by_place[ignore.position.path, ignore.rule].append(ignore)
    used: set[Ignore] = set()
    for problem in problems:
        path, line = problem.position.path, problem.position.line
        matching = [i for i in by_place.get((path, problem.rule), ()) if i.first <= line <= i.last]
        if matching:
            used.update(matching)
        else:
            left[problem] = None
    for ignore in ignores:
        if ignore not in used and (ran is None or ignore.rule in ran):
            left[_unused(ignore)] = None
    return tuple(sorted(left, key=lambda problem: problem.sort_key))


def is_instruction(comment: Comment) -> bool:
    """Whether a comment is, or means to be, an ignore."""
    return comment.content.lstrip().startswith(_WORD)


def _unused(ignore: Ignore) -> Problem:
    lines = (
        f"line {ignore.first}" if ignore.first == ignore.last else f"lines {ignore.first} to {ignore.last}"
    )
    message = f"there is no {ignore.rule} to ignore on {lines}"
    return Problem(ignore.position, Rule.IGNORE_UNUSED, message, "remove the ignore")


def _in_documents(
    documents: Iterable[Document], read_line: Callable[[str, int], str | None]
) -> Iterator[Ignore | Problem]:
    seen: set[Position] = set()
    for document in documents:
        for comment in document.comments:
            stripped = comment.content.lstrip()
            # A fragment's comment is met again in each page that includes it.
            if is_instruction(comment) and comment.position not in seen:
                seen.add(comment.position)
                text, offset = stripped.rstrip(), len(comment.content) - len(stripped)
                first, last = _scope(comment, document, read_line)
                begin = comment.position
                if begin.column and "\n" not in comment.content[:offset]:
                    begin = replace(begin, column=begin.column + len("<!--") + offset)
                yield from _read(text, begin, first, last)


def _in_yaml(files: Mapping[str, str]) -> Iterator[Ignore | Problem]:
    for path, text in files.items():
        if _WORD not in text:
            continue
        lines = text.splitlines()
        for index, line in enumerate(lines):
            match = _YAML_COMMENT.search(line) if _WORD in line else None
            if match is None:
                continue
            target = index
            if not line[: match.start()].strip():
                target += 1
                while target < len(lines) and lines[target].strip()[:1] in ("", "#"):
                    target += 1
            begin = Position(path, index + 1, match.end() + 1)
            yield from _read(line[match.end() :].rstrip(), begin, target + 1, target + 1)


def _read(text: str, begin: Position, first: int, last: int) -> Iterator[Ignore | Problem]:
    """The rules of the ignore in `text`, which begins at `begin`, or what is wrong with it."""
    instruction = _INSTRUCTION.match(text)
    assert instruction is not None
    if instruction[0] != _WORD:
        message = f"there is no instruction {shown(instruction[0])}"
        yield Problem(begin, Rule.IGNORE_INCOMPLETE, message, f'write "{_WORD} rule: reason"')
        return
    names, _, reason = text[len(_WORD) :].partition(":")
    words = list(_RULE.finditer(names))
    if not words:
        yield Problem(
            begin, Rule.IGNORE_INCOMPLETE, "an ignore names no rule", f'write "{_WORD} rule: reason"'
        )
        return
    if not reason.strip():
        rules = ", ".join(word[0] for word in words)
        message = f"an ignore of {shown(rules)[1:-1]} gives no reason"
        hint = f'write "{_WORD} {shown(rules)[1:-1]}: reason"'
        yield Problem(begin, Rule.IGNORE_INCOMPLETE, message, hint)
        return
    for word in words:
        place = begin
        if begin.column and "\n" not in text[: len(_WORD) + word.start()]:
            place = replace(begin, column=begin.column + len(_WORD) + word.start())
        if rule := _RULES.get(word[0]):
            yield Ignore(rule, place, first, last)
        elif note := retired_rule(word[0], place):
            yield note
        else:
            message = f"there is no rule {shown(word[0])}"
            yield Problem(place, Rule.IGNORE_UNKNOWN_RULE, message, did_you_mean(word[0], _RULES))


def _scope(
    comment: Comment, document: Document, read_line: Callable[[str, int], str | None]
) -> tuple[int, int]:
    """The first and last line that `comment` is for."""
    path, line = comment.position.path, comment.position.line
    written = read_line(path, line) or ""
    column = comment.position.column or written.find("<!--") + 1
    if written[: max(column - 1, 0)].strip(_MARKERS):
        return line, line
    end = max(comment.end_line, line)
    behind = (read_line(path, end) or "").partition("-->")[2]
    first = end if behind.strip() else end + 1
    while first - end < _LONGEST_BLOCK and (text := read_line(path, first)) is not None and not text.strip():
        first += 1
    blocks = {
        text.position.line: text.position.line + text.content.rstrip("\n").count("\n") + 1
        for text in document.texts
        if text.kind is TextKind.CODE_BLOCK and text.position.path == path
    }
    for start in (first, first + 1):  # an indented block begins with its content, a fenced one a line above
        if start in blocks:
            return first, blocks[start]
    last = first
    if not (read_line(path, first) or "").lstrip(_MARKERS).startswith("#"):
        while last - first < _LONGEST_BLOCK and last + 2 not in blocks:
            following = read_line(path, last + 1)
            if following is None or not following.strip(_MARKERS):
                break
            last += 1
    return first, last
