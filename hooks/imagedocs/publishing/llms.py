"""Write `llms.txt`, which leads language models to the texts of a site (https://llmstxt.org)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

OPTIONAL: Final = "Optional"
"""Title, in any language, of the section that a reader who is short of room may leave out."""
_UNSAFE = re.compile(r"""[\x00-\x20\x7f"<>\\^`{|}()]""")
_BRACKETS = str.maketrans("[]", "()")
"""Programs that read the file look for the first square bracket, also behind a backslash."""


@dataclass(frozen=True, slots=True)
class TextLink:
    """Link to a text."""

    title: str
    address: str
    note: str = ""
    """What the text is about; may be empty."""


@dataclass(frozen=True, slots=True)
class TextSection:
    """Links below one heading."""

    title: str
    links: tuple[TextLink, ...]


def render_llms(name: str, summary: str, about: str, sections: Iterable[TextSection]) -> bytes:
    """Return the file of a site with a name, a summary, which may be empty, and a sentence about its texts. Sections
    without links are left out."""
    parts = [f"# {_plain(name)}"]
    if summary:
        parts.append(f"> {_plain(summary)}")
    parts.append(_plain(about))
    for section in sections:
        if section.links:
            parts += (f"## {_plain(section.title)}", "\n".join(map(_line, section.links)))
    return ("\n\n".join(parts) + "\n").encode()


def _line(link: TextLink) -> str:
    address = _UNSAFE.sub(lambda found: f"%{ord(found[0]):02X}", link.address)
    note = f": {_plain(link.note)}" if link.note else ""
    return f"- [{_plain(link.title)}]({address}){note}"


def _plain(text: str) -> str:
    """Return a text on one line that neither ends a link nor begins HTML."""
    return " ".join(text.split()).translate(_BRACKETS).replace("<", r"\<")
