"""Does every image that the catalog and the pages name exist, and is it one to use?"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from imagedocs.catalog import Catalog, Image, Status
from imagedocs.checks.allowed_images import AllowedImage, allowing, check_allowed_images
from imagedocs.checks.site import Site
from imagedocs.findings import at_most
from imagedocs.markdown.document import Document, Text, TextKind
from imagedocs.problems import Position, Problem, Rule
from imagedocs.references import Mention, Reference, find, find_bases
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


def check_page_images(
    site: Site, catalog: Catalog, registry: Registry, as_of: date, allowed: Sequence[AllowedImage] = ()
) -> Iterator[Problem]:
    """References in the pages to images that do not exist, or are not to be used.

    Looked for are those of the registries that the catalog and the recorded manifest are about.
    """
    hosts = {name.partition("/")[0] for name in registry.repositories()} | ({catalog.registry} - {""})
    used: set[AllowedImage] = set()
    listed = {image.reference for image in catalog.images}

    def check_document(document: Document) -> Iterator[Problem]:
        for named in _in_document(document, hosts, catalog.portal):
            if named.generated and named.mention.reference in listed:
                continue  # the catalog says so, and is checked itself
            problem = _check_mention(named, catalog, registry, as_of)
            reference = named.mention.reference
            if problem and reference and (allowance := allowing(reference, allowed)):
                used.add(allowance)
                if allowance.until >= as_of:
                    continue
            if problem:
                yield replace(problem, included_from=named.included_from)

    for locale in site.locales:
        for document in locale.documents.values():
            yield from at_most(check_document(document), document.path)
    yield from check_allowed_images(allowed, used, as_of)


@dataclass(frozen=True, slots=True)
class NamedImage:
    """A place in a page that names an image."""

    position: Position
    mention: Mention
    alert: str = ""
    """The kind of the alert that it stands in, if any."""
    before: str = ""
    """In code, what stands before it on its line."""
    included_from: tuple[Position, ...] = ()
    generated: bool = False
    """A template was rendered there."""


def mentions_in(site: Site, hosts: Collection[str], portal: tuple[str, ...] = ()) -> Iterator[NamedImage]:
    """Where the pages, and what they include, name images of the registries `hosts`."""
    for locale in site.locales:
        for document in locale.documents.values():
            yield from _in_document(document, hosts, portal)


def _in_document(document: Document, hosts: Collection[str], portal: tuple[str, ...]) -> Iterator[NamedImage]:
    for text in document.texts:
        yield from _in_text(text, hosts, portal)
    for link in document.links:
        if link.path is None and "://" in link.target:
            for mention in find(link.target, hosts, portal):
                yield NamedImage(link.position, mention, included_from=link.included_from)


def _in_text(text: Text, hosts: Collection[str], portal: tuple[str, ...]) -> Iterator[NamedImage]:
    mentions = list(find(text.content, hosts, portal))
    if text.kind is TextKind.CODE_BLOCK and "$" in text.content:
        starts = [mention.offset for mention in mentions]
        mentions += (
            base
            for base in find_bases(text.content, hosts)
            if not any(base.offset <= start < base.offset + base.length for start in starts)
        )
    is_code = text.kind in (TextKind.CODE_BLOCK, TextKind.CODE_SPAN)
    for mention in mentions:
        start = text.content.rfind("\n", 0, mention.offset) + 1
        before = text.content[start : mention.offset] if is_code else ""
        place = _place(text, mention.offset)
        yield NamedImage(place, mention, text.alert, before, text.included_from, text.generated)


def _check_mention(named: NamedImage, catalog: Catalog, registry: Registry, as_of: date) -> Problem | None:
    place, reference = named.position, named.mention.reference
    if reference is None:
        message = f"{shown(named.mention.text)} is not an image reference"
        hint = "write host/repository:tag, the repository in lower case"
        return Problem(place, Rule.IMAGE_REFERENCE_INVALID, message, hint)
    if _is_namespace(reference, registry):
        return None
    return (
        _check_existence(reference, registry, place, place, place)
        or _check_status(named, reference, catalog, as_of)
        or _check_tag_is_there(named, reference, catalog)
    )


_USES_IMAGE = re.compile(
    r"""^\s*FROM\s | \b(?:docker|podman|nerdctl)\s+(?:image\s+)?(?:pull|run|create)\s | \bimage["']?\s*[:=]\s*["']?$ | --image[\s=]$""",
    re.VERBOSE | re.IGNORECASE,
)
"""Code in which the name of an image is one to pull, not one to speak of."""


def _check_tag_is_there(named: NamedImage, reference: Reference, catalog: Catalog) -> Problem | None:
    """A pull without a tag means `latest`, which says nothing to who reads it."""
    if reference.tag or reference.digest or named.mention.open_ended or named.mention.address:
        return None
    images = catalog.of_repository(reference.name)
    if not images or not _USES_IMAGE.search(named.before):
        return None
    message = f"{reference.name} has no tag here, though the catalog has one"
    return Problem(named.position, Rule.IMAGE_TAG_MISSING, message, f'write "{images[0].reference}"')


def _place(text: Text, offset: int) -> Position:
    """Where in the file the character of `text` at `offset` stands."""
    before = text.content[:offset]
    row = before.count("\n")
    if text.generated:  # which character of a template made this one is not known
        return Position(text.position.path, text.position.line)
    column = offset - (before.rfind("\n") + 1)
    if text.kind is TextKind.CODE_BLOCK:
        indent = text.indents[row] if row < len(text.indents) else 0
        return Position(text.position.path, text.position.line + row, column + indent + 1)
    first = text.position.column if row == 0 else 1
    return Position(text.position.path, text.position.line + row, column + first)


def _is_namespace(reference: Reference, registry: Registry) -> bool:
    """`host/team` alone names no image: it is what the names of images begin with."""
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
    facts = repository.tags.get(reference.tag or "")
    if reference.digest and facts and facts.digest not in (None, reference.digest):
        message = f"{name}:{reference.tag} is {facts.digest}, not {reference.digest}"
        return Problem(
            digest_place, Rule.IMAGE_DIGEST_UNKNOWN, message, "write the digest that the tag has, or no tag"
        )
    if reference.digest and not repository.has_digest(reference.digest):
        message = f"{name} has no manifest {reference.digest}"
        return Problem(
            digest_place,
            Rule.IMAGE_DIGEST_UNKNOWN,
            message,
            did_you_mean(reference.digest, repository.digests),
        )
    if reference.tag and reference.tag not in repository.tags:
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


def _check_status(named: NamedImage, reference: Reference, catalog: Catalog, as_of: date) -> Problem | None:
    """An image that is not supported, in a place that does not warn of it."""
    if named.alert.upper() in _WARNINGS:
        return None
    place = named.position
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
