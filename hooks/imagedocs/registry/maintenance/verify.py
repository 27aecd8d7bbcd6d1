"""`imagedocs verify`: compares what files claim about images with the live registry, and writes nothing.

Every claim gets one of three verdicts; what the registry says besides becomes problems: gone, drifted, deprecated,
broken for a platform, outside the supported window.
"""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from imagedocs.problems import Problem, Rule, Severity
from imagedocs.registry import Repository
from imagedocs.registry.access import Access
from imagedocs.registry.claims import Claim
from imagedocs.registry.maintenance.repository_check import RepositoryCheck
from imagedocs.registry.manifest import Manifest
from imagedocs.registry.oci import OciRegistries
from imagedocs.registry.verdicts import SOMETHING_MISSING, Verdict, exit_status
from imagedocs.registry.workers import REPOSITORIES_AT_ONCE, work_through


@dataclass(frozen=True, slots=True)
class Verification:
    """What came of it."""

    problems: tuple[Problem, ...]
    """Sorted."""
    verdicts: dict[str, Verdict] = field(default_factory=dict[str, Verdict])
    """Of every reference that was asked about."""

    @property
    def exit_status(self) -> int:
        """1 for a problem that the registry has proved, 3 when there is none but something is unknown, else 0.

        A `Warning: 299` is shown and changes nothing (OCI distribution specification, Warnings).
        """
        verdicts = list(self.verdicts.values())
        for problem in self.problems:
            if problem.rule is Rule.REGISTRY_SILENT:
                verdicts.append(Verdict.UNKNOWN)
            elif problem.severity is not Severity.SUGGESTION:
                return SOMETHING_MISSING
        return exit_status(verdicts)


def verify(
    claims: Iterable[Claim],
    recorded: Manifest,
    as_of: date,
    access: Access,
    windows: Mapping[str, int] | None = None,
) -> Verification:
    """Ask the registries about every claim.

    `recorded` is what was known before. `windows` says of repositories for how many months behind `latest` their tags
    are supported; of others no tag is too old.
    """
    return asyncio.run(_verify(claims, recorded, as_of, access, windows or {}))


async def _verify(
    claims: Iterable[Claim], recorded: Manifest, as_of: date, access: Access, windows: Mapping[str, int]
) -> Verification:
    by_repository: dict[str, list[Claim]] = {}
    for claim in claims:
        by_repository.setdefault(claim.repository, []).append(claim)
    problems: list[Problem] = []
    verdicts: dict[str, Verdict] = {}
    async with OciRegistries(access) as registries:
        for name in by_repository:
            host, _, path = name.partition("/")
            (await registries.at(host)).expect((path,))

        async def one(name: str) -> None:
            host, _, path = name.partition("/")
            known = recorded.by_name.get(name, Repository())
            months = windows.get(name)
            inquiry = RepositoryCheck(await registries.at(host), path, name, known, as_of, months)
            await inquiry.run(by_repository[name])
            problems.extend(inquiry.problems)
            verdicts.update(inquiry.verdicts)

        await work_through(sorted(by_repository), one, REPOSITORIES_AT_ONCE)
    return Verification(tuple(sorted(problems, key=lambda problem: problem.sort_key)), verdicts)
