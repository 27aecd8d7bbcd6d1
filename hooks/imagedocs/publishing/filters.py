"""Filters of templates that put values into the reader's words."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from html import escape as escape_html
from typing import Literal

from jinja2.exceptions import FilterArgumentError

from imagedocs.catalog import Absence, Attribute, Framework, Link, NamedImage, NamedTag
from imagedocs.locales import Formats, Messages
from imagedocs.locales.catalog_texts import CONTEXT
from imagedocs.publishing.choices import Question
from imagedocs.publishing.facts import Fact
from imagedocs.publishing.image_values import ImageLink
from imagedocs.references import DEFAULT_DOMAIN, Reference
from imagedocs.rendering import Markdown, code, linked, stacked
from imagedocs.suggestions import shown


def tags_address(reference: Reference) -> str:
    """Return the address at which the registry lists the tags of an image (OCI distribution 1.1, "listing tags").

    Docker Hub gives that list to nobody without a token; to all readers it gives that of its own API.
    """
    if reference.domain != DEFAULT_DOMAIN:
        return f"https://{reference.domain}/v2/{reference.path}/tags/list"
    path = reference.path if "/" in reference.path else f"library/{reference.path}"
    return f"https://hub.docker.com/v2/repositories/{path}/tags"


def template_filters(messages: Messages, formats: Formats) -> Mapping[str, Callable[..., str]]:
    """Filters that speak the reader's language."""
    words = {
        Absence.UNKNOWN: messages.pgettext("value", "Not documented"),
        Absence.NONE: messages.pgettext("value", "None"),
        Absence.NOT_APPLICABLE: messages.pgettext("value", "Not applicable"),
    }

    names = {
        "accelerator": messages.gettext("Accelerator"),
        "framework": messages.gettext("Framework"),
        "os": messages.gettext("Operating system"),
        "packages": messages.gettext("Preinstalled packages"),
        "libraries": messages.gettext("Native libraries"),
        "environment": messages.gettext("Curated environment"),
        "platforms": messages.gettext("Platforms"),
        "registry": messages.gettext("Registry"),
    }

    def text(value: object) -> str:
        """Return a value in the reader's language, as plain text."""
        if isinstance(value, Absence):
            return words[value]
        if isinstance(value, Framework):
            return messages.gettext("No framework") if value.is_none else value.name
        if isinstance(value, date):
            return formats.date(value)
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            return formats.number(value)
        return str(value)

    def heading(named: Fact | Question) -> str:
        """Return the name of a fact or question in the reader's language, as plain text."""
        if not named.name:
            return ""
        if named.key in names:
            return names[named.key]
        said = messages.pgettext(CONTEXT, named.name)
        return (
            messages.gettext(named.name) if said == named.name else said
        )  # a name made from that of the column

    def known(value: object) -> Markdown:
        """The value as the reader's language writes it, or the words for why there is none."""
        if isinstance(value, Link):
            return linked(value.address, value)
        if isinstance(value, NamedTag | NamedImage):
            return code(value)
        return in_words(value) if isinstance(value, date) else Markdown.escape(text(value))

    def link(shown: object, address: str, anchor: str = "") -> Markdown:
        """What is shown, as a link to a page or to an anchor of it; as it is where there is no address."""
        to = f"{address}#{anchor}" if anchor else address
        return linked(to, shown) if address else Markdown.escape(shown)

    def plain(value: object) -> Markdown:
        """The value as raw HTML has it, between tags and in attributes."""
        if isinstance(value, Markdown):
            return Markdown(value.replace('"', "&quot;"))
        return Markdown(escape_html(" ".join(text(value).split()), quote=True))

    def enumerated(values: Iterable[object], kind: Literal["and", "or"] = "and") -> Markdown:
        """The values as a sentence names them: A, B, and C."""
        return Markdown.escape(formats.list([text(value) for value in values], kind))

    def code_block(value: object, language: str = "", command: str = "") -> Markdown:
        """A value, with a command before it, as a block of code."""
        shown = " ".join(f"{command} {value}".split())
        fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", shown)), default=0))
        return Markdown(f"{fence}{language}\n{shown}\n{fence}")

    def fact(each: Fact) -> Markdown:
        """A fact in words: **GPU**, CUDA 11.8; Python **3.9**; Base image: **Debian 12**."""
        if each.is_code and not any(isinstance(value, Absence) for value in each.values):
            shown = codes(each.values)
        else:
            shown = Markdown(", ").join(known(value) for value in each.values)
        if not each.name:
            first, *rest = each.values
            return Markdown(", ").join([Markdown("**{}**").format(known(first)), *map(known, rest)])
        if each.key == "python":
            return Markdown("{} **{}**").format(heading(each), shown)
        # TRANSLATORS: a fact about an image: "Base image: Debian 12"
        return Markdown(messages.gettext("%(name)s: %(value)s")) % {"name": heading(each), "value": shown}

    def known_codes(values: Iterable[object] | Absence) -> Markdown:
        """The values as code, one below the other."""
        return known(values) if isinstance(values, Absence) else stacked(code(value) for value in values)

    def codes(values: Iterable[object]) -> Markdown:
        """The values as code, as a sentence lists them."""
        return Markdown(formats.list([code(value) for value in values]))

    def image_links(images: Iterable[ImageLink]) -> Markdown:
        """The names of images as a sentence lists them, each a link to the image's page where it has one."""
        return Markdown(formats.list([link(code(image.name), image.page) for image in images]))

    def listed(value: Attribute) -> Markdown:
        """A value of any column: of several texts one below the other."""
        return stacked(map(known, value)) if isinstance(value, tuple) else known(value)

    def translated(text: str) -> Markdown:
        """A sentence or a heading that the catalog gives, in the reader's language."""
        return Markdown.escape(messages.pgettext(CONTEXT, text) if text else "")

    def tag_list(reference: Reference) -> Markdown:
        """The address at which the registry lists the tags of an image."""
        return Markdown(f"<{tags_address(reference)}>")

    def in_words(day: object) -> Markdown:
        if not isinstance(day, date):
            raise FilterArgumentError(f"the filter date needs a day, and got {shown(str(day))}")
        return Markdown(formats.date(day))  # "9. Oktober" would be escaped as what may begin a list

    def days(number: int) -> Markdown:
        """A number of days with the word: 59 days."""
        return Markdown.escape(formats.unit(number, "duration-day"))

    return {
        "days": days,
        "code_block": code_block,
        "codes": codes,
        "date": in_words,
        "enumerated": enumerated,
        "fact": fact,
        "heading": heading,
        "image_links": image_links,
        "html": plain,
        "link": link,
        "known": known,
        "known_codes": known_codes,
        "listed": listed,
        "tag_list": tag_list,
        "tags_address": tags_address,
        "translated": translated,
    }
