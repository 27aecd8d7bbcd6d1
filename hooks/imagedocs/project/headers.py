"""Say whether the build of a project writes the headers that a host should send."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from imagedocs.problems import Position, Problem, Rule

if TYPE_CHECKING:
    from imagedocs.project import Project

HEADERS: Final = "_headers"
"""Name of the file at the root of the site, as Netlify and Cloudflare Pages read it."""


def writes_headers(project: "Project") -> bool:
    """Return whether a build writes the file of headers: where the project wants it, and has none of its own."""
    return project.settings.headers is not None and _own(project) is None


def check_headers(project: "Project") -> Iterator[Problem]:
    """Yield a problem if the file of headers would take the place of one of the project's."""
    if project.settings.headers is not None and (own := _own(project)) is not None:
        message = f'"{HEADERS}" cannot be written: {own} is there'
        hint = "move its headers to the host's own settings, or set extra.imagedocs.headers to false"
        yield Problem(Position(own), Rule.PAGE_COLLISION, message, hint)


def _own(project: "Project") -> str | None:
    return project.overlay(project.locales.default).files.get(HEADERS)
