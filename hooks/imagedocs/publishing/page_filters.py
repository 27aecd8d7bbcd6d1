"""Filters of the templates of generated pages, beside those of all templates."""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date

from imagedocs.catalog import Absence, Framework, Image
from imagedocs.locales import Formats, Messages
from imagedocs.locales.catalog_texts import CONTEXT
from imagedocs.publishing.change_pages import ShownEvent
from imagedocs.publishing.event_texts import event_text
from imagedocs.publishing.facts import Fact
from imagedocs.publishing.image_values import ImageLink, ImageValues
from imagedocs.publishing.sources import Origin
from imagedocs.registry import Platform
from imagedocs.rendering import Markdown, code, linked
from imagedocs.rendering.text import sentences


def page_filters(
    messages: Messages,
    formats: Formats,
    shared: Mapping[str, Callable[..., str]],
    foreign: tuple[str, str] | None = None,
) -> Mapping[str, Callable[..., str]]:
    """Filters that speak the reader's language.

    `shared` are those of all templates. `foreign` is language and direction of texts of the catalog and the record
    that nobody translates, where the reader's language is another.
    """

    def untranslated(text: str) -> Markdown:
        if foreign is None or not text.strip():
            return Markdown.escape(text)
        return Markdown('<span lang="{}" dir="{}">{}</span>').format(*foreign, Markdown.escape(text))

    def links(images: Iterable[ImageLink]) -> Markdown:
        """Links to the pages of images, as a sentence names them."""
        return Markdown(formats.list([linked(each.page, each.name) for each in images]))

    def origin(each: Origin) -> Markdown:
        """Where a fact is from, with a link where a reader can follow it."""
        space = " " if each.rest[:1].isspace() else ""
        return Markdown(f"{short_origin(each)}{space}{untranslated(each.rest)}")

    def short_origin(each: Origin) -> Markdown:
        """The same without what the source says besides."""
        if each.is_registry:
            return Markdown.escape(messages.gettext("the registry"))
        if each.is_public_file:
            return Markdown.escape(messages.gettext("a public file"))
        return linked(each.address, each.text) if each.address else untranslated(each.text)

    def platforms(each: Iterable[Platform]) -> Markdown:
        """Platforms with the size of what a pull transfers."""
        shown = (
            f"{platform.label} ({formats.bytes(platform.bytes)})" if platform.bytes else platform.label
            for platform in each
        )
        return Markdown(", ".join(Markdown.escape(text) for text in shown))

    def event(each: ShownEvent) -> Markdown:
        """What is said of an event, with links to the pages of images."""

        def name(image: Image, tag: str) -> Markdown:
            link = each.links[image.id]
            return shown_link(
                Markdown('<span translate="no">{}</span>').format(f"{link.name}{tag}"), link.page
            )

        def own(text: str) -> Markdown:
            return Markdown.escape(text)

        return Markdown(event_text(each.event, messages, formats, name, code, own))

    def shown_link(shown: Markdown, page: str) -> Markdown:
        return linked(page, shown) if page else shown

    def short_date(day: date) -> Markdown:
        """A day in few characters, for tables."""
        return Markdown(formats.date(day, "medium"))

    def about(image: ImageValues) -> Markdown:
        """What the image is, in a sentence."""
        hardware = Markdown.escape(image.accelerator)
        things = Markdown.escape(formats.list(image.contents)) if image.contents else ""
        return Markdown(_sentence(messages, hardware, things))

    def description(image: ImageValues, list_day: date | None = None) -> Markdown:
        """The same as text with the state of the image, for the front matter of the page."""
        things = formats.list(image.contents) if image.contents else ""
        text = f"{image.name}: {_sentence(messages, image.accelerator, things)}".removesuffix(": ")
        return _front_matter(text, _state(image, list_day, messages, formats))

    def list_description(images: Iterable[ImageValues], list_day: date | None) -> Markdown:
        """What the page that lists all images is about, likewise."""
        said = messages.gettext(
            "Each image that ever stood in the list has a page, with the tags that are on record."
        )
        if list_day is None:
            return _front_matter(said)
        count = sum(image.is_supported for image in images)
        supported = messages.ngettext(
            "%(num)s image is supported, according to the list of %(date)s.",
            "%(num)s images are supported, according to the list of %(date)s.",
            count,
        )
        return _front_matter(supported % {"num": formats.number(count), "date": formats.date(list_day)}, said)

    def values(fact: Fact) -> Markdown:
        """The values of a fact with commas between them, names of programs as code."""
        known = shared["known"]
        is_code = fact.is_code and not any(isinstance(value, Absence) for value in fact.values)
        return Markdown(", ".join(code(value) if is_code else known(value) for value in fact.values))

    labels = {
        "accelerator": messages.gettext("Accelerator"),
        "framework": messages.gettext("Framework"),
        "os": messages.gettext("Operating system"),
    }

    def label(fact: Fact) -> str:
        """What the values of a fact are; empty where they say so themselves."""
        if any(isinstance(value, Framework) for value in fact.values):
            return ""  # "No framework"
        return labels.get(fact.key) or shared["heading"](fact)

    fields = labels | {
        "environment": messages.gettext("Curated environment"),
        "libraries": messages.gettext("Native libraries"),
        "listed": messages.gettext("Days in the list"),
        "packages": messages.gettext("Preinstalled packages"),
        "platforms": messages.gettext("Platforms"),
        "python": "Python",
        "registry": messages.gettext("Registry"),
        "replacement": messages.gettext("Replacement"),
        "repository": messages.gettext("Repository"),
        "tag": messages.gettext("Tag"),
        "tags": messages.gettext("Tag"),
    }

    def field(name: str) -> Markdown:
        """The name of a field of the catalog, or of an own column, as readers know it."""
        return Markdown.escape(fields.get(name) or messages.pgettext(CONTEXT, name))

    return {
        "about": about,
        "description": description,
        "event": event,
        "field": field,
        "label": label,
        "links": links,
        "list_description": list_description,
        "origin": origin,
        "platforms": platforms,
        "short_date": short_date,
        "short_origin": short_origin,
        "values": values,
    }


def _front_matter(*said: str) -> Markdown:
    """Return sentences as a text of YAML."""
    text = sentences(" ".join(" ".join(said).split()))
    return Markdown(json.dumps(text, ensure_ascii=False))


def _state(image: ImageValues, list_day: date | None, messages: Messages, formats: Formats) -> str:
    """Return whether the image is supported, as the list says; empty where no day is known."""
    if image.is_withdrawn and not image.was_draft and image.since and image.until:
        said = messages.gettext("It was in the list of images from %(since)s to %(until)s.")
        return said % {"since": formats.date(image.since), "until": formats.date(image.until)}
    if image.is_supported and list_day:
        said = messages.gettext("According to the list of %(date)s, it is supported.")
        return said % {"date": formats.date(list_day)}
    return ""


def _sentence(messages: Messages, hardware: str, things: str) -> str:
    """Return the sentence of `about`; empty where nothing is known."""
    if hardware and things:
        # TRANSLATORS: "A container image for GPU with PyTorch 1.6, Python 3.7, and Ubuntu 18.04."
        said = messages.gettext("A container image for %(accelerator)s with %(things)s.")
    elif hardware:
        said = messages.gettext("A container image for %(accelerator)s.")
    elif things:
        said = messages.gettext("A container image with %(things)s.")
    else:
        return ""
    return said % {"accelerator": hardware, "things": things}
