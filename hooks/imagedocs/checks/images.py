"""Does every image that the catalog and the pages name exist, and is it one to use?"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from imagedocs.catalog import Catalog, Image, Status
from imagedocs.checks.allowed_images import AllowedImage, allowing, check_allowed_images
from imagedocs.checks.mentions import NamedImage, mentions_of
from imagedocs.checks.site import Site
from imagedocs.findings import at_most
from imagedocs.markdown.document import Document
from imagedocs.problems import Position, Problem, Rule
from imagedocs.references import Reference
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
    """References in the pages to images that do not exist, or are not to be used."""
    judge = ImageJudge(catalog, registry, as_of, allowed)
    for locale in site.locales:
        for document in locale.documents.values():
            yield from judge.problems(document)
    yield from check_allowed_images(allowed, judge.used, as_of)


class ImageJudge:
    """Knows which images there are, and judges what pages say of them."""

    def __init__(
        self, catalog: Catalog, registry: Registry, as_of: date, allowed: Sequence[AllowedImage] = ()
    ) -> None:
        self._catalog = catalog
        self._registry = registry
        self._as_of = as_of
        self._allowed = allowed
        self._listed = {image.reference for image in catalog.images}
        self.hosts = hosts_of(catalog, registry)
        self.used: set[AllowedImage] = set()
        """The allowances that the pages judged so far need."""

    def problems(self, document: Document) -> Iterator[Problem]:
        """Those of one page."""
        return at_most(self._problems(document), document.path)

    def _problems(self, document: Document) -> Iterator[Problem]:
        for named in mentions_of(document, self.hosts, self._catalog.portal):
            if named.generated and named.mention.reference in self._listed:
                continue  # the catalog says so, and is checked itself
            problem = _check_mention(named, self._catalog, self._registry, self._as_of)
            reference = named.mention.reference
            if problem and reference and (allowance := allowing(reference, self._allowed)):
                self.used.add(allowance)
                if allowance.until >= self._as_of:
                    continue
            if problem:
                yield replace(problem, included_from=named.included_from)


def hosts_of(catalog: Catalog, registry: Registry) -> frozenset[str]:
    """The registries whose images are looked for: those that the catalog and the recorded manifest are about."""
    return frozenset(name.partition("/")[0] for name in registry.repositories()) | ({catalog.registry} - {""})


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
