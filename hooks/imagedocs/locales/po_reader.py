"""Read .po and .pot files, taking any bytes for what they are.

Babel's own reader merges duplicates silently, reports no column, and ends in an exception for a bad date, an
unknown charset or a broken index; a file that people and tools edit needs a reader that goes on and says where.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from imagedocs.findings import conflict
from imagedocs.locales.po import Entry, Key, PoFile, PoString
from imagedocs.problems import Position, Problem, Rule
from imagedocs.suggestions import shown

MAX_BYTES = 4 * 1024 * 1024
"""A larger file is not read: the largest .po of a program in eight languages is a tenth of it."""
MAX_PROBLEMS = 50
"""Syntax problems reported of one file: after that many it is not a .po file."""

_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\"}
_LINE = re.compile(
    r'(?P<keyword>msgctxt|msgid_plural|msgid|msgstr(?:\[(?P<index>\d{1,3})\])?)?\s*(?P<quoted>".*)'
)
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"$')
_ESCAPE = re.compile(r"\\(.)")


def read_po(content: bytes, path: str) -> PoFile:
    """What `content` says, and every place where it is not in the form of a .po file."""
    if len(content) > MAX_BYTES:
        problem = Problem(
            Position(path), Rule.PO_SYNTAX, f"is larger than {MAX_BYTES // 1024 // 1024} MiB and was not read"
        )
        return PoFile(path, problems=(problem,))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line_start = content.rfind(b"\n", 0, error.start) + 1
        column = len(content[line_start : error.start].decode("utf-8", "replace")) + 1
        position = Position(path, content.count(b"\n", 0, error.start) + 1, column)
        return PoFile(
            path, problems=(Problem(position, Rule.PO_SYNTAX, "is not UTF-8", "save the file as UTF-8"),)
        )
    if not text.strip():
        problem = Problem(Position(path), Rule.PO_SYNTAX, "is empty", "run `imagedocs messages` to fill it")
        return PoFile(path, problems=(problem,))
    if left := conflict(path, text):
        problem = Problem(left, Rule.PO_SYNTAX, "a merge left a conflict here", "keep one of the two sides")
        return PoFile(path, problems=(problem,))
    return _Parser(path).parse(text)


class _TooManyProblemsError(Exception):
    """The file is not worth reading on."""


@dataclass(slots=True)
class _Pieces:
    """A string while its lines are read."""

    position: Position
    parts: list[str] = field(default_factory=list[str])

    def add(self, part: str, position: Position) -> None:
        if part and not any(self.parts):
            self.position = position
        self.parts.append(part)

    def joined(self) -> PoString:
        return PoString("".join(self.parts), self.position)


@dataclass(slots=True)
class _Draft:
    """An entry while its lines are read."""

    strings: dict[str, _Pieces] = field(default_factory=dict[str, _Pieces])
    """By keyword: `msgid`, `msgstr[0]` …"""
    comments: list[str] = field(default_factory=list[str])
    extracted_comments: list[str] = field(default_factory=list[str])
    locations: list[str] = field(default_factory=list[str])
    flags: set[str] = field(default_factory=set[str])
    obsolete: bool = False

    @property
    def translated(self) -> bool:
        return any(keyword.startswith("msgstr") for keyword in self.strings)


class _Parser:
    def __init__(self, path: str) -> None:
        self.path = path
        self.header: Entry | None = None
        self.entries: dict[tuple[bool, Key], Entry] = {}
        self.problems: list[Problem] = []
        self.draft = _Draft()
        self.current: _Pieces | None = None

    def parse(self, text: str) -> PoFile:
        try:
            for number, line in enumerate(text.split("\n"), 1):
                self.read_line(line.rstrip("\r"), number)
            self.finish_entry()
        except _TooManyProblemsError:
            message = f"has more than {MAX_PROBLEMS} errors; the rest of the file was not read"
            self.problems.append(Problem(Position(self.path), Rule.PO_SYNTAX, message))
        return PoFile(self.path, self.header, tuple(self.entries.values()), tuple(self.problems))

    def report(self, position: Position, message: str, hint: str = "") -> None:
        self.problems.append(Problem(position, Rule.PO_SYNTAX, message, hint))
        if len(self.problems) >= MAX_PROBLEMS:
            raise _TooManyProblemsError

    def read_line(self, line: str, number: int) -> None:
        body = line.strip()
        column = len(line) - len(line.lstrip()) + 1
        obsolete = body.startswith("#~")
        if obsolete:
            column += 2 + len(body[2:]) - len(body[2:].lstrip())
            body = body[2:].strip()
        if not body or body.startswith("|"):
            return
        if body.startswith("#"):
            self.read_comment(body)
        else:
            self.read_string(body, Position(self.path, number, column), obsolete=obsolete)

    def read_comment(self, body: str) -> None:
        if self.draft.translated:
            self.finish_entry()
        kind, rest = body[1:2], body[2:].strip()
        match kind:
            case ",":
                self.draft.flags.update(flag for part in rest.split(",") if (flag := part.strip()))
            case ".":
                self.draft.extracted_comments.append(rest)
            case ":":
                self.draft.locations.extend(rest.split())
            case "|":
                pass  # the previous msgid of a fuzzy entry: nothing here needs it
            case _:
                self.draft.comments.append(body[1:].strip())

    def read_string(self, body: str, position: Position, *, obsolete: bool) -> None:
        match = _LINE.fullmatch(body)
        if match is None:
            self.current = None
            self.report(
                position,
                f"expected msgctxt, msgid, msgid_plural, msgstr or a quoted string, not {shown(body)}",
            )
            return
        keyword = match["keyword"]
        if keyword:
            self.begin_string(keyword, match["index"], position, obsolete=obsolete)
        elif self.current is None:
            self.report(position, "a quoted string belongs to no msgid or msgstr")
            return
        quoted = _QUOTED.fullmatch(match["quoted"])
        place = Position(self.path, position.line, position.column + match.start("quoted"))
        if quoted is None:
            self.report(
                place,
                "the string is not closed on its line",
                'end it with ", and write \\" for a quotation mark',
            )
            return
        if self.current is not None:
            inside = Position(self.path, place.line, place.column + 1)
            self.current.add(self.resolve_escapes(quoted[1], inside), inside)

    def begin_string(self, keyword: str, index: str | None, position: Position, *, obsolete: bool) -> None:
        if keyword in {"msgctxt", "msgid"} and (
            self.draft.translated or keyword in self.draft.strings or "msgid" in self.draft.strings
        ):
            self.finish_entry()
        if index is not None:
            keyword = f"msgstr[{int(index)}]"
        self.draft.obsolete = obsolete
        self.current = _Pieces(Position(self.path, position.line, position.column))
        if keyword in self.draft.strings:
            self.report(position, f"a second {keyword} in one entry", f"remove one {keyword}")
        elif keyword not in {"msgctxt", "msgid"} and "msgid" not in self.draft.strings:
            self.report(position, f"{keyword} comes before its msgid")
        else:
            self.draft.strings[keyword] = self.current

    def resolve_escapes(self, raw: str, position: Position) -> str:
        if "\\" not in raw:
            return raw
        for match in _ESCAPE.finditer(raw):
            if match[1] not in _ESCAPED:
                place = Position(self.path, position.line, position.column + match.start())
                self.report(place, f"unknown escape \\{match[1]}", "write \\\\ for a backslash")
        return _ESCAPE.sub(lambda match: _ESCAPED.get(match[1], match[0]), raw)

    def finish_entry(self) -> None:
        draft, self.draft, self.current = self.draft, _Draft(), None
        if not draft.strings:
            return
        if "msgid" not in draft.strings:
            first = next(iter(draft.strings.values()))
            self.report(first.position, "msgctxt without a msgid")
            return
        msgid = draft.strings["msgid"].joined()
        if not draft.translated:
            self.report(msgid.position, f"msgid {shown(msgid.text)} has no msgstr", 'add `msgstr ""`')
            return
        plural = draft.strings["msgid_plural"].joined() if "msgid_plural" in draft.strings else None
        context = draft.strings["msgctxt"].joined() if "msgctxt" in draft.strings else None
        entry = Entry(
            msgid=msgid,
            strings=tuple(self.ordered_strings(draft, has_plural=plural is not None)),
            plural=plural,
            context=context,
            flags=frozenset(draft.flags),
            comments=tuple(draft.comments),
            extracted_comments=tuple(draft.extracted_comments),
            locations=tuple(draft.locations),
            obsolete=draft.obsolete,
        )
        if entry.strings:
            self.keep(entry)

    def ordered_strings(self, draft: _Draft, *, has_plural: bool) -> Iterator[PoString]:
        """The translations by index, as far as they are numbered from 0 without a gap."""
        strings = {key: pieces for key, pieces in draft.strings.items() if key.startswith("msgstr")}
        wanted = [f"msgstr[{index}]" for index in range(len(strings))] if has_plural else ["msgstr"]
        for keyword, pieces in strings.items():
            if keyword not in wanted:
                hint = f"write {wanted[0]}" if len(wanted) == 1 else "number the forms 0, 1, 2 …"
                self.report(pieces.position, f"unexpected {keyword}", hint)
        for keyword in wanted:
            if keyword not in strings:
                return
            yield strings[keyword].joined()

    def keep(self, entry: Entry) -> None:
        if not entry.msgid.text and entry.context is None:
            if self.header is None and not self.entries:
                self.header = entry
            else:
                self.report(
                    entry.msgid.position,
                    "the header (an empty msgid) must be the first entry, and the only one",
                )
            return
        key = (entry.obsolete, entry.key)
        earlier = self.entries.setdefault(key, entry)
        if earlier is not entry:
            self.report(
                entry.msgid.position,
                f"{shown(entry.msgid.text)} is translated twice",
                f"remove this or the one in line {earlier.msgid.position.line}",
            )
