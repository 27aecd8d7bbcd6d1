"""The response headers of a registry, read strictly: challenges, links, waiting times, warnings.

All of it was written by a stranger. What cannot be read is said to be unreadable; nothing is guessed.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

SHOWN = 200
"""How many characters of a registry's text a message may carry."""


def printable(text: str, limit: int = SHOWN) -> str:
    """`text` on one line, at most `limit` characters of it, with everything escaped that a terminal could obey.

    Escaped are control and format characters, all spaces but the plain one, surrogates and private characters:
    what `str.isprintable` refuses.
    """
    shown = text[:limit]
    if not shown.isprintable():
        shown = "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in shown)
    return shown if len(text) <= limit else f"{shown}…"


class UnreadableError(ValueError):
    """A header or a body that does not say what it should say; the text is printable."""


_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_TOKEN68 = re.compile(r"[0-9A-Za-z._~+/-]+=*(?=\s*(?:,|$))")
_QUOTED = re.compile(r'"((?:[^"\\\x00-\x08\x0a-\x1f\x7f]|\\[^\x00-\x08\x0a-\x1f\x7f])*)"')
_SPACE = re.compile(r"[ \t]*")
_HEADER_LIMIT = 8192


@dataclass(frozen=True, slots=True)
class Challenge:
    """One way to authenticate, as `WWW-Authenticate` offers it (RFC 9110, section 11)."""

    scheme: str
    """In lower case: `bearer`."""
    parameters: dict[str, str]


class _Reader:
    """A position in a header, moved by what is taken from it."""

    def __init__(self, text: str) -> None:
        if len(text) > _HEADER_LIMIT:
            raise UnreadableError("the header is too long")
        self.text = text
        self.position = 0

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """What `pattern` matches here, and the spaces behind it."""
        match = pattern.match(self.text, self.position)
        if match:
            self.position = match.end()
            self.skip()
        return match

    def skip(self) -> None:
        match = _SPACE.match(self.text, self.position)
        self.position = match.end() if match else self.position

    def take_literal(self, literal: str) -> bool:
        found = self.text.startswith(literal, self.position)
        if found:
            self.position += len(literal)
            self.skip()
        return found

    def next_element(self) -> bool:
        """Go past commas to the next element of a list; False at the end of the header."""
        self.skip()
        while self.take_literal(","):
            pass
        return self.position < len(self.text)

    @property
    def between(self) -> bool:
        """Whether an element of a list ends here."""
        return self.position >= len(self.text) or self.text[self.position] == ","

    def word(self) -> str:
        match = self.take(_TOKEN)
        if match is None:
            raise UnreadableError("no word where one should be")
        return match[0]

    def value(self) -> str:
        if quoted := self.take(_QUOTED):
            return re.sub(r"\\(.)", r"\1", quoted[1])
        if token := self.take(_TOKEN):
            return token[0]
        raise UnreadableError("a value is neither a word nor a closed quoted string")


def read_challenges(headers: Iterable[str]) -> list[Challenge]:
    """Every challenge of all `WWW-Authenticate` headers. Raises UnreadableError."""
    return [challenge for header in headers for challenge in _read_challenges(_Reader(header))]


def _read_challenges(reader: _Reader) -> list[Challenge]:
    found: list[Challenge] = []
    while reader.next_element():
        name = reader.word()
        if found and reader.take_literal("="):
            _add_parameter(found[-1], name, reader.value())
        else:
            found.append(Challenge(name.lower(), {}))
            if not reader.between and not reader.take(_TOKEN68):
                name = reader.word()
                if not reader.take_literal("="):
                    raise UnreadableError("a scheme is followed by a word that is no parameter")
                _add_parameter(found[-1], name, reader.value())
        if not reader.between:
            raise UnreadableError("something follows a value")
    return found


def _add_parameter(challenge: Challenge, name: str, value: str) -> None:
    if challenge.parameters.setdefault(name.lower(), value) != value:
        raise UnreadableError(f"{printable(name)} is given twice")


def read_next_link(headers: Iterable[str]) -> str | None:
    """The target of `rel="next"` in all `Link` headers (RFC 8288), as written; None when there is none.

    Raises UnreadableError: a list whose `Link` cannot be read may have more pages.
    """
    target: str | None = None
    for header in headers:
        for link, relations in _read_links(_Reader(header)):
            if "next" in relations:
                if target is not None and target != link:
                    raise UnreadableError("two different next pages")
                target = link
    return target


_TARGET = re.compile(r"<([\x21-\x3b\x3d\x3f-\x7e]*)>")


def _read_links(reader: _Reader) -> Iterator[tuple[str, list[str]]]:
    while reader.next_element():
        target = reader.take(_TARGET)
        if target is None:
            raise UnreadableError("no <target> where one should be")
        relations: list[str] | None = None
        while reader.take_literal(";"):
            if reader.between:
                break
            name = reader.word().lower()
            value = reader.value() if reader.take_literal("=") else ""
            if name == "rel" and relations is None:
                relations = value.lower().split()
        if not reader.between:
            raise UnreadableError("something follows a link")
        if relations is None:
            raise UnreadableError("a link without a relation")
        yield target[1], relations


def read_retry_after(header: str, now: datetime) -> float | None:
    """The seconds to wait, at least 0; None when the header says nothing that can be read."""
    text = header.strip()
    if re.fullmatch(r"[0-9]+", text):
        return float(text) if len(text) <= 9 else float("inf")
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())


_WARNING = re.compile(r'299[ \t]+[^ \t"]+[ \t]+"((?:[^"\\]|\\.){0,2000})"')


def read_warnings(headers: Iterable[str]) -> tuple[str, ...]:
    """The texts of `Warning: 299 - "…"` (OCI distribution specification, Warnings), each once, printable."""
    texts = (match[1] for header in headers for match in _WARNING.finditer(header[:_HEADER_LIMIT]))
    return tuple(dict.fromkeys(printable(re.sub(r"\\(.)", r"\1", text)) for text in texts))[:20]
