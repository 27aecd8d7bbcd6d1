"""Puts what files claim about one repository to its registry: does it exist, has it drifted, can it be pulled."""

import asyncio
from collections.abc import Iterable, Sequence
from datetime import date

from imagedocs.problems import Problem, Rule
from imagedocs.registry import Repository, TagFacts, has_platform
from imagedocs.registry.bodies import INDEX_TYPES, Descriptor, read_manifest
from imagedocs.registry.claims import LATEST, Claim
from imagedocs.registry.contents import images_of, read_contents, read_end_of_life
from imagedocs.registry.headers import UnreadableError
from imagedocs.registry.oci import OciRegistry
from imagedocs.registry.tag_names import day_of, is_fixed, newest_first
from imagedocs.registry.verdicts import Answer, Completeness, TagList, Verdict
from imagedocs.registry.windows import leaves_window
from imagedocs.registry.workers import work_through

TWINS_ASKED = 20
"""Among how many of the newest dated tags the twin of `latest` is looked for."""


class RepositoryCheck:
    """All claims about one repository, put to its registry."""

    def __init__(
        self,
        registry: OciRegistry,
        path: str,
        name: str,
        recorded: Repository,
        as_of: date,
        window_months: int | None = None,
    ) -> None:
        self.registry = registry
        self.path = path
        self.name = name
        self.recorded = recorded
        self.as_of = as_of
        self.window_months = window_months
        self.answers: dict[str, Answer] = {}
        self.problems: list[Problem] = []
        self.verdicts: dict[str, Verdict] = {}

    async def run(self, claims: Sequence[Claim]) -> None:
        by_reference: dict[str, list[Claim]] = {}
        for claim in claims:
            by_reference.setdefault(claim.reference, []).append(claim)
        alone = by_reference.pop("", [])
        width = self.registry.limits.in_flight

        async def one(reference: str) -> None:
            await self._reference(reference, by_reference[reference])

        dated = [claim for claim in claims if day_of(claim.tag) or claim.tag == LATEST]
        async with asyncio.TaskGroup() as group:
            group.create_task(work_through(sorted(by_reference), one, width))
            listing = group.create_task(self.registry.list_tags(self.path)) if dated or alone else None
        if listing and alone:
            await self._repository(alone, listing.result())
        if listing and dated:
            await self._window(dated, listing.result())

    async def _repository(self, claims: Sequence[Claim], listed: TagList) -> None:
        """Judge a repository that is named without a tag. A list proves that it is there; where there is none, an
        image may still be pulled."""
        verdict, reason = Verdict.EXISTS, ""
        if listed.completeness not in {Completeness.WHOLE, Completeness.PARTIAL}:
            latest = await self._ask(LATEST)
            if latest.verdict != Verdict.EXISTS:
                missing = listed.completeness is Completeness.MISSING
                verdict, reason = (Verdict.MISSING if missing else Verdict.UNKNOWN), listed.reason
        self.verdicts[self.name] = verdict
        if verdict != Verdict.EXISTS:
            self._not_there(claims, verdict, reason, was_there=self.recorded.exists)

    def _not_there(self, claims: Sequence[Claim], verdict: Verdict, reason: str, *, was_there: bool) -> None:
        if verdict == Verdict.MISSING:
            hint = "run `imagedocs snapshot` to record it, and name a tag that is there"
            verb = "no longer has" if was_there else "does not have"
            self._add(claims, Rule.REGISTRY_GONE, f"the registry {verb} {{}}", hint)
        else:
            self._add(claims, Rule.REGISTRY_SILENT, f"whether {{}} exists is unknown: {reason}")

    async def _ask(self, reference: str) -> Answer:
        if reference not in self.answers:
            self.answers[reference] = await self.registry.check(self.path, reference)
        return self.answers[reference]

    async def _reference(self, reference: str, claims: Sequence[Claim]) -> None:
        answer = await self._ask(reference)
        separator = "@" if ":" in reference else ":"
        self.verdicts[f"{self.name}{separator}{reference}"] = answer.verdict
        if answer.verdict != Verdict.EXISTS:
            was_there = reference in self.recorded.tags or self.recorded.has_digest(reference)
            self._not_there(claims, answer.verdict, answer.reason, was_there=was_there)
        else:
            await self._drift(reference, claims, answer)
            async with asyncio.TaskGroup() as group:
                group.create_task(self._deprecation(reference, claims, answer))
                if answer.media_type in INDEX_TYPES:
                    group.create_task(self._children(reference, claims, answer))
                elif any(claim.platforms for claim in claims):
                    group.create_task(self._only_platform(reference, claims, answer))

    def _add(self, claims: Iterable[Claim], rule: Rule, message: str, hint: str = "") -> None:
        """A problem at every place that claims it; `{}` in `message` becomes the reference as claimed."""
        for claim in claims:
            self.problems.append(Problem(claim.position, rule, message.replace("{}", str(claim)), hint))

    async def _drift(self, reference: str, claims: Sequence[Claim], answer: Answer) -> None:
        known = self.recorded.tags.get(reference, TagFacts()).digest
        if not answer.digest:
            return
        if is_fixed(reference) and known and known != answer.digest:
            message = f"{{}} was moved from {known} to {answer.digest}"
            self._add(claims, Rule.REGISTRY_DRIFT, message, "a dated tag should never name another image")
        for claim in claims:
            if claim.tag and claim.digest not in {"", answer.digest}:
                await self._pin(claim, answer.digest)

    async def _pin(self, claim: Claim, now: str) -> None:
        """Judge a digest beside a tag that has another one: a pull takes the digest, so it is right while that is
        there."""
        pinned = await self._ask(claim.digest)
        self.verdicts[f"{self.name}@{claim.digest}"] = pinned.verdict
        hint = f'write "@{now}"'
        if pinned.verdict == Verdict.UNKNOWN:
            self._not_there([claim], pinned.verdict, pinned.reason, was_there=False)
        elif pinned.verdict == Verdict.EXISTS and not is_fixed(claim.tag):
            message = f"the tag of {{}} has moved to {now}; the digest can still be pulled"
            self._add([claim], Rule.IMAGE_TAG_MOVED, message, f"{hint} to move with it")
        else:
            message = f"{{}} names a digest that the tag does not have: it has {now}"
            self._add([claim], Rule.REGISTRY_DRIFT, message, hint)

    async def _deprecation(self, reference: str, claims: Sequence[Claim], answer: Answer) -> None:
        for warning in answer.warnings:
            self._add(claims, Rule.REGISTRY_WARNING, f'the registry warns of {{}}: "{warning}"')
        if answer.outdated_format:
            message = "{} has a manifest of schema 1, which current clients refuse to pull"
            self._add(claims, Rule.REGISTRY_WARNING, message)
        digest = answer.digest or (reference if ":" in reference else "")
        day = await read_end_of_life(self.registry, self.path, digest) if digest else None
        if day and day <= self.as_of:
            self._add(claims, Rule.REGISTRY_DEPRECATED, f"{{}} reached its end of life on {day}")

    async def _children(self, reference: str, claims: Sequence[Claim], answer: Answer) -> None:
        content = await self.registry.get(self.path, answer.digest or reference)
        if content.answer.verdict != Verdict.EXISTS:
            message = f"what {{}} holds is unknown: {content.answer.reason}"
            self._add(claims, Rule.REGISTRY_WARNING, message)
            return
        try:
            index = read_manifest(content.body, content.answer.media_type)
        except UnreadableError as error:
            self._add(claims, Rule.REGISTRY_WARNING, f"what {{}} holds is unknown: {error}")
            return
        images, broken = await images_of(self.registry, self.path, index)
        for note in broken:
            if " is missing: " in note:
                self._add(claims, Rule.REGISTRY_BROKEN, f"{{}} cannot be pulled for all platforms: {note}")
            else:
                message = f"whether {{}} can be pulled for all platforms is unknown: {note}"
                self._add(claims, Rule.REGISTRY_SILENT, message)
        if not broken:
            self._platforms(claims, list(dict.fromkeys(image.platform for image in images)))

        async def one(image: Descriptor) -> None:
            found = await self.registry.check(self.path, image.digest)
            platform = f"{image.platform} {image.os_version}".rstrip()  # as a reader sees it
            if found.verdict == Verdict.MISSING:
                message = f"{{}} cannot be pulled for {platform}: {image.digest} is missing"
                self._add(claims, Rule.REGISTRY_BROKEN, message)
            elif found.verdict == Verdict.UNKNOWN:
                message = f"whether {{}} can be pulled for {platform} is unknown: {found.reason}"
                self._add(claims, Rule.REGISTRY_SILENT, message)

        await work_through(images, one, self.registry.limits.in_flight)

    async def _only_platform(self, reference: str, claims: Sequence[Claim], answer: Answer) -> None:
        """Compare the claims with the platform of an image that is for one platform."""
        contents = await read_contents(self.registry, self.path, answer.digest or reference)
        platforms = contents.facts.platforms if contents.facts else None
        if platforms is None:
            reason = contents.notes[0] if contents.notes else "its configuration does not say"
            said = [claim for claim in claims if claim.platforms]
            self._add(said, Rule.REGISTRY_SILENT, f"what {{}} can be pulled for is unknown: {reason}")
        else:
            self._platforms(claims, [platform.name for platform in platforms])

    def _platforms(self, claims: Sequence[Claim], there: Sequence[str]) -> None:
        for claim in claims:
            for platform in claim.platforms:
                if not has_platform(there, platform):
                    known = ", ".join(there[:3]) + (f" and {len(there) - 3} more" if len(there) > 3 else "")
                    message = (
                        f"{{}} cannot be pulled for {platform}: it is there for {known or 'no platform'}"
                    )
                    self._add([claim], Rule.REGISTRY_BROKEN, message, "name only platforms that it has")

    async def _window(self, claims: Sequence[Claim], listed: TagList) -> None:
        """What is counted from `latest`: its dated twin, and the oldest supported day."""
        latest = await self._ask(LATEST)
        if latest.verdict != Verdict.EXISTS or not latest.digest:
            return
        twin, certain = await self._twin(latest.digest, listed)
        at_latest = [claim for claim in claims if claim.reference == LATEST]
        if twin is None and certain:
            message = f"latest of {self.name} is {latest.digest}, which no dated tag names"
            self._add(at_latest, Rule.REGISTRY_LATEST_ALONE, message, "pin it by its digest")
        day = day_of(twin) if twin else None
        months = self.window_months
        if day is None or months is None:
            return
        for claim in claims:
            built = day_of(claim.tag)
            answer = self.answers.get(claim.reference)
            if not built or not answer or answer.verdict != Verdict.EXISTS:
                continue
            if leaves_window(built, months) <= day:
                count = "1 month" if months == 1 else f"{months} months"
                message = f"{{}} is more than {count} older than latest ({twin}), and not supported"
                self._add([claim], Rule.REGISTRY_OUTSIDE_WINDOW, message, f'write "{twin}"')

    async def _twin(self, digest: str, listed: TagList) -> tuple[str | None, bool]:
        """The newest dated tag with the digest, and whether its absence is certain."""
        newest = newest_first(listed.tags, TWINS_ASKED) + newest_first(self.recorded.tags, TWINS_ASKED)
        tags = newest_first(set(newest), TWINS_ASKED)
        certain = bool(tags) and listed.completeness == Completeness.WHOLE
        for tag in tags:
            answer = await self._ask(tag)
            if answer.digest == digest:
                return tag, True
            certain = certain and answer.verdict != Verdict.UNKNOWN
        older = [tag for tag, facts in self.recorded.tags.items() if facts.digest == digest and day_of(tag)]
        return max(older, default=None), certain
