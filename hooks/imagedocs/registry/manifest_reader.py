"""Reading the text of the registry manifest: JSON, with the place of whatever is wrong with it.

The outer three levels are walked by hand, which gives each tag its place; the entry of a tag is read whole by
the JSON parser written in C. The place of a field inside an entry is looked for only when there is a problem.
"""

import json
import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Never, cast

from imagedocs.findings import Findings, conflict
from imagedocs.problems import Position, Problem, Rule
from imagedocs.references import (
    InvalidReferenceError,
    as_meant,
    is_digest,
    is_tag,
    parse_name,
    parse_normalized,
)
from imagedocs.registry.json_causes import find_cause
from imagedocs.registry.manifest_fields import FIELDS, wrong_day
from imagedocs.suggestions import did_you_mean, shown

MAX_BYTES: Final = 64 * 1024 * 1024
"""Some 200,000 tags."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: what is recorded of a tag or digest."""

    repository: str
    key: str
    """A tag, or `@` and a digest."""
    values: dict[str, object]
    """Known fields only, each of its type."""


def read_entries(
    path: str, data: str | bytes, version: int
) -> tuple[list[Entry] | None, tuple[Problem, ...]]:
    """The entries, without the fields that are wrong, and all problems; `None` when the file cannot be read to its
    end, or says nothing of repositories."""
    findings = Findings(path)
    text = _decode(data, findings)
    if text is None:
        return None, findings.sorted()
    reader = _Reader(text, findings, version)
    try:
        reader.read()
    except _StopError:
        return None, findings.sorted()
    return reader.entries, findings.sorted()


def _decode(data: str | bytes, findings: Findings) -> str | None:
    whole = Position(findings.path)
    if len(data) > MAX_BYTES:
        findings.add(whole, Rule.JSON_SYNTAX, f"the file is larger than {MAX_BYTES // 1024 // 1024} MiB")
        return None
    if isinstance(data, str):
        return data.removeprefix("\ufeff")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        where = Position(findings.path, data.count(b"\n", 0, error.start) + 1)
        findings.add(where, Rule.JSON_SYNTAX, "the file is not text in UTF-8", "save it as UTF-8")
        return None


class _StopError(Exception):
    """Nothing more can be read; the problem has been added."""


class _WordError(Exception):
    """`NaN` or `Infinity`, which JSON does not have."""


def _refuse(word: str) -> Never:
    raise _WordError(word)


_SPACE = re.compile(r"[ \t\r\n]*")


