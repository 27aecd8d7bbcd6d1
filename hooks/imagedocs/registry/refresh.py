"""Replaces what is recorded of repositories by what the live registry says, asking as little as proves it.

A list proves presence, a HEAD names the digest, and only content of a digest that is not recorded whole is
fetched. What the registry would not say leaves the record as it was.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from imagedocs.registry import Gone, Repository, TagFacts
from imagedocs.registry.contents import REGISTRY, Contents, is_complete, read_contents, read_end_of_life
from imagedocs.registry.manifest import Manifest
from imagedocs.registry.oci import OciRegistries, OciRegistry
from imagedocs.registry.tag_names import is_attachment, is_fixed
from imagedocs.registry.verdicts import Answer, Completeness, TagList, Verdict
from imagedocs.registry.workers import REPOSITORIES_AT_ONCE, work_through

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Depth:
    """How much more than the usual is asked."""

    every_tag: bool = False
    """HEAD also tags that are meant to stay and are listed: finds those that drifted."""
    every_end_of_life: bool = False
    """Ask for the lifecycle artifacts of images that have not changed, too."""


@dataclass(slots=True)
class Refresh:
    """A manifest on its way to be fresh: whole and consistent after every repository."""

    manifest: Manifest
    """As it was recorded."""
    as_of: date
    """The day that tombstones carry."""
    depth: Depth = field(default_factory=Depth)
    claims: Mapping[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])
    """Tags and digests that the project's files name, by repository: each is asked for, listed or not."""
    progress: Callable[[str], None] = lambda _: None
    """Called with the name of every repository that is done."""
    done: dict[str, Repository] = field(default_factory=dict[str, Repository])
    unanswered: dict[str, str] = field(default_factory=dict[str, str])
    """Of which repository, tag or digest the registry would not say anything, and why."""
    notes: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    """What the registry says or what is amiss, by reference: warnings, children that are missing."""

    def result(self) -> Manifest:
        """The manifest with everything that is done so far; what nothing is known of is left out."""
        merged = {**self.manifest.by_name, **self.done}
        return Manifest({name: facts for name, facts in merged.items() if facts != Repository()})

    async def run(self, names: Iterable[str], registries: OciRegistries) -> None:
        """Refresh the repositories `names` (`registry.example/team/x`)."""
        by_host: dict[str, list[str]] = {}
        for name in sorted(set(names)):
            host, _, path = name.partition("/")
            by_host.setdefault(host, []).append(path)
        for host, paths in by_host.items():
            (await registries.at(host)).expect(paths)

        async def one(item: tuple[str, str]) -> None:
            host, path = item
            await self._repository(await registries.at(host), path)

        pairs = [(host, path) for host, paths in by_host.items() for path in paths]
        await work_through(pairs, one, REPOSITORIES_AT_ONCE)

    async def _repository(self, registry: OciRegistry, path: str) -> None:
        name = f"{registry.host}/{path}"
        old = self.manifest.by_name.get(name, Repository())
        visit = _Visit(self, registry, path, name, old, await registry.list_tags(path))
        self.done[name] = await visit.run()
        self.progress(name)

    def say(self, reference: str, notes: Iterable[str]) -> None:
        said = self.notes.setdefault(reference, [])
        said.extend(note for note in notes if note not in said)
        if not said:
            del self.notes[reference]


