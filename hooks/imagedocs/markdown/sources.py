"""What the parser asks of the project that a page belongs to: other files, and where they end up.

The parser reads no file itself: whoever calls it decides what may be read (nothing outside the project)
and from which locale.
"""

import re
from dataclasses import dataclass
from typing import Final, NamedTuple, Protocol

from imagedocs.problems import Problem

FORMS: Final = ("blocks", "brief", "table")
"""Forms in which a page can take in what a template renders; the first is the usual one."""

_OPTIONS = re.compile(r"\?(?:form=(?P<form>\w*))?&?(?:as-of=(?P<day>[\w-]*))?\Z", re.ASCII)


class Wanted(NamedTuple):
    """What a page asks of a template at the end of its path: `?form=table&as-of=2026-03-16`."""

    form: str | None = None
    """One of `FORMS`; `None` where nothing is said of it."""
    day: str | None = None
    """Day whose list is wanted, as it is written; `None` for today."""
    text: str = ""
    """The options as they are written."""


def split_options(path: str) -> tuple[str, Wanted]:
    """Return the path of a file without the options at its end, and the options."""
    match = _OPTIONS.search(path)
    if match is None or match.lastgroup is None:
        return path, Wanted()
    return path[: match.start()], Wanted(match["form"], match["day"], match[0])


def with_options(path: str, form: str = FORMS[0], day: str | None = None) -> str:
    """Return the path of a template that is to be rendered in a form, and as of a day."""
    options = ([] if form == FORMS[0] else [f"form={form}"]) + ([] if day is None else [f"as-of={day}"])
    return f"{path}?{'&'.join(options)}" if options else path


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a file, and where each of its lines was written."""

    path: str
    """Project-relative: what problems are reported at. For a rendered template, the template's path."""
    text: str
    lines: tuple[int, ...] | None = None
    """For a rendered template: the line of the template that each line of `text` came from."""
    generated: bool = False
    """The text was rendered from the catalog."""
    problems: tuple[Problem, ...] = ()
    """`Problem`s met while the text was made."""
    page: str = ""
    """Project path of the page that the text is, where that is no file: a page generated from the catalog."""


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a relative link leads in the site of one locale: its address and the verdict on it both follow from this."""

    href: str
    """Path that the page shows, percent-encoded. MkDocs turns it into an address where the site has `place`, and leaves
    it as it is otherwise."""
    place: str | None = None
    """Site path that the link names, whether or not there is such a file; `None` when the link leaves the locale's
    site, so that only a browser can tell where `href` leads."""
    tag: str = ""
    """Locale in whose site `place` is, when it is not in that of the page."""


class Sources(Protocol):
    """The files around a page, as its locale sees them."""

    def find(self, target: str, base: str) -> str | None:
        """Project-relative path of the file that `target`, written in the file `base`, leads to.

        `target` is relative to `base`'s folder, or starts with `~/` (the project's docs folder of the
        locale). The file may come from the locale's fallback chain or be the template of the same name
        plus `.j2`. `None` when there is no such file or it lies outside the project.
        """
        ...

    def read(self, path: str) -> Source | None:
        """The text of a file that `find` named; `None` when it cannot be read as text.

        The path of a template may say in which of `FORMS` and as of which day it is rendered: see `with_options`.
        """
        ...

    def locate(self, written: str, path: str, source: str, page: str) -> Destination:
        """Return where a relative link leads, for the page that is rendered.

        `written` is the path in the link, with slashes only, and `path` the project path that it names. `source` is
        the file that the link is written in and `page` the page that shows it; both are project paths.
        """
        ...
