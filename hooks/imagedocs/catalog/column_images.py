"""The tags and images that images name in the catalog's own columns."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from imagedocs.catalog import fields as f
from imagedocs.catalog.facts import Attribute, NamedImage, NamedTag
from imagedocs.catalog.images import Image
from imagedocs.findings import Findings
from imagedocs.problems import Rule
from imagedocs.references import DEFAULT_DOMAIN, Reference, as_meant
from imagedocs.suggestions import did_you_mean, shown


def references_in_columns(image: Image) -> Iterator[tuple[str, Reference]]:
    """Yield the images that the image's columns name, each with the field: an id says that the image is in the catalog,
    and nothing more."""
    for name, value in image.attributes.items():
        for each in value if isinstance(value, tuple) else (value,):
            if isinstance(each, NamedTag):
                yield f"{f.ATTRIBUTES.key}.{name}", replace(image.reference, tag=each.tag, digest=None)
            elif isinstance(each, NamedImage) and not each.id:
                yield f"{f.ATTRIBUTES.key}.{name}", each.reference


def resolved(
    image: Image, images: Mapping[str, Image], ids: frozenset[str], hosts: tuple[str, ...], findings: Findings
) -> Image:
    """Return the image with the references of the images that its columns name by their ids.

    `ids` are those of all entries, also of those with problems. A name without a host is one of Docker Hub, which must
    be among `hosts`, the registries of the catalog.
    """
    changed: dict[str, Attribute] = {}
    for name, value in image.attributes.items():
        values = value if isinstance(value, tuple) else (value,)
        named = [each for each in values if isinstance(each, NamedImage)]
        place = image.at(f"{f.ATTRIBUTES.key}.{name}")
        for each in named:
            if each.id and each.id not in ids:
                hint = did_you_mean(each.id, ids) or "write its id, or its name with registry and tag"
                findings.add(place, Rule.UNKNOWN_NAME, f"there is no image {shown(each.id)}", hint)
            elif not each.id and not each.reference.domain and DEFAULT_DOMAIN not in hosts:
                message = f"{shown(str(each))} has no registry"
                hint = f'write "{replace(each.reference, domain=image.registry)}"'
                findings.add(place, Rule.IMAGE_REFERENCE_INVALID, message, hint)
        found = tuple(_resolved(each, images) for each in named)
        if found:
            changed[name] = found if isinstance(value, tuple) else found[0]
    return replace(image, attributes={**image.attributes, **changed}) if changed else image


def _resolved(named: NamedImage, images: Mapping[str, Image]) -> NamedImage:
    if named.id:
        image = images.get(named.id)
        return replace(named, reference=image.reference) if image else named
    return (
        named
        if named.reference.domain
        else replace(named, reference=as_meant(replace(named.reference, domain=DEFAULT_DOMAIN)))
    )
