"""Can the images of the catalog be pulled for the platforms that it names?"""

from collections.abc import Iterator

from imagedocs.catalog import Image
from imagedocs.problems import Problem, Rule
from imagedocs.registry import Registry, Repository, has_platform


def check_platforms(image: Image, registry: Registry) -> Iterator[Problem]:
    """Yield a problem for each platform that a documented tag lacks on record.

    Of a tag whose platforms are not on record nothing is said.
    """
    for reference in image.references if image.platforms else ():
        repository = registry.repository(reference.name) or Repository()
        facts = repository.tags.get(reference.tag or "")
        if facts is None or facts.platforms is None:
            continue
        names = [platform.name for platform in facts.platforms]
        for platform in image.platforms:
            if not has_platform(names, platform):
                message = (
                    f"{reference.name}:{reference.tag} cannot be pulled for {platform}, by what is on record"
                )
                known = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
                hint = f"it is there for {known}" if names else "remove it"
                yield Problem(image.at("platforms"), Rule.IMAGE_PLATFORM_UNKNOWN, message, hint)
