"""What a project's files claim about images: for those who ask the registry itself."""

from collections.abc import Iterable, Iterator

from imagedocs.checks.mentions import mentions_in
from imagedocs.checks.site import Site
from imagedocs.problems import CannotRun
from imagedocs.project import Project
from imagedocs.registry.claims import Claim
from imagedocs.suggestions import did_you_mean


def repositories_of(
    project: Project, images: Iterable[str] = (), repositories: Iterable[str] = ()
) -> tuple[str, ...]:
    """The full names of the repositories that are asked about: those of the images named by id and those named
    themselves; without either, all that the catalog names. Raises CannotRun for an id that is none."""
    names = set(repositories)
    for image_id in images:
        image = project.catalog.image(image_id)
        if image is None:
            hint = did_you_mean(image_id, [each.id for each in project.catalog.images])
            raise CannotRun(f'the catalog has no image "{image_id}"' + (f"; {hint}" if hint else ""))
        names.add(image.full_repository)
    if not names:
        names = {image.full_repository for image in project.catalog.images}
    return tuple(sorted(names))


def claims_of(project: Project, site: Site) -> Iterator[Claim]:
    """Every image that the catalog and the pages name, with its place."""
    for image in project.catalog.images:
        yield Claim(image.at("tag"), image.full_repository, image.tag, image.digest or "")
    for named in mentions_in(site, {project.catalog.registry}, project.catalog.portal):
        mention, reference = named.mention, named.mention.reference
        if reference and not mention.open_ended and (reference.tag or reference.digest):
            yield Claim(named.position, reference.name, reference.tag or "", reference.digest or "")
