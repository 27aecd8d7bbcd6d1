"""The messages of a .po or .pot file, with the position of every string."""

from dataclasses import dataclass, field

from imagedocs.problems import Position, Problem

Key = tuple[str | None, str]
"""What names a message: its context, if it has one, and its text."""


@dataclass(frozen=True, slots=True)
class PoString:
    """A string of the file, its pieces joined and its escapes resolved."""

    text: str
    position: Position
    """Of the first character of the first piece that is not empty."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A message and what it is in the language of the file."""

    msgid: PoString
    strings: tuple[PoString, ...]
    """The translation; for a message with a plural, one for each plural form, by index."""
    plural: PoString | None = None
    context: PoString | None = None
    flags: frozenset[str] = frozenset()
    comments: tuple[str, ...] = ()
    """The translator's: lines that begin with `# `."""
    extracted_comments: tuple[str, ...] = ()
    """For the translator, from the source: lines that begin with `#.`."""
    locations: tuple[str, ...] = ()
    """The files that use the message: lines that begin with `#:`."""
    obsolete: bool = False
    """No longer used by the source: lines that begin with `#~`."""

    @property
    def key(self) -> Key:
        """What names the message: its context and its text."""
        return (self.context.text if self.context else None, self.msgid.text)

    @property
    def fuzzy(self) -> bool:
        """A guess that a person has not confirmed: never shown to a reader."""
        return "fuzzy" in self.flags


@dataclass(frozen=True, slots=True)
class PoFile:
    """A file of messages, in the order of the file."""

    path: str
    header: Entry | None = None
    entries: tuple[Entry, ...] = ()
    problems: tuple[Problem, ...] = field(default=())

    def headers(self) -> dict[str, str]:
        """The lines `Name: value` of the first entry."""
        if self.header is None or not self.header.strings:
            return {}
        lines = self.header.strings[0].text.split("\n")
        fields = (line.partition(":") for line in lines if ":" in line)
        return {name.strip(): value.strip() for name, _, value in fields}
