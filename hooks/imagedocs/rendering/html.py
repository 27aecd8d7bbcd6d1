"""Text of authors, translators and configurations as HTML that shows exactly its characters.

MkDocs prints what it is given into templates as it is. So what is text becomes HTML here, once, before any template
sees it; `markupsafe.Markup` says of a value that this has been done, and nothing escapes it again.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from html import escape as escape_html
from typing import Any, cast

from markupsafe import Markup, escape

_HTML = re.compile(r"</?[A-Za-z][^<>]{0,1000}>|&(?:[A-Za-z]{2,31}|#\d{1,7}|#x[0-9A-Fa-f]{1,6});")


def text_as_html(value: Any) -> Any:
    """Return `value` with all text in it as HTML: a text, or a list or a mapping of such values."""
    if isinstance(value, str):
        return escape(value)
    if isinstance(value, list):
        return [text_as_html(each) for each in cast("list[Any]", value)]
    if isinstance(value, dict):
        entries = cast("dict[Any, Any]", value).items()
        return {text_as_html(key): text_as_html(each) for key, each in entries}
    return value


def metadata_as_html(metadata: Mapping[str, Any], written: Mapping[str, object]) -> dict[str, Any]:
    """Return the metadata of a page with what its author has written, `written`, as HTML.

    What plugins have added since is as they mean it. `template` names a file.
    """
    return {
        (escape(key) if key in written else key): (
            text_as_html(value) if key != "template" and value is written.get(key) else value
        )
        for key, value in metadata.items()
    }


def search_html(value: object) -> str:
    """Return a text as the index of the search has it, where quotation marks stand for themselves."""
    return escape_html(escape(value).unescape(), quote=False)


def speaking_html(speak: Callable[..., str]) -> Callable[..., Markup]:
    """Return `speak`, one of the functions of gettext, with its sentences as HTML for templates of HTML."""
    return lambda *words: Markup(sentence(speak(*words), words, escape))  # noqa: S704  # it is escaped


def sentence(said: str, words: Iterable[object], escape_rest: Callable[[str], str], kept: str = "") -> str:
    """Return what gettext said for `words` with all HTML escaped that they, a message of a template, do not have.

    `kept` is a regular expression of what else stays as it is.
    """
    own = {found for word in words if isinstance(word, str) for found in _HTML.findall(word)}
    stays = "|".join(filter(None, [*map(re.escape, sorted(own)), kept]))
    if not stays:
        return str(escape_rest(said))
    pieces = re.split(f"({stays})", said)  # every second one is what stays
    return "".join(piece if odd % 2 else str(escape_rest(piece)) for odd, piece in enumerate(pieces))
