"""Collect what a project's files claim about images, for commands that ask the registry itself."""

from collections.abc import Iterable, Iterator, Mapping

from imagedocs.checks.mentions import NamedImage, mentions_in
from imagedocs.checks.site import Site
from imagedocs.problems import CannotRun
from imagedocs.project import Project
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
    names = set(repositories)
    for image_id in images:
        image = project.catalog.image(image_id)
        if image is None:
            hint = did_you_mean(image_id, [each.id for each in project.catalog.images])
            raise CannotRun(f'the catalog has no image "{image_id}"' + (f"; {hint}" if hint else ""))
        names.add(image.full_repository)
    if not names:
        names = set(named)
    return tuple(sorted(names))


def claims_of(project: Project, site: Site) -> Iterator[Claim]:
    """Yield every image that the catalog and the pages name with a tag or a digest, and its place."""
    for image in project.catalog.images:
        place = image.at("tags" if "tags" in image.positions else "tag")
        for tag in image.tags:
            yield Claim(place, image.full_repository, tag, image.digest or "")
        for issue in image.known_issues:
            if issue.fixed_in:  # that a tag with an issue is still there, nobody says
                yield Claim(issue.position, image.full_repository, issue.fixed_in)
    for named in _mentions(project, site):
        mention, reference = named.mention, named.mention.reference
        if reference and not mention.open_ended and (reference.tag or reference.digest):
            yield Claim(named.position, reference.name, reference.tag or "", reference.digest or "")


def named_in(project: Project, site: Site) -> Mapping[str, frozenset[str]]:
    """Return the tags and digests that the project's files name, by repository: what a check looks up in the record.

    A repository that is named alone has none. What is only the beginning of other repositories' names is left out:
    `host/team`.
    """
    found: dict[str, set[str]] = {}
    for claim in claims_of(project, site):
        found.setdefault(claim.repository, set()).update({claim.tag, claim.digest} - {""})
    for named in _mentions(project, site):
        if named.mention.reference:
            found.setdefault(named.mention.reference.name, set())
    recorded = project.manifest.by_name if project.manifest else ()
    names = [*found, *recorded]
    return {
        name: frozenset(keys)
        for name, keys in found.items()
        if keys or not any(each.startswith(f"{name}/") for each in names)
    }


def _mentions(project: Project, site: Site) -> Iterator[NamedImage]:
    hosts = project.image_hosts or project.catalog.hosts
    return mentions_in(site, hosts, project.catalog.portal)


def windows_of(project: Project) -> Mapping[str, int]:
    """Return the months behind `latest` for which the catalog promises support now, by repository."""
    return {
        image.full_repository: image.support.months
        for image in project.catalog.listed_on(project.as_of)
        if image.support
        and image.support.months is not None
        and image.support.older_than == LATEST
        and image.support.holds_on(project.as_of)
    }
