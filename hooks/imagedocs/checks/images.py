"""Does every image that the catalog and the pages name exist, and is it one to use?"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from imagedocs.catalog import Catalog, Image, Status
from imagedocs.catalog.column_images import references_in_columns
from imagedocs.checks.allowed_images import AllowedImage, allowing
from imagedocs.checks.known_issues import (
    USES_IMAGE,
    WARNINGS,
    check_documented_tags,
    check_issue_tags,
    check_used_tag,
)
from imagedocs.checks.mentions import NamedImage, mentions_of
from imagedocs.checks.platforms import check_platforms
from imagedocs.checks.registries import check_hosts, hosts_of, known_repositories, misspelling
from imagedocs.checks.stated_facts import check_stated_facts
from imagedocs.findings import at_most
from imagedocs.markdown.document import Document
from imagedocs.problems import Position, Problem, Rule
from imagedocs.references import Reference, looks_like_host
from imagedocs.registry import Gone, Registry, Repository
from imagedocs.suggestions import did_you_mean, shown

_STATES = frozenset([Rule.IMAGE_DEPRECATED, Rule.IMAGE_REMOVED])
"""What the generated page of an image says itself."""

_OF_TAGS = frozenset(
    [
        Rule.IMAGE_MISSING,
        Rule.IMAGE_TAG_UNKNOWN,
        Rule.IMAGE_DIGEST_UNKNOWN,
        Rule.IMAGE_TAG_MOVED,
        Rule.IMAGE_TAG_KNOWN_BAD,
    ]
)
"""What is wrong with one tag or digest, not with the whole repository."""


def check_catalog_images(catalog: Catalog, registry: Registry, as_of: date) -> Iterator[Problem]:
    """Yield a problem for each image of the catalog that is not on record, or is known to be bad.

    A repository of which nothing is on record is reported once, however many images of the catalog are from it.
    """
    reported: set[str] = set()
    misspelled = dict(check_hosts(catalog, registry))
    yield from misspelled.values()
    for image in catalog.images:
        place = image.at("tags" if "tags" in image.positions else "tag")
        for reference in image.references:
            if reference.name in reported or reference.domain in misspelled:
                continue
            problem = _check_existence(reference, registry, image.at("repository"), place, image.at("digest"))
            if problem:
                yield problem
                if registry.repository(reference.name) is None:
                    reported.add(reference.name)
        for field, reference in references_in_columns(image):
            place = image.at(field)
            if reference.name not in reported and reference.domain not in misspelled:
                problem = _check_existence(reference, registry, place, place, place)
                yield from [problem] if problem else []
        yield from check_platforms(image, registry)
        yield from check_issue_tags(image, registry)
        if image.listed_on(as_of):
            yield from check_documented_tags(image, registry, as_of)


class ImageJudge:
    """Knows which images there are, and judges what pages say of them."""

    def __init__(
        self,
        catalog: Catalog,
        registry: Registry,
        as_of: date,
        allowed: Sequence[AllowedImage] = (),
        pages: Mapping[str, str] | None = None,
    ) -> None:
        """`pages` has the pages that are generated for images: project path → name of the repository."""
        self._catalog = catalog
        self._registry = registry
        self._as_of = as_of
        self._allowed = allowed
        self._pages = pages or {}
        self._listed = {reference for image in catalog.images for reference in image.references}
        self._listed |= {
            replace(image.reference, tag=None) for image in catalog.images if image.digest is not None
        }
        names = {name for image in catalog.images for name in image.repositories}
        self._known = known_repositories(catalog, registry)
        self._reported = {name for name in names if registry.repository(name) is None}
        """Repositories that `check_catalog_images` reports: one mistake, one problem."""
        self.hosts = hosts_of(catalog, registry)
        self.used: set[AllowedImage] = set()
        """The allowances that the pages judged so far need."""

    def problems(self, document: Document) -> Iterator[Problem]:
        """Those of one page."""
        return at_most(self._problems(document), document.path)

    def _problems(self, document: Document) -> Iterator[Problem]:
        told = self._pages.get(document.path)
        said: set[tuple[Position | None, Rule, Reference]] = set()
        for named in mentions_of(document, self.hosts, self._catalog.portal):
            mention = named.mention
            if named.generated and mention.reference in self._listed:
                continue  # the catalog says so, and is checked itself
            reference = self._catalog.meant(mention.reference) if mention.reference else None
            if reference and (
                reference.name in self._reported or (mention.is_short and reference.name not in self._known)
            ):
                continue
            problem = _check_mention(named, reference, self._catalog, self._registry, self._as_of)
            if problem and problem.rule in _STATES and reference and reference.name == told:
                continue
            if problem and reference and (allowance := allowing(reference, self._allowed)):
                self.used.add(allowance)
                if allowance.until >= self._as_of:
                    continue
            if problem and reference:
                what = reference if problem.rule in _OF_TAGS else replace(reference, tag=None, digest=None)
                if mention.is_assembled and (named.block, problem.rule, what) in said:
                    continue
                said.add((named.block, problem.rule, what))
            if problem:
                yield replace(problem, included_from=named.included_from)
        yield from check_stated_facts(document, self._catalog)


def _check_mention(
    named: NamedImage, reference: Reference | None, catalog: Catalog, registry: Registry, as_of: date
) -> Problem | None:
    place = named.position
    if named.mention.meant_host and reference:
        return misspelling(place, reference.domain, named.mention.meant_host)
    if reference is None:
        message = f"{shown(named.mention.text)} is not an image reference"
        hint = "write host/repository:tag, the repository in lower case"
        return Problem(place, Rule.IMAGE_REFERENCE_INVALID, message, hint)
    if _is_namespace(reference, registry):
        return None
    names = {name for image in catalog.images for name in image.repositories} - {reference.name}
    return (
        _check_existence(reference, registry, place, place, place, names)
        or _check_status(named, reference, catalog, as_of)
        or check_used_tag(named, reference, catalog, registry, as_of)
        or _check_tag_is_there(named, reference, catalog)
    )


def _check_tag_is_there(named: NamedImage, reference: Reference, catalog: Catalog) -> Problem | None:
    """A pull without a tag means `latest`, which says nothing to who reads it."""
    if reference.tag or reference.digest or named.mention.open_ended or named.mention.address:
        return None
    images = catalog.of_repository(reference.name)
    if not images or not USES_IMAGE.search(named.before):
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


_ASK = "run: imagedocs snapshot"
"""What to do about an image that nobody has asked the registry about."""


def _check_existence(
    reference: Reference,
    registry: Registry,
    name_place: Position,
    tag_place: Position,
    digest_place: Position,
    named: Collection[str] = (),
) -> Problem | None:
    """Return what is wrong with a reference to an image that is not on record.

    `named` are repositories that may be meant besides those on record.

    The message says that the image is missing only where the record says that it was looked for in vain; of all else
    it is not known whether it exists.
    """
    name, tag, digest = reference.name, reference.tag, reference.digest
    repository = registry.repository(name)
    if repository is None or not repository.exists:
        near = did_you_mean(name, {*registry.repositories(), *named})
        host, _, path = reference.path.partition("/")
        if path and not near and looks_like_host(host):
            near = f"write registry: {host} and repository: {path}, if that is meant."
        if denial := _denial(name, tag or digest or "latest", repository):
            return Problem(name_place, Rule.IMAGE_MISSING, denial, near)
        message = f"{name if repository is None else reference} is not known yet: it is not on record"
        return Problem(name_place, Rule.IMAGE_REPOSITORY_UNKNOWN, message, _or_ask(near))
    facts = repository.tags.get(tag or "")
    moved_to = facts.digest if digest and facts and facts.digest not in (None, digest) else None
    if digest and repository.has_digest(digest):
        if moved_to is None:
            return None
        message = f"{name}:{tag} has moved to {moved_to}; the digest that is named can still be pulled"
        return Problem(digest_place, Rule.IMAGE_TAG_MOVED, message, f'write "@{moved_to}" to move with it')
    if digest:
        if denial := _denial(name, digest, repository):
            near = f'write "@{moved_to}"' if moved_to else did_you_mean(digest, repository.digests)
            return Problem(digest_place, Rule.IMAGE_MISSING, denial, near)
        if moved_to:
            message = f"{name}:{tag} is {moved_to} on record, not {digest}"
            hint = f"write that digest, or no tag; if the tag has moved since, {_ASK}"
            return Problem(digest_place, Rule.IMAGE_DIGEST_UNKNOWN, message, hint)
        message = f"{name} has no manifest {digest} on record"
        hint = _or_ask(did_you_mean(digest, repository.digests))
        return Problem(digest_place, Rule.IMAGE_DIGEST_UNKNOWN, message, hint)
    if tag and tag not in repository.tags:
        near = did_you_mean(tag, repository.tags)
        known = _known_tags(repository)
        if denial := _denial(name, tag, repository):
            return Problem(tag_place, Rule.IMAGE_MISSING, denial, near or known)
        message = f'{name} has no tag "{tag}" on record'
        hint = f"{known}; for others, {_ASK}" if known and not near else _or_ask(near)
        return Problem(tag_place, Rule.IMAGE_TAG_UNKNOWN, message, hint)
    return None


def _or_ask(near: str) -> str:
    """Return the hint for an image that may be misspelt, or that nobody has asked the registry about."""
    return f"{near} If not, {_ASK}" if near else _ASK


def _denial(name: str, key: str, repository: Repository | None) -> str:
    """Return the sentence that a tag or digest is missing; empty where the record does not say so."""
    gone: Gone | None = repository.gone.get(key) if repository else None
    if gone is None:
        return ""
    what = f"{name}@{key}" if ":" in key else f"{name}:{key}"
    evidence = f" ({gone.evidence})" if gone.evidence else ""
    if gone.since is None:
        return f"{what} was never seen{evidence}"
    if evidence:
        return f"{what} has been gone since {gone.since.isoformat()}{evidence}"
    return f"the registry had no {what} on {gone.since.isoformat()}"


def _known_tags(repository: Repository) -> str:
    tags = sorted(repository.tags, reverse=True)[:3]
    return f"it has {', '.join(tags)}" if tags else ""


def _check_status(named: NamedImage, reference: Reference, catalog: Catalog, as_of: date) -> Problem | None:
    """An image that is not supported, in a place that does not warn of it."""
    if named.alert.upper() in WARNINGS:
        return None
    place = named.position
    of_repository = catalog.of_repository(reference.name)
    images = [image for image in of_repository if reference.tag in image.tags] or of_repository
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
