"""Publish `llms.txt` in the language of each locale: a list of its pages as plain texts, for language models."""

from collections.abc import Mapping
from functools import partial
from typing import Final

from imagedocs.publishing.formats.publication import Format, Maker, Publication
from imagedocs.publishing.llms import TextLink, TextSection, render_llms

NAME: Final = "llms.txt"
SETTING: Final = "llms"


def _files(publication: Publication) -> Mapping[str, Maker]:
    return {NAME: partial(_llms, publication)}


def _llms(publication: Publication) -> bytes:
    messages = publication.messages
    to_root = "../" if publication.locale.url and not publication.site_url else ""
    others = tuple(
        TextLink(locale.name, f"{to_root}{publication.address(NAME, locale)}")
        for locale in publication.locales
        if locale != publication.locale
    )
    about = messages.gettext("These are the pages of the site as plain Markdown.")
    sections = (*publication.texts(), TextSection(messages.gettext("Other languages"), others))
    return render_llms(publication.site_name, publication.summary, about, sections)


LLMS: Final = Format(
    SETTING,
    "",
    "A text in plain Markdown beside each page for readers, and an llms.txt that lists them.",
    _files,
    after_pages=True,
)
