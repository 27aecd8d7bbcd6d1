"""What is different between two registry manifests: what appeared, vanished, drifted, and what is new to know."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from imagedocs.registry import Gone, Repository, TagFacts
from imagedocs.registry.manifest import Manifest
from imagedocs.registry.tag_names import is_fixed


class Kind(StrEnum):
    """What happened to a tag or digest, in the order in which a reader wants to know."""

    VANISHED = "vanished"
    MISSING = "missing"
    """The project names it, and the registry does not have it; nothing was recorded of it before."""
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

    @property
    def reference(self) -> str:
        separator = "@" if ":" in self.key else ":"
        return f"{self.repository}{separator}{self.key}"

    def __str__(self) -> str:
        text = f"{self.kind}: {self.reference}"
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
            elif key not in old.gone:
                yield Change(Kind.MISSING, name, key, _since(new.gone.get(key)))
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


_TITLES = {
    Kind.VANISHED: "Vanished",
    Kind.MISSING: "Missing: named here, and the registry does not have it",
    Kind.DRIFTED: "Drifted: a tag that should stay names another image",
    Kind.APPEARED: "Appeared",
    Kind.MOVED: "Moved",
    Kind.END_OF_LIFE: "End of life",
    Kind.LEARNED: "More is known of the same image",
}
_SHOWN_OF_A_KIND = 50
"""A pull request holds 65,536 characters."""


def render_pull_request(changes: Iterable[Change], pages: Mapping[str, Iterable[str]]) -> str:
    """The Markdown text of a pull request: what changed, and which pages name it.

    `pages` has the pages of every reference (`repository:tag`, `repository@digest`) that some page names.
    """
    by_kind: dict[Kind, list[Change]] = {}
    for change in changes:
        by_kind.setdefault(change.kind, []).append(change)
    parts = [
        f"The registry's own answers: {count_changes(c for group in by_kind.values() for c in group)}.\n"
    ]
    for kind, title in _TITLES.items():
        group = by_kind.get(kind, [])
        # what pages name comes first: that is what the reader must look at
        group.sort(key=lambda change: (change.reference not in pages, change.reference))
        if group:
            parts.append(f"## {title} ({len(group)})\n")
            parts += [_item(change, pages.get(change.reference, ())) for change in group[:_SHOWN_OF_A_KIND]]
            if len(group) > _SHOWN_OF_A_KIND:
                parts.append(f"- … and {len(group) - _SHOWN_OF_A_KIND} more")
            parts.append("")
    return "\n".join(parts)


def _item(change: Change, pages: Iterable[str]) -> str:
    detail = f" ({change.detail})" if change.detail else ""
    named = ", ".join(f"`{page}`" for page in sorted(set(pages)))
    return f"- `{change.reference}`{detail}" + (f", named in {named}" if named else "")
