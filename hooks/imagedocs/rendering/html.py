"""Text of authors, translators and configurations as HTML that shows exactly its characters.

MkDocs prints what it is given into templates as it is. So what is text becomes HTML here, once, before any template
sees it; `markupsafe.Markup` says of a value that this has been done, and nothing escapes it again.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
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


class _Foreign(Markup):
    """Sentence that no translation has; each language has a class of its own, which formatting keeps."""

    language: tuple[str, str]


@cache
def _foreign_in(language: tuple[str, str]) -> type[_Foreign]:
    return type("Foreign", (_Foreign,), {"language": language})


Speak = Callable[..., str]
LanguageOf = Callable[..., tuple[str, str] | None]


def install_html(env: Any, messages: Any) -> None:
    """Give an environment of HTML the sentences of `messages`, and `marked`, which says of a sentence in its text, not
    in an attribute, in which language it is if it is not the reader's."""
    language_of: LanguageOf = messages.language_of

    def speaking(speak: Speak, *, context: bool = False, plural: bool = False) -> Callable[..., Markup]:
        shown = speaking_html(speak)

        def said(*words: Any, **values: Any) -> Markup:
            language = language_of(
                words[context], words[0] if context else None, words[-1] if plural else None
            )
            text = _foreign_in(language)(shown(*words)) if language else shown(*words)
            if language:
                values = {name: _within(language[0], value) for name, value in values.items()}
            return text % ({"num": words[-1], **values} if plural else values)

        return said

    env.install_gettext_callables(
        speaking(messages.gettext),
        speaking(messages.ngettext, plural=True),
        newstyle=False,  # which would make a plain text of what is marked; values are put in here
        pgettext=speaking(messages.pgettext, context=True),
        npgettext=speaking(messages.npgettext, context=True, plural=True),
    )
    env.globals["marked"] = marked


def _within(tag: str, value: Any) -> Any:
    """Return what a sentence in the language `tag` says for `value`, which may differ between languages."""
    return value.within(tag) if hasattr(value, "within") else value


def marked(said: str) -> str:
    """Return a sentence in an element that names its language, if that is not the reader's."""
    if not isinstance(said, _Foreign):
        return said
    tag, direction = said.language
    return Markup('<span lang="{}" dir="{}">{}</span>').format(tag, direction, Markup(said))  # noqa: S704


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
