"""Collect what a project's files claim about images, for commands that ask the registry itself."""

from collections.abc import Iterable, Iterator, Mapping

from imagedocs.catalog.column_images import references_in_columns
from imagedocs.checks.mentions import mentions_in
from imagedocs.checks.registries import known_repositories
from imagedocs.checks.site import Site
from imagedocs.problems import CannotRun, Position
from imagedocs.project import Project
from imagedocs.references import InvalidReferenceError, Reference, as_meant, parse_name
from imagedocs.references.mentions import Mention
from imagedocs.registry.claims import LATEST, Claim
from imagedocs.suggestions import did_you_mean


def repositories_of(
    project: Project, named: Iterable[str], images: Iterable[str] = (), repositories: Iterable[str] = ()
) -> tuple[str, ...]:
    """Return the full names of the repositories to ask about.

    These are the repositories of the images in `images`, named by id, and `repositories`; without either, all that
    the project's files have `named`.
    Raises CannotRun for an id that the catalog does not have.
    """
    names = {_as_meant(name) for name in repositories}
    for image_id in images:
        image = project.catalog.image(image_id)
        if image is None:
            hint = did_you_mean(image_id, [each.id for each in project.catalog.images])
            raise CannotRun(f'the catalog has no image "{image_id}"' + (f"; {hint}" if hint else ""))
        names.update(image.repositories)
    if not names:
        names = set(named)
    return tuple(sorted(names))


def _as_meant(name: str) -> str:
    try:
        return as_meant(parse_name(name)).name
    except InvalidReferenceError:
        return name  # who asks says what is wrong with it


def claims_of(project: Project, site: Site) -> Iterator[Claim]:
    """Yield every image that the catalog and the pages name, and its place: with a tag or a digest, or a repository
    alone.

    What is only the beginning of other repositories' names is left out: `host/team`.
    """
    claims = list(_all_claims(project, site))
    names = {claim.repository for claim in claims}.union(project.manifest.by_name if project.manifest else ())
    parts = [name.split("/") for name in names]
    beginnings = {"/".join(part[:end]) for part in parts for end in range(1, len(part))}
    yield from (claim for claim in claims if claim.reference or claim.repository not in beginnings)


def _all_claims(project: Project, site: Site) -> Iterator[Claim]:
    for image in project.catalog.images:
        place = image.at("tags" if "tags" in image.positions else "tag")
        for reference in image.references:
            yield Claim(place, reference.name, reference.tag or "", image.digest or "", image.platforms)
        for field, reference in references_in_columns(image):
            yield Claim(image.at(field), reference.name, reference.tag or "", reference.digest or "")
        for issue in image.known_issues:
            if issue.fixed_in:  # that a tag with an issue is still there, nobody says
                yield Claim(issue.position, image.full_repository, issue.fixed_in)
    for position, mention, reference in _mentions(project, site):
        tag, digest = ("", "") if mention.open_ended else (reference.tag or "", reference.digest or "")
        yield Claim(position, reference.name, tag, digest)


def named_in(claims: Iterable[Claim]) -> Mapping[str, frozenset[str]]:
    """Return the tags and digests of the claims, by repository: what a check looks up in the record. A repository that
    is named alone has none."""
    found: dict[str, set[str]] = {}
    for claim in claims:
        found.setdefault(claim.repository, set()).update({claim.tag, claim.digest} - {""})
    return {name: frozenset(keys) for name, keys in found.items()}


def _mentions(project: Project, site: Site) -> Iterator[tuple[Position, Mention, Reference]]:
    """Yield the images that pages name, each with what is asked for it."""
    catalog = project.catalog
    known = known_repositories(catalog, project.manifest) if project.manifest else frozenset[str]()
    for named in mentions_in(site, project.image_hosts or catalog.hosts, catalog.portal):
        mention = named.mention
        if mention.reference is None or mention.meant_host:
            continue
        reference = catalog.meant(mention.reference)
        if not mention.is_short or reference.name in known:
            yield named.position, mention, reference


def windows_of(project: Project) -> Mapping[str, int]:
    """Return the months behind `latest` for which the catalog promises support now, by repository."""
    return {
        name: image.support.months
        for image in project.catalog.listed_on(project.as_of)
        for name in image.repositories
        if image.support
        and image.support.months is not None
        and image.support.older_than == LATEST
        and image.support.holds_on(project.as_of)
    }
