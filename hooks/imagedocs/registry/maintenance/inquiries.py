"""Questions to a live registry about images that no file names: does this one exist, which tags are there."""

import asyncio
from collections.abc import Iterable

from imagedocs.errors import CannotRun
from imagedocs.references import InvalidReferenceError, Reference, as_meant, parse_normalized
from imagedocs.registry.access import Access
from imagedocs.registry.headers import printable
from imagedocs.registry.oci import OciRegistries
from imagedocs.registry.verdicts import Completeness, Verdict, exit_status
from imagedocs.registry.workers import REPOSITORIES_AT_ONCE, work_through

_VERDICTS = {
    Completeness.WHOLE: Verdict.EXISTS,
    Completeness.PARTIAL: Verdict.UNKNOWN,
    Completeness.MISSING: Verdict.MISSING,
    Completeness.UNKNOWN: Verdict.UNKNOWN,
}
"""What a list is worth to who wants all of it."""


def check_images(texts: Iterable[str], access: Access) -> tuple[int, list[str]]:
    """The exit status (0, 1 or 3) and a line for each reference: `exists: …`, `missing: …`, `unknown: …`.

    Raises CannotRun for what is no reference.
    """
    references = [_parse(text) for text in dict.fromkeys(texts)]
    return asyncio.run(_check(references, access))


async def _check(references: list[Reference], access: Access) -> tuple[int, list[str]]:
    verdicts: dict[Reference, Verdict] = {}
    lines: dict[Reference, list[str]] = {}
    async with OciRegistries(access) as registries:
        for reference in references:
            (await registries.at(reference.domain)).expect((reference.path,))

        async def one(reference: Reference) -> None:
            registry = await registries.at(reference.domain)
            answer = await registry.check(reference.path, reference.digest or reference.tag or "latest")
            verdicts[reference] = answer.verdict
            text = f"{answer.verdict}: {reference}"
            lines[reference] = [f"{text}: {answer.reason}" if answer.reason else text]
            lines[reference] += [f"note: {reference}: {warning}" for warning in answer.warnings]

        await work_through(references, one, REPOSITORIES_AT_ONCE)
    return exit_status(verdicts.values()), [line for reference in references for line in lines[reference]]


def list_repositories(names: Iterable[str], access: Access) -> tuple[int, list[str], list[str]]:
    """The exit status (0 when every list is whole, 1, 3), the references, and what is amiss with the lists.

    Raises CannotRun for what is no repository.
    """
    repositories = [_parse(name) for name in dict.fromkeys(names)]
    for repository in repositories:
        if repository.tag or repository.digest:
            raise CannotRun(f'"{printable(str(repository))}" is an image, not a repository')
    return asyncio.run(_list(repositories, access))


async def _list(repositories: list[Reference], access: Access) -> tuple[int, list[str], list[str]]:
    verdicts: list[Verdict] = []
    found: list[str] = []
    amiss: list[str] = []
    async with OciRegistries(access) as registries:
        for repository in repositories:
            listed = await (await registries.at(repository.domain)).list_tags(repository.path)
            verdicts.append(_VERDICTS[listed.completeness])
            found += [f"{repository.name}:{tag}" for tag in sorted(set(listed.tags))]
            if listed.reason:
                amiss.append(f"{listed.completeness}: {repository.name}: {listed.reason}")
            amiss += [f"note: {repository.name}: {warning}" for warning in listed.warnings]
    return exit_status(verdicts), found, amiss


def _parse(text: str) -> Reference:
    try:
        return as_meant(parse_normalized(text))
    except InvalidReferenceError as error:
        raise CannotRun(f'"{printable(text)}" is not an image: {error}') from None
