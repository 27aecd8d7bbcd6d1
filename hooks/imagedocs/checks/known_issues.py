"""Does the catalog document, or a page use, a tag that is known to be bad?"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from imagedocs.catalog import Catalog, Image, KnownIssue
from imagedocs.checks.mentions import NamedImage
from imagedocs.evidence import newest_good_tag
from imagedocs.problems import Problem, Rule
from imagedocs.references import Reference
from imagedocs.registry import Registry

WARNINGS: Final = frozenset(["CAUTION", "WARNING"])
"""An alert of these kinds that names an image warns of it: it need not be one to use."""

USES_IMAGE: Final = re.compile(
    r"""^\s*FROM\s | \b(?:docker|podman|nerdctl)\s+(?:image\s+)?(?:pull|run|create)\s | \bimage["']?\s*[:=]\s*["']?$ | --image[\s=]$""",
    re.VERBOSE | re.IGNORECASE,
)
"""Code in which the name of an image is one to pull, not one to speak of."""


def check_documented_tags(image: Image, registry: Registry, as_of: date) -> Iterator[Problem]:
    """Yield a problem for each tag that the catalog documents although it has a known issue."""
    for tag in image.tags:
        issue = image.known_issue(tag, as_of)
        if issue is not None:
            place = image.at("tags" if "tags" in image.positions else "tag")
            what, hint = _words(image, tag, issue, registry, as_of)
            yield Problem(place, Rule.IMAGE_TAG_KNOWN_BAD, what, hint)


def check_issue_tags(image: Image, registry: Registry) -> Iterator[Problem]:
    """Yield a problem for each tag of a known issue that is on record neither as there nor as gone: nothing would be
    warned of a tag that is misspelt."""
    repository = registry.repository(image.full_repository)
    if repository is None or not repository.exists:
        return
    for issue in image.known_issues:
        for tag in (*issue.tags, *([issue.fixed_in] if issue.fixed_in else [])):
            if tag not in repository.tags and tag not in repository.gone:
                message = f'{image.full_repository} has no tag "{tag}" on record'
                hint = "correct the tag; if it is right, run: imagedocs snapshot"
                yield Problem(issue.position, Rule.IMAGE_TAG_UNKNOWN, message, hint)


def check_used_tag(
    named: NamedImage, reference: Reference, catalog: Catalog, registry: Registry, as_of: date
) -> Problem | None:
    """Return a problem where code uses a tag with a known issue, or the digest of one.

    In sentences a bad tag may be named: who tells of it must say which it is. Code in a warning may show it too.
    """
    if named.alert.upper() in WARNINGS or not (named.block or USES_IMAGE.search(named.before)):
        return None
    repository = registry.repository(reference.name)
    tags = [reference.tag] if reference.tag else []
    if reference.digest and repository:
        tags += [tag for tag, facts in repository.tags.items() if facts.digest == reference.digest]
    for image in catalog.of_repository(reference.name):
        for tag in tags:
            issue = image.known_issue(tag, as_of)
            if issue is not None:
                what, hint = _words(image, tag, issue, registry, as_of)
                return Problem(named.position, Rule.IMAGE_TAG_KNOWN_BAD, what, hint)
    return None


def _words(image: Image, tag: str, issue: KnownIssue, registry: Registry, as_of: date) -> tuple[str, str]:
    text = issue.text.rstrip(".")
    message = f'{image.full_repository}:{tag} is known to be bad since {issue.since.isoformat()}: "{text}"'
    documented = (each for each in image.tags if image.known_issue(each, as_of) is None)
    good = issue.fixed_in or newest_good_tag(image, registry, as_of) or next(documented, None)
    return message, f'write "{good}"' if good else "use another tag"
