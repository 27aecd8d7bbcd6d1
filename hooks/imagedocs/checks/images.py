"""Does every image that the catalog and the pages name exist, and is it one to use?"""

from collections.abc import Collection, Iterator
from datetime import date

from imagedocs.catalog import Catalog, Image, Status
from imagedocs.checks.site import Site
from imagedocs.markdown.document import Text, TextKind
from imagedocs.problems import Position, Problem, Rule
from imagedocs.references import Mention, Reference, find
from imagedocs.registry import Gone, Registry, Repository
from imagedocs.suggestions import did_you_mean, shown

_WARNINGS = frozenset(["CAUTION", "WARNING"])
"""An alert of these kinds that names an image warns of it: it need not be supported."""


def check_catalog_images(catalog: Catalog, registry: Registry) -> Iterator[Problem]:
    """Images of the catalog that the registry does not have."""
    for image in catalog.images:
        problem = _check_existence(
            image.reference, registry, image.at("repository"), image.at("tag"), image.at("digest")
        )
        if problem:
            yield problem


def check_page_images(site: Site, catalog: Catalog, registry: Registry, as_of: date) -> Iterator[Problem]:
    """References in the pages to images that do not exist, or are not to be used.

    Looked for are those of the registries that the catalog and the recorded manifest are about.
    """
    hosts = {name.partition("/")[0] for name in registry.repositories()} | ({catalog.registry} - {""})
    for place, mention, text in mentions_in(site, hosts):
        reference = mention.reference
        if reference is None:
            message = f"{shown(mention.text)} is not an image reference"
            hint = "write host/repository:tag, the repository in lower case"
            yield Problem(place, Rule.IMAGE_REFERENCE_INVALID, message, hint, text.included_from)
            continue
        if _is_namespace(reference, registry):
            continue
        problem = _check_existence(reference, registry, place, place, place)
        if problem is None:
            problem = _check_status(reference, text, catalog, as_of, place)
        if problem:
            yield Problem(
                problem.position, problem.rule, problem.message, problem.hint, text.included_from, problem.fix
            )


def mentions_in(site: Site, hosts: Collection[str]) -> Iterator[tuple[Position, Mention, Text]]:
    """Where the pages name images of the registries `hosts`; not in what is rendered from the catalog."""
    for locale in site.locales:
        for document in locale.documents.values():
            for text in document.texts:
                if not text.generated:
                    for mention in find(text.content, hosts):
                        yield _place(text, mention.offset), mention, text


def _place(text: Text, offset: int) -> Position:
    """Where in the file the character of `text` at `offset` stands."""
    before = text.content[:offset]
    row = before.count("\n")
    column = offset - (before.rfind("\n") + 1)
    if text.kind is TextKind.CODE_BLOCK:
        indent = text.indents[row] if row < len(text.indents) else 0
        return Position(text.position.path, text.position.line + row, column + indent + 1)
    first = text.position.column if row == 0 else 1
    return Position(text.position.path, text.position.line + row, column + first)


def _is_namespace(reference: Reference, registry: Registry) -> bool:
    """`host/azureml` alone names no image: it is what the names of images begin with."""
    if reference.tag or reference.digest:
        return False
    return registry.repository(reference.name) is None and any(
        name.startswith(f"{reference.name}/") for name in registry.repositories()
    )


def _check_existence(
    reference: Reference,
    registry: Registry,
    name_place: Position,
    tag_place: Position,
    digest_place: Position,
) -> Problem | None:
    name = reference.name
    repository = registry.repository(name)
    if repository is None or not repository.exists:
        gone = _evidence(repository, reference.tag or "latest")
        message = f"there is no repository {name}" + (f" ({gone})" if gone else "")
        return Problem(
            name_place, Rule.IMAGE_REPOSITORY_UNKNOWN, message, did_you_mean(name, registry.repositories())
        )
    if reference.digest and not repository.has_digest(reference.digest):
        message = f"{name} has no manifest {reference.digest}"
        return Problem(
            digest_place,
            Rule.IMAGE_DIGEST_UNKNOWN,
            message,
            did_you_mean(reference.digest, repository.digests),
        )
    if reference.tag and reference.tag not in repository.tags and not reference.digest:
        gone = _evidence(repository, reference.tag)
        message = f'{name} has no tag "{reference.tag}"' + (f" ({gone})" if gone else "")
        hint = did_you_mean(reference.tag, repository.tags)
        return Problem(tag_place, Rule.IMAGE_TAG_UNKNOWN, message, hint or _known_tags(repository))
    return None


def _evidence(repository: Repository | None, tag: str) -> str:
    gone: Gone | None = repository.gone.get(tag) if repository else None
    if gone is None:
        return ""
    since = f"gone since {gone.since.isoformat()}" if gone.since else "never seen"
    return f"{since}: {gone.evidence}" if gone.evidence else since


def _known_tags(repository: Repository) -> str:
    tags = sorted(repository.tags, reverse=True)[:3]
    return f"it has {', '.join(tags)}" if tags else ""


def _check_status(
    reference: Reference, text: Text, catalog: Catalog, as_of: date, place: Position
) -> Problem | None:
    """An image that is not supported, in a place that does not warn of it."""
    if text.alert.upper() in _WARNINGS:
        return None
    images = catalog.of_repository(reference.name)
    statuses = {image.status_on(as_of): image for image in images}
    if not images or Status.SUPPORTED in statuses:
        return None
    if (image := statuses.get(Status.DEPRECATED)) is not None:
        return Problem(
            place, Rule.IMAGE_DEPRECATED, f"{reference.name} is deprecated", _instead(image, catalog, as_of)
        )
    image = images[0]
    until = image.listed.until
    message = f"{reference.name} is no longer supported" + (f", since {until.isoformat()}" if until else "")
    return Problem(place, Rule.IMAGE_REMOVED, message, _instead(image, catalog, as_of))


def _instead(image: Image, catalog: Catalog, as_of: date) -> str:
    replacement = catalog.replacement(image)
    if replacement and replacement.status_on(as_of) is Status.SUPPORTED:
        return f"use {replacement.reference} instead, or say so in a > [!WARNING]"
    supported = [
        str(each.reference)
        for each in catalog.images
        if each.status_on(as_of) is Status.SUPPORTED and each.listed_on(as_of)
    ]
    return f"supported are {', '.join(supported)}" if supported else ""
