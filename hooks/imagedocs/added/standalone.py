"""Make the list of images for pages that any other program makes: as Markdown, and as HTML."""

from html import escape

from babel import Locale as BabelLocale
from babel import UnknownLocaleError

from imagedocs.added.language import babel_name, speak
from imagedocs.added.site import AddedSite, Request
from imagedocs.added.styles import plain_styles
from imagedocs.errors import CannotRun
from imagedocs.problems import Problem
from imagedocs.site_markdown.fragments import html_of

MARKDOWN, HTML = "markdown", "html"
FORMATS = (MARKDOWN, HTML)
"""Formats of the list."""


def check_language(language: str) -> str:
    """Return Babel's name of a language that was asked for. Raises CannotRun for what is none."""
    try:
        BabelLocale.parse(language.replace("-", "_"))
    except (ValueError, UnknownLocaleError) as error:
        raise CannotRun(f"{language!r} is no language tag such as it, pt-BR or zh-Hans") from error
    return babel_name(language)


def has_sentences(site: AddedSite, language: str) -> bool:
    """Return whether imagedocs or the site has sentences in a language."""
    return babel_name(language).startswith("en") or bool(speak(site.files.root, language)[0].chain)


def standalone_list(
    site: AddedSite, request: Request, language: str, form: str
) -> tuple[str, tuple[Problem, ...]]:
    """Return the list in one of the `FORMATS`, and problems with its template.

    The Markdown is CommonMark with tables and HTML elements. The HTML is an element with its style sheet before it, and
    names its language: the page around it may have another.
    """
    if form == MARKDOWN:
        return site.list_text(request, language)
    markdown, problems = site.list_for(request, "", "index.md", language)
    spoken = language if has_sentences(site, language) else "en"
    tag, direction = spoken.replace("_", "-"), BabelLocale.parse(babel_name(spoken)).text_direction
    opening = f'<div class="imagedocs md-typeset" lang="{escape(tag)}" dir="{direction}">'
    return f"<style>\n{plain_styles()}</style>\n{opening}\n{html_of(markdown)}\n</div>\n", problems
