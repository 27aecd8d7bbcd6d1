"""The list of images as templates see it: rows of one day, and the filters that put them into words."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from imagedocs.catalog import (
    Absence,
    Catalog,
    Environment,
    Framework,
    Image,
    Library,
    OperatingSystem,
    Package,
    Status,
)
from imagedocs.locales import Formats, Messages
from imagedocs.references import Reference
from imagedocs.rendering import Markdown, code, stacked


@dataclass(frozen=True, slots=True)
class Row:
    """One image, as it stood on the day of the list."""

    id: str
    framework: Framework
    framework_version: str | Absence
    is_gpu: bool
    packages: tuple[Package, ...] | Absence
    reference: Reference
    is_deprecated: bool
    replacement: Reference | None
    shows_environment: bool
    environment: str | Absence
    libraries: tuple[Library, ...]
    os: OperatingSystem | Absence
    python: str | Absence
    attributes: Mapping[str, str | tuple[str, ...] | Absence]
    """By the names of the catalog's own columns."""


def template_values(catalog: Catalog, as_of: date) -> Mapping[str, object]:
    """What every template may use: `as_of`, `is_current`, `images` (all rows), `frameworks` (pairs of a framework
    and its rows), `columns` and `newest` (the reference of the image that was listed last)."""
    frameworks: list[tuple[Framework, tuple[Row, ...]]] = []
    for framework, images in catalog.by_framework(as_of):
        frameworks.append((framework, tuple(_row(catalog, image, as_of) for image in images)))
    listed = catalog.listed_on(as_of)
    newest = max(listed, key=lambda image: image.listed.start, default=None)
    return {
        "as_of": as_of,
        "is_current": not any(_changes_after(image, as_of) for image in catalog.images),
        "images": tuple(_row(catalog, image, as_of) for image in listed),
        "frameworks": tuple(frameworks),
        "columns": catalog.columns or (),
        "newest": newest.reference if newest else None,
    }


def template_filters(messages: Messages, formats: Formats) -> Mapping[str, Callable[..., str]]:
    """Filters that speak the reader's language."""
    words = {
        Absence.UNKNOWN: messages.pgettext("value", "Not documented"),
        Absence.NONE: messages.pgettext("value", "None"),
        Absence.NOT_APPLICABLE: messages.pgettext("value", "Not applicable"),
    }

    def known(value: object) -> Markdown:
        """The value, or the words for why there is none."""
        return Markdown.escape(words[value] if isinstance(value, Absence) else value)

    def known_codes(values: Iterable[object] | Absence) -> Markdown:
        """The values as code, one below the other."""
        return known(values) if isinstance(values, Absence) else stacked(code(value) for value in values)

    def listed(value: str | tuple[str, ...] | Absence) -> Markdown:
        """A text, or several one below the other, or the words for why there is none."""
        return stacked(value) if isinstance(value, tuple) else known(value)

    def tag_list(reference: Reference) -> Markdown:
        """The address at which the registry lists the tags of an image (OCI distribution 1.1, "listing tags")."""
        return Markdown(f"<https://{reference.domain}/v2/{reference.path}/tags/list>")

    def in_words(day: date) -> Markdown:
        return Markdown(formats.date(day))  # "9. Oktober" would be escaped as what may begin a list

    return {
        "date": in_words,
        "known": known,
        "known_codes": known_codes,
        "listed": listed,
        "tag_list": tag_list,
    }


def _row(catalog: Catalog, image: Image, as_of: date) -> Row:
    environment = image.environment_on(as_of)
    replacement = catalog.replacement(image)
    return Row(
        id=image.id,
        framework=image.framework,
        framework_version=image.framework_version,
        is_gpu=image.accelerator.is_gpu,
        packages=image.packages,
        reference=image.reference,
        is_deprecated=image.status_on(as_of) is Status.DEPRECATED,
        replacement=replacement.reference if replacement else None,
        shows_environment=isinstance(environment, Environment),
        environment=environment.name if isinstance(environment, Environment) else environment,
        libraries=(*image.accelerator.libraries, *image.libraries),
        os=image.os,
        python=image.python,
        attributes=image.attributes,
    )


def _changes_after(image: Image, as_of: date) -> bool:
    return image.listed.start > as_of or (image.listed.until is not None and image.listed.until > as_of)
