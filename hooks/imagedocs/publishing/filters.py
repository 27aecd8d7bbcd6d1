"""Filters of templates that put values into the reader's words."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal

from imagedocs.catalog import Absence, Attribute, Link
from imagedocs.locales import Formats, Messages
from imagedocs.references import Reference
from imagedocs.rendering import Markdown, code, linked, stacked

CONTEXT = "catalog"
"""Context of the messages that are texts of the catalog."""


def template_filters(messages: Messages, formats: Formats) -> Mapping[str, Callable[..., str]]:
    """Filters that speak the reader's language."""
    words = {
        Absence.UNKNOWN: messages.pgettext("value", "Not documented"),
        Absence.NONE: messages.pgettext("value", "None"),
        Absence.NOT_APPLICABLE: messages.pgettext("value", "Not applicable"),
    }

    def known(value: object) -> Markdown:
        """The value as the reader's language writes it, or the words for why there is none."""
        match value:
            case Absence():
                return Markdown.escape(words[value])
            case Link():
                return linked(value.address, value)
            case date():
                return in_words(value)
            case int() | Decimal() if not isinstance(value, bool):
                return Markdown.escape(formats.number(value))
            case _:
                return Markdown.escape(value)

    def known_codes(values: Iterable[object] | Absence) -> Markdown:
        """The values as code, one below the other."""
        return known(values) if isinstance(values, Absence) else stacked(code(value) for value in values)

    def codes(values: Iterable[object]) -> Markdown:
        """The values as code, as a sentence lists them."""
        return Markdown(formats.list([code(value) for value in values]))

    def listed(value: Attribute) -> Markdown:
        """A value of any column: of several texts one below the other."""
        return stacked(value) if isinstance(value, tuple) else known(value)

    def translated(text: str) -> Markdown:
        """A sentence or a heading that the catalog gives, in the reader's language."""
        return Markdown.escape(messages.pgettext(CONTEXT, text) if text else "")

    def tag_list(reference: Reference) -> Markdown:
        """The address at which the registry lists the tags of an image (OCI distribution 1.1, "listing tags")."""
        return Markdown(f"<https://{reference.domain}/v2/{reference.path}/tags/list>")

    def in_words(day: date) -> Markdown:
        return Markdown(formats.date(day))  # "9. Oktober" would be escaped as what may begin a list

    return {
        "codes": codes,
        "date": in_words,
        "known": known,
        "known_codes": known_codes,
        "listed": listed,
        "tag_list": tag_list,
        "translated": translated,
    }