class _Visit:
    """One repository while it is being refreshed."""

    def __init__(
        self, refresh: Refresh, registry: OciRegistry, path: str, name: str, old: Repository, listed: TagList
    ) -> None:
        self.refresh = refresh
        self.registry = registry
        self.path = path
        self.name = name
        self.old = old
        self.listed = listed
        self.tags: dict[str, TagFacts] = {}
        self.digests: dict[str, TagFacts] = {}
        self.gone: dict[str, Gone] = dict(old.gone)
        self.claimed = refresh.claims.get(name, frozenset())
        self.by_digest = _complete_by_digest(old)
        self.contents: dict[str, Contents] = {}

    async def run(self) -> Repository:
        self.refresh.say(self.name, self.listed.warnings)
        listed = frozenset(tag for tag in self.listed.tags if not is_attachment(tag))
        if self.listed.completeness not in {Completeness.WHOLE, Completeness.MISSING}:
            self.refresh.unanswered[self.name] = self.listed.reason
        elif not listed and not self.claimed and self.old == Repository():
            self.refresh.unanswered[self.name] = "the registry lists no tags of it, and no tag of it is named"
        claimed_tags = {key for key in self.claimed if ":" not in key}
        to_ask: list[str] = []
        for tag in sorted({*self.old.tags, *listed, *claimed_tags}):
            known = self.old.tags.get(tag)
            if tag in listed and known and tag not in claimed_tags and self._stands(tag, known):
                self.tags[tag] = known
            else:
                to_ask.append(tag)
        width = self.registry.limits.in_flight
        await work_through(to_ask, self._ask_tag, width)
        now = Repository(self.tags)
        claimed_digests = {key for key in self.claimed - claimed_tags if not now.has_digest(key)}
        await work_through(sorted({*self.old.digests, *claimed_digests}), self._ask_digest, width)
        if self.refresh.depth.every_end_of_life:
            await work_through(sorted(self.tags), self._ask_end_of_life, width)
        return Repository(_in_order(self.tags), _in_order(self.digests), _in_order(self.gone))

    def _stands(self, tag: str, known: TagFacts) -> bool:
        """Whether being listed is all that needs to be known of a recorded tag."""
        fixed = is_fixed(tag) and not self.refresh.depth.every_tag
        return fixed and known.seen == REGISTRY and is_complete(known)

    async def _ask_tag(self, tag: str) -> None:
        known = self.old.tags.get(tag)
        facts = await self._learn(tag, f"{self.name}:{tag}", known)
        if facts:
            self.tags[tag] = facts

    async def _ask_digest(self, digest: str) -> None:
        facts = await self._learn(digest, f"{self.name}@{digest}", self.old.digests.get(digest))
        if facts:
            self.digests[digest] = facts

    async def _learn(self, key: str, shown: str, known: TagFacts | None) -> TagFacts | None:
        """What is to be recorded of a tag or digest now; None when it is gone or was never recorded."""
        answer = await self.registry.check(self.path, key)
        self.refresh.say(shown, answer.warnings)
        if answer.verdict == Verdict.MISSING:
            self._bury(key, known)
            return None
        if answer.verdict == Verdict.UNKNOWN:
            self.refresh.unanswered[shown] = answer.reason
            return known
        facts = await self._facts(key, shown, answer, known)
        if facts:
            self.gone.pop(key, None)
        return facts

    def _bury(self, key: str, known: TagFacts | None) -> None:
        if (known or key in self.claimed) and key not in self.gone:
            self.gone[key] = Gone(since=self.refresh.as_of, digest=known.digest if known else None)

    async def _facts(self, key: str, shown: str, answer: Answer, known: TagFacts | None) -> TagFacts | None:
        recorded = self.by_digest.get(answer.digest)
        if recorded:
            return recorded if recorded.seen == REGISTRY else replace(recorded, seen=REGISTRY)
        contents = await self._contents(answer.digest or key)
        self.refresh.say(shown, contents.notes)
        if contents.facts is None:
            self.refresh.unanswered[shown] = contents.notes[0]
            return known
        facts = contents.facts
        if known and known.digest == facts.digest and known.end_of_life and not facts.end_of_life:
            facts = replace(facts, end_of_life=known.end_of_life)
        return facts

    async def _contents(self, reference: str) -> Contents:
        """What is in a digest; it is asked for once, however many tags name it."""
        if reference not in self.contents:
            self.contents[reference] = await read_contents(self.registry, self.path, reference)
        return self.contents[reference]

    async def _ask_end_of_life(self, tag: str) -> None:
        facts = self.tags[tag]
        if facts.digest:
            day = await read_end_of_life(self.registry, self.path, facts.digest)
            if day:
                self.tags[tag] = replace(facts, end_of_life=day)


def _complete_by_digest(old: Repository) -> dict[str, TagFacts]:
    """What need not be fetched again, by what content is addressed with."""
    everything = [*old.tags.values(), *old.digests.values()]
    return {facts.digest: facts for facts in everything if facts.digest and is_complete(facts)}


def _in_order(values: Mapping[str, Value]) -> dict[str, Value]:
    return {key: values[key] for key in sorted(values)}
