"""Values made into Markdown that shows exactly their characters."""

import re
from collections.abc import Iterable
from html import escape as escape_html
from typing import Any

from jinja2 import TemplateError
from markupsafe import Markup

_MARK = re.compile("\ue000[0-9]{1,7}\ue001")
"""What `imagedocs.rendering.lines` puts before each line of a template."""


class Markdown(Markup):
    """Text that is Markdown already. What is formatted into it is escaped."""

    __slots__ = ()

    @classmethod
    def escape(cls, s: Any, /) -> "Markdown":
        """`s` as Markdown that shows exactly its characters, within a table cell too."""
        if isinstance(s, Markdown):
            return s
        if isinstance(s, list | tuple | dict | set | frozenset):
            raise TemplateError("a list is no text; write what it holds with |join")
        text = escape_html(" ".join(str(s).split()), quote=False)
        text = re.sub(r"([\\`*_\[\]|~])", r"\\\1", text)
        # What would begin a list, a heading, a rule or a setext underline where a line begins.
        return cls(
            re.sub(
                r"^(?:[#+\-=:]|[0-9]+(?=[.)](?:\s|$)))",
                lambda begin: f"&#{ord(begin[0][0])};{begin[0][1:]}",
                text,
            )
        )


def code(value: object) -> Markdown:
    """`value` as a code span; a `|` in it survives a table cell (GFM 4.10)."""
    text = " ".join(str(value).split())
    if not text:
        return Markdown()
    fence = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    padding = " " if text.startswith("`") or text.endswith("`") else ""
    return Markdown(f"{fence}{padding}{text}{padding}{fence}".replace("|", r"\|"))


def sentences(text: str) -> Markdown:
    """Return paragraphs without the blank or line break between sentences where a full-width sign ends the first."""

    def joined(found: re.Match[str]) -> str:
        between = _MARK.sub("", found[2])
        return (
            found[0]
            if "\n\n" in between or found.end() == len(text)
            else found[1] + re.sub("[ \n]", "", found[2])
        )

    return Markdown(re.sub(f"([。：])((?:{_MARK.pattern}|[ \n])+)", joined, Markdown.escape(text)))


def stacked(values: Iterable[object]) -> Markdown:
    """The values one below the other within a table cell."""
    return Markdown("<br>".join(Markdown.escape(value) for value in values))


_UNSAFE = re.compile(r"""[\x00-\x20\x7f"<>\\^`{|}]""")
"""Characters that an address cannot have as they are, or that would end it in Markdown."""


def linked(address: str, text: object) -> Markdown:
    """Return a link that shows `text`; the address is one that was checked to be of the web."""
    safe = _UNSAFE.sub(lambda found: f"%{ord(found[0]):02X}", address).replace("&", "&amp;")
    return Markdown(f"[{Markdown.escape(text)}](<{safe}>)")
