"""What must hold within an entry and between entries, beyond the type of each field."""

from collections.abc import Iterable, Mapping
from datetime import date

from imagedocs.catalog.facts import AcceleratorKind
from imagedocs.catalog.images import Framework, Image, Status
from imagedocs.catalog.names import contradictions
from imagedocs.findings import Findings
from imagedocs.problems import Rule
from imagedocs.suggestions import did_you_mean


def check_image(
    image: Image,
    frameworks: Iterable[Framework],
    systems: Iterable[str],
    accelerators: Iterable[AcceleratorKind],
    as_of: date | None,
    findings: Findings,
) -> None:
    """What one entry says against itself or against its repository's name."""
    for found in contradictions(image, frameworks, systems, accelerators):
        place = image.positions.get(found.field) or image.at(found.field.partition(".")[0])
        findings.add(place, Rule.CATALOG_CONTRADICTION, found.message, found.hint)
    start, until = image.listed.start, image.listed.until
    if until is not None and until < start:
        findings.add(
            image.at("listed.until"), Rule.CATALOG_DATES, f"until {until} is before from {start}", "swap them"
        )
    if image.status is Status.REMOVED and until is None:
        message = "a removed image needs the day on which it left the list"
        findings.add(image.at("status"), Rule.CATALOG_DATES, message, "add until to listed")
    if image.status is Status.SUPPORTED and until is not None and as_of is not None and until <= as_of:
        message = f"the image is supported here, but left the list on {until}"
        findings.add(image.at("status"), Rule.CATALOG_DATES, message, "write removed, or take until away")


def check_duplicates(images: Iterable[Image], findings: Findings) -> None:
    references: dict[str, Image] = {}
    for image in images:
        for reference in map(str, image.references):
            first = references.setdefault(reference, image)
            if first is image:
                continue
            message = f"{reference} stands twice; first as {first.id} on line {first.position.line}"
            findings.add(
                image.at("repository"), Rule.DUPLICATE_IMAGE, message, "remove one of them, or name its tag"
            )


def check_replacements(images: Mapping[str, Image], ids: Iterable[str], findings: Findings) -> None:
    """`ids` are those of all entries, also of those that are not in `images` because something is wrong with them."""
    known = sorted(set(ids))
    for image in images.values():
        if image.replacement is None:
            continue
        place = image.at("replacement")
        target = images.get(image.replacement)
        if image.replacement == image.id:
            findings.add(
                place, Rule.CATALOG_REPLACEMENT, "the image is its own replacement", "name another one"
            )
        elif image.replacement not in known:
            message = f'there is no image "{image.replacement}"'
            findings.add(place, Rule.CATALOG_REPLACEMENT, message, did_you_mean(image.replacement, known))
        elif target is not None and target.status is Status.REMOVED:
            message = f'the replacement "{target.id}" is removed itself'
            hint = (
                f'did you mean "{target.replacement}"?'
                if target.replacement in images
                else "name a supported image"
            )
            if _circles(image, images):
                message, hint = f'the replacement "{target.id}" leads back here', "name a supported image"
            findings.add(place, Rule.CATALOG_REPLACEMENT, message, hint)
        elif target is not None and _circles(image, images):
            message = f'the replacement "{target.id}" leads back here'
            findings.add(place, Rule.CATALOG_REPLACEMENT, message, "name a supported image")


def _circles(image: Image, images: Mapping[str, Image]) -> bool:
    seen: set[str] = set()
    at: Image | None = image
    while at is not None and at.replacement is not None and at.id not in seen:
        seen.add(at.id)
        if at.replacement == image.id:
            return True
        at = images.get(at.replacement)
    return False