@dataclass(slots=True)
class _Reader:
    text: str
    findings: Findings
    version: int
    entries: list[Entry] = field(default_factory=list[Entry])
    _line_starts: list[int] = field(default_factory=list[int])
    _repeated: list[str] = field(default_factory=list[str])
    _placed_entry: int = -1
    _placed: dict[str, tuple[int, int]] = field(default_factory=dict[str, tuple[int, int]])
    _decoder: json.JSONDecoder = field(init=False)

    def __post_init__(self) -> None:
        self._decoder = json.JSONDecoder(object_pairs_hook=self._object, parse_constant=_refuse)

    def read(self) -> None:
        seen: list[str] = []

        def member(key: str, key_at: int, at: int) -> int:
            seen.append(key)
            if key == "version":
                found, end = self._value(at)
                self._check_version(found, at)
                return end
            if key == "repositories":
                return self._walk(at, self._repository, "repositories")
            hint = did_you_mean(key, ("version", "repositories")) or "expected version and repositories"
            self._add(key_at, Rule.UNKNOWN_KEY, f"unknown key {shown(key)}", hint)
            return self._value(at)[1]

        end = self._space(self._walk(self._space(0), member, "an object"))
        if end != len(self.text):
            self._stop(end, "there is more behind the end", "delete it", know_cause=True)
        for key in ("version", "repositories"):
            if key not in seen:
                self._add(0, Rule.MISSING_FIELD, f'the field "{key}" is missing')
        if "repositories" not in seen:
            raise _StopError

    def _check_version(self, found: object, at: int) -> None:
        if type(found) is not int or found < 1:
            self._add(at, Rule.WRONG_TYPE, f"expected a version such as {self.version}")
        elif found > self.version:
            message = f"the file is of version {found}; this imagedocs reads up to version {self.version}"
            self._add(at, Rule.NEWER_VERSION, message, "use a newer imagedocs")
            raise _StopError

    def _repository(self, name: str, key_at: int, at: int) -> int:
        try:
            # Also what is no host to anyone else: in `team/x`, that would be `team`.
            good = bool(domain := parse_name(name).domain) and parse_normalized(name).domain == domain
            name = as_meant(parse_name(name)).name if good else name
        except InvalidReferenceError:
            good = False
        if not good:
            message = f"{shown(name)} is not a repository with its registry"
            self._add(key_at, Rule.IMAGE_REFERENCE_INVALID, message, "write host/path in lower case")

        def member(key: str, key_at: int, at: int) -> int:
            return self._entry(name if good else None, key, key_at, at)

        return self._walk(at, member, "an object of tags")

    def _entry(self, repository: str | None, key: str, key_at: int, at: int) -> int:
        self._repeated.clear()
        found, end = self._value(at)
        for repeated in self._repeated[:1]:
            self._add(at, Rule.DUPLICATE_KEY, f"the key {shown(repeated)} stands twice in this entry")
        is_named = is_digest(key[1:]) if key.startswith("@") else is_tag(key)
        if not is_named:
            self._add(
                key_at, Rule.IMAGE_REFERENCE_INVALID, f"{shown(key)} is neither a tag nor @ and a digest"
            )
        if isinstance(found, dict):
            values = cast("dict[str, object]", found)
            if not any(values.get(name) for name in ("gone", "seen", "digest")):
                message = "an entry needs one of digest, seen and gone"
                self._add(at, Rule.MISSING_FIELD, message, "say where it was seen")
            values = {name: value for name, value in values.items() if self._check_field(name, value, at)}
        else:
            values = {}
            self._add(at, Rule.WRONG_TYPE, "expected an object with what is known of the tag")
        if repository and is_named:
            # Though something is wrong with it, the tag is there: pages that name it are not.
            self.entries.append(Entry(repository, key, values))
        return end

    def _check_field(self, name: str, value: object, entry_at: int) -> bool:
        """Whether the field is one, and as it should be."""
        check = FIELDS.get(name)
        if check is None:
            known = ", ".join(FIELDS)
            key_at, _ = self._places(entry_at)[name]
            hint = did_you_mean(name, FIELDS) or f"expected one of: {known}"
            self._add(key_at, Rule.UNKNOWN_KEY, f"unknown key {shown(name)}", hint)
        elif expected := check(value):
            if name == "seen" and (day := wrong_day(value)):
                message = f"seen: {shown(day)} is no day"
                at = max(0, self.text.find(f'"{day}"', self._places(entry_at)[name][1]))
                self._add(at, Rule.INVALID_DATE, message, "write a day such as 2021-05-25")
                return False
            rule = Rule.INVALID_DATE if expected.startswith("a day") else Rule.WRONG_TYPE
            self._add(self._places(entry_at)[name][1], rule, f"{name}: expected {expected}")
        else:
            return True
        return False

    def _places(self, entry_at: int) -> dict[str, tuple[int, int]]:
        """Where the keys of an entry stand, and their values."""
        if self._placed_entry != entry_at:
            self._placed_entry = entry_at
            self._placed.clear()

            def member(key: str, key_at: int, at: int) -> int:
                self._placed[key] = (key_at, at)
                return self._value(at)[1]

            self._walk(entry_at, member, "an object", report_repeated=False)
        return self._placed

    def _walk(
        self, at: int, member: Callable[[str, int, int], int], expected: str, *, report_repeated: bool = True
    ) -> int:
        """Call `member` with each key of the object at `at`, the key's place and the value's; it returns the
        value's end. Gives the object's end."""
        if not self.text.startswith("{", at):
            self._stop(at, f"expected {expected}" if at < len(self.text) else "the file ends too early")
        first: dict[str, int] = {}
        at = self._space(at + 1)
        if self.text.startswith("}", at):
            return at + 1
        while True:
            if not self.text.startswith('"', at):
                self._stop(at, "expected a key in double quotes")
            key_at = at
            key, at = self._value(at)
            key = cast("str", key)
            if key in first and report_repeated:
                message = f"{shown(key)} stands twice; first on line {self._position(first[key]).line}"
                self._add(key_at, Rule.DUPLICATE_KEY, message, "remove one of them")
            first.setdefault(key, key_at)
            at = self._space(at)
            if not self.text.startswith(":", at):
                self._stop(at, "expected a colon")
            at = self._space(member(key, key_at, self._space(at + 1)))
            if self.text.startswith("}", at):
                return at + 1
            if not self.text.startswith(",", at):
                self._stop(at, "expected a comma or a closing brace")
            at = self._space(at + 1)

    def _value(self, at: int) -> tuple[object, int]:
        try:
            return self._decoder.raw_decode(self.text, at)
        except json.JSONDecodeError as error:
            self._stop(error.pos, error.msg[:1].lower() + error.msg[1:].removesuffix(" starting at"))
        except RecursionError:
            self._stop(at, "the value is nested too deeply")
        except _WordError as error:
            self._stop(at, f"{error} is not allowed")
        except ValueError:
            # Python reads no numbers of more than 4,300 digits.
            self._stop(at, "a number is too long")

    def _object(self, pairs: list[tuple[str, object]]) -> dict[str, object]:
        members = dict(pairs)
        if len(members) < len(pairs):
            seen: set[str] = set()
            self._repeated.append(next(key for key, _ in pairs if key in seen or seen.add(key)))
        return members

    def _space(self, at: int) -> int:
        match = _SPACE.match(self.text, at)
        return match.end() if match else at

    def _stop(self, at: int, message: str, hint: str = "", *, know_cause: bool = False) -> Never:
        if left := conflict(self.findings.path, self.text):
            self.findings.add(
                left, Rule.JSON_SYNTAX, "a merge left a conflict here", "keep the lines of both sides"
            )
            raise _StopError
        if at >= len(self.text.rstrip()):
            message = "the file ends too early" if self.text.strip() else "there is nothing in this file"
        elif not know_cause and (cause := find_cause(self.text, at)):
            at, message, hint = cause
        self._add(at, Rule.JSON_SYNTAX, message, hint)
        raise _StopError

    def _add(self, at: int, rule: Rule, message: str, hint: str = "") -> None:
        self.findings.add(self._position(at), rule, message, hint)
        if self.findings.full:
            raise _StopError

    def _position(self, at: int) -> Position:
        if not self._line_starts:
            self._line_starts = [0, *(match.end() for match in re.finditer("\n", self.text))]
        line = bisect_right(self._line_starts, at)
        return Position(self.findings.path, line, at - self._line_starts[line - 1] + 1)
