"""The list of images as templates see it: the rows of one day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from imagedocs.catalog import (
    Absence,
    Attribute,
    Catalog,
    Environment,
    Framework,
    Image,
    Library,
    OperatingSystem,
    Package,
    Status,
)
from imagedocs.references import Reference


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
    attributes: Mapping[str, Attribute]
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
