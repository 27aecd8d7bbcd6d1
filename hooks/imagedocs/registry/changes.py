"""What is different between two registry manifests: what appeared, vanished, drifted, and what is new to know."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from imagedocs.registry import Gone, Repository, TagFacts
from imagedocs.registry.manifest import Manifest
from imagedocs.registry.tag_names import is_fixed


class Kind(StrEnum):
    """What happened to a tag or digest, in the order in which a reader wants to know."""

    VANISHED = "vanished"
    DRIFTED = "drifted"
    """A tag that is meant to stay names another image."""
    APPEARED = "appeared"
    MOVED = "moved"
    """A tag such as `latest` names another image."""
    END_OF_LIFE = "end of life"
    LEARNED = "learned"
    """The image is the same, and more or other things are recorded of it."""


@dataclass(frozen=True, slots=True)
class Change:
    """One tag or digest of which the record changed."""

    kind: Kind
    repository: str
    key: str
    """A tag, or a digest that no tag is known of."""
    detail: str = ""
    """`sha256:… -> sha256:…`, a day."""

    def __str__(self) -> str:
        separator = "@" if ":" in self.key else ":"
        text = f"{self.kind}: {self.repository}{separator}{self.key}"
        return f"{text} ({self.detail})" if self.detail else text


def compare_manifests(old: Manifest, new: Manifest) -> tuple[Change, ...]:
    """Every change from `old` to `new`, by kind, then by name."""
    nothing = Repository()
    names = sorted({*old.by_name, *new.by_name})
    changes = (
        change
        for name in names
        for change in _compare(name, old.by_name.get(name, nothing), new.by_name.get(name, nothing))
    )
    order = list(Kind)
    return tuple(sorted(changes, key=lambda change: order.index(change.kind)))


def _compare(name: str, old: Repository, new: Repository) -> Iterator[Change]:
    before, after = {**old.tags, **old.digests}, {**new.tags, **new.digests}
    for key in sorted({*before, *after, *old.gone, *new.gone}):
        facts = after.get(key)
        if facts is None:
            if key in before:
                gone = new.gone.get(key)
                yield Change(Kind.VANISHED, name, key, _since(gone))
            continue
        known = before.get(key)
        if known is None:
            yield Change(Kind.APPEARED, name, key, facts.digest or "")
        elif known != facts:
            yield _compare_facts(name, key, known, facts)


def _since(gone: Gone | None) -> str:
    return str(gone.since) if gone and gone.since else ""


def _compare_facts(name: str, key: str, old: TagFacts, new: TagFacts) -> Change:
    if old.digest and new.digest and old.digest != new.digest:
        kind = Kind.DRIFTED if is_fixed(key) else Kind.MOVED
        return Change(kind, name, key, f"{old.digest} -> {new.digest}")
    if new.end_of_life and old.end_of_life != new.end_of_life:
        return Change(Kind.END_OF_LIFE, name, key, str(new.end_of_life))
    return Change(Kind.LEARNED, name, key)


def count_changes(changes: Iterable[Change]) -> str:
    """`2 vanished, 1 drifted`: a line for people; `nothing changed` for none."""
    kinds = [change.kind for change in changes]
    parts = [f"{kinds.count(kind)} {kind}" for kind in Kind if kind in kinds]
    return ", ".join(parts) or "nothing changed"
